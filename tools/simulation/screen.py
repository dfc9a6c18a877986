"""What one worker makes of what pops up: which answer comes, when, and whether it still fits when it does.

Used by the ``Desk`` alone, which tells it of every effect and lets the answer come when its moment is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from numbguard.core.breaks.messages import (
    Action,
    Announce,
    Answer,
    AskAfter,
    Effect,
    OfferRoutine,
    OpenCard,
    Phase,
    StartRoutine,
)

if TYPE_CHECKING:
    from tools.simulation.desk import Desk

NEVER = float("inf")
NEAR_S = 240.0
"""Who showed themselves so lately is near enough to click."""
ROUTINE_S = 400.0
DIES = 0.01
"""How often the program crashes while something is on the screen, whichever phase it is."""
OFFERED = frozenset({Action.ROUTINE, Action.ROUTINE_LATER, Action.ROUTINE_NOT_TODAY})
ANNOUNCED = frozenset({Action.START, Action.SNOOZE, Action.SKIP})


class Screen:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.answers_at, self._action = NEVER, Action.START

    def goes_dark(self) -> None:
        """NumbGuard is gone, and what it showed with it."""
        self.answers_at = NEVER

    def shows(self, effects: tuple[Effect, ...]) -> None:
        desk = self.desk
        for effect in effects:
            if isinstance(effect, (Announce, OpenCard, AskAfter)) and desk.chance.random() < DIES:
                desk.dies_at = desk.truth.now + desk.chance.uniform(1, 60)
            if isinstance(effect, Announce):
                self._will_answer(desk.worker.answers_announcement(can_snooze=effect.can_snooze), 90)
            elif isinstance(effect, OpenCard):
                self._shows_the_card(effect)
            elif isinstance(effect, OfferRoutine):
                self._will_answer(desk.worker.answers_offer(), 60)
            elif isinstance(effect, AskAfter) and desk.chance.random() < 0.8:
                moved = desk.hands_off_until or desk.chance.random() < 0.7
                self._will_answer(Action.MOVED if moved else Action.NOT_MOVED, 30)

    def _shows_the_card(self, card: OpenCard) -> None:
        chance = self.desk.chance
        die = chance.random()
        if die < 0.6 and self.desk.truth.typing:
            self.desk.hands_off(card.duration_s * chance.choice([0.4, 1.1, 1.1, 4]))
        elif die < 0.8:
            self._will_answer(Action.CLOSE, 60)

    def _will_answer(self, action: Action | None, within_s: float) -> None:
        if action:
            self.answers_at, self._action = self.desk.truth.now + self.desk.chance.uniform(1, within_s), action

    def is_answered(self) -> None:
        """A click, if somebody is there and what it answers is still on the screen."""
        self.answers_at = NEVER
        desk, truth, action = self.desk, self.desk.truth, self._action
        if desk.engine is None or truth.asleep or truth.locked:
            return
        if action in OFFERED:
            self._the_offer_is_answered(action)
            return
        current = desk.engine.snapshot().current
        phase = current.phase if current else Phase.NONE
        fits = phase is Phase.ANNOUNCED if action in ANNOUNCED else phase in (Phase.CARD, Phase.AFTER)
        gone = truth.gone_since
        there = desk.hands_off_until or gone is None or truth.now - gone < NEAR_S
        if not fits or not there or (action is Action.NOT_MOVED and phase is not Phase.AFTER):
            return
        desk.input(typing=truth.typing)
        desk.judge.asked_for = True
        desk.judge.answered()
        desk.judge.clicked(action)
        desk.feed(Answer(desk.at, action))
        desk.judge.asked_for = False

    def _the_offer_is_answered(self, action: Action) -> None:
        desk = self.desk
        if desk.hands_off_until or desk.truth.gone_since is not None:
            return
        desk.input(typing=True)
        desk.judge.asked_for = True
        if action is Action.ROUTINE:
            desk.judge.answered()  # Who begins a routine knows of the break, and takes it.
            desk.feed(StartRoutine(desk.at, "routine:daily", ROUTINE_S))
        else:
            if action is Action.ROUTINE_LATER:
                desk.judge.later()
            desk.feed(Answer(desk.at, action))
        desk.judge.asked_for = False
