"""Why NumbGuard keeps quiet, and until when, in words, for any number of reasons at once. Pure, no Qt.

Called by the wording of the panel and the tray, and by the panel for its list, on the GUI thread.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from numbguard.core.breaks.messages import CALL, DND, FULLSCREEN, HOURS, PAUSED, PROGRAM, SHARING, State, Suppression
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.wording import formats
from numbguard.wording.capitals import at_start
from numbguard.wording.catalogue import N_, _, translated

_ENDS = {
    PAUSED: N_("Your break will start when the pause ends"),
    HOURS: N_("Your break will start when your working hours start"),
    DND: N_("Your break will start when Do Not Disturb is off"),
    FULLSCREEN: N_("Your break will start when you leave full screen"),
    CALL: N_("Your break will start when the call ends"),
    SHARING: N_("Your break will start when you stop sharing"),
    PROGRAM: N_("Your break will start when you switch to another window"),
}


def clock(at: datetime, now: datetime) -> str:
    """``14:30``, or with its day if that is not today: ``tomorrow, 14:30``."""
    here = at.astimezone(now.tzinfo)
    days = (here.date() - now.date()).days
    if days == 0:
        return formats.clock(here)
    said = {1: _("tomorrow, {time}"), -1: _("yesterday, {time}")}.get(days) or _("{weekday}, {time}")
    return said.format(time=formats.clock(here), weekday=formats.weekday(here))


def paused(now: Snapshot) -> str:
    """``Paused until 14:30``, or ``Paused until you turn it back on``."""
    if now.paused_until is None:
        return _("Paused until you turn it back on")
    return _("Paused until {clock}").format(clock=clock(now.paused_until, now.at.wall))


def back_on(now: Snapshot) -> str:
    """When the next working hours begin; empty where that is not known."""
    until = next((one.until for one in now.suppressed if one.id == HOURS), None)
    if until is None:
        return ""
    here = until.astimezone(now.at.wall.tzinfo)
    said = {
        0: _("Reminders resume at {time}"),
        1: _("Reminders resume tomorrow at {time}"),
    }.get((here.date() - now.at.wall.date()).days) or _("Reminders resume on {weekday} at {time}")
    return said.format(time=formats.clock(here), weekday=formats.weekday(here))


def held_by(now: Snapshot) -> str:
    """The reasons in a list, except a pause, which the state names; "paused" if there is no other reason."""
    said = [translated(one.reason) for one in now.suppressed if one.id != PAUSED]
    return formats.listed(said) or _("paused")


def quiet(now: Snapshot) -> str:
    """``Reminders off: microphone in use``, with all the reasons."""
    return _("Reminders off: {held_by}").format(held_by=held_by(now))


def deferred(now: Snapshot) -> str:
    """What a due break waits for; empty where no break is due or nothing suppresses it."""
    if not now.due or not now.suppressed:
        return ""
    if len(now.suppressed) > 1:
        return _("Your break will start when all of these are over")
    return _(_ENDS.get(now.suppressed[0].id) or N_("Your break will start when this is over"))


def waiting(now: Snapshot) -> str:
    """Since when a break has been waiting, counted from the reading of the seated clock at which it became due."""
    since = now.at.wall + timedelta(seconds=min(0.0, now.due_in_s))
    return _("a break has been waiting since {clock}").format(clock=clock(since, now.at.wall))


def reasons(now: Snapshot) -> tuple[str, ...]:
    """A line for each reason that the heading does not name; empty where the heading names all of them."""
    if now.state is State.PAUSED:
        said = PAUSED
    elif now.state is State.OFF:
        said = HOURS
    elif now.state is State.SITTING and not now.overdue and len(now.suppressed) > 1:
        said = ""
    else:
        return ()
    return tuple(_line(one, now) for one in now.suppressed if one.id != said)


def _line(one: Suppression, now: Snapshot) -> str:
    reason = at_start(translated(one.reason))
    if one.until is None:
        return reason
    # Translators: Why there are no reminders, and until when, as “Do Not Disturb is on until 14:30”.
    return _("{reason} until {time}").format(reason=reason, time=clock(one.until, now.at.wall))
