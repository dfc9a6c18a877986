"""Passes each effect of the engine to its port. No Qt; the runtime calls it on the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, assert_never

from numbguard.core.breaks.messages import (
    Action,
    Announce,
    AskAfter,
    ChangeCard,
    CloseCard,
    Effect,
    KeepBout,
    KeepBreak,
    NudgePosture,
    OfferRoutine,
    OpenCard,
    PlaySound,
    ReadAloud,
    Refuse,
    RemindStanding,
    RoutineDone,
    StopReading,
    Withdraw,
)
from numbguard.core.breaks.nudges import posture
from numbguard.core.ports import (
    Alarm,
    BreakLog,
    CardStage,
    IdleSource,
    Notice,
    Notifier,
    QuietWatch,
    SessionWatch,
    Sounds,
    StateKeeper,
    Voice,
)
from numbguard.core.sentence import N_

from .subscribers import report_crash

_Shown = (
    Announce
    | Withdraw
    | OpenCard
    | ChangeCard
    | AskAfter
    | CloseCard
    | NudgePosture
    | RemindStanding
    | OfferRoutine
    | RoutineDone
    | PlaySound
    | ReadAloud
    | StopReading
)


class WindowPort(Protocol):
    """The windows that a notification's buttons open."""

    def show_panel(self) -> None: ...

    def show_relief(self) -> None: ...

    def show_help(self) -> None: ...

    def check_posture(self) -> None: ...

    def add_details(self, id: str) -> None:
        """Show the form that adds details to that episode."""

    def keep_answers(self, id: str) -> None:
        """Save the answers in the form about that episode, if it is open and somebody has begun to fill it in."""


class AppPort(Protocol):
    """The effects that the app itself carries out, since it has the wording, the files and the routines."""

    def announcement(self, effect: Announce) -> Notice:
        """Return the notice that announces a break."""

    def standing_reminder(self) -> Notice:
        """Return the notice that the person still counts as standing."""

    def faults(self) -> tuple[str, ...]:
        """Return sentences on current faults of the log, the settings, the cards and the command line."""

    def waiting_entries(self) -> str | None:
        """Return a sentence on entries that wait to be written to the log, or ``None``."""

    def log_damaged(self) -> bool:
        """Whether the log has to be repaired."""

    def not_again(self) -> None:
        """Never again say at a log-in that no tray shows NumbGuard."""

    def say_logged(self, id: str) -> None:
        """Notify the person that this episode was logged, as one of its own."""

    def start_routine(self, slug: str | None = None) -> str | None:
        """Start a routine, by default the daily one; returns a sentence if that is not possible."""

    def routine_offer(self) -> Notice | None:
        """Return the notice that offers the daily routine; ``None`` if it was done today or cannot be played."""

    def routine_done(self, name: str) -> None:
        """Tick off today's stretching, if the routine counts for it."""


@dataclass(frozen=True, slots=True)
class Ports:
    """All ports that the runtime passes effects to or reads senses from."""

    log: BreakLog
    notifier: Notifier
    stage: CardStage
    alarm: Alarm
    idle: IdleSource
    session: SessionWatch
    quiet: QuietWatch
    sounds: Sounds
    voice: Voice
    state: StateKeeper
    windows: WindowPort
    app: AppPort


def carry_out(ports: Ports, effects: tuple[Effect, ...]) -> str | None:
    """Carry out the effects in order; returns the sentence of a refusal, or ``None``.

    A notification or a card that cannot be shown is reported as a bug, and the other effects are carried out.
    """
    refusal = None
    for effect in effects:
        match effect:
            case KeepBreak():
                ports.log.keep_break(effect.record)
            case KeepBout():
                ports.log.keep_bout(effect.bout)
            case Refuse():
                refusal = effect.why
            case _:
                try:
                    _show(ports, effect)
                except Exception as error:
                    report_crash(error)
    return refusal


def _show(ports: Ports, effect: _Shown) -> None:
    match effect:
        case Announce():
            notice = ports.app.announcement(effect)
            if effect.insists:
                ports.notifier.insist(notice)
            else:
                ports.notifier.announce(notice)
        case Withdraw():
            ports.notifier.withdraw()
        case OpenCard():
            ports.stage.open(
                effect.card,
                duration_s=effect.duration_s,
                style=effect.style,
                can_snooze=effect.can_snooze,
                way_out=effect.way_out,
            )
        case ChangeCard():
            ports.stage.change(effect.card)
        case AskAfter():
            ports.stage.ask_after()
        case CloseCard():
            ports.stage.close(got_up=effect.got_up)
        case NudgePosture():
            tip = posture.tip(effect.tip)
            more = ((Action.POSTURE, N_("Check my posture")),)
            ports.notifier.say(Notice(tip.title, tip.body, more, quiet=True))
        case RemindStanding():
            ports.notifier.say(ports.app.standing_reminder())
        case OfferRoutine():
            if offered := ports.app.routine_offer():
                ports.notifier.say(offered)
        case RoutineDone():
            ports.app.routine_done(effect.name)
        case PlaySound():
            ports.sounds.play(effect.moment)
        case ReadAloud():
            ports.voice.read(effect.words, after_s=effect.after_s)
        case StopReading():
            ports.voice.hush()
        case _ as never:
            assert_never(never)
