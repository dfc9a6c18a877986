"""`./dev windows [--no-tests]`: NumbGuard played and tested under Wine, with Windows' own Python.

It makes the root (`tools.windows.root`), plays a day in it (`tools.windows.play`), runs the same verbs on this machine
and compares the documents (`tools.windows.verbs`), and runs the tests that need no desktop under the Windows Python.
Pictures, logs and the table go to build/windows. Exit status 0: every step worked, every document was the same, and no
test failed.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from numbguard.runtime.one_numbness import SAME_NUMBNESS_S
from tools.bare_root import RootError
from tools.fresh_roots import prepare
from tools.windows.root import CHECKOUT, INSIDE, WindowsRoot, default_folder
from tools.windows.verbs import VERBS, comparable

RESULTS = CHECKOUT / "build" / "windows"
TESTED = ("tests/core", "tests/store", "tests/ipc")
"""Folders of tests that need no desktop; the exchange and the settings lie in tests/store."""
TESTS_WITHIN_S = 5400.0
_COUNTS = re.compile(r"(\d+) (passed|failed|skipped|error)")
_SKIPPED = re.compile(r"^SKIPPED \[(\d+)\] \S+?(?::\d+)?: (.+)$", re.MULTILINE)
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Play, compare and test; 0 if all of it is as it should be."""
    parser = argparse.ArgumentParser(prog="./dev windows", description="NumbGuard under Wine.")
    parser.add_argument("--no-tests", action="store_true", help="play and compare only")
    parser.add_argument("--no-play", action="store_true", help="run the tests only")
    parser.add_argument("--root", type=Path, default=default_folder(), metavar="FOLDER", help="where the root is kept")
    given = parser.parse_args(arguments)
    RESULTS.mkdir(parents=True, exist_ok=True)
    lines: list[str] = []
    green = True
    try:
        prepare()
        root = WindowsRoot(given.root.absolute())
        root.make()
        root.put()
        if not given.no_play:
            green &= played(root, lines)
        if not given.no_tests:
            green &= tested(root, lines)
    except RootError as error:
        print(error, flush=True)
        return 1
    finally:
        if lines:
            text = "\n".join([*lines, ""])
            (RESULTS / "table.md").write_text(text, encoding="utf-8")
            print(f"\n{text}", flush=True)
    return 0 if green else 1


def played(root: WindowsRoot, lines: list[str]) -> bool:
    """Play the day under Wine and the verbs here, and add their tables."""
    out = root.home() / "out"
    shutil.rmtree(out, ignore_errors=True)
    words = ("python3", "-m", "tools.windows.play")
    inside = (INSIDE / "python", INSIDE / "icuuc.dll", Path("/home/somebody/out"))
    subprocess.run(root.command(*words, *(str(one) for one in inside)), stdin=subprocess.DEVNULL, check=False)
    for picture in RESULTS.glob("*.png"):
        picture.unlink()
    for file in out.glob("*"):
        shutil.copy(file, RESULTS / file.name)
    told = json.loads((out / "played.json").read_text(encoding="utf-8"))
    lines += ["| Step under Wine | | What it said |", "|---|---|---|"]
    for step in told["steps"]:
        said = " ".join(str(step["said"]).split()).replace("|", "\\|")
        lines.append(f"| {step['what']} | {'works' if step['ok'] else '**fails**'} | {said} |")
    print("Running the same verbs on this machine …", flush=True)
    differences = compare(told["documents"], on_this_machine())
    same = len(told["documents"]) - len(differences)
    lines += ["", f"Of {len(VERBS)} verbs, {same} print the same document and exit status as on Linux, but for times."]
    lines += [f"- {one}" for one in differences]
    lines.append("")
    return all(step["ok"] for step in told["steps"]) and not differences and same == len(VERBS)


