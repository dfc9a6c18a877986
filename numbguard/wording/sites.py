"""Regions of the legs as people say them, ``your left calf``, and as a list for a doctor, ``left: calf; right: sole``.

Pure, on any thread; called by the leg map and the rest of the wording.
"""

from __future__ import annotations

from collections.abc import Iterable

from numbguard.core.sites import Region, Side, Site
from numbguard.wording.catalogue import N_, _


def part(region: Region | None, side: Side | None) -> str:
    """``your left calf``, ``your calves``, ``the toes of your right foot``; ``your legs`` without a region."""
    if region is None:
        return _("your legs")
    one, both = _PARTS[region]
    if side is Side.BOTH:
        return both
    return one.format(side=f"{side.value} " if side is not None else "")


_PARTS = {
    Region.LOWER_BACK: (N_("your {side}lower back"), N_("your lower back")),
    Region.BUTTOCK: (N_("your {side}buttock"), N_("your buttocks")),
    Region.HIP: (N_("your {side}hip"), N_("your hips")),
    Region.THIGH_FRONT: (N_("the front of your {side}thigh"), N_("the front of your thighs")),
    Region.THIGH_OUTER: (N_("the outer side of your {side}thigh"), N_("the outer side of your thighs")),
    Region.THIGH_BACK: (N_("the back of your {side}thigh"), N_("the back of your thighs")),
    Region.KNEE: (N_("your {side}knee"), N_("your knees")),
    Region.SHIN: (N_("your {side}shin"), N_("your shins")),
    Region.CALF: (N_("your {side}calf"), N_("your calves")),
    Region.ANKLE: (N_("your {side}ankle"), N_("your ankles")),
    Region.FOOT_TOP: (N_("the top of your {side}foot"), N_("the tops of your feet")),
    Region.SOLE: (N_("the sole of your {side}foot"), N_("the soles of your feet")),
    Region.TOES: (N_("the toes of your {side}foot"), N_("your toes")),
}

REGIONS = {
    Region.LOWER_BACK: N_("lower back"),
    Region.BUTTOCK: "buttock",
    Region.HIP: "hip",
    Region.THIGH_FRONT: N_("front of thigh"),
    Region.THIGH_OUTER: N_("outer thigh"),
    Region.THIGH_BACK: N_("back of thigh"),
    Region.KNEE: "knee",
    Region.SHIN: "shin",
    Region.CALF: "calf",
    Region.ANKLE: "ankle",
    Region.FOOT_TOP: N_("top of foot"),
    Region.SOLE: "sole",
    Region.TOES: "toes",
}
"""The regions by name; none contains a comma, so that a list of them is clear."""


def region_name(region: Region) -> str:
    """The region by name, as the beginning of a line: ``Front of thigh``."""
    return _(REGIONS[region]).capitalize()


def site_name(site: Site) -> str:
    """One place by name: ``Left calf``, ``Calf, both sides``, ``Calf, side not given``; ``Lower back`` for both."""
    name = _(REGIONS[site.region])
    if site.side is None:
        return _("{name}, side not given").format(name=name.capitalize())
    if site.side is Side.BOTH:
        return (
            name.capitalize()
            if site.region is Region.LOWER_BACK
            else _("{name}, both sides").format(name=name.capitalize())
        )
    return f"{site.side.value} {name}".capitalize()


def leg_name(leg: Side) -> str:
    """``Left leg``, ``Both legs``."""
    return _("Both legs") if leg is Side.BOTH else f"{leg.value} leg".capitalize()


def places(sites: Iterable[Site], leg: Side | None) -> str:
    """``left: calf; right: sole, toes; lower back``; a place without a side is last, and the leg alone is ``left``.

    The lower back on both sides has no side before it: it is one place.
    """
    named: dict[Side | None, list[str]] = {side: [] for side in (*Side, None)}
    for site in sites:
        whole = site.region is Region.LOWER_BACK and site.side is Side.BOTH
        named[None if whole else site.side].append(_(REGIONS[site.region]))
    parts = [
        f"{side.value}: {', '.join(names)}" if side else ", ".join(names) for side, names in named.items() if names
    ]
    return "; ".join(parts) or (leg.value if leg else "")
