"""The life of one break: announced, opened, asked about, ended and recorded; and the sitting bout that it ends.

The engine decides when. ``BreakLifecycle`` changes the ``EngineState`` that it shares with the engine, and gathers the
effects.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.sentence import N_, Sentence, counted
from numbguard.core.settings.choices import SoundMoment, Style
from numbguard.core.settings.settings import Settings

from . import policy, sounds, verdict, view
from .messages import (
    Action,
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
from .state.engine_state import CurrentBreak, EngineState, OffChair, Rest
from .state.ledger import StretchKind

_NO_CARD = N_("No break card is open.")


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
        self._note_shown(card)
        return card

    def _note_shown(self, card: str) -> None:
        self._state.shown = [*self._state.shown[-99:], card]

    def announce(self) -> None:
        state = self._state
        card = self._next_card()
        now_s = state.ledger.now_s
        state.current = CurrentBreak(Phase.ANNOUNCED, card, now_s, now_s, state.seated_s, self._new_id())
        self._effects.append(self._announcement(state.current))
        self._sound(SoundMoment.ANNOUNCEMENT)

    def _announcement(self, current: CurrentBreak, *, insists: bool = False) -> Announce:
        state, settings = self._state, self.settings
        return Announce(
            current.card,
            state.seated_s,
            self.can_snooze,
            settings.snooze,
            insists=insists,
            skips=view.skips_used_up(state, settings),
        )

    def insist(self, current: CurrentBreak) -> None:
        """Announce the same break again, where its announcement was perhaps not shown."""
        current.insisted = True
        self._effects.append(self._announcement(current, insists=True))

    def another(self, current: CurrentBreak) -> None:
        if current.routine_s is not None:
            self.refuse(N_("A routine moves from card to card on its own."))
            return
        if current.phase is Phase.ANNOUNCED:  # it was not shown yet
            self._state.shown.pop()
            current.card = self._next_card()
            self._effects.append(self._announcement(current))
            return
        self._go_on(current)
        current.card = self._next_card()
        self._effects.append(ChangeCard(current.card))

    def go_on_with(self, current: CurrentBreak, card: str) -> None:
        """Show this card, which the person chose, for the time that is left of the break."""
        if current.routine_s is not None:
            self.refuse(N_("A routine moves from card to card on its own."))
            return
        current.card = card
        self._note_shown(card)
        self._effects.append(ChangeCard(card))

    def step_shown(self, step: str, words: str) -> None:
        """Sound and read a step that the card shows, unless it was the last one reported."""
        current = self._state.current
        if current is None or current.phase is not Phase.CARD or current.step == step:
            return
        first, current.step = current.step is None, step
        self._effects += sounds.step(words, current, self._state, self.settings, first=first)

    def stop_reading(self) -> None:
        self._effects += sounds.stop_reading(self._state.current)

    def _sound(self, moment: SoundMoment) -> None:
        self._effects += sounds.at(moment, self._state, self.settings)

    def refuse(self, why: str) -> None:
        self._effects.append(Refuse(why))

    def snooze(self) -> None:
        current = self._state.current
        if current and current.phase is Phase.CARD and self._taken_anyway():
            return
        if self.can_snooze:
            self._put_off(Outcome.SNOOZED)
        elif current and current.routine_s is not None:
            self.refuse(N_("You can't snooze a routine. Stop it and start it again later."))
        else:
            self.refuse(N_("You've already snoozed this break as many times as your settings allow."))

    def _put_off(self, outcome: Outcome) -> None:
        """Announce the same break again after a snooze, whatever is set meanwhile."""
        self.finish(outcome, due_in_s=self.settings.snooze)
        self._state.snoozes += 1
        self._state.due_is_snooze = True

    def skip(self) -> None:
        """Skip the break, unless the chair says that it was taken, or too many were skipped in a row."""
        if self._taken_anyway():
            return
        if skips := view.skips_used_up(self._state, self.settings):
            self.refuse(_no_more_skips(skips))
            return
        self.leave(Outcome.SKIPPED)
        self._state.skipped_today += 1
        self._state.skips += 1

    def may_shorten(self, current: CurrentBreak) -> bool:
        return self._way_out(current) is Action.SHORT

    def shorten(self, current: CurrentBreak) -> None:
        """Show the card for a moment only, in place of a break that can no longer be skipped."""
        if current.phase is Phase.ANNOUNCED:
            self._effects.append(Withdraw())
        current.short, current.rest = True, None
        self._open(current)

    def close(self) -> None:
        """End the card or the question without an answer; the chair decides, by ``verdict.by_chair``."""
        if not self._taken_anyway():
            self._leave_unless_early()

    def not_moved(self) -> None:
        """Take the person's word that it was no break, unless a lock, a sleep or standing is known."""
        current = self._state.current
        assert current
        if verdict.outweighs_no(current, self.settings):
            self._taken_anyway()
            return
        for off in current.absences:
            away = verdict.span(self._state, off)
            self._state.ledger.rewrite(away.since_s, away.until_s, StretchKind.SITTING, only=(StretchKind.AWAY,))
            off.credited, off.refused = False, True
        self._leave_unless_early()

    def _leave_unless_early(self) -> None:
        """End a card without a movement. A card that was asked for before the break was due costs nothing."""
        state, current = self._state, self._state.current
        assert current
        if current.announced_s is None and current.seated_s < state.due_at_s:
            self.finish(self.ran_outcome(), due_in_s=None)
            state.settle_s = max(state.settle_s, self.settings.settle)
        else:
            self.leave(self.ran_outcome())

    def _taken_anyway(self) -> bool:
        """End the break as one that counts if the chair says so; returns whether it did."""
        current = self._state.current
        assert current
        up = verdict.by_chair(self._state, current)
        if up is not None:
            self.counted(Outcome.FINISHED if current.ran_whole else Outcome.NATURAL, up)
        return up is not None

    def leave(self, outcome: Outcome) -> None:
        """End the break without a movement: the next is due after a whole interval, and the seated clock runs on."""
        self.finish(outcome, due_in_s=self.settings.interval)
        if outcome is Outcome.FINISHED:
            self._state.skips = 0
        self._state.snoozes, self._state.due_is_snooze = 0, False

    def withdraw(self) -> None:
        """Withdraw an unanswered announcement; the break stays due."""
        if self._state.current and self._state.current.phase is Phase.ANNOUNCED:
            self._state.shown.pop()
            self._state.current = None
            self._effects.append(Withdraw())

    def open_card(self, *, asked: bool, card: str | None = None) -> None:
        """Show the card. ``asked``: the person started it at the desk, so an earlier rest is not the break.

        ``card`` is one that the person chose, in place of the one whose turn it is.
        """
        state = self._state
        current = state.current
        if current:
            self._effects.append(Withdraw())
            if card is not None:
                state.shown.pop()
        if card is not None:
            self._note_shown(card)
        if current is None:
            current = state.current = CurrentBreak(
                Phase.CARD, card or self._next_card(), None, state.ledger.now_s, state.seated_s, self._new_id()
            )
        elif card is not None:
            current.card = card
        if asked:
            current.rest = None
        self._open(current)

    def open_routine(self, card: str, duration_s: float) -> None:
        """Show several cards in a row, which the person asked for, in place of a card that was announced."""
        state, announced = self._state, self._state.current
        self.withdraw()
        announced_s = announced.announced_s if announced else None
        id = announced.id if announced else self._new_id()
        now_s = state.ledger.now_s
        current = CurrentBreak(Phase.CARD, card, announced_s, now_s, state.seated_s, id, routine_s=duration_s)
        state.current = current
        self._open(current)

    def turn(self, to_s: float) -> None:
        """Turn the open card to ``to_s`` seconds after its beginning; the break ends that much sooner or later."""
        current = self._state.current
        if current is None or current.phase is not Phase.CARD:
            self.refuse(_NO_CARD)
            return
        current.ahead_s = min(max(0.0, to_s), view.whole_length(current, self.settings)) - current.phase_s

    def hold(self, *, held: bool) -> None:
        """Stop the time of the open card, or let it run on. What passes meanwhile is not part of the break."""
        current = self._state.current
        if current is None or current.phase is not Phase.CARD:
            self.refuse(_NO_CARD)
        elif not held:
            self._go_on(current)
        elif current.held_since_s is None:
            current.held_since_s = self._state.ledger.now_s
            self.stop_reading()

    def _go_on(self, current: CurrentBreak) -> None:
        """Let the time of a held card run on. Its time counts as if it had run without a gap up to its end."""
        if current.held_since_s is not None:
            current.ran_from_s += self._state.ledger.now_s - current.held_since_s
            current.held_since_s, current.resumed_s = None, current.phase_s

    def _open(self, current: CurrentBreak) -> None:
        settings = self.settings
        current.phase, current.phase_s, current.started_s = Phase.CARD, 0.0, self._state.ledger.now_s
        current.ran_from_s = current.started_s
        # A gentle break never opens by itself: the person asked for this one, so it is shown.
        style = Style.STANDARD if settings.style is Style.GENTLE else settings.style
        length_s = view.card_length(current, settings)
        self._effects.append(OpenCard(current.card, length_s, style, self.can_snooze, self._way_out(current)))
        self._sound(SoundMoment.START)

    def _way_out(self, current: CurrentBreak) -> Action | None:
        if current.short:
            return None
        return Action.SHORT if view.skips_used_up(self._state, self.settings) else Action.SKIP

    def ask_after(self) -> None:
        current = self._state.current
        assert current
        self._go_on(current)
        length_s = view.card_length(current, self.settings)
        # A card whose steps were merely turned over was not done.
        least_s = policy.RAN_WHOLE * view.whole_length(current, self.settings)
        current.ran_s, current.ran_whole = current.phase_s, current.phase_s >= max(length_s, least_s)
        if current.ran_whole and self._state.idle_known and current.worked_s < policy.WORKED_THROUGH * current.ran_s:
            current.rested_until_s = self._state.ledger.now_s
        current.phase, current.phase_s = Phase.AFTER, 0.0
        self._effects.append(AskAfter())
        self.stop_reading()
        self._sound(SoundMoment.END)

    def ran_outcome(self) -> Outcome:
        return Outcome.FINISHED if self._state.current and self._state.current.ran_whole else Outcome.CUT_SHORT

    def finish(self, outcome: Outcome, *, due_in_s: float | None) -> None:
        """End the break; the next is due after ``due_in_s`` seconds of sitting, or (``None``) as before."""
        state, current = self._state, self._state.current
        assert current
        self._close(current, got_up=outcome is Outcome.MOVED)
        self.keep(
            outcome,
            current.card,
            id=current.id,
            started=state.lived_at(current.started_s),
            announced=self._announced(current),
            seated_s=current.seated_s,
        )
        if due_in_s is not None:
            state.due_at_s = state.seated_s + due_in_s

    def _close(self, current: CurrentBreak, *, got_up: bool = False) -> None:
        self._state.current = None
        self._effects.append(Withdraw() if current.phase is Phase.ANNOUNCED else CloseCard(got_up))
        self._effects += sounds.stop_reading(current)

    def _announced(self, current: CurrentBreak) -> datetime | None:
        return None if current.announced_s is None else self._state.lived_at(current.announced_s)

    def moved(self) -> None:
        """Take the person's word that they got up."""
        current = self._state.current
        assert current
        self._go_on(current)
        self.counted(Outcome.MOVED, verdict.by_answer(self._state, current))

    def counted(self, outcome: Outcome, up: Rest) -> None:
        """End the break as one that counts: it ends the bout before it, and the sitting after it begins the next."""
        state, current = self._state, self._state.current
        assert current
        if current.routine_s is not None:
            self._effects.append(RoutineDone(current.card))
        if outcome is Outcome.NATURAL:
            self._close(current)
            self.keep(
                outcome,
                current.card,
                id=current.id,
                started=state.lived_at(up.since_s),
                announced=self._announced(current),
                ended=state.lived_at(up.until_s),
                seated_s=current.seated_s,
            )
        else:
            self.finish(outcome, due_in_s=None)
        self.up(up, BoutEnd.NATURAL if outcome is Outcome.NATURAL else BoutEnd.MOVED)
        for off in current.absences:
            if off.since_s >= up.until_s and state.seated_s > 0:
                self.natural(off)
                self.natural_over(off)
                state.since_break_s = state.ledger.now_s - verdict.span(state, off).until_s

    def up(self, up: Rest, end: BoutEnd) -> None:
        """Enter the time during which the person was up, between the bout that it ends and the next."""
        state = self._state
        state.skips = 0
        state.ledger.rewrite(up.since_s, up.until_s, StretchKind.AWAY, only=(StretchKind.SITTING,))
        state.rose_after_s = state.ledger.spent(StretchKind.SITTING, since_s=state.ledger.bout_s, until_s=up.since_s)
        self.end_bout(end, up.since_s)
        state.since_break_s = state.ledger.now_s - up.until_s

    def interrupt(self) -> None:
        """Close everything on the screen for a sleep, a call or a pause; a due break stays due."""
        self.withdraw()
        current = self._state.current
        if current and not self._taken_anyway():
            if current.phase is Phase.AFTER:
                self.leave(self.ran_outcome())
            else:
                self.finish(Outcome.CUT_SHORT, due_in_s=None)

    def natural(self, off: OffChair) -> None:
        """Record time off the chair as the break, from the moment when the person left."""
        state = self._state
        state.skips = 0
        self.withdraw()
        if state.seated_s > 0:
            off.record = BreakRecord(
                self._new_id(), Outcome.NATURAL, state.lived_at(off.since_s), None, seated_s=state.seated_s
            )
            self._effects.append(KeepBreak(off.record))
        self.end_bout(BoutEnd.NATURAL, off.since_s)

    def natural_over(self, off: OffChair) -> None:
        """Record the end of the natural break, and date its beginning by the present clock as well."""
        state = self._state
        if off.record and off.until_s is not None:
            began, ended = state.lived_at(off.since_s), state.lived_at(off.until_s)
            self._effects.append(KeepBreak(replace(off.record, started_at=began, ended_at=ended)))

    def keep(
        self,
        outcome: Outcome,
        card: str | None,
        *,
        id: str | None = None,
        started: datetime,
        announced: datetime | None = None,
        ended: datetime | None = None,
        seated_s: float,
    ) -> None:
        """Record a break, under a new id if it has none; without ``ended`` it ends now."""
        state = self._state
        self._effects.append(
            KeepBreak(
                BreakRecord(
                    id or self._new_id(),
                    outcome,
                    started,
                    ended or state.at.wall,
                    card,
                    announced,
                    seated_s,
                    state.snoozes,
                )
            )
        )

    def end_bout(self, end: BoutEnd, at_s: float, *, shown: datetime | None = None) -> None:
        """End the sitting bout at that moment of the ledger, and record it if it contains any sitting.

        ``shown`` is what the wall clock showed at that moment, if its present time cannot date it.
        """
        state = self._state
        sat = state.ledger.end_bout(max(at_s, state.ledger.bout_s))
        if sat is not None:
            began, ended = state.lived_at(sat.since_s), state.lived_at(sat.until_s)
            if shown is not None:
                began, ended = (shown - timedelta(seconds=at_s - moment_s) for moment_s in (sat.since_s, sat.until_s))
            if sat.unknown_s >= self.settings.natural_break:
                end = BoutEnd.UNKNOWN
            # Dates are whole microseconds; a bout contains no more sitting than lies between them.
            seated_s = min(sat.seated_s, (ended - began).total_seconds())
            self._effects.append(KeepBout(SittingBout(self._new_id(), began, ended, seated_s, end)))
        state.due_at_s, state.snoozes, state.due_is_snooze = self.settings.interval, 0, False

    def miss(self) -> None:
        """End a gentle announcement without an answer: ask again like a snooze, and finally after a whole interval."""
        if self.can_snooze:
            self._put_off(Outcome.MISSED)
        else:
            self.leave(Outcome.MISSED)


def _no_more_skips(skips: int) -> Sentence:
    return counted(
        "You skipped the last break, and your settings allow only one in a row. A short stand counts too.",
        "You skipped {count} breaks in a row, as many as your settings allow. A short stand counts too.",
        skips,
    )
