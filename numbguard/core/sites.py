"""Sides and regions of the legs, named as in the log, the leg map and the card files. Pure data, on any thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Region(Enum):
    """A part of the leg that the leg map shows and a card can serve."""

    LOWER_BACK = "lower_back"
    BUTTOCK = "buttock"
    HIP = "hip"
    THIGH_FRONT = "thigh_front"
    THIGH_OUTER = "thigh_outer"
    THIGH_BACK = "thigh_back"
    KNEE = "knee"
    SHIN = "shin"
    CALF = "calf"
    ANKLE = "ankle"
    FOOT_TOP = "foot_top"
    SOLE = "sole"
    TOES = "toes"


@dataclass(frozen=True, slots=True)
class Site:
    """A place that was numb: a region with its side; ``None`` where the side was not said."""

    region: Region
    side: Side | None = None


def site_set(sites: Iterable[Site]) -> tuple[Site, ...]:
    """The sites without repetition, from the back down to the toes; left and right of a region become both."""
    given = tuple(sites)
    if len(given) < 2:
        return given
    found = set(given)
    for region in {site.region for site in given}:
        pair = {Site(region, Side.LEFT), Site(region, Side.RIGHT)}
        if pair <= found or Site(region, Side.BOTH) in found:
            found = found - pair | {Site(region, Side.BOTH)}
    return tuple(sorted(found, key=lambda site: (_DOWNWARDS[site.region], _SIDEWAYS[site.side])))


_DOWNWARDS = {region: place for place, region in enumerate(Region)}
_SIDEWAYS = {side: place for place, side in enumerate((*Side, None))}


def sites_on(side: Side | None, *regions: Region) -> tuple[Site, ...]:
    """These regions, all of them on one side."""
    return site_set(Site(region, side) for region in regions)


def single_sites(sites: Iterable[Site]) -> frozenset[Site]:
    """The sites with each region on both sides split into left and right."""
    return frozenset(
        Site(one.region, side)
        for one in sites
        for side in ((Side.LEFT, Side.RIGHT) if one.side is Side.BOTH else (one.side,))
    )


def legs_of(sites: Iterable[Site]) -> Side | None:
    """The leg that the sites are on, or both; ``None`` where no side was said. The lower back is on no leg."""
    return _one_side(site for site in sites if site.region is not Region.LOWER_BACK)


def summary_side(sites: Iterable[Site]) -> Side | None:
    """The one side of the sites: the legs that they are on, or else the side of the lower back."""
    given = tuple(sites)
    return legs_of(given) or _one_side(given)


def _one_side(sites: Iterable[Site]) -> Side | None:
    said = {site.side for site in sites} - {None}
    return None if not said else said.pop() if len(said) == 1 else Side.BOTH
