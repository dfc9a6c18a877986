"""Reads the command of a hook: a list of words, or a text that is split as a shell would split it.

Pure; called by the settings and by the field in which a person writes a command, on any thread.
"""

from __future__ import annotations

from .choices import HookCommand

_MOST_WORDS = 200
_LONGEST_WORD = 8192
"""Characters. A command that is longer is a mistake."""


def read_command(value: object) -> HookCommand:
    """The program and its arguments; empty for an empty text or list.

    Raises ``ValueError`` for a quotation mark without its partner and for anything that no program can be given.
    """
    words: list[object]
    if isinstance(value, str):
        import shlex

        words = list(shlex.split(value))
    elif isinstance(value, list | tuple):
        words = list(value)
    else:
        raise ValueError("neither a text nor a list")
    if len(words) > _MOST_WORDS or (words and not words[0]):
        raise ValueError("no program")
    read: list[str] = []
    for word in words:
        if not isinstance(word, str) or "\0" in word or len(word) > _LONGEST_WORD:
            raise ValueError("a word that no program can be given")
        read.append(word)
    return HookCommand(read)


def write_command(command: HookCommand) -> str:
    """The command as a text from which ``read_command`` reads it again."""
    import shlex

    return shlex.join(command)
