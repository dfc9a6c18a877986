"""The wording of the tray, the panel and the announcement, from an ``AppSnapshot``. Pure functions, no Qt.

Called by the tray, the panel and the composition root on the GUI thread. The panel and the tray's tool tip use the same
words because both get them here. Texts change only with the minute, so that nothing is redrawn more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from math import ceil
from typing import TYPE_CHECKING

from numbguard.core.breaks.messages import Action, Announce, Phase, State
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.ports import AppSnapshot, Notice
from numbguard.wording import formats
from numbguard.wording.capitals import inside
from numbguard.wording.catalogue import N_, _, ngettext, translated
from numbguard.wording.lengths import count_minutes, hours_and_minutes, say_minutes, say_seconds

from .labels import ADD_DETAILS, ADD_TO_IT, ANOTHER_ONE, GONE, LOG, RELIEF, SHORT, STAND, TIME_TO_MOVE, UNDO
from .quiet import back_on, deferred, held_by, paused, quiet, waiting

if TYPE_CHECKING:
    from numbguard.core.cards.routines import RoutinePart

UNDO_CHANGE = N_("Undo last change")


class IconFace(Enum):
    """What the tray icon shows."""

    SITTING = "sitting"
    DUE = "due"
    BREAK = "break"
    QUIET = "quiet"
    PAUSED = "paused"
    STANDING = "standing"
    AWAY = "away"
    OFF = "off"


def face(now: Snapshot) -> IconFace:
    """What the icon shows. A break on screen comes first; a due break shows as quiet while something suppresses it, but
    as due once it is overdue."""
    if now.current is not None and now.current.phase in (Phase.CARD, Phase.AFTER):
        return IconFace.BREAK
    if now.state is State.SITTING:
        if now.suppressed and not now.overdue:
            return IconFace.QUIET
        return IconFace.DUE if now.due else IconFace.SITTING
    return _FACES[now.state]


_FACES = {
    State.STANDING: IconFace.STANDING,
    State.AWAY: IconFace.AWAY,
    State.ANNOUNCED: IconFace.DUE,
    State.BREAK: IconFace.BREAK,
    State.PAUSED: IconFace.PAUSED,
    State.OFF: IconFace.OFF,
}


def share(now: Snapshot) -> float:
    """The share (0 to 1) of the time to the next break that has passed; a snooze or a skip lengthens that time."""
    if now.due:
        return 1.0
    return now.seated_s / (now.seated_s + now.due_in_s)


def minutes_left(now: Snapshot) -> int:
    """Minutes until the next break, rounded up, as in the menu and the tool tip."""
    return ceil(max(0.0, now.due_in_s) / 60)


@dataclass(frozen=True, slots=True)
class PresentWords:
    """The present moment in words: ``now`` for the current state, ``next`` for what follows, which may be empty."""

    now: str
    next: str
    joined: str = ""
    """Both in a sentence, with ``{now}`` and ``{next}``, if it is not the usual one; already translated."""

    @property
    def sentence(self) -> str:
        """Both parts in one line, without a full stop."""
        if not self.next:
            return self.now
        return (self.joined or _("{now}; {next}")).format(now=self.now, next=inside(self.next))


def moment(app_snapshot: AppSnapshot) -> PresentWords:
    """The heading of the panel, and the first line of the tool tip."""
    now = app_snapshot.snapshot
    shown = face(now)
    if shown is IconFace.BREAK:
        return _on_break(now)
    if shown is IconFace.DUE:
        if now.overdue:
            return PresentWords(
                _("{seated}, and {waiting}").format(seated=_seated(now), waiting=waiting(now)),
                # Translators: Why there are no reminders, and what the break waits for; the English of both begins
                # with a small letter here.
                _("{quiet}; {deferred}").format(quiet=quiet(now), deferred=inside(deferred(now))),
            )
        # Translators: Both parts are sentences: that the person sits, and that it is time to move.
        if now.current is not None and now.current.skips:
            return PresentWords(_seated(now), short_counts(now.current.skips))
        return PresentWords(_seated(now), _(TIME_TO_MOVE), _("{now}: {next}"))
    if shown is IconFace.SITTING:
        # Translators: Both parts are sentences: that the person sits, and when the next break is.
        return PresentWords(_seated(now), _next(now), _("{now}, {next}"))
    if shown is IconFace.STANDING:
        return PresentWords(_("Standing"), _("Sitting timer paused"))
    if shown is IconFace.AWAY:
        return PresentWords(_("Away from the desk"), _("Your sitting time picks up again when you're back"))
    if shown is IconFace.PAUSED:
        return PresentWords(paused(now), deferred(now) or (_seated(now) if now.seated_s >= 60 else ""))
    if shown is IconFace.OFF:
        return PresentWords(_("Outside your working hours"), back_on(now))
    return PresentWords(quiet(now), deferred(now) or _next(now))


def tool_tip(app_snapshot: AppSnapshot) -> str:
    """One or two lines: the present moment, and the open episode if there is one."""
    said = moment(app_snapshot).sentence
    if app_snapshot.speed != 1:
        said = f"{said} · {speed(app_snapshot)}"  # two texts beside each other
    lines = [said]
    if app_snapshot.open_episode is not None:
        lines.append(episode(app_snapshot, app_snapshot.open_episode.started_at))
    return "\n".join(lines)


def speed(app_snapshot: AppSnapshot) -> str:
    """``×60 speed``; empty at normal speed."""
    return "" if app_snapshot.speed == 1 else _("×{speed:g} speed").format(speed=app_snapshot.speed)


def status_line(app_snapshot: AppSnapshot) -> str:
    """The menu's first line: when the next break is, or why there is none."""
    now = app_snapshot.snapshot
    shown = face(now)
    if shown is IconFace.SITTING:
        return _("Next break in {length}").format(length=_short(now.due_in_s))
    if shown is IconFace.DUE:
        return _("Break waiting ({reasons})").format(reasons=held_by(now)) if now.overdue else _("A break is due")
    if shown is IconFace.BREAK:
        asked = now.current is not None and now.current.phase is Phase.AFTER
        return _("Did you get up?") if asked else _("On a break")
    if shown is IconFace.PAUSED:
        return paused(now)
    if shown is IconFace.QUIET:
        said = _("Break due, on hold: {reasons}") if now.due else _("Next break in {length}. Reminders off: {reasons}")
        return said.format(length=_short(now.due_in_s), reasons=held_by(now))
    if shown is IconFace.STANDING:
        return _("Standing – no break needed")
    if shown is IconFace.AWAY:
        return _("Away from the desk")
    return _("Outside your working hours")


