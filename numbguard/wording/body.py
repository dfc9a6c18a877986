"""Regions of the legs as people say them: ``your left calf``.

Pure, on any thread; called by the leg map and the rest of the wording.
"""

from __future__ import annotations

from numbguard.core.body import Region, Side


def part(region: Region | None, side: Side | None) -> str:
    """``your left calf``, ``your calves``, ``the toes of your right foot``; ``your legs`` without a region."""
    if region is None:
        return "your legs"
    one, both = _PARTS[region]
    if side is Side.BOTH:
        return both
    return one.format(side=f"{side.value} " if side is not None else "")


_PARTS = {
    Region.LOWER_BACK: ("your lower back", "your lower back"),
    Region.BUTTOCK: ("your {side}buttock", "your buttocks"),
    Region.HIP: ("your {side}hip", "your hips"),
    Region.THIGH_FRONT: ("the front of your {side}thigh", "the front of your thighs"),
    Region.THIGH_OUTER: ("the outer side of your {side}thigh", "the outer side of your thighs"),
    Region.THIGH_BACK: ("the back of your {side}thigh", "the back of your thighs"),
    Region.KNEE: ("your {side}knee", "your knees"),
    Region.SHIN: ("your {side}shin", "your shins"),
    Region.CALF: ("your {side}calf", "your calves"),
    Region.ANKLE: ("your {side}ankle", "your ankles"),
    Region.FOOT_TOP: ("the top of your {side}foot", "the tops of your feet"),
    Region.SOLE: ("the sole of your {side}foot", "the soles of your feet"),
    Region.TOES: ("the toes of your {side}foot", "your toes"),
}
