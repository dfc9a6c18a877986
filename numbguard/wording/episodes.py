"""The words for an episode on the screen: its sensations, postures, place, day and length.

Pure; called by the windows and the report, on the thread that draws them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from numbguard.core.log.records import Episode, Onset, Posture, Sensation
from numbguard.core.sites import Side, Site
from numbguard.core.when.duration import say_rounded

from .sites import part

SENSATIONS: Final[Mapping[Sensation, str]] = {
    Sensation.NUMB: "Numb",
    Sensation.TINGLING: "Tingling",
    Sensation.PINS_AND_NEEDLES: "Pins and needles",
    Sensation.BURNING: "Burning",
    Sensation.HEAVY: "Heavy",
    Sensation.WEAK: "Weak",
    Sensation.CRAMP: "Cramp",
    Sensation.PAIN: "Pain",
}
POSTURES: Final[Mapping[Posture, str]] = {
    Posture.LEGS_CROSSED: "Legs crossed",
    Posture.FOOT_TUCKED: "Foot tucked under",
    Posture.SLOUCHED: "Slouched",
    Posture.SEAT_EDGE: "Edge of the seat",
    Posture.PERCHED: "Perched",
    Posture.STANDING: "Standing",
    Posture.OTHER: "Other",
}
BEFORE_SITES: Final = "recorded with one side for all places"
ONSETS: Final[Mapping[Onset, str]] = {Onset.SUDDEN: "Suddenly", Onset.GRADUAL: "Gradually"}


def where(sites: tuple[Site, ...], leg: Side | None) -> str:
    """``your left calf, the sole of your right foot``, or ``your left leg``; empty where nothing is known."""
    if not sites:
        return {None: "", Side.BOTH: "both legs"}.get(leg, f"your {leg.value} leg" if leg else "")
    return ", ".join(part(site.region, site.side) for site in sites)


def like(episode: Episode) -> str:
    """A short description: ``your left calf, tingling, legs crossed``; empty where the episode has no details."""
    words = [where(episode.sites, episode.leg)]
    words += [SENSATIONS[one].lower() for one in episode.sensations]
    if episode.posture is not None and episode.posture is not Posture.OTHER:
        words.append(POSTURES[episode.posture].lower())
    return ", ".join(word for word in words if word)


def day(at: date, today: date) -> str:
    """``today``, ``yesterday``, ``Friday``, ``2 November``, and ``2 November 2025`` in another year."""
    ago = (today - at).days
    if ago in (0, 1):
        return ("today", "yesterday")[ago]
    if 1 < ago < 7:
        return f"{at:%A}"
    return f"{at.day} {at:%B}" if at.year == today.year else f"{at.day} {at:%B %Y}"


def moment(at: datetime, now: datetime) -> str:
    """``today at 15:10``, in the zone of ``now``."""
    local = at.astimezone(now.tzinfo)
    return f"{day(local.date(), now.date())} at {local:%H:%M}"


def at_noon(rows: int) -> str:
    """What an import says of episodes of which the file names the day alone."""
    if rows == 1:
        return "One of them has a day and no time of day: it is at noon."
    return f"{rows:,} of them have a day and no time of day: they are at noon."


def lasted(episode: Episode) -> str:
    """``12 minutes``; ``still numb`` while it is open; ``end not known``."""
    if episode.ended_at is None:
        return "end not known" if episode.end_unknown else "still numb"
    length = episode.ended_at - episode.started_at
    return "under a minute" if length < timedelta(minutes=1) else say_rounded(length.total_seconds())
