"""Builds the argparse parser: the options common to all verbs, and the arguments of the verbs it has to read.

``dispatch`` calls it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from typing import Any

from numbguard import __version__
from numbguard.wording.capitals import at_start
from numbguard.wording.catalogue import _

from .verb import Verb


class _Help(argparse.HelpFormatter):
    """A formatter that measures the terminal cheaply.

    argparse creates one for every option, and its own formatter loads much of the library to measure the terminal.
    """

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS", "")) or 80
        except ValueError:
            width = os.get_terminal_size().columns if sys.stdout.isatty() else 80
        super().__init__(prog, width=width - 2)


class _Parser(argparse.ArgumentParser):
    """A parser that accepts the common options before and after the verb and prints the same on every Python.

    The common options have no defaults here: those of the verb's parser would override values given before the verb.
    Python 3.14 would colour the help, and the usage line of an error even if standard error is a file; the message for
    a wrong choice has changed twice between versions.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **given})
        self.color = False
        no_default = argparse.SUPPRESS
        self.add_argument("--profile", metavar="DIR", default=no_default, help=_("use DIR for settings, log and state"))
        self.add_argument("--json", action="store_true", default=no_default, help=_("print JSON only"))

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            choices = ", ".join(map(repr, action.choices))
            raise argparse.ArgumentError(
                action, _("invalid choice: {value!r} (choose from {choices})").format(value=value, choices=choices)
            )


def parser_of(verbs: Mapping[str, Verb], **defaults: object) -> argparse.ArgumentParser:
    """Return a parser for these verbs; ``defaults`` apply if no verb or option sets them."""
    parser = _Parser(
        prog="numbguard",
        description=_("Movement breaks and a private numbness log. Without a verb: start the tray app."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"numbguard {__version__}",
        help=_("show program's version number and exit"),
    )
    parser.set_defaults(**defaults)
    # Without ``prog``, argparse would format a usage line for the name, and measure the terminal for that.
    named = parser.add_subparsers(title=_("verbs"), metavar="VERB", prog="numbguard")
    for name, verb in verbs.items():
        line = _(verb.help)
        # Translators: What a verb of the command line does, as a sentence.
        sub = named.add_parser(name, help=line, description=_("{line}.").format(line=at_start(line)))
        sub.set_defaults(verb=verb.run)
        if verb.add_arguments:
            verb.add_arguments(sub)
    return parser
