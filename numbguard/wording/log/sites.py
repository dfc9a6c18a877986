"""Regions of the legs as people say them, ``your left calf``, and as a list for a doctor, ``left: calf; right: sole``.

Pure, on any thread; called by the leg map and the rest of the wording. Each combination of a region and a side is an
entry of the catalogue, because other languages decline it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from numbguard.core.sites import Region, Side, Site
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, pgettext


def part(region: Region | None, side: Side | None) -> str:
    """``your left calf``, ``your calves``, ``the toes of your right foot``; ``your legs`` without a region."""
    return _("your legs") if region is None else _(_PARTS[region][side])


_PARTS: Final[Mapping[Region, Mapping[Side | None, str]]] = {
    Region.LOWER_BACK: {
        None: N_("your lower back"),
        Side.LEFT: N_("your left lower back"),
        Side.RIGHT: N_("your right lower back"),
        Side.BOTH: N_("your lower back"),
    },
    Region.BUTTOCK: {
        None: N_("your buttock"),
        Side.LEFT: N_("your left buttock"),
        Side.RIGHT: N_("your right buttock"),
        Side.BOTH: N_("your buttocks"),
    },
    Region.HIP: {
        None: N_("your hip"),
        Side.LEFT: N_("your left hip"),
        Side.RIGHT: N_("your right hip"),
        Side.BOTH: N_("your hips"),
    },
    Region.THIGH_FRONT: {
        None: N_("the front of your thigh"),
        Side.LEFT: N_("the front of your left thigh"),
        Side.RIGHT: N_("the front of your right thigh"),
        Side.BOTH: N_("the front of your thighs"),
    },
    Region.THIGH_OUTER: {
        None: N_("the outer side of your thigh"),
        Side.LEFT: N_("the outer side of your left thigh"),
        Side.RIGHT: N_("the outer side of your right thigh"),
        Side.BOTH: N_("the outer side of your thighs"),
    },
    Region.THIGH_BACK: {
        None: N_("the back of your thigh"),
        Side.LEFT: N_("the back of your left thigh"),
        Side.RIGHT: N_("the back of your right thigh"),
        Side.BOTH: N_("the back of your thighs"),
    },
    Region.KNEE: {
        None: N_("your knee"),
        Side.LEFT: N_("your left knee"),
        Side.RIGHT: N_("your right knee"),
        Side.BOTH: N_("your knees"),
    },
    Region.SHIN: {
        None: N_("your shin"),
        Side.LEFT: N_("your left shin"),
        Side.RIGHT: N_("your right shin"),
        Side.BOTH: N_("your shins"),
    },
    Region.CALF: {
        None: N_("your calf"),
        Side.LEFT: N_("your left calf"),
        Side.RIGHT: N_("your right calf"),
        Side.BOTH: N_("your calves"),
    },
    Region.ANKLE: {
        None: N_("your ankle"),
        Side.LEFT: N_("your left ankle"),
        Side.RIGHT: N_("your right ankle"),
        Side.BOTH: N_("your ankles"),
    },
    Region.FOOT_TOP: {
        None: N_("the top of your foot"),
        Side.LEFT: N_("the top of your left foot"),
        Side.RIGHT: N_("the top of your right foot"),
        Side.BOTH: N_("the tops of your feet"),
    },
    Region.SOLE: {
        None: N_("the sole of your foot"),
        Side.LEFT: N_("the sole of your left foot"),
        Side.RIGHT: N_("the sole of your right foot"),
        Side.BOTH: N_("the soles of your feet"),
    },
    Region.TOES: {
        None: N_("the toes of your foot"),
        Side.LEFT: N_("the toes of your left foot"),
        Side.RIGHT: N_("the toes of your right foot"),
        Side.BOTH: N_("your toes"),
    },
}

REGIONS: Final[Mapping[Region, str]] = {
    Region.LOWER_BACK: N_("lower back"),
    Region.BUTTOCK: N_("buttock"),
    Region.HIP: N_("hip"),
    Region.THIGH_FRONT: N_("front of thigh"),
    Region.THIGH_OUTER: N_("outer thigh"),
    Region.THIGH_BACK: N_("back of thigh"),
    Region.KNEE: N_("knee"),
    Region.SHIN: N_("shin"),
    Region.CALF: N_("calf"),
    Region.ANKLE: N_("ankle"),
    Region.FOOT_TOP: N_("top of foot"),
    Region.SOLE: N_("sole"),
    Region.TOES: N_("toes"),
}
"""The regions by name; none contains a comma, so that a list of them is clear."""

_NAMES: Final[Mapping[Region, tuple[str, str, str]]] = {
    Region.LOWER_BACK: (N_("Lower back"), N_("Left lower back"), N_("Right lower back")),
    Region.BUTTOCK: (N_("Buttock"), N_("Left buttock"), N_("Right buttock")),
    Region.HIP: (N_("Hip"), N_("Left hip"), N_("Right hip")),
    Region.THIGH_FRONT: (N_("Front of thigh"), N_("Left front of thigh"), N_("Right front of thigh")),
    Region.THIGH_OUTER: (N_("Outer thigh"), N_("Left outer thigh"), N_("Right outer thigh")),
    Region.THIGH_BACK: (N_("Back of thigh"), N_("Left back of thigh"), N_("Right back of thigh")),
    Region.KNEE: (N_("Knee"), N_("Left knee"), N_("Right knee")),
    Region.SHIN: (N_("Shin"), N_("Left shin"), N_("Right shin")),
    Region.CALF: (N_("Calf"), N_("Left calf"), N_("Right calf")),
    Region.ANKLE: (N_("Ankle"), N_("Left ankle"), N_("Right ankle")),
    Region.FOOT_TOP: (N_("Top of foot"), N_("Left top of foot"), N_("Right top of foot")),
    Region.SOLE: (N_("Sole"), N_("Left sole"), N_("Right sole")),
    Region.TOES: (N_("Toes"), N_("Left toes"), N_("Right toes")),
}
"""The regions by name, as the beginning of a line: without a side, of the left and of the right leg."""


def region_name(region: Region) -> str:
    """The region by name, as the beginning of a line: ``Front of thigh``."""
    return _(_NAMES[region][0])


def site_name(site: Site) -> str:
    """One place by name: ``Left calf``, ``Calf, both sides``, ``Calf, side not given``; ``Lower back`` for both."""
    name, left, right = _NAMES[site.region]
    if site.side is None:
        return _("{region}, side not given").format(region=_(name))
    if site.side is Side.BOTH:
        return _(name) if site.region is Region.LOWER_BACK else _("{region}, both sides").format(region=_(name))
    return _(left if site.side is Side.LEFT else right)


def leg_name(leg: Side) -> str:
    """``Left leg``, ``Both legs``."""
    return {Side.LEFT: _("Left leg"), Side.RIGHT: _("Right leg"), Side.BOTH: _("Both legs")}[leg]


def your_leg(leg: Side) -> str:
    """``your left leg``, ``both legs``."""
    return {Side.LEFT: _("your left leg"), Side.RIGHT: _("your right leg"), Side.BOTH: _("both legs")}[leg]


def side_word(side: Side) -> str:
    """``left``, ``right`` or ``both``, as an entry of a list."""
    match side:
        case Side.LEFT:
            return pgettext("leg", "left")
        case Side.RIGHT:
            return pgettext("leg", "right")
        case Side.BOTH:
            return pgettext("leg", "both")


def places(sites: Iterable[Site], leg: Side | None) -> str:
    """``left: calf; right: sole, toes; lower back``; a place without a side is last, and the leg alone is ``left``.

    The lower back on both sides has no side before it: it is one place.
    """
    named: dict[Side | None, list[str]] = {side: [] for side in (*Side, None)}
    for site in sites:
        whole = site.region is Region.LOWER_BACK and site.side is Side.BOTH
        named[None if whole else site.side].append(_(REGIONS[site.region]))
    parts = [
        # Translators: A side, such as "left", and the regions of that leg.
        _("{side}: {regions}").format(side=side_word(side), regions=formats.enumerated(names))
        if side
        else formats.enumerated(names)
        for side, names in named.items()
        if names
    ]
    return formats.clauses(parts) or (side_word(leg) if leg else "")