def undo(app_snapshot: AppSnapshot) -> str:
    """The label of *Undo*, which undoes either the last log or the last change to the episode."""
    return _(UNDO_CHANGE) if app_snapshot.undoes_change else _(UNDO)


def episode(app_snapshot: AppSnapshot, began: datetime) -> str:
    """When the open episode was logged, and how long ago."""
    now = app_snapshot.snapshot.at.wall
    lasted = (now - began).total_seconds()
    said = _("Numbness logged at {time}, {length} ago") if lasted >= 60 else _("Numbness logged at {time}, just now")
    return said.format(time=formats.clock(began.astimezone(now.tzinfo)), length=say_minutes(lasted))


def snooze_label(snooze_s: float) -> str:
    """``In 5 minutes``, the label of the button that puts a break off."""
    minutes = max(1, round(snooze_s / 60))
    return ngettext("In {count} minute", "In {count} minutes", minutes).format(count=formats.number(minutes))


def announcement(
    effect: Announce, *, card_title: str | None = None, duration_s: float | None = None, reason: str = ""
) -> Notice:
    """The announcement of a break. The effect has only the card's slug; the caller passes its title, its length in
    seconds, and the reason for it."""
    # GNOME's banner shows some fifty characters of it, so the time and the card come first.
    parts = [_sat(effect.seated_s)]
    if card_title:
        # Translators: A card, its length, and why it was chosen, such as “for your left calf, twice this week”.
        if duration_s:
            said = _("{card}, {length}: {reason}.") if reason else _("{card}, {length}.")
        else:
            said = _("{card}: {reason}.") if reason else _("{card}.")
        parts.append(said.format(card=translated(card_title), length=_about(duration_s or 0.0), reason=reason))
    answers = [(Action.START, _("Start")), (Action.SNOOZE, snooze_label(effect.snooze_s)), (Action.SKIP, _("Skip"))]
    if effect.skips:
        parts[1:] = [short_counts(effect.skips)]
        answers[2] = (Action.SHORT, _(SHORT))
    if not effect.can_snooze:
        del answers[1]
    return Notice(title=_(TIME_TO_MOVE), body=" ".join(parts), answers=tuple(answers))


