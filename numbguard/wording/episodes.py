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
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _

from .sites import part

SENSATIONS: Final[Mapping[Sensation, str]] = {
    Sensation.NUMB: N_("Numb"),
    Sensation.TINGLING: N_("Tingling"),
    Sensation.PINS_AND_NEEDLES: N_("Pins and needles"),
    Sensation.BURNING: N_("Burning"),
    Sensation.HEAVY: N_("Heavy"),
    Sensation.WEAK: N_("Weak"),
    Sensation.CRAMP: N_("Cramp"),
    Sensation.PAIN: N_("Pain"),
}
POSTURES: Final[Mapping[Posture, str]] = {
    Posture.LEGS_CROSSED: N_("Legs crossed"),
    Posture.FOOT_TUCKED: N_("Foot tucked under"),
    Posture.SLOUCHED: N_("Slouched"),
    Posture.SEAT_EDGE: N_("Edge of the seat"),
    Posture.PERCHED: N_("Perched"),
    Posture.STANDING: N_("Standing"),
    Posture.OTHER: N_("Other"),
}
BEFORE_SITES: Final = N_("recorded with one side for all places")
ONSETS: Final[Mapping[Onset, str]] = {Onset.SUDDEN: N_("Suddenly"), Onset.GRADUAL: N_("Gradually")}


def where(sites: tuple[Site, ...], leg: Side | None) -> str:
    """``your left calf, the sole of your right foot``, or ``your left leg``; empty where nothing is known."""
    if not sites:
        return {None: "", Side.BOTH: _("both legs")}.get(leg, _("your {leg} leg").format(leg=leg.value) if leg else "")
    return ", ".join(part(site.region, site.side) for site in sites)


def like(episode: Episode) -> str:
    """A short description: ``your left calf, tingling, legs crossed``; empty where the episode has no details."""
    words = [where(episode.sites, episode.leg)]
    words += [_(SENSATIONS[one]).lower() for one in episode.sensations]
    if episode.posture is not None and episode.posture is not Posture.OTHER:
        words.append(_(POSTURES[episode.posture]).lower())
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
        return _("One of them has a day and no time of day: it is at noon.")
    return _("{rows} of them have a day and no time of day: they are at noon.").format(rows=formats.number(rows))


def lasted(episode: Episode) -> str:
    """``12 minutes``; ``still numb`` while it is open; ``end not known``."""
    if episode.ended_at is None:
        return _("end not known") if episode.end_unknown else _("still numb")
    length = episode.ended_at - episode.started_at
    return _("under a minute") if length < timedelta(minutes=1) else say_rounded(length.total_seconds())
