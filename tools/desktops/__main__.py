"""`./dev desktops [NAME]…`: plays the main job on real desktops, and writes `docs/DESKTOPS.md`.

The root is made at the first run and kept. Without names, all desktops are played. Pictures and logs are in
`build/desktops/`. Exit status 0: every line passed, or was listed beforehand as not to be had here.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from tools.bare_root import RootError

from .lines import Result, play
from .machine import Machine
from .packages import OF_DESKTOP
from .root import CHECKOUT, DesktopsRoot, default_folder
from .session import DesktopSession, LineFailedError
from .table import Played, write_page

OUT = CHECKOUT / "build" / "desktops"
SUITE = "bookworm"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev desktops", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(OF_DESKTOP))
    parser.add_argument("--root", type=Path, default=default_folder(), help="where the root is kept (about 3 GB)")
    parser.add_argument("--no-page", action="store_true", help="do not write docs/DESKTOPS.md")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in OF_DESKTOP]:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(OF_DESKTOP)}")
    if os.geteuid() != 0:
        print("./dev desktops needs root: it makes a root folder and boots it.", file=sys.stderr)
        return 1
    names = given.names or list(OF_DESKTOP)
    OUT.mkdir(parents=True, exist_ok=True)
    root = DesktopsRoot(given.root, SUITE)
    failed = False
    try:
        root.make(names)
        with Machine(root.folder, OUT) as machine:
            for name in names:
                results = _play(DesktopSession(machine, name, OUT), name)
                failed = failed or any(result.mark == "fail" for result in results)
                played = Played(
                    name, SUITE, root.versions(OF_DESKTOP[name]), datetime.now().astimezone().date(), tuple(results)
                )
                (OUT / name / "results.json").write_text(json.dumps(played.document(), indent=1), encoding="utf-8")
                if not given.no_page:
                    write_page(OUT, CHECKOUT / "docs" / "DESKTOPS.md", commit=_commit())
    except RootError as error:
        print(error, file=sys.stderr)
        return 1
    return int(failed)


def _play(session: DesktopSession, name: str) -> list[Result]:
    results: list[Result] = []
    print(f"\n{name}", flush=True)
    try:
        with session.started():
            for result in play(session):
                results.append(result)
                print(f"  {result.mark:9}  {result.line}: {result.words}", flush=True)
    except LineFailedError as failed:
        results.append(Result("session", "fail", str(failed)))
        print(f"  fail       {failed}", flush=True)
    return results


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
