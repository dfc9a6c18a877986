"""``./dev faults [NAME]…``: inflicts each fault in folders of its own and prints a table.

``--quick`` inflicts each only a few times. A profile that lost an entry or could not be started again is kept for
inspection, and its folder is printed. Exit status 1 if any entry was lost or any start failed.
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path
from tempfile import mkdtemp

from .faults import FAULTS, run_fault
from .writing import Tally

_ROW = "{:<40} {:>6} {:>13} {:>6} {:>14} {:>8}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev faults")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(FAULTS)}; all if none is given")
    parser.add_argument("--quick", action="store_true", help="a few times each")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.getLogger("numbguard").addHandler(logging.NullHandler())
    folder = Path(mkdtemp(prefix="numbguard-faults-"))
    print(_ROW.format("fault", "tried", "acknowledged", "lost", "failed starts", "seconds"))
    bad = False
    for name in given.names or FAULTS:
        _, often, quick = FAULTS[name]
        tally = run_fault(name, folder, times=quick if given.quick else often, seed=given.seed)
        print(line_of(tally), flush=True)
        for words in tally.why:
            print(f"    {words}", file=sys.stderr)
        bad = bad or bool(tally.lost or tally.failed)
    return 1 if bad else 0


def line_of(tally: Tally) -> str:
    figures = tally.tried, tally.acknowledged, tally.lost, tally.failed, f"{tally.seconds:.0f}"
    return _ROW.format(tally.name, *figures)


if __name__ == "__main__":
    sys.exit(main())
