"""SENSES AND ASKS the desktop: one folder a capability, one module a platform.

Every capability has an ordered list of candidates. A candidate says in its constructor that it cannot serve here, by
raising ``Unavailable``; the last one always works and says what it cannot do.
"""


class Unavailable(Exception):
    """This way of sensing or asking does not serve on this desktop; the message is a sentence that says why."""