def on_this_machine() -> list[dict[str, object]]:
    """The verbs with an app that runs here, without a screen."""
    documents: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="numbguard-verbs-") as home:
        profile = Path(home) / "numbguard"
        env = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS", "WAYLAND", "DISPLAY"))}
        env |= {"QT_QPA_PLATFORM": "offscreen", "NUMBGUARD_PROFILE": str(profile), "TZ": "UTC"}
        numbguard = [str(CHECKOUT / ".venv" / "bin" / "numbguard")]

        def run(*words: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [*numbguard, *words], env=env, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                check=False,
            )  # fmt: skip

        app = subprocess.Popen([*numbguard, "run"], env=env, cwd=home, stdin=subprocess.DEVNULL)
        try:
            while not json.loads(run("status", "--json").stdout)["running"]:
                time.sleep(0.2)
            run("check")  # as the play does before its verbs, and the log remembers it
            run("log")  # as the click in the panel does
            time.sleep(SAME_NUMBNESS_S + 1.0)  # a second one within seconds would be the same numbness
            for words in VERBS:
                done = run(*words, "--json")
                documents.append(
                    {"words": words, "status": done.returncode, "out": done.stdout, "err": done.stderr, "home": home}
                )
            run("quit")
            app.wait(60)
        finally:
            app.kill()
            app.wait()
    return documents


def compare(there: Sequence[dict[str, object]], here: Sequence[dict[str, object]]) -> list[str]:
    """A line for each verb whose document or exit status differs."""
    differences: list[str] = []
    for verb, other, own in zip(VERBS, there, here, strict=True):
        words = " ".join(verb[:3])
        if other["status"] != own["status"]:
            differences.append(f"`{words}`: exit status {other['status']}, on Linux {own['status']}: {other['err']}")
            continue
        one, two = (_document(run) for run in (other, own))
        if one != two:
            differences.append(f"`{words}`: {_first_difference(one, two)}")
    return differences


def _document(run: dict[str, object]) -> object:
    home = str(run.get("home", "Z:\\home\\somebody"))
    folder = f"{home}/numbguard" if "home" in run else "C:\\users\\somebody\\AppData\\Local\\numbguard"
    words = str(run["out"]).replace("\r\n", "\n")
    try:
        document = json.loads(words)
    except ValueError:
        return words
    return comparable(comparable(document, folder), home)


def _first_difference(one: object, two: object, at: str = "") -> str:
    if isinstance(one, dict) and isinstance(two, dict):
        for key in [*one, *(key for key in two if key not in one)]:
            if one.get(key) != two.get(key):
                return _first_difference(one.get(key), two.get(key), f"{at}.{key}")
    if isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for number, (left, right) in enumerate(zip(one, two, strict=True)):
            if left != right:
                return _first_difference(left, right, f"{at}[{number}]")
    return f"{at.lstrip('.') or 'all of it'} is {str(one)[:200]!r}, on Linux {str(two)[:200]!r}"


def tested(root: WindowsRoot, lines: list[str]) -> bool:
    """Run the tests under the Windows Python and add their counts, with the reasons of those that were skipped."""
    print(f"Running {', '.join(TESTED)} under the Windows Python …", flush=True)
    words = ("python3", "-m", "tools.windows.tests", str(INSIDE / "python"), str(INSIDE / "icuuc.dll"), *TESTED)
    log = RESULTS / "tests.log"
    with log.open("wb") as file:
        subprocess.run(root.command(*words), stdin=subprocess.DEVNULL, stdout=file, stderr=file, check=False)
    told = log.read_text(encoding="utf-8", errors="replace")
    last = told.rstrip().rpartition("\n")[2]
    counts = {kind: int(number) for number, kind in _COUNTS.findall(last)}
    failed = counts.get("failed", 0) + counts.get("error", 0)
    lines.append(
        f"Tests under the Windows Python ({', '.join(TESTED)}): {counts.get('passed', 0)} passed, {failed} failed, "
        f"{counts.get('skipped', 0)} skipped."
    )
    lines += [f"- failed: `{name}`" for name in _FAILED.findall(told)]
    lines += [f"- skipped {number}: {why}" for number, why in _SKIPPED.findall(told)]
    return bool(counts.get("passed")) and not failed


if __name__ == "__main__":
    sys.exit(main())