def short_counts(skips: int) -> str:
    """What is said in place of one skip more than the settings allow."""
    return ngettext(
        "You skipped the last break. A short stand counts too.",
        "You skipped {count} breaks in a row. A short stand counts too.",
        skips,
    ).format(count=formats.number(skips))


def standing_reminder() -> Notice:
    """The silent message to somebody who has counted as standing for a long time."""
    body = _("NumbGuard still counts you as standing. If you have sat down, choose “I'm sitting”.")
    return Notice(_("Still standing?"), body, ((Action.SIT, _("I'm sitting")),), quiet=True)


def routine_offer(parts: Sequence[RoutinePart]) -> Notice:
    """The message that offers the daily routine; ``parts`` are its cards."""
    return Notice(
        title=_("{routine}?").format(routine=translated(parts[0].routine)),
        body=ngettext(
            "{count} card in a row, about {length}. This counts as a break.",
            "{count} cards in a row, about {length}. This counts as a break.",
            len(parts),
        ).format(count=formats.number(len(parts)), length=_about(parts[-1].end_s)),
        answers=(
            (Action.ROUTINE, _("Start")),
            (Action.ROUTINE_LATER, _("In half an hour")),
            (Action.ROUTINE_NOT_TODAY, _("Not today")),
        ),
    )


EARLIER = timedelta(minutes=10)
"""An episode that began longer ago than this was logged afterwards: advice to move a little would be too late."""


def logged(
    app_snapshot: AppSnapshot,
    began: datetime,
    *,
    about: str | None = None,
    open_since: datetime | None = None,
    form_open: bool = False,
) -> Notice:
    """The message that confirms an episode, logged by the one click or afterwards.

    ``about`` is its id. ``open_since``: when another episode began that is still open, so that the person may say
    whether this one is part of it. ``form_open``: the form asks for the details already.
    """
    now = app_snapshot.snapshot.at.wall
    at = began.astimezone(now.tzinfo)
    body = _("Logged at {time}. Move about a bit, and choose “{gone}” when it wears off.").format(
        time=formats.clock(at), gone=_(GONE)
    )
    if now - at > EARLIER:
        said = _("Logged for {time}.") if at.date() == now.date() else _("Logged for {time} on {weekday}, {day}.")
        body = said.format(time=formats.clock(at), weekday=formats.weekday(at), day=formats.day(at))
    # GNOME shows three answers at most, and LXQt turns four into a list to choose from.
    answers: tuple[tuple[Action, str], ...] = (
        (Action.UNDO, _("Undo")),
        (Action.GONE, _(GONE)),
        (Action.RELIEF, _(RELIEF)) if form_open else (Action.DETAILS, _(ADD_DETAILS)),
    )
    if open_since is not None:
        since = open_since.astimezone(now.tzinfo)
        if at - since < timedelta(minutes=1):
            said = _("Logged at {time}. The numbness from a moment ago hasn't ended yet. Is this the same one?")
        elif since.date() == at.date():
            said = _("Logged at {time}. The numbness from {earlier} hasn't ended yet. Is this the same one?")
        else:
            said = _(
                "Logged at {time}. The numbness from {weekday} at {earlier} hasn't ended yet. Is this the same one?"
            )
        body = said.format(time=formats.clock(at), earlier=formats.clock(since), weekday=formats.weekday(since))
        answers = ((Action.ANOTHER_ONE, _(ANOTHER_ONE)), (Action.ADD_TO_IT, _(ADD_TO_IT)), (Action.UNDO, _("Undo")))
    return Notice(
        title=_("Numbness recorded, not yet saved to the log")
        if app_snapshot.waiting_entries
        else _("Numbness logged"),
        body=translated(app_snapshot.waiting_entries) if app_snapshot.waiting_entries else body,
        answers=answers,
        about=about,
    )


