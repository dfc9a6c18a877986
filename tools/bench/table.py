"""Compares the figures of the bench with their targets and formats them. Pure; `tools.bench.__main__` calls it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measurement; its target is a ratio to the floor (`at_most_times`) or an absolute value (`at_most`)."""

    name: str
    unit: str
    floor: float | None
    numbguard: float | None
    at_most_times: float | None = None
    at_most: float | None = None

    @property
    def ratio(self) -> float | None:
        if self.floor is None or self.numbguard is None or self.floor <= 0:
            return None
        return self.numbguard / self.floor

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target."""
        if self.at_most_times is None and self.at_most is None:
            return None
        if self.numbguard is None:
            return False
        if self.at_most is not None:
            return self.numbguard <= self.at_most
        return self.ratio is not None and self.at_most_times is not None and self.ratio <= self.at_most_times


def table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines of text."""
    rows = [("", "floor", "NumbGuard", "ratio", "target", "")]
    rows += [_row(figure) for figure in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _row(figure: Figure) -> tuple[str, str, str, str, str, str]:
    if figure.at_most_times is not None:
        target = f"≤ {figure.at_most_times:.2f} ×"
    elif figure.at_most is not None:
        target = f"≤ {figure.at_most:g} {figure.unit}"
    else:
        target = ""
    verdict = {True: "met", False: "NOT MET", None: ""}[figure.met]
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f} ×"
    return (
        figure.name,
        _number(figure.floor, figure.unit),
        _number(figure.numbguard, figure.unit),
        ratio,
        target,
        verdict,
    )


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{digits}f} {unit}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    middle = [cell.rjust(width) for cell, width in zip(cells[1:-1], widths[1:-1], strict=True)]
    return "  ".join([first, *middle, cells[-1].ljust(widths[-1])]).rstrip()
