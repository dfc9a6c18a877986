"""The table of what was tried on which system, and how the README keeps it. Pure; `tools.fresh_roots` calls it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

SUITES = ("bookworm", "trixie", "sid")
BEGIN = "<!-- ./dev fresh writes this table -->"
END = "<!-- end of the table -->"
HEAD = (
    "| System | Python | As | Set-up | Tests passed | Failed | Tour | Tried on |",
    "|---|---|---|--:|--:|--:|---|---|",
)
_NOTHING = "–"

TOUR_BEGAN = re.compile(r"^\[ *\d+ min\] ")
"""The tour's first line: from then on everything that `./dev run` installs is there."""
_SUMMARY = re.compile(r"^=+ .* in [\d.]+s\b.*=+$")
_COUNT = re.compile(r"(\d+) (passed|failed|errors?)\b")
_SECOND_TRY = re.compile(r"^(?:passed only at the second try|failed at both tries): ")
_INSTALL = re.compile(r"apt-get install (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Counts:
    """Tests of a run, summed over each call of pytest in it; an error in a fixture is a failure."""

    passed: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class Row:
    """What one fresh checkout gave on one system, for one kind of user."""

    system: str
    user: str
    python: str | None
    setup_s: float | None
    """Seconds from the start to the tour's first line; None if the tour did not begin."""
    counts: Counts
    tour_ok: bool
    tests_ok: bool
    apt_lists: int
    """How many times `./dev` asked an ordinary user for packages; one list is what there may be."""
    tried: date

    @property
    def green(self) -> bool:
        return self.tour_ok and self.tests_ok and self.apt_lists <= 1

    @property
    def line(self) -> str:
        cells = (
            self.system,
            self.python or _NOTHING,
            self.user,
            _NOTHING if self.setup_s is None else f"{self.setup_s:.0f} s",
            str(self.counts.passed),
            str(self.counts.failed) if self.counts.failed or self.tests_ok else "stopped",
            "ok" if self.tour_ok else "failed",
            self.tried.isoformat(),
        )
        return f"| {' | '.join(cells)} |"


def counts_of(output: str) -> Counts:
    """Sum the closing lines of every pytest run in the output of `./dev test`; a test with two tries counts once."""
    totals = {"passed": 0, "failed": 0}
    for line in output.splitlines():
        if _SECOND_TRY.match(line):
            totals["failed"] -= 1  # its first try
        if _SUMMARY.match(line):
            for number, outcome in _COUNT.findall(line):
                totals["passed" if outcome == "passed" else "failed"] += int(number)
    return Counts(passed=totals["passed"], failed=totals["failed"])


def packages_asked_for(output: str) -> list[str]:
    """The packages in the `apt-get install` command that `./dev` printed for an ordinary user; none if it did not."""
    found = _INSTALL.findall(output)
    return [word for word in found[-1].split() if not word.startswith("-")] if found else []


def table(lines: Iterable[str]) -> str:
    """A Markdown table of such lines."""
    return "\n".join((*HEAD, *lines))


def merged(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """Replace old lines by new ones of the same system and user, keep the rest, and sort by suite."""
    by_key = {_key(line): line for line in (*old, *new)}
    places = [f"Debian {suite}" for suite in SUITES]

    def place(key: tuple[str, str]) -> tuple[int, str, bool]:
        system, user = key
        return (places.index(system) if system in places else len(places), system, user != "root")

    return [by_key[key] for key in sorted(by_key, key=place)]


def with_table(page: str, rows: Sequence[Row]) -> str:
    """The page with the rows merged into the table between its markers.

    Raises `ValueError` if the page has no such markers.
    """
    start, end = page.find(BEGIN), page.find(END)
    if not 0 <= start < end:
        raise ValueError(f"The page lacks the lines {BEGIN!r} and {END!r}.")
    old = [line for line in page[start:end].splitlines() if line.startswith("| ") and line not in HEAD]
    lines = merged(old, [row.line for row in rows])
    return f"{page[:start]}{BEGIN}\n{table(lines)}\n{page[end:]}"


def _key(line: str) -> tuple[str, str]:
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    return cells[0], cells[2]
