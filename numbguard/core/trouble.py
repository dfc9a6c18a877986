"""What can go wrong with the log, as a type. Apart from the ports: a verb of the command line does not pay for them."""


class JournalError(Exception):
    """The log could not be read or written. The message is a sentence: what happened, what was kept, what to do."""
