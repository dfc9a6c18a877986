"""What argparse is told of the command line: what is common to all verbs, and the words of those it is to read.

Called by ``cli``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from typing import Any

from numbguard import __version__

from .verb import Verb


class _Help(argparse.HelpFormatter):
    """argparse makes one for every option it is told of, and would load half of the library to measure the terminal."""

    def __init__(self, prog: str) -> None:
        try:
            width = int(os.environ.get("COLUMNS", "")) or 80
        except ValueError:
            width = os.get_terminal_size().columns if sys.stdout.isatty() else 80
        super().__init__(prog, width=width - 2)


class _Parser(argparse.ArgumentParser):
    """What is common may stand before and after the verb; the defaults set before it must not hold after it.

    What it prints does not depend on the Python: 3.14 would colour the help, and the usage line of an error even where
    standard error is a file; the words for a wrong choice have changed twice.
    """

    def __init__(self, **given: Any) -> None:
        super().__init__(**{"formatter_class": _Help, **given})
        self.color = False
        no_default = argparse.SUPPRESS
        self.add_argument("--profile", metavar="DIR", default=no_default, help="keep settings, log and state in DIR")
        self.add_argument(
            "--json", action="store_true", default=no_default, help="print one JSON document and nothing else"
        )

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, f"“{value}” is none of {', '.join(map(str, action.choices))}")


def parser_of(verbs: Mapping[str, Verb], **defaults: object) -> argparse.ArgumentParser:
    """What takes one of these verbs, and ``defaults`` where none is given."""
    parser = _Parser(
        prog="numbguard",
        description="Movement breaks and a private numbness log. Without a verb: start the tray app.",
    )
    parser.add_argument("--version", action="version", version=f"numbguard {__version__}")
    parser.set_defaults(**defaults)
    # With its name given, argparse need not make up one, for which it would measure the terminal.
    named = parser.add_subparsers(title="verbs", metavar="VERB", prog="numbguard")
    for name, verb in verbs.items():
        about = verb.about
        sub = named.add_parser(name, help=about, description=about[:1].upper() + about[1:] + ".")
        sub.set_defaults(verb=verb.does)
        if verb.takes:
            verb.takes(sub)
    return parser
