"""The record of an episode of numbness, and when an open one counts as over. See the room for units and ids."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from numbguard.core.sites import Region, Side, Site, legs_of, site_set, summary_side


class Sensation(Enum):
    """How the numbness feels."""

    NUMB = "numb"
    TINGLING = "tingling"
    PINS_AND_NEEDLES = "pins_and_needles"
    BURNING = "burning"
    HEAVY = "heavy"
    WEAK = "weak"
    CRAMP = "cramp"
    PAIN = "pain"


class Posture(Enum):
    """How the person was sitting or standing when it began."""

    LEGS_CROSSED = "legs_crossed"
    FOOT_TUCKED = "foot_tucked"
    SLOUCHED = "slouched"
    SEAT_EDGE = "seat_edge"
    PERCHED = "perched"
    STANDING = "standing"
    OTHER = "other"


class Onset(Enum):
    """How quickly it began."""

    SUDDEN = "sudden"
    GRADUAL = "gradual"


class Seat(Enum):
    """What the person says they are doing at the desk."""

    SITTING = "sitting"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class EpisodeContext:
    """The circumstances in which an episode was logged; ``None`` means "not known" (the app was not running)."""

    seated_s: float | None = None
    since_break_s: float | None = None
    skipped_today: int | None = None
    seat: Seat | None = None


OPEN_FOR: Final = timedelta(hours=12)
"""An open episode this old has most probably passed without anybody saying so: its end is not known."""


class EpisodeEnd(Enum):
    """What is known of an episode's end. ``at``: the moment is known; ``open``: it is still numb."""

    AT = "at"
    UNKNOWN = "unknown"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of numbness. A detail that was not given is ``None`` or empty, never a made-up default.

    ``severity`` is 0–10. ``sites`` is a set, kept in the order of ``site_set``.
    """

    id: str
    started_at: datetime
    ended_at: datetime | None = None
    end_unknown: bool = False
    """Whether the numbness is over without its end being known; ``False`` wherever ``ended_at`` is known."""
    sites: tuple[Site, ...] = ()
    leg: Side | None = None
    """The leg, or both, where no region was named; ``None`` wherever ``sites`` are known."""
    before_sites: bool = False
    """Recorded before sites: one side was stored for all regions, and each site has that side."""
    sensations: tuple[Sensation, ...] = ()
    severity: int | None = None
    posture: Posture | None = None
    onset: Onset | None = None
    weakness: bool | None = None
    back_pain: bool | None = None
    relief: str | None = None
    relief_after_s: float | None = None
    note: str | None = None
    context: EpisodeContext = EpisodeContext()

    def __post_init__(self) -> None:
        sites = site_set(self.sites)
        one_side = len({site.side for site in sites}) == 1
        object.__setattr__(self, "sites", sites)
        object.__setattr__(self, "leg", None if sites else self.leg)
        object.__setattr__(self, "before_sites", self.before_sites and one_side)
        object.__setattr__(self, "end_unknown", self.end_unknown and self.ended_at is None)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The regions of the sites, each once: with ``side`` the summary of them."""
        return tuple(dict.fromkeys(site.region for site in self.sites))

    @property
    def side(self) -> Side | None:
        """The side of the sites, or the leg where no region was named; both where the sites are on both sides."""
        return summary_side(self.sites) or self.leg

    @property
    def legs(self) -> Side | None:
        """The leg that it is in, or both; ``None`` where that is not known."""
        return legs_of(self.sites) or self.leg

    @property
    def end(self) -> EpisodeEnd:
        if self.ended_at is not None:
            return EpisodeEnd.AT
        return EpisodeEnd.UNKNOWN if self.end_unknown else EpisodeEnd.OPEN

    def is_open(self, now: datetime) -> bool:
        """Whether it is still numb, as far as is known: nobody said that it ended, and it is not too old for that."""
        return self.end is EpisodeEnd.OPEN and now - self.started_at < OPEN_FOR


def as_read(episode: Episode, now: datetime) -> Episode:
    """The episode as it counts at ``now``: the end of one that has been open for ``OPEN_FOR`` is not known."""
    if episode.end is EpisodeEnd.OPEN and not episode.is_open(now):
        return replace(episode, end_unknown=True)
    return episode
