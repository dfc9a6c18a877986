"""``python -m tools.fuzz [TARGET]… [--examples N]``: prints a table with the executions and crashes of each reader.

It also prints the beginning of what crashed a reader, with the traceback. Exit status 0: no crash.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import traceback
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, settings

from .targets import TARGETS, Reader, Target

SLOW_S = 10.0
"""A reader that takes longer than this for one file, in seconds, counts as crashed."""


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    parser.add_argument("target", nargs="*", help=f"one of {', '.join(TARGETS)}; all of them if none is given")
    parser.add_argument("--examples", type=int, default=2000, metavar="N", help="files or messages a reader")
    options = parser.parse_args(argv)
    if unknown := set(options.target) - set(TARGETS):
        parser.error(f"no reader is called {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    logging.disable(logging.CRITICAL)
    print(f"{'reader':10} {'executions':>10} {'seconds':>8} {'crashes':>8}", flush=True)
    crashed = 0
    for name in options.target or TARGETS:
        begun = time.monotonic()
        executions, crashes = fuzz(TARGETS[name], examples=options.examples)
        print(f"{name:10} {executions:>10} {time.monotonic() - begun:>8.0f} {len(crashes):>8}", flush=True)
        for crash in crashes[:3]:
            print(crash, file=sys.stderr)
        crashed += len(crashes)
    return 1 if crashed else 0


def fuzz(target: Target, *, examples: int) -> tuple[int, list[str]]:
    """Call a reader with that many files or messages; return how often it was called, and each crash as text."""
    executions = 0
    crashes: list[str] = []

    def run_all(read: Reader) -> None:
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(target.given)
        def run(content: bytes) -> None:
            nonlocal executions
            executions += 1
            begun = time.monotonic()
            try:
                read(content)
            except Exception:
                crashes.append(f"{content[:500]!r}\n{traceback.format_exc()}")
            else:
                if time.monotonic() - begun > SLOW_S:
                    crashes.append(f"{content[:500]!r}\ntook {time.monotonic() - begun:.0f} s")

        run()

    with target.open() as read:
        run_all(read)
    return executions, crashes


if __name__ == "__main__":
    sys.exit(main())
