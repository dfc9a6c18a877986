"""Hands each effect of the engine to the one port that it is for. No Qt; called by the runtime, on the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, assert_never

from numbguard.core.breaks import posture
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
    Refuse,
    RemindStanding,
    RoutineDone,
    Withdraw,
)
from numbguard.core.ports import (
    Alarm,
    BreakLog,
    CardStage,
    IdleSource,
    Notice,
    Notifier,
    QuietWatch,
    SessionWatch,
    StateKeeper,
)


class AskedWindows(Protocol):
    """The windows that a notification's button can ask for."""

    def show_relief(self) -> None: ...

    def check_posture(self) -> None: ...


class AppPort(Protocol):
    """What is said and done by the app itself, which knows the words, the files and the routines."""

    def announcement(self, effect: Announce) -> Notice:
        """The words of an announcement."""

    def troubles(self) -> tuple[str, ...]:
        """Sentences on what does not work just now, from the store and the settings."""

    def unwritten(self) -> str | None:
        """What the log could not take yet, in a sentence."""

    def start_routine(self, slug: str | None = None) -> str | None:
        """Start a routine, the daily one unless named; gives a sentence where that cannot be."""

    def routine_offer(self) -> Notice | None:
        """The words that offer the daily routine; ``None`` where today has had it."""

    def routine_done(self, name: str) -> None:
        """Tick the routine off for today."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that the runtime hands effects to and takes senses from."""

    log: BreakLog
    notifier: Notifier
    stage: CardStage
    alarm: Alarm
    idle: IdleSource
    session: SessionWatch
    quiet: QuietWatch
    state: StateKeeper
    windows: AskedWindows
    app: AppPort


def carry_out(ports: Ports, effects: tuple[Effect, ...]) -> str | None:
    """Have each effect done, in their order; gives the sentence of a refusal."""
    refusal = None
    for effect in effects:
        match effect:
            case Announce():
                ports.notifier.announce(ports.app.announcement(effect))
            case Withdraw():
                ports.notifier.withdraw()
            case OpenCard():
                ports.stage.open(
                    effect.card, duration_s=effect.duration_s, style=effect.style, can_snooze=effect.can_snooze
                )
            case ChangeCard():
                ports.stage.change(effect.card)
            case AskAfter():
                ports.stage.ask_after()
            case CloseCard():
                ports.stage.close()
            case KeepBreak():
                ports.log.keep_break(effect.record)
            case KeepBout():
                ports.log.keep_bout(effect.bout)
            case NudgePosture():
                tip = posture.tip(effect.tip)
                more = ((Action.POSTURE, "Check my posture"),)
                ports.notifier.say(Notice(tip.title, tip.body, more, quiet=True))
            case RemindStanding():
                seated = ((Action.SIT, "I am sitting"),)
                said = "NumbGuard still counts you as standing. If you have sat down, say so."
                ports.notifier.say(Notice("Still standing?", said, seated, quiet=True))
            case OfferRoutine():
                if offered := ports.app.routine_offer():
                    ports.notifier.say(offered)
            case RoutineDone():
                ports.app.routine_done(effect.name)
            case Refuse():
                refusal = effect.why
            case _ as never:
                assert_never(never)
    return refusal
