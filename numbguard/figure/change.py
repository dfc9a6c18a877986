"""Where a moving figure changes, and in which frames a person can see it, so that a player draws no more than that.

Pure; called by `svg.py` on the GUI thread.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import sub
from typing import Final

from .extent import Extent, around, corners, extent_of
from .pose import FigureFrame, PlacedPart
from .timeline import Track

NOTICED: Final = 0.25
"""Units of the sheet that something has to move before it is worth drawing again: a quarter of a pixel on a card."""
_WARMTH: Final = 25.0
"""The way, in units, that a whole change of warmth counts as: a hundredth of it is worth drawing again, which changes a
pixel by less than three of 255 levels."""
_BETWEEN: Final = 2.0
"""Units beyond the places at the samples: between two of them a part that turns is a little farther out, and the edges
of shapes are blurred over a pixel."""


@dataclass(frozen=True, slots=True)
class ChangingThing:
    """Something in the picture that does not look the same throughout the loop."""

    shapes: str
    """As SVG, in its own frame."""
    place: Callable[[FigureFrame], PlacedPart] | None = None
    """Where its frame is; `None` if it stays in that of the figure, and something within it changes."""


class Changes:
    """What changes in one loop, by the samples of its track."""

    def __init__(self, track: Track, things: Sequence[ChangingThing]) -> None:
        self._track = track
        self._corners = [_corners_of(thing, track) for thing in things]

    def noticed_frames(self, *, frames_a_second: int, zoom: float) -> tuple[int, ...]:
        """The frames, counted from 0, that differ visibly from the one before them in this list.

        Much of a stretch is held, with a breath in it that is slower than the eye can see from frame to frame. `zoom`:
        units of the sheet in one of the figure.
        """
        loop, moments = self._track.loop, self._track.moments
        passed = [0.0, *accumulate(self._ways(zoom))]
        per_frame = (len(moments) - 1) / (loop * frames_a_second)
        reached, found = 0.0, [0]
        for frame in range(1, math.ceil(loop * frames_a_second)):
            sample, share = divmod(frame * per_frame, 1)
            here, then = passed[int(sample)], passed[min(int(sample) + 1, len(passed) - 1)]
            if here + share * (then - here) - reached >= NOTICED:
                reached = here + share * (then - here)
                found.append(frame)
        return tuple(found)

    def area(self) -> Extent | None:
        """The rectangle, in the units of the figure, outside of which the picture is the same throughout the loop;
        `None` if nothing changes."""
        area = around((at.real, at.imag) for places in self._corners for corners in set(places) for at in corners)
        if area is None:
            return None
        left, top, right, bottom = area
        return Extent(left - _BETWEEN, top - _BETWEEN, right + _BETWEEN, bottom + _BETWEEN)

    def _ways(self, zoom: float) -> list[float]:
        """How far the fastest corner moves from each sample to the next, in units of the sheet."""
        ways = [
            _WARMTH * max(abs(after.glow - before.glow), abs(after.other_glow - before.other_glow))
            for before, after in pairwise(self._track.moments)
        ]
        for places in self._corners:
            for at, (before, after) in enumerate(pairwise(places)):
                if before is not after:
                    ways[at] = max(ways[at], zoom * max(map(abs, map(sub, before, after))))
        return ways


def _corners_of(thing: ChangingThing, track: Track) -> list[tuple[complex, ...]]:
    """The corners of the thing's rectangle at each sample, x and y as one number; the same object while it rests."""
    extent = extent_of(thing.shapes)
    if extent is None:
        return []
    points = corners(extent)
    if thing.place is None:
        return [tuple(complex(*point) for point in points)]
    found: list[tuple[complex, ...]] = []
    last: PlacedPart | None = None
    for moment in track.moments:
        at = thing.place(moment)
        if at != last:
            x, y, turn, wide, tall = last = at
            origin, direction = complex(x, y), cmath.rect(1.0, math.radians(turn))
            placed = tuple([origin + direction * complex(across * wide, down * tall) for across, down in points])
        found.append(placed)
    return found
