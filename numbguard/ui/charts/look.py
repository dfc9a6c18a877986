"""The colours of a chart, in the windows or on paper. Pure; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numbguard.ui.widgets import theme


@dataclass(frozen=True, slots=True)
class ChartLook:
    """The colours of a picture, as ``#rrggbb``. They differ in lightness, so that a print in grey can be read."""

    text: str
    quiet: str
    line: str
    fill: str
    """Bars and the curve."""
    band: str
    cool: str
    """A region without an episode."""
    hot: str
    """The region with most episodes."""
    edge: str
    in_lines: bool = False
    """Whether it is in black and white: outlines are thick, and hatching takes the place of shades."""


PAPER: Final = ChartLook(
    text="#000000", quiet="#333333", line="#999999", fill="#2b6f75", band="#d9e6e7",
    cool="#ffffff", hot="#7c2d12", edge="#555555",
)  # fmt: skip


def look_of(colours: theme.Palette) -> ChartLook:
    """The colours of a chart in a window with these colours."""
    return ChartLook(
        text=colours.text,
        quiet=colours.quiet,
        line=colours.edge,
        fill=colours.accent,
        band=colours.track,
        cool=colours.surface,
        hot="#f7a98a" if colours.dark else "#8f3a1b",
        edge=colours.edge,
        in_lines=colours.high_contrast,
    )
