"""The words for an episode on the screen: its sensations, postures, place, day and length.

Pure; called by the windows and the report, on the thread that draws them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from numbguard.core.log.records.episode import Episode, Onset, Posture, Sensation
from numbguard.core.sites import Side, Site
from numbguard.wording import formats, in_lists
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.lengths import say_rounded

from .sites import part, your_leg

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
        return your_leg(leg) if leg is not None else ""
    return formats.enumerated([part(site.region, site.side) for site in sites])


def like(episode: Episode) -> str:
    """A short description: ``your left calf, tingling, legs crossed``; empty where the episode has no details."""
    words = [where(episode.sites, episode.leg)]
    words += [in_lists.sensation(one) for one in episode.sensations]
    if episode.posture is not None and episode.posture is not Posture.OTHER:
        words.append(in_lists.posture(episode.posture))
    return formats.enumerated([word for word in words if word])


def day(at: date, today: date) -> str:
    """``today``, ``yesterday``, ``Friday``, ``2 November``, and ``2 November 2025`` in another year."""
    ago = (today - at).days
    if ago in (0, 1):
        return _("yesterday") if ago else _("today")
    if 1 < ago < 7:
        return formats.weekday(at)
    return formats.day(at) if at.year == today.year else formats.full_date(at)


def moment(at: datetime, now: datetime) -> str:
    """``today at 15:10``, in the zone of ``now``."""
    local = at.astimezone(now.tzinfo)
    ago = (now.date() - local.date()).days
    if ago == 0:
        said = _("today at {time}")
    elif ago == 1:
        said = _("yesterday at {time}")
    else:
        # Translators: A weekday or a date, and a time of day.
        said = _("{day} at {time}")
    return said.format(day=day(local.date(), now.date()), time=formats.clock(local))


def count_episodes(count: int) -> str:
    """``1 episode``, ``1,204 episodes``."""
    return ngettext("{count} episode", "{count} episodes", count).format(count=formats.number(count))


def long_day(day: date, today: date) -> str:
    """``Today, Monday 9 March 2026``."""
    named = _("{weekday} {date}").format(weekday=formats.weekday(day), date=formats.full_date(day))
    match (today - day).days:
        case 0:
            return _("Today, {day}").format(day=named)
        case 1:
            return _("Yesterday, {day}").format(day=named)
    return named


def at_noon(rows: int) -> str:
    """What an import says of episodes of which the file names the day alone."""
    return ngettext(
        "One of them has a day and no time of day: it is at noon.",
        "{count} of them have a day and no time of day: they are at noon.",
        rows,
    ).format(count=formats.number(rows))


def lasted(episode: Episode) -> str:
    """``12 minutes``; ``still numb`` while it is open; ``end not known``."""
    if episode.ended_at is None:
        return _("end not known") if episode.end_unknown else _("still numb")
    length = episode.ended_at - episode.started_at
    return _("under a minute") if length < timedelta(minutes=1) else say_rounded(length.total_seconds())