def no_tray() -> Notice:
    """The message after each log-in where no tray shows NumbGuard, until the person does not want it again."""
    return Notice(
        _("NumbGuard is running without a tray icon"),
        _("This desktop has no tray. To see NumbGuard, start it again like any other program."),
        ((Action.PANEL, _("Open")), (Action.LOG, _(LOG)), (Action.NOT_AGAIN, _("Don't show again"))),
        quiet=True,
        stays=True,
    )


def idle_unknown() -> Notice:
    """The message, shown once, where the desktop cannot tell how long the person has been idle."""
    return Notice(
        _("NumbGuard can't tell when you're away"),
        _(
            "This desktop doesn't let programs see whether you're using the keyboard or mouse, so time away can't "
            "count as a break. When you get up, choose this in the tray menu: “{stand}”."
        ).format(stand=_(STAND)),
    )


def replaced_by(version: str) -> Notice:
    """The message, shown once, that another version was installed over the one that runs."""
    return Notice(
        _("NumbGuard was updated"),
        _("Version {version} is installed now. To use it, quit NumbGuard and start it again.").format(version=version),
        quiet=True,
        stays=True,
    )


def other_reminders(on: frozenset[str]) -> Notice:
    """The message, shown once, that GNOME's own break reminders are on; ``on`` names those that are."""
    if "movement" in on:
        body = _("GNOME also reminds you to move. To avoid two reminders, turn one off in GNOME Settings > Wellbeing.")
    else:
        body = _("GNOME reminds you to rest your eyes. NumbGuard looks after your legs.")
    return Notice(title=_("GNOME's own break reminders are on"), body=body)


def seconds_to_change(now: Snapshot) -> float:
    """Seconds until the shown minutes change: texts and icon need no redraw before that, unless something happens."""
    if now.current is not None and now.current.phase is Phase.CARD:
        return now.current.remaining_s % 60 or 60.0
    return 60.0 - now.seated_s % 60


# --- parts of sentences ----------------------------------------------------------------------------------------------


def _seated(now: Snapshot) -> str:
    if now.seated_s < 60:
        return _("Just sat down")
    return _("Sitting for {length}").format(length=say_minutes(now.seated_s))


def _sat(seconds: float) -> str:
    return _("Sitting for a while.") if seconds < 60 else _("Sitting for {length}.").format(length=say_minutes(seconds))


def _next(now: Snapshot) -> str:
    return _("Next break in {length}").format(length=_until(now.due_in_s))


def _until(seconds: float) -> str:
    """Time left, rounded up to whole minutes, so that the last minute reads "1 minute"."""
    return say_minutes(ceil(max(0.0, seconds) / 60) * 60)


def _short(seconds: float) -> str:
    minutes = ceil(max(0.0, seconds) / 60)
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return hours_and_minutes(minutes)


def _about(seconds: float) -> str:
    if seconds < 60:
        return say_seconds(round(seconds))
    return count_minutes(round(seconds / 60))


def _on_break(now: Snapshot) -> PresentWords:
    if now.current is None:
        return PresentWords(_("On a break"), "")
    if now.current.phase is Phase.AFTER:
        return PresentWords(_("Break over"), _("Did you get up?"))
    return PresentWords(_("On a break"), _("{length} left").format(length=_about(now.current.remaining_s)))
