"""Writes `docs/DESKTOPS.md` from the results of the desktops that were played, each at its last run.

`tools.desktops.__main__` calls `write_page` after each run.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from .hands import NOT_THERE
from .lines import LINES, Result
from .packages import DESKTOPS, NAMED

_MARKS = {"pass": "yes", "fail": "**no**", "not there": "–"}

_HEAD = """\
# NumbGuard on real desktops

Written by `./dev desktops`, which boots Debian 12 and Debian 13 with these desktops on a machine without a screen. Each
desktop is started by its own session manager in a session of logind's, and the main job is played there by the
desktop's own pointer and keys. Rendering is by software; there is no GPU.

“yes”: it held. “**no**”: it did not; the reason is below. “–”: this desktop, or this way of running it, does not have
it; the reason is below, and was listed before the run.
"""

_NOT_TRIED = """\
## What no run here can show

- Windows and macOS: [WINDOWS.md](WINDOWS.md) says what was run under Wine, and what on no machine at all.
- A graphics card; a real screen's scale and refresh; a real suspend. The suspend here is logind's
  signals around a wait of a few seconds, during which the machine's clock runs on.
- GDM itself, which GNOME needs for its lock screen: a program that takes GDM's name on the bus stands in for it.
- SwayNotificationCenter; powerdevil's inhibitors; GNOME and Plasma with fractional scale.
- A launcher's action chosen in the desktop's own menu: GIO starts it, as GNOME's and Cinnamon's menus do.
- Plasma 6 on a screen of its own: without a graphics card, KWin takes no pictures of itself there, so its outputs are
  windows of an X server.
- A screen taken away from sway 1.7: without a graphics card it adds screens and refuses to disable one.
- sway starts no autostart entries: NumbGuard is started by an `exec` line in its configuration.
"""


@dataclass(frozen=True)
class Played:
    """One desktop and how its lines ended."""

    name: str
    versions: Mapping[str, str]
    day: date
    commit: str
    results: tuple[Result, ...]

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "versions": dict(self.versions),
            "day": self.day.isoformat(),
            "commit": self.commit,
            "results": [asdict(result) for result in self.results],
        }

    @classmethod
    def of(cls, document: Mapping[str, object]) -> Played:
        results, versions = document["results"], document["versions"]
        assert isinstance(results, list) and isinstance(versions, dict)
        return cls(
            str(document["name"]),
            versions,
            date.fromisoformat(str(document["day"])),
            str(document["commit"]),
            tuple(Result(**one) for one in results),
        )


def write_page(out: Path, page: Path) -> None:
    """Write the page from the results below ``out``; a desktop that was never played has no column."""
    last = _read(out, "results.json")
    page.write_text(page_of(last, _read(out, "results-before.json")), encoding="utf-8")


def page_of(last: Sequence[Played], before: Sequence[Played] = ()) -> str:
    """The page for the last run of each desktop; ``before`` has the runs that they are compared with."""
    rows = [["", *(NAMED[one.name].title for one in last)], ["---"] * (len(last) + 1)]
    for line, _play in LINES:
        rows.append([line, *(_MARKS[_mark(one, line)] for one in last)])
    parts = [
        _HEAD,
        "".join(f"| {' | '.join(row)} |\n" for row in rows),
        _compared(last, before),
        "## Versions\n\n" + "".join(_version(one) for one in last),
        "## What was seen\n\n" + "".join(_seen(one) for one in last),
        _NOT_TRIED,
    ]
    return "\n".join(parts)


def _read(out: Path, name: str) -> list[Played]:
    files = [out / one.name / name for one in DESKTOPS]
    return [Played.of(json.loads(file.read_text(encoding="utf-8"))) for file in files if file.exists()]


def _compared(last: Sequence[Played], before: Sequence[Played]) -> str:
    """The paragraph that says how each desktop's run before the last one ended."""
    former = {one.name: one for one in before}
    both = [(former[one.name], one) for one in last if one.name in former]
    if not both:
        return "Each desktop was played once.\n"
    differences = [
        f"{NAMED[one.name].title}, {line}: {_MARKS[_mark(earlier, line)]}"
        for earlier, one in both
        for line, _play in LINES
        if _mark(earlier, line) != _mark(one, line)
    ]
    once = [NAMED[one.name].title for one in last if one.name not in former]
    words = ["The table is of the last run. The run before it had the same marks."]
    if differences:
        words = [f"The table is of the last run. The run before it differed in: {'; '.join(differences)}."]
    if once:
        words.append(f"Played once only: {', '.join(once)}.")
    return textwrap.fill(" ".join(words), 120) + "\n"


def _mark(one: Played, line: str) -> str:
    return next((result.mark for result in one.results if result.line == line), "not there")


def _version(one: Played) -> str:
    desktop = NAMED[one.name]
    named = ", ".join(f"{package} {one.versions[package]}" for package in desktop.leading if package in one.versions)
    return f"- {desktop.title}: {named} (Debian {desktop.suite}), on {one.day:%d %B %Y}, NumbGuard at {one.commit}\n"


def _seen(one: Played) -> str:
    lines = [f"- **{NAMED[one.name].title}**\n"]
    for result in one.results:
        known = " (known before the run)" if (one.name, result.line) in NOT_THERE else ""
        lines.append(f"  - {result.line}: {result.mark}{known}; {result.words}\n")
    return "".join(lines)
