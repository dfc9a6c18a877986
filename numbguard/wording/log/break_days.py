"""The wording of the day's and the week's breaks: the panel's line, the word after a break, and last week. Pure, no Qt.

The panel, the page after a card and the Monday message call it on the GUI thread. The sentences count what was done and
never mention what was not.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from numbguard.core.breaks.messages import Action
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.log.break_days import BreakDay, BreakWeek, LastWeek
from numbguard.core.ports import Notice, NoticePicture
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.lengths import say_minutes
from numbguard.wording.log.episodes import count_episodes

NO_BREAKS = N_("No breaks yet")
EMPTY_DAY = N_("Your day shows up here as it goes on.")

_NTH: Final = (
    N_("First break today"),
    N_("Second break today"),
    N_("Third break today"),
    N_("Fourth break today"),
    N_("Fifth break today"),
    N_("Sixth break today"),
    N_("Seventh break today"),
    N_("Eighth break today"),
    N_("Ninth break today"),
    N_("Tenth break today"),
)


def nth_today(count: int) -> str:
    """``Third break today``; from the eleventh on, ``11 breaks today``."""
    if 1 <= count <= len(_NTH):
        return _(_NTH[count - 1])
    return ngettext("{count} break today", "{count} breaks today", count).format(count=formats.number(count))


def next_at(at: datetime) -> str:
    """``Next at 10:50``."""
    return _("Next at {time}").format(time=formats.clock(at))


def after_break(day: BreakDay, now: Snapshot) -> tuple[str, str]:
    """The word after a break: ``Third break today`` and ``Next at 10:50``, or nothing where that is not known."""
    at = next_break(now)
    return nth_today(day.taken), next_at(at) if at else ""


def next_break(now: Snapshot) -> datetime | None:
    """The local time of the next break, if the person stays seated; ``None`` where none will be announced then."""
    at = now.at.wall + timedelta(seconds=max(0.0, now.due_in_s))
    if now.suppressed or (now.hours_end is not None and at >= now.hours_end):
        return None
    return at.astimezone(now.at.local)


def breaks(day: BreakDay) -> str:
    """``4 of 5 breaks``; ``No breaks yet`` before the first."""
    if not day.asked:
        return _(NO_BREAKS)
    said = ngettext("{taken} of {count} break", "{taken} of {count} breaks", day.asked)
    return said.format(taken=formats.number(day.taken), count=formats.number(day.asked))


def today(day: BreakDay, seated_s: float) -> str:
    """``4 of 5 breaks · 1 episode · sat for 3 h 05 min``: texts beside one another."""
    parts = [breaks(day)]
    if day.episodes:
        parts.append(count_episodes(day.episodes))
    if seated_s >= 60:
        # Translators: Stands beside “4 of 5 breaks”; {length} is “3 h 05 min”.
        parts.append(_("sat for {length}").format(length=say_minutes(seated_s)))
    return " · ".join(parts)


def streak(days: int) -> str:
    """The length of a streak, of breaks or of a goal; empty below two days."""
    if days < 2:
        return ""
    return ngettext(
        "{count}-day streak (rest days don't break it)",
        "{count}-day streak (rest days don't break it)",
        days,
    ).format(count=formats.number(days))


def dots(week: BreakWeek) -> str:
    """What the seven dots say."""
    return ngettext(
        "You took at least half of your breaks on {count} day this week",
        "You took at least half of your breaks on {count} days this week",
        week.kept,
    ).format(count=formats.number(week.kept))


def monday_message(week: LastWeek, picture: NoticePicture | None = None) -> Notice:
    """The message about last week: silent, and it opens the panel, which shows the same."""
    return Notice(_("Your last week"), last_week(week), ((Action.PANEL, _("Open")),), quiet=True, picture=picture)


def last_week(week: LastWeek) -> str:
    """Last week in one sentence."""
    if 2 * week.taken >= week.asked:
        taken = ngettext("{taken} of {count} break taken", "{taken} of {count} breaks taken", week.asked).format(
            taken=formats.number(week.taken), count=formats.number(week.asked)
        )
    else:
        taken = ngettext("{count} break taken", "{count} breaks taken", week.taken).format(
            count=formats.number(week.taken)
        )
    if not week.episodes:
        # Translators: {breaks} is “31 of 38 breaks taken”.
        return _("Last week: {breaks}, and no numbness.").format(breaks=taken)
    # Translators: {breaks} is “31 of 38 breaks taken”, {episodes} is “2 episodes”, {fewer} is a number of episodes.
    said = (
        _("Last week: {breaks}, and {episodes}, {fewer} fewer than the week before.")
        if week.fewer_episodes
        else _("Last week: {breaks}, and {episodes}.")
    )
    return said.format(breaks=taken, episodes=count_episodes(week.episodes), fewer=formats.number(week.fewer_episodes))
