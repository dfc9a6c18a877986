"""Errors of storing data, as types. Raised by the store and the runtime, caught by windows and the command line.

A module apart from ``ports``, so that a command-line verb that only handles these errors need not load the ports.
"""


class JournalError(Exception):
    """The log could not be read or written. The message says in a sentence what happened, what was kept, what to do."""


class GoalError(Exception):
    """A goal could not be saved. The message is a sentence."""
