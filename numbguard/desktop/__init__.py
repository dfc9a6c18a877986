"""SENSES AND ASKS the desktop: one folder per capability, one module per platform.

Every capability has an ordered list of candidates. The constructor of a candidate raises ``Unavailable`` where that
candidate cannot work; the last candidate always works and reports what it cannot do.
"""


class Unavailable(Exception):
    """This candidate does not work on this desktop; the message is a sentence that says why."""
