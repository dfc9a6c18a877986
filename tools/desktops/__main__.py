"""`./dev desktops [NAME]…`: plays the main job on real desktops, and writes `docs/DESKTOPS.md`.

The roots are made at the first run and kept. Without names, all desktops are played. Pictures and logs are in
`build/desktops/`. Exit status 0: every line passed, or was listed beforehand as not to be had here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tools.bare_root import RootError

from .lines import HOME, LINES, Result, play
from .machine import Machine
from .packages import DESKTOPS, NAMED, Desktop
from .root import CHECKOUT, DesktopsRoot, default_folder
from .session import DesktopSession, LineFailedError
from .table import Played, write_page

OUT = CHECKOUT / "build" / "desktops"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev desktops", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMED))
    parser.add_argument("--root", type=Path, default=default_folder(), help="where the roots are kept (about 6 GB)")
    parser.add_argument(
        "--line", action="append", default=[], choices=[name for name, _play in LINES], metavar="LINE",
        help="play only this line, and write no page; may be given several times",
    )  # fmt: skip
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in NAMED]:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMED)}")
    if os.geteuid() != 0:
        print("./dev desktops needs root: it makes a root folder and boots it.", file=sys.stderr)
        return 1
    wanted = [one for one in DESKTOPS if not given.names or one.name in given.names]
    OUT.mkdir(parents=True, exist_ok=True)
    failed = False
    try:
        for suite in dict.fromkeys(one.suite for one in wanted):
            root = DesktopsRoot(given.root, suite)
            desktops = [one for one in wanted if one.suite == suite]
            root.make(desktops)
            with Machine(root.folder, OUT) as machine:
                for desktop in desktops:
                    results = _play(DesktopSession(machine, desktop, OUT), given.line)
                    failed = failed or any(result.mark == "fail" for result in results)
                    if not given.line:
                        _keep(desktop, root, results)
    except RootError as error:
        print(error, file=sys.stderr)
        return 1
    return int(failed)


def _play(session: DesktopSession, only: Sequence[str]) -> list[Result]:
    results: list[Result] = []
    print(f"\n{session.name}", flush=True)
    try:
        with session.started(home=HOME):
            for result in play(session, only):
                results.append(result)
                print(f"  {result.mark:9}  {result.line}: {result.words}", flush=True)
    except LineFailedError as failed:
        results.append(Result(LINES[0][0], "fail", str(failed)))
        print(f"  fail       {failed}", flush=True)
    return results


def _keep(desktop: Desktop, root: DesktopsRoot, results: Sequence[Result]) -> None:
    """Write the results of a whole run and the page. The run before it is kept: the page compares the two."""
    day = datetime.now().astimezone().date()
    played = Played(desktop.name, root.versions(desktop.leading), day, _commit(), tuple(results))
    file = OUT / desktop.name / "results.json"
    if file.exists():
        file.replace(file.with_name("results-before.json"))
    file.write_text(json.dumps(played.document(), indent=1), encoding="utf-8")
    write_page(OUT, CHECKOUT / "docs" / "DESKTOPS.md")


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
