"""What can go wrong with what is kept, as types. Apart from the ports, which a verb does not pay for."""


class JournalError(Exception):
    """The log could not be read or written. The message is a sentence: what happened, what was kept, what to do."""


class GoalError(Exception):
    """A goal could not be kept. The message is a sentence."""
