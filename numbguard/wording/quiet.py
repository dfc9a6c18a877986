"""Why NumbGuard keeps quiet, and until when, in words, for any number of reasons at once. Pure, no Qt.

Called by the wording of the panel and the tray, and by the panel for its list, on the GUI thread.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from numbguard.core.breaks.messages import CALL, DND, FULLSCREEN, HOURS, PAUSED, PROGRAM, SHARING, State, Suppression
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.wording.catalogue import N_, _

_ENDS = {
    PAUSED: N_("the pause ends"),
    HOURS: N_("your working hours start"),
    DND: N_("Do Not Disturb is off"),
    FULLSCREEN: N_("you leave full screen"),
    CALL: N_("the call ends"),
    SHARING: N_("you stop sharing"),
    PROGRAM: N_("you switch to another window"),
}


def clock(at: datetime, now: datetime, *, joint: str = "") -> str:
    """``14:30``, or with its day if that is not today: ``tomorrow, 14:30``; with a ``joint``, ``tomorrow at 14:30``."""
    here = at.astimezone(now.tzinfo)
    days = (here.date() - now.date()).days
    if days == 0:
        return f"{joint.lstrip()}{here:%H:%M}"
    joint = joint or ", "
    if days == 1:
        return f"tomorrow{joint}{here:%H:%M}"
    if days == -1:
        return f"yesterday{joint}{here:%H:%M}"
    return f"{'on ' if joint != ', ' else ''}{here:%A}{joint}{here:%H:%M}"


def paused(now: Snapshot) -> str:
    """``Paused until 14:30``, or ``Paused until you turn it back on``."""
    if now.paused_until is None:
        return _("Paused until you turn it back on")
    return _("Paused until {clock}").format(clock=clock(now.paused_until, now.at.wall))


def back_on(now: Snapshot) -> str:
    """When the next working hours begin; empty where that is not known."""
    until = next((one.until for one in now.suppressed if one.id == HOURS), None)
    return f"Reminders resume {clock(until, now.at.wall, joint=' at ')}" if until is not None else ""


def held_by(now: Snapshot) -> str:
    """The reasons joined by "and", except a pause, which the state names; "paused" if there is no other reason."""
    return " and ".join(one.reason for one in now.suppressed if one.id != PAUSED) or "paused"


def quiet(now: Snapshot) -> str:
    """``Reminders off: microphone in use``, with all the reasons."""
    return _("Reminders off: {held_by}").format(held_by=held_by(now))


def deferred(now: Snapshot) -> str:
    """What a due break waits for; empty where no break is due or nothing suppresses it."""
    if not now.due or not now.suppressed:
        return ""
    if len(now.suppressed) > 1:
        return _("Your break will start when all of these are over")
    return _("Your break will start when {ends}").format(ends=_ENDS.get(now.suppressed[0].id, "this is over"))


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
    until = f" until {clock(one.until, now.at.wall)}" if one.until is not None else ""
    return f"{one.reason[:1].upper()}{one.reason[1:]}{until}"
