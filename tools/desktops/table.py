"""Writes `docs/DESKTOPS.md` from the results of the desktops that were played, each at its last run.

`tools.desktops.__main__` calls `write_page` after each run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from .hands import NOT_THERE
from .lines import LINES, Result
from .packages import OF_DESKTOP

_MARKS = {"pass": "yes", "fail": "**no**", "not there": "–"}
_NAMES = {
    "sway": "sway",
    "mate": "MATE",
    "lxqt": "LXQt",
    "cinnamon": "Cinnamon",
    "gnome": "GNOME",
    "plasma": "Plasma (X11)",
}
_LEADING = {
    "sway": ("sway", "mako-notifier", "waybar"),
    "mate": ("mate-panel", "mate-notification-daemon"),
    "lxqt": ("lxqt-panel", "lxqt-notificationd"),
    "cinnamon": ("cinnamon",),
    "gnome": ("gnome-shell",),
    "plasma": ("plasma-workspace", "kwin-x11"),
}

_HEAD = """\
# NumbGuard on real desktops

Written by `./dev desktops`, which boots a Debian with these desktops in logind sessions of their own, on a machine
without a screen, and plays the main job there by each desktop's own pointer and keys. Rendering is by software; there
is no GPU.

“yes”: it held. “**no**”: it did not; the reason is below. “–”: this desktop, or this way of running it, does not have
it; the reason is below, and was known before the run.
"""

_NOT_TRIED = """\
## What no run here can show

- Windows and macOS: [WINDOWS.md](WINDOWS.md) says what was run under Wine, and what on no machine at all.
- A graphics card; a real screen's scale and refresh; a real suspend. The suspend here is logind's signals around two
  seconds of sleep.
- A second screen under X11: Xvfb has one.
- GDM itself, which GNOME needs for its lock screen; SwayNotificationCenter; powerdevil's inhibitors.
- Plasma under Wayland, and Debian 13's GNOME 48 and Plasma 6.3: not played by this command yet.
- Starting by the desktop's own autostart: the command of the autostart entry is run when the session has begun, as only
  Cinnamon's session manager runs here.
"""


@dataclass(frozen=True)
class Played:
    """One desktop and how its lines ended."""

    name: str
    suite: str
    versions: Mapping[str, str]
    day: date
    results: tuple[Result, ...]

    def document(self) -> dict[str, object]:
        return {
            "name": self.name,
            "suite": self.suite,
            "versions": dict(self.versions),
            "day": self.day.isoformat(),
            "results": [asdict(result) for result in self.results],
        }

    @classmethod
    def of(cls, document: Mapping[str, object]) -> Played:
        results, versions = document["results"], document["versions"]
        assert isinstance(results, list) and isinstance(versions, dict)
        return cls(
            str(document["name"]),
            str(document["suite"]),
            versions,
            date.fromisoformat(str(document["day"])),
            tuple(Result(**one) for one in results),
        )


def write_page(out: Path, page: Path, *, commit: str) -> None:
    """Write the page from the results below ``out``; a desktop that was never played has no column."""
    files = [out / name / "results.json" for name in OF_DESKTOP]
    played = [Played.of(json.loads(file.read_text(encoding="utf-8"))) for file in files if file.exists()]
    page.write_text(page_of(played, commit=commit), encoding="utf-8")


def page_of(played: list[Played], *, commit: str) -> str:
    parts = [_HEAD]
    rows = [["", *(_NAMES[one.name] for one in played)], ["---"] * (len(played) + 1)]
    for line, _play in LINES:
        rows.append([line, *(_MARKS[_mark(one, line)] for one in played)])
    parts.append("".join(f"| {' | '.join(row)} |\n" for row in rows))
    parts.append("## Versions\n\n" + "".join(_version(one) for one in played))
    parts.append("## What was seen\n\n" + "".join(_seen(one) for one in played))
    parts.append(_NOT_TRIED)
    parts.append(f"NumbGuard at {commit}.\n")
    return "\n".join(parts)


def _mark(one: Played, line: str) -> str:
    return next((result.mark for result in one.results if result.line == line), "not there")


def _version(one: Played) -> str:
    named = ", ".join(f"{package} {one.versions[package]}" for package in _LEADING[one.name] if package in one.versions)
    return f"- {_NAMES[one.name]}: {named} (Debian {one.suite}), on {one.day:%d %B %Y}\n"


def _seen(one: Played) -> str:
    lines = [f"- **{_NAMES[one.name]}**\n"]
    for result in one.results:
        known = " (known before the run)" if (one.name, result.line) in NOT_THERE else ""
        lines.append(f"  - {result.line}: {result.mark}{known}; {result.words}\n")
    return "".join(lines)
