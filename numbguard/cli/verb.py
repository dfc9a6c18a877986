"""One verb of the command line: what it does, and the words it takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from numbguard.store.profile import Profile

Does = Callable[[argparse.Namespace, Profile], int]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word of the command line: what it does, in words and in fact, and what may follow it."""

    does: Does
    about: str
    takes: Callable[[argparse.ArgumentParser], None] | None = None
