"""One break's life: announced, opened, asked after, ended, written down; and the sitting bout it ends.

The engine decides when; ``BreakLifecycle`` does it to the shared ``EngineState`` and gathers the effects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from numbguard.core.log.records import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.settings.choices import Style
from numbguard.core.settings.settings import Settings

from . import policy, view
from .messages import (
    Announce,
    AskAfter,
    ChangeCard,
    CloseCard,
    Effect,
    KeepBout,
    KeepBreak,
    OpenCard,
    Phase,
    Refuse,
    RoutineDone,
    Withdraw,
)
from .state import CurrentBreak, EngineState, OffChair


class BreakLifecycle:
    def __init__(
        self,
        state: EngineState,
        settings: Settings,
        *,
        choose_card: Callable[[Sequence[str]], str],
        new_id: Callable[[], str],
    ) -> None:
        self._state = state
        self.settings = settings
        self._choose_card = choose_card
        self._new_id = new_id
        self._effects: list[Effect] = []

    def take_effects(self) -> tuple[Effect, ...]:
        effects, self._effects = tuple(self._effects), []
        return effects

    @property
    def can_snooze(self) -> bool:
        return view.can_snooze(self._state, self.settings)

    def _next_card(self) -> str:
        card = self._choose_card(self._state.shown)
        self._state.shown = [*self._state.shown[-99:], card]
        return card

    def announce(self) -> None:
        state = self._state
        card = self._next_card()
        state.current = CurrentBreak(Phase.ANNOUNCED, card, state.at.wall, state.at.wall, state.seated_s)
        self._effects.append(Announce(card, state.seated_s, self.can_snooze, self.settings.snooze))

    def another(self, current: CurrentBreak) -> None:
        if current.routine_s is not None:
            self.refuse("A routine goes from card to card by itself.")
            return
        current.card = self._next_card()
        self._effects.append(ChangeCard(current.card))

    def refuse(self, why: str) -> None:
        self._effects.append(Refuse(why))

    def snooze(self) -> None:
        if self.can_snooze:
            self.finish(Outcome.SNOOZED, due_in_s=self.settings.snooze)
            self._state.snoozes += 1
        elif self._state.current and self._state.current.routine_s is not None:
            self.refuse("A routine is not put off: stop it, and start it again when it suits.")
        else:
            self.refuse("This break has been put off as often as your settings allow.")

    def skip(self) -> None:
        self.leave(Outcome.SKIPPED)
        self._state.skipped_today += 1

    def leave(self, outcome: Outcome) -> None:
        """End the break without a movement: a whole interval until the next, and the seated clock runs on."""
        self.finish(outcome, due_in_s=self.settings.interval)
        self._state.snoozes = 0

    def withdraw(self) -> None:
        """Take an announcement back unanswered; the break stays due."""
        if self._state.current and self._state.current.phase is Phase.ANNOUNCED:
            self._state.shown.pop()
            self._state.current = None
            self._effects.append(Withdraw())

    def open_card(self) -> None:
        state = self._state
        current = state.current
        if current:
            self._effects.append(Withdraw())
        else:
            current = state.current = CurrentBreak(Phase.CARD, self._next_card(), None, state.at.wall, state.seated_s)
        self._open(current)

    def open_routine(self, card: str, duration_s: float) -> None:
        """Several cards in a row, asked for by the person; in place of the card that was announced, if one was."""
        state, announced = self._state, self._state.current
        self.withdraw()
        announced_at = announced.announced_at if announced else None
        current = CurrentBreak(Phase.CARD, card, announced_at, state.at.wall, state.seated_s, routine_s=duration_s)
        state.current = current
        self._open(current)

    def skip_ahead(self, by_s: float) -> None:
        """Leave out so much of the routine that is on; its end comes that much sooner."""
        current = self._state.current
        if current is None or current.phase is not Phase.CARD or current.routine_s is None:
            self.refuse("No routine is on.")
            return
        left_s = view.card_length(current, self.settings) - current.phase_s
        current.ahead_s += min(max(0.0, by_s), max(0.0, left_s))

    def _open(self, current: CurrentBreak) -> None:
        settings = self.settings
        current.phase, current.phase_s, current.started_at = Phase.CARD, 0.0, self._state.at.wall
        # A gentle break never opens by itself: this one was asked for, so it is shown.
        style = Style.STANDARD if settings.style is Style.GENTLE else settings.style
        self._effects.append(OpenCard(current.card, view.card_length(current, settings), style, self.can_snooze))

    def ask_after(self) -> None:
        current = self._state.current
        assert current
        length_s = view.card_length(current, self.settings)
        current.ran_s, current.ran_whole = current.phase_s, current.phase_s >= length_s
        current.phase, current.phase_s = Phase.AFTER, 0.0
        self._effects.append(AskAfter())

    def ran_outcome(self) -> Outcome:
        return Outcome.FINISHED if self._state.current and self._state.current.ran_whole else Outcome.CUT_SHORT

    def unanswered(self) -> None:
        """Nobody said whether they got up. It counts when the card ran and the hands were seen to rest."""
        current = self._state.current
        assert current
        rested = self._state.idle_known and current.worked_s < policy.WORKED_THROUGH * current.ran_s
        if current.ran_whole and rested:
            self.moved(Outcome.FINISHED)
            # The movement was the card; since then the person has sat before the question.
            self._state.seated_s, self._state.since_break_s = current.sat_s, current.phase_s
        else:
            self.leave(self.ran_outcome())

    def finish(self, outcome: Outcome, *, due_in_s: float | None) -> None:
        """End the break; the next one is due in ``due_in_s`` of sitting, or (``None``) as it was."""
        state, current = self._state, self._state.current
        assert current
        state.current = None
        self._effects.append(Withdraw() if current.phase is Phase.ANNOUNCED else CloseCard())
        self.keep(
            outcome, current.card, started=current.started_at, announced=current.announced_at, seated_s=current.seated_s
        )
        if due_in_s is not None:
            state.due_at_s = state.seated_s + due_in_s

    def moved(self, outcome: Outcome) -> None:
        if self._state.current and self._state.current.routine_s is not None:
            self._effects.append(RoutineDone(self._state.current.card))
        self.finish(outcome, due_in_s=None)
        self.end_bout(BoutEnd.MOVED, self._state.at.wall)
        self._state.since_break_s = 0.0

    def interrupt(self) -> None:
        """Sleep, a call or a pause takes everything off the screen; what was due stays due."""
        self.withdraw()
        if self._state.current and self._state.current.phase is Phase.AFTER:
            self.unanswered()
        elif self._state.current:
            self.finish(Outcome.CUT_SHORT, due_in_s=None)

    def natural(self, off: OffChair) -> None:
        """Time off the chair that counts as the break, from the moment the person left."""
        seated_s = self._state.seated_s - off.counted_s
        self.withdraw()
        if seated_s > 0:
            off.record = BreakRecord(self._new_id(), Outcome.NATURAL, off.since, None, seated_s=seated_s)
            self._effects.append(KeepBreak(off.record))
        self.end_bout(BoutEnd.NATURAL, off.since, counted_s=off.counted_s)

    def natural_over(self, record: BreakRecord) -> None:
        self._effects.append(KeepBreak(replace(record, ended_at=self._state.at.wall)))

    def keep(
        self,
        outcome: Outcome,
        card: str | None,
        *,
        started: datetime,
        announced: datetime | None = None,
        seated_s: float,
    ) -> None:
        self._effects.append(
            KeepBreak(
                BreakRecord(
                    self._new_id(),
                    outcome,
                    started,
                    self._state.at.wall,
                    card,
                    announced,
                    seated_s,
                    self._state.snoozes,
                )
            )
        )

    def end_bout(self, end: BoutEnd, at: datetime, *, counted_s: float = 0.0) -> None:
        state = self._state
        if state.seated_s > counted_s:
            bout = SittingBout(self._new_id(), state.bout_since, at, state.seated_s - counted_s, end)
            self._effects.append(KeepBout(bout))
        state.seated_s, state.due_at_s, state.snoozes = 0.0, self.settings.interval, 0
        state.bout_since = state.at.wall

    def miss(self) -> None:
        """A gentle announcement nobody answered: asked again like a snooze, then after a whole interval."""
        if self.can_snooze:
            self.finish(Outcome.MISSED, due_in_s=self.settings.snooze)
            self._state.snoozes += 1
        else:
            self.leave(Outcome.MISSED)
