"""One verb of the command line: its function, its help and its arguments. Used by ``cli.main`` and ``cli.parser``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from numbguard.store.profile import Profile

VerbFunction = Callable[[argparse.Namespace, Profile], int]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of the command line."""

    run: VerbFunction
    help: str
    """A line for the help."""
    add_arguments: Callable[[argparse.ArgumentParser], None] | None = None
    """Adds the verb's arguments to its parser."""
