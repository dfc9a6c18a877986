"""One verb of the command line: its function, its help and its arguments. Used by ``dispatch`` and ``cli.parser``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NamedTuple

from numbguard.store.profile import Profile

VerbFunction = Callable[[argparse.Namespace, Profile], int]


# A named tuple, as `numbguard log` pays for the making of each class: a dataclass takes five times as long.
class Verb(NamedTuple):
    """A verb of the command line."""

    run: VerbFunction
    help: str
    """A line for the help."""
    add_arguments: Callable[[argparse.ArgumentParser], None] | None = None
    """Adds the verb's arguments to its parser."""
