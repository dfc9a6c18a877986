"""The releases, read from CHANGELOG.md: for the AppStream page and for Debian's changelog.

A release is a heading `## 1.0.0, 1 December 2026`; what stands under `## Unreleased` belongs to the version that the
program states, until that heading is written. `tools.package.deb` calls it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

_HEADING = re.compile(r"^## (?P<title>.+)$", re.MULTILINE)
_RELEASE = re.compile(r"(?P<version>\d+\.\d+\.\d+), (?P<day>\d{1,2} [A-Z][a-z]+ \d{4})")
_POINT = re.compile(r"^- (?P<first>.+(?:\n  .+)*)", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MOST_POINTS = 12
"""Points that a page of a software centre has room for."""


@dataclass(frozen=True)
class Release:
    """One version that went out, or is about to."""

    version: str
    day: date
    points: tuple[str, ...]
    """What a person would notice, one sentence or a few each, without markup."""


def releases(changelog: str, *, version: str, day: date) -> Sequence[Release]:
    """The releases, newest first. `version` and `day`: those of what is unreleased."""
    headings = list(_HEADING.finditer(changelog))
    found: list[Release] = []
    for heading, following in zip(headings, [*headings[1:], None], strict=True):
        points = _points(changelog[heading.end() : following.start() if following else None])
        if stated := _RELEASE.fullmatch(heading["title"]):
            found.append(Release(stated["version"], _day(stated["day"]), points))
        elif heading["title"] == "Unreleased":
            found.append(Release(version, day, points))
    if len(found) > 1 and found[0].version == found[1].version:
        # The version was not raised yet: what is unreleased is not a release of its own.
        del found[0]
    return found


def appstream(found: Iterable[Release]) -> str:
    """The element `<releases>` of an AppStream page."""
    lines = ["  <releases>"]
    for release in found:
        lines += [f'    <release version="{release.version}" date="{release.day.isoformat()}">']
        if release.points:
            items = [f"          <li>{escape(point)}</li>" for point in release.points[:MOST_POINTS]]
            lines += ["      <description>", "        <ul>", *items, "        </ul>", "      </description>"]
        lines.append("    </release>")
    return "\n".join([*lines, "  </releases>"])


def debian(found: Iterable[Release], *, maintainer: str) -> str:
    """Debian's changelog of a native package."""
    entries = []
    for release in found:
        noon = datetime(release.day.year, release.day.month, release.day.day, 12, tzinfo=UTC)
        points = [_wrapped(point) for point in release.points] or ["  * See CHANGELOG.md."]
        head = f"numbguard ({release.version}) unstable; urgency=medium"
        entries.append("\n".join((head, "", *points, "", f" -- {maintainer}  {format_datetime(noon)}", "")))
    return "\n".join(entries)


def _wrapped(point: str) -> str:
    lines, line = [], "  *"
    for word in point.split():
        if len(line) + 1 + len(word) > 79:
            lines.append(line)
            line = "   "
        line += f" {word}"
    return "\n".join([*lines, line])


def _points(text: str) -> tuple[str, ...]:
    return tuple(_plain(" ".join(found["first"].split())) for found in _POINT.finditer(text))


def _plain(markdown: str) -> str:
    return _LINK.sub(r"\1", markdown).replace("**", "").replace("`", "").replace("*", "")


def _day(text: str) -> date:
    return datetime.strptime(text, "%d %B %Y").replace(tzinfo=UTC).date()
