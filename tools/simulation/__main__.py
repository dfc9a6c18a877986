"""``./dev simulate [PEOPLE] [DAYS]``: a thousand people and 250 working days through the engine, on every core."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tools.simulation.report import Report, person


def main(people: int = 1000, days: int = 250) -> int:
    began, whole = time.monotonic(), Report()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for number, report in enumerate(pool.map(partial(person, days=days), range(people), chunksize=2), 1):
            whole.add(report)
            if number % 50 == 0:
                print(f"{number} people, {time.monotonic() - began:.0f} s; {dict(whole.faults)}", flush=True)
    print(whole)
    return 1 if whole.faults else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
