"""Regions of the legs as people say them, ``your left calf``, and as a list for a doctor, ``left: calf; right: sole``.

Pure, on any thread; called by the leg map and the rest of the wording.
"""

from __future__ import annotations

from collections.abc import Iterable

from numbguard.core.sites import Region, Side, Site


def part(region: Region | None, side: Side | None) -> str:
    """``your left calf``, ``your calves``, ``the toes of your right foot``; ``your legs`` without a region."""
    if region is None:
        return "your legs"
    one, both = _PARTS[region]
    if side is Side.BOTH:
        return both
    return one.format(side=f"{side.value} " if side is not None else "")


_PARTS = {
    Region.LOWER_BACK: ("your {side}lower back", "your lower back"),
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

REGIONS = {
    Region.LOWER_BACK: "lower back",
    Region.BUTTOCK: "buttock",
    Region.HIP: "hip",
    Region.THIGH_FRONT: "front of thigh",
    Region.THIGH_OUTER: "outer thigh",
    Region.THIGH_BACK: "back of thigh",
    Region.KNEE: "knee",
    Region.SHIN: "shin",
    Region.CALF: "calf",
    Region.ANKLE: "ankle",
    Region.FOOT_TOP: "top of foot",
    Region.SOLE: "sole",
    Region.TOES: "toes",
}
"""The regions by name; none contains a comma, so that a list of them is clear."""


def region_name(region: Region) -> str:
    """The region by name, as the beginning of a line: ``Front of thigh``."""
    return REGIONS[region].capitalize()


def site_name(site: Site) -> str:
    """One place by name: ``Left calf``, ``Calf, both sides``, ``Calf, side not given``; ``Lower back`` for both."""
    name = REGIONS[site.region]
    if site.side is None:
        return f"{name.capitalize()}, side not given"
    if site.side is Side.BOTH:
        return name.capitalize() if site.region is Region.LOWER_BACK else f"{name.capitalize()}, both sides"
    return f"{site.side.value} {name}".capitalize()


def leg_name(leg: Side) -> str:
    """``Left leg``, ``Both legs``."""
    return "Both legs" if leg is Side.BOTH else f"{leg.value} leg".capitalize()


def places(sites: Iterable[Site], leg: Side | None) -> str:
    """``left: calf; right: sole, toes; lower back``; a place without a side is last, and the leg alone is ``left``.

    The lower back on both sides has no side before it: it is one place.
    """
    named: dict[Side | None, list[str]] = {side: [] for side in (*Side, None)}
    for site in sites:
        whole = site.region is Region.LOWER_BACK and site.side is Side.BOTH
        named[None if whole else site.side].append(REGIONS[site.region])
    parts = [
        f"{side.value}: {', '.join(names)}" if side else ", ".join(names) for side, names in named.items() if names
    ]
    return "; ".join(parts) or (leg.value if leg else "")
