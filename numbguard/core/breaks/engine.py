"""The break engine: one input in, effects out. It decides everything about breaks and nothing about how they look.

The runtime calls ``BreakEngine.step`` on the GUI thread for every sense and every click; ``snapshot`` returns the state
to show. The engine reads no clock, because each input carries its moment. Lengths grow by the clamped difference of the
monotonic clock, so late, early, doubled and missing ticks do no harm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import BoutEnd
from numbguard.core.sentence import N_
from numbguard.core.settings.choices import Style
from numbguard.core.settings.settings import Settings

from . import hours, policy, presence, verdict, view
from .instant import Instant
from .lifecycle import BreakLifecycle
from .messages import (
    HOURS,
    PAUSED,
    Action,
    Answer,
    ClockSet,
    Effect,
    FallingAsleep,
    HoldCard,
    IdleSeen,
    Input,
    Locked,
    Pause,
    Phase,
    Release,
    StartCard,
    StartRoutine,
    StepShown,
    Suppress,
    Suppression,
    Tick,
    TurnCard,
    Unlocked,
    Woke,
)
from .nudges import posture, routine_offer, standing
from .restart import clock_set, resume
from .snapshot import Snapshot
from .state.engine_state import CurrentBreak, EngineState, OffChair, paused
from .state.ledger import StretchKind
from .state.saved import rest_table, to_table


class BreakEngine:
    """The state of one person's sitting and breaks.

    ``choose_card`` returns the slug of the next card, given those shown lately (the last one last); ``new_id`` returns
    a fresh id for a record. ``saved`` is what ``to_table`` returned in an earlier run. ``longest_wait_s``: the longest
    wait for a pause in typing, in seconds, where idleness cannot be read often enough to see one. ``may_be_unseen``
    returns whether the present announcement may never have been shown.
    """

    def __init__(
        self,
        settings: Settings,
        at: Instant,
        *,
        choose_card: Callable[[Sequence[str]], str],
        new_id: Callable[[], str],
        saved: Mapping[str, object] | None = None,
        longest_wait_s: float = math.inf,
        may_be_unseen: Callable[[], bool] = lambda: False,
    ) -> None:
        self._settings = settings
        self._may_be_unseen = may_be_unseen
        self._state = EngineState(
            at=at,
            due_at_s=settings.interval,
            settle_s=max(settings.settle, policy.START_S),
            longest_wait_s=longest_wait_s,
        )
        self._breaks = BreakLifecycle(self._state, settings, choose_card=choose_card, new_id=new_id)
        if saved is not None:
            resume(self._state, settings, self._breaks, saved)
        self._decide()
        self._at_start = self._breaks.take_effects()

    # --- what goes in and comes out -----------------------------------------------------------------------------

    def start(self) -> tuple[Effect, ...]:
        """Return the effects of the state with which this run began; a second call returns none."""
        effects, self._at_start = self._at_start, ()
        return effects

    def step(self, given: Input) -> tuple[Effect, ...]:
        """Let the time up to the input's moment pass, take the input in, and return the effects."""
        state, settings = self._state, self._settings
        self._advance(given.at)
        self._take(given)
        self._decide()
        return (
            *self._breaks.take_effects(),
            *routine_offer.offers(state, settings),
            *posture.nudges(state, settings),
            *standing.reminders(state, settings),
        )

    def _advance(self, at: Instant) -> None:
        """Let the time up to ``at`` pass; none passes where the monotonic clock ran backwards."""
        state, settings = self._state, self._settings
        passed = max(0.0, at.mono - state.at.mono)
        posture.advance(state, settings, passed)
        routine_offer.advance(state, passed)
        presence.advance(state, settings, at, passed)

    def configure(self, settings: Settings) -> None:
        """Use other settings from now on; the seated clock stays, and the next break moves with the interval."""
        if not self._state.due_is_snooze:
            self._state.due_at_s += settings.interval - self._settings.interval
        routine_offer.configured(self._state, self._settings, settings)
        self._settings = self._breaks.settings = settings
        self._state.hours = None

    def snapshot(self) -> Snapshot:
        return view.snapshot(self._state, self._settings)

    @property
    def settings(self) -> Settings:
        return self._settings

    @property
    def time_spent(self) -> Mapping[StretchKind, float]:
        """Seconds by kind since this run began, or since the beginning of the bout that it continues."""
        return dict(self._state.ledger.totals)

    @property
    def is_off_chair(self) -> bool:
        """Whether the person is known to be off the chair; a restart needs to know whether they were."""
        return self._state.off_chair is not None

    @property
    def awaits_pause(self) -> bool:
        return self._state.awaits_pause

    @property
    def look_in_s(self) -> float:
        """Seconds until there can be a pause in typing, while the due break waits for one."""
        return view.look_in(self._state)

    def to_table(self) -> dict[str, object]:
        state = self._state
        up = verdict.by_chair(state, state.current) if state.current else None
        return {
            **to_table(state),
            "counting": presence.counting(state, self._settings),
            "up": rest_table(up, state.ledger),
        }

    # --- inputs -------------------------------------------------------------------------------------------------

    def _take(self, given: Input) -> None:
        state, settings = self._state, self._settings
        match given:
            case IdleSeen(seconds=seconds):
                if seconds is None or not presence.cannot_be(state, settings, seconds):
                    self._take_idle(seconds)
            case Tick():
                pass  # Only its time counts.
            case Locked():
                state.locked = True
                self._breaks.withdraw()
                self._breaks.stop_reading()
            case Unlocked():
                self._touched()  # Somebody unlocked it; the last reading may be half a minute old.
                state.locked = False
                self._settle()
            case FallingAsleep():
                state.asleep, state.asleep_s = True, 0.0
                self._breaks.interrupt()
            case Woke(slept_s=slept_s):
                if slept_s > 0:
                    presence.slept(state, settings, slept_s)
                self._breaks.interrupt()
                if state.off_chair:
                    self._credit(state.off_chair)
                in_call = not policy.TALKS.isdisjoint(state.suppressions)
                if state.idle_known and not in_call and (state.asleep or slept_s > 0):
                    state.unseen_s, state.woke = 0.0, True
                state.asleep = False
                self._settle()
            case ClockSet(by_s=by_s):
                if not clock_set(state, settings, self._breaks, by_s):
                    self._move_pause(by_s)
            case Suppress(suppression=suppression):
                self._suppress(suppression)
            case Release(id=id):
                self._release(id)
            case Pause(for_s=for_s, until=until):
                state.pause_is_length = for_s is not None
                self._suppress(paused(until if for_s is None else given.at.wall + timedelta(seconds=for_s)))
            case Answer(action=action):
                self._touched()
                self._answer(action)
            case StartRoutine(card=card, duration_s=duration_s):
                self._touched()
                self._start_routine(card, duration_s)
            case StartCard(card=card):
                self._touched()
                self._start_card(card)
            case TurnCard(to_s=to_s):
                self._touched()
                self._breaks.turn(to_s)
            case HoldCard(held=held):
                self._touched()
                self._breaks.hold(held=held)
            case StepShown(step=step, words=words):
                self._breaks.step_shown(step, words)
            case _ as never:
                assert_never(never)

    def _touched(self) -> None:
        """Note that the person is there: they pressed something in NumbGuard, or unlocked the screen."""
        self._credit_rest()
        presence.touched(self._state)

    def _credit_rest(self) -> None:
        """Credit the absence that this input ends or hides, where no look at idleness has shown it yet."""
        state = self._state
        if presence.rested_for_a_break(state, self._settings):
            self._take_idle(presence.untouched_for(state))
        self._follow()

    def _move_pause(self, by_s: float) -> None:
        """Move the end of a pause that was given as a length, so that it keeps its length when the clock is set."""
        pause = self._state.suppressions.get(PAUSED)
        if pause and pause.until and self._state.pause_is_length:
            self._state.suppressions[PAUSED] = replace(pause, until=pause.until + timedelta(seconds=by_s))

    def _take_idle(self, seconds: float | None) -> None:
        state = self._state
        state.idle_known = seconds is not None
        if seconds is None:
            state.unseen_s = state.told_s = None
        if seconds is not None:
            state.idle_s = max(0.0, seconds)
            presence.looked(state, self._settings, state.idle_s)
            if state.asleep and state.idle_s < state.asleep_s:
                state.asleep = False  # A key was pressed since then: the notice of the waking was lost.
                self._settle()
            current = state.current
            runs = current is not None and current.phase is Phase.CARD and current.held_since_s is None
            if current and runs and seconds < state.since_sample_s:
                # Only up to the last key: a long silence at the end of the stretch was not work. Keys pressed while the
                # card was held were not pressed during it.
                ran_on_s = current.phase_s - current.resumed_s
                current.worked_s += max(0.0, min(state.since_sample_s, ran_on_s) - seconds)
        state.since_sample_s = 0.0

    def _suppress(self, suppression: Suppression) -> None:
        state = self._state
        if suppression.id in policy.HOLDS_SEAT:
            self._credit_rest()
        new = suppression.id not in state.suppressions
        if new and suppression.id not in policy.OWN_WISH and not state.suppressions:
            presence.held_again(state, self._settings)
        state.suppressions[suppression.id] = suppression
        if suppression.id in policy.HOLDS_SEAT:
            state.free_s = 0.0  # A person in a call is there, however long the keys have rested.
            if state.unseen_s is not None:
                presence.seen(state, state.ledger.now_s)
        self._breaks.withdraw()
        self._breaks.stop_reading()
        if new and suppression.id in policy.CLOSES_CARD:
            self._breaks.interrupt()

    def _release(self, id: str) -> None:
        if self._state.suppressions.pop(id, None) and not self._state.suppressions:
            self._settle()

    def _settle(self) -> None:
        self._state.settle_s = self._settings.settle

    # --- answers ------------------------------------------------------------------------------------------------

    def _answer(self, action: Action) -> None:
        state, current = self._state, self._state.current
        phase = current.phase if current else Phase.NONE
        match action, phase:
            case Action.START, Phase.NONE | Phase.ANNOUNCED:
                self._breaks.open_card(asked=True)
            case Action.SNOOZE, Phase.ANNOUNCED | Phase.CARD:
                self._breaks.snooze()
            case Action.SKIP, Phase.ANNOUNCED | Phase.CARD:
                self._breaks.skip()
            case Action.SHORT, Phase.ANNOUNCED | Phase.CARD if current and self._breaks.may_shorten(current):
                self._breaks.shorten(current)
            case Action.CLOSE, Phase.CARD | Phase.AFTER:
                self._breaks.close()
            case Action.DONE, Phase.CARD:
                self._breaks.ask_after()
            case (Action.MOVED, Phase.CARD | Phase.AFTER) | (Action.DONE, Phase.AFTER):
                self._breaks.moved()
            case Action.NOT_MOVED, Phase.AFTER:
                self._breaks.not_moved()
            case Action.ANOTHER, Phase.ANNOUNCED | Phase.CARD if current:
                self._breaks.another(current)
            case Action.STAND, _:
                presence.sit_down(state)
                state.seat, state.gone_s = Seat.STANDING, 0.0
                self._breaks.withdraw()
            case Action.SIT, _:
                if state.seat is Seat.STANDING:
                    presence.sit_down(state)
                    self._settle()
            case Action.RESUME, _:
                self._release(PAUSED)
            case Action.ROUTINE_LATER, _:
                routine_offer.put_off(state)
            case Action.ROUTINE_NOT_TODAY, _:
                routine_offer.taken(state)
            case _:
                self._breaks.refuse(_MISFITS[phase])

    def _start_routine(self, card: str, duration_s: float) -> None:
        current = self._state.current
        if current and current.phase is not Phase.ANNOUNCED:
            self._breaks.refuse(_MISFITS[current.phase])
        else:
            routine_offer.taken(self._state)
            self._breaks.open_routine(card, duration_s)

    def _start_card(self, card: str) -> None:
        current = self._state.current
        phase = current.phase if current else Phase.NONE
        if current and phase is Phase.CARD:
            self._breaks.go_on_with(current, card)
        elif phase in (Phase.NONE, Phase.ANNOUNCED):
            self._breaks.open_card(asked=True, card=card)
        else:
            self._breaks.refuse(_MISFITS[phase])

    # --- consequences -------------------------------------------------------------------------------------------

    def _decide(self) -> None:
        """Bring everything that depends on time up to date; takes at most one step of one break."""
        state = self._state
        pause = state.suppressions.get(PAUSED)
        if pause and pause.until and pause.until <= state.at.wall:
            self._release(PAUSED)
        self._follow()
        self._keep_hours()
        if state.current:
            self._go_on(state.current)
        elif state.seated_s >= state.due_at_s:
            self._ask_when_it_suits()
        if state.current or state.seated_s < state.due_at_s:
            state.awaits_pause, state.awaited_s = False, 0.0
        asked = state.current is not None and state.current.phase is not Phase.ANNOUNCED
        if asked or state.seated_s < state.due_at_s:
            state.held_s, state.gap_s, state.blinks = 0.0, 0.0, 0

    def _follow(self) -> None:
        """Begin, credit or end the time off the chair as the senses now say."""
        state = self._state
        ended = presence.follow(state, self._settings)
        if ended:
            if not ended.unread_s:
                self._credit(ended)  # Idleness may not have been read while it lasted.
            elif ended.unread_s >= self._settings.natural_break and not ended.credited:
                # They came back while the program was not running, nobody knows when: no break is invented.
                self._breaks.end_bout(BoutEnd.STOPPED, ended.since_s)
            self._came_back(ended)
        if state.off_chair:
            self._credit(state.off_chair)

    def _ask_when_it_suits(self) -> None:
        """Announce the due break, unless something holds it back or the hands are typing."""
        state = self._state
        if state.suppressions or state.settle_s > 0 or not presence.reachable(state, self._settings):
            state.awaits_pause = False
        elif self._is_the_right_second():
            self._breaks.announce()
        else:
            state.awaits_pause = True

    def _is_the_right_second(self) -> bool:
        """Whether the hands rest, or nobody knows whether they do, or the wait for a pause is over."""
        state = self._state
        rests = state.since_sample_s <= policy.FRESH_S and state.idle_s >= policy.PAUSE_S
        unknown = not state.idle_known or min(state.awaited_s, state.since_sample_s) >= policy.UNHEARD_S
        return rests or unknown or view.wait_left(state, self._settings) <= 0

    def _keep_hours(self) -> None:
        state = self._state
        if state.hours is None or not state.hours.holds(state.at):
            state.hours = hours.stretch(self._settings.hours, state.at)
            if not state.hours.on:
                self._suppress(Suppression(HOURS, N_("outside your working hours"), state.hours.until))
        if HOURS not in state.suppressions:
            return
        if state.off_hours_s >= self._settings.natural_break and not state.current:
            self._breaks.end_bout(BoutEnd.OFF, state.ledger.now_s)
        if state.hours.on:
            state.off_hours_s = 0.0
            self._release(HOURS)

    def _credit(self, off: OffChair) -> None:
        """Count time off the chair that is long enough as the break, once, from the moment when the person left."""
        state = self._state
        after_s = 0.0 if off.until_s is None else state.ledger.now_s - off.until_s
        if off.credited or off.refused or off.length_s - after_s < self._settings.natural_break:
            return
        if state.unseen_s is not None and not state.idle_known:
            return  # The program has just started: the person may be back already.
        off.credited = True
        # It was entered as sitting until idleness proved otherwise.
        state.ledger.rewrite(
            off.since_s, state.ledger.now_s - after_s, StretchKind.AWAY, only=(StretchKind.SITTING, StretchKind.UNKNOWN)
        )
        current = state.current
        if current and current.phase in (Phase.CARD, Phase.AFTER):
            current.absences.append(off)
            if current.phase is Phase.AFTER:
                self._breaks.close()
        else:
            self._breaks.natural(off)
            state.since_break_s, state.rose_after_s = 0.0, 0.0
        posture.rest(state)

    def _came_back(self, ended: OffChair) -> None:
        state = self._state
        self._breaks.natural_over(ended)
        if ended.credited and state.current is None:
            state.since_break_s = 0.0
            posture.rest(state)

    def _go_on(self, current: CurrentBreak) -> None:
        if current.held_since_s is not None:
            if view.held_left(self._state, self._settings) <= 0:
                self._breaks.close()  # A card that was held and forgotten must not hold back every other break.
            return
        if current.phase_s < view.phase_length(current, self._settings):
            return
        if view.waits_for_a_touch(self._state, current, self._settings):
            current.waited = True
            return
        if current.phase is Phase.CARD:
            self._breaks.ask_after()
        elif current.phase is Phase.AFTER:
            self._breaks.close()
        elif self._settings.style is not Style.GENTLE:
            if not current.insisted and self._may_be_unseen():
                self._breaks.insist(current)
            else:
                self._breaks.open_card(asked=False)
        elif current.waited:
            current.waited, current.phase_s = False, 0.0  # The person is back only now, and gets the whole time.
        else:
            self._breaks.miss()


_MISFITS = {
    Phase.NONE: N_("There is no break at the moment."),
    Phase.ANNOUNCED: N_("The break has not started yet. Start it, snooze it or skip it."),
    Phase.CARD: N_("A break is already running."),
    Phase.AFTER: N_("The break is over. Say if you got up."),
}
