"""Hands each effect of the engine to the one port that it is for. No Qt; called by the runtime, on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from .core import posture
from .core.model import (
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
    RoutineDone,
    Withdraw,
)
from .core.ports import (
    Alarm,
    CardStage,
    IdleSource,
    Journal,
    Notice,
    Notifier,
    QuietWatch,
    SessionWatch,
    StateKeeper,
)


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything outside that the runtime hands effects to and takes senses from."""

    journal: Journal
    notifier: Notifier
    stage: CardStage
    alarm: Alarm
    idle: IdleSource
    session: SessionWatch
    quiet: QuietWatch
    state: StateKeeper
    announcement: Callable[[Announce], Notice]
    """The words of an announcement."""
    troubles: Callable[[], tuple[str, ...]]
    """Sentences on what does not work just now, from the store and the settings."""
    unwritten: Callable[[], str | None] = lambda: None
    """What the log could not take yet, in a sentence."""
    windows: Mapping[Action, Callable[[], None]] = field(default_factory=dict)
    """What shows the windows that a notification can ask for."""
    routine: Callable[[], str | None] = lambda: None
    """Starts the daily routine; gives a sentence where that cannot be."""
    routine_offer: Callable[[], Notice | None] = lambda: None
    """The words that offer the daily routine; ``None`` where today has had it."""
    routine_done: Callable[[str], None] = lambda _name: None
    """Ticks the routine off for today."""


def carry_out(ports: Ports, effects: tuple[Effect, ...]) -> str | None:
    """Have each effect done, in their order; gives the sentence of a refusal."""
    refusal = None
    for effect in effects:
        match effect:
            case Announce():
                ports.notifier.announce(ports.announcement(effect))
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
                ports.journal.keep_break(effect.record)
            case KeepBout():
                ports.journal.keep_bout(effect.bout)
            case NudgePosture():
                tip = posture.tip(effect.tip)
                more = ((Action.POSTURE, "Check my posture"),)
                ports.notifier.say(Notice(tip.title, tip.body, more, quiet=True))
            case OfferRoutine():
                if offered := ports.routine_offer():
                    ports.notifier.say(offered)
            case RoutineDone():
                ports.routine_done(effect.name)
            case Refuse():
                refusal = effect.why
            case _ as never:
                assert_never(never)
    return refusal
