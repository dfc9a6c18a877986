"""The language as a setting. Pure, on any thread.

A module apart from the other choices: each verb of the command line asks for the language, and few for anything else.
"""

from __future__ import annotations


class LanguageTag(str):
    """The language of sentences, dates and numbers: ``system``, or a language such as ``de`` or ``pt_BR``."""

    __slots__ = ()


SYSTEM_LANGUAGE = LanguageTag("system")
"""The language that the system uses."""
