"""Going on after a restart: which state of an earlier run still holds, depending on how long ago it was.

The engine calls it when it is created, and when the clock is set soon after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.sitting import BoutEnd, Outcome
from numbguard.core.settings.settings import Settings

from . import policy
from .lifecycle import BreakLifecycle
from .messages import PAUSED, Phase
from .nudges import posture
from .state.engine_state import CarriedBout, EngineState, OffChair, paused
from .state.ledger import StretchKind
from .state.saved import SavedState, from_table

_SET_WITHIN_S = 3600.0
"""Seconds after the start within which a clock that stood still while the machine was off is set by the network."""


def resume(state: EngineState, settings: Settings, breaks: BreakLifecycle, table: Mapping[str, object]) -> None:
    """Bring a fresh ``state`` to where ``table`` left off, as far as that can be known; ignores a table of nonsense."""
    saved = from_table(table)
    if saved is None:
        return
    now = state.at.wall
    by_clock_s = (now - saved.wall).total_seconds()
    # Without a reboot the monotonic clock ran on, however the wall clock was set meanwhile.
    ran_on_s = 0.0 if saved.mono is None else state.at.mono - saved.mono
    rebooted = ran_on_s < 0
    gone_s = max(0.0, by_clock_s, ran_on_s)
    _restore_what_always_holds(state, saved, gone_s, rebooted=rebooted)
    state.ledger = saved.ledger
    ended_s = state.ledger.now_s
    seated_s = state.seated_s
    late = gone_s + (saved.off_chair.unread_s if saved.off_chair else 0.0) >= settings.natural_break
    sat_on = not late and saved.counting and saved.seat is Seat.SITTING
    state.ledger.passes(_kind(saved, sat_on=sat_on), gone_s)
    state.touched_s, state.rested_s = saved.hands.since_s, saved.hands.until_s
    if saved.off_chair:
        _go_on_off_chair(state, saved.off_chair, gone_s)
    if saved.up:
        breaks.keep(Outcome.FINISHED, saved.card, started=saved.wall, seated_s=seated_s)
        breaks.up(saved.up, BoutEnd.MOVED)
    if late:
        # Nobody knows what happened meanwhile, so the old bout ends and no break is invented. But a person who was away
        # when the program ended has been away all the time, if the machine was off or they stand. Otherwise the first
        # reading of idleness shows whether they came back meanwhile.
        if not saved.off_chair:
            breaks.end_bout(BoutEnd.STOPPED, ended_s)
        elif not saved.off_chair.credited and (rebooted or saved.seat is Seat.STANDING):
            saved.off_chair.credited = True
            state.ledger.rewrite(saved.off_chair.since_s, ended_s, StretchKind.AWAY, only=(StretchKind.SITTING,))
            breaks.natural(saved.off_chair)
        if saved.phase is Phase.ANNOUNCED:
            breaks.keep(Outcome.MISSED, saved.card, started=saved.wall, seated_s=seated_s)
        _keep_a_card_cut_short(breaks, saved, seated_s)
        return
    if rebooted:
        state.carried = CarriedBout(ended_s, saved.wall, state.ledger.now_s, by_clock_s)
    state.seat, state.standing_s, state.standing_said = saved.seat, saved.standing_s, saved.standing_said
    if saved.left_s > 0:
        state.gone_s = saved.left_s + gone_s
    sat_s = gone_s if sat_on else 0.0
    state.seen_s, state.free_s = saved.seen_s + gone_s, saved.free_s + gone_s
    if not saved.up:
        state.due_at_s, state.snoozes = saved.due_at_s, saved.snoozes
        state.due_is_snooze, state.held_s = saved.due_is_snooze, saved.held_s
    # A due break does not wait for a pause in typing all over again: it has waited.
    state.awaited_s = saved.awaited_s + max(0.0, min(sat_s, state.seated_s - state.due_at_s))
    state.posture_s = saved.posture_s
    _keep_a_card_cut_short(breaks, saved, seated_s)
    state.settle_s = max(settings.settle, policy.START_S)


def _keep_a_card_cut_short(breaks: BreakLifecycle, saved: SavedState, seated_s: float) -> None:
    """Record the break whose card or question was open when the program ended, unless the chair made it count."""
    if saved.phase in (Phase.CARD, Phase.AFTER) and not saved.up:
        breaks.keep(Outcome.CUT_SHORT, saved.card, started=saved.wall, seated_s=seated_s)


def _restore_what_always_holds(state: EngineState, saved: SavedState, gone_s: float, *, rebooted: bool) -> None:
    now = state.at.wall
    state.shown = list(saved.shown)
    state.skipped_on, state.skipped_today, state.skips = saved.skipped_on, saved.skipped_today, saved.skips
    state.tips = list(saved.tips)
    state.offered_on = saved.offered_on
    if saved.offer_in_s is not None:
        state.offer_in_s = max(0.0, saved.offer_in_s - gone_s)
    posture.rest(state)  # A break may have ended just before.
    if saved.since_break_s is not None:
        state.since_break_s = saved.since_break_s + gone_s
    until = saved.paused_until
    if until is not None and saved.pause_is_length and not rebooted:
        # The clock may have been set meanwhile; how much time has passed is known all the same.
        until = now + (until - saved.wall) - timedelta(seconds=gone_s)
    if saved.paused and (until is None or until > now):
        state.suppressions[PAUSED] = paused(until)
        state.pause_is_length = saved.pause_is_length


def _kind(saved: SavedState, *, sat_on: bool) -> StretchKind:
    """Return the kind as which the ledger enters the time between the runs."""
    if sat_on:
        return StretchKind.SITTING
    return StretchKind.AWAY if saved.off_chair else StretchKind.OFF


def _go_on_off_chair(state: EngineState, off: OffChair, gone_s: float) -> None:
    """Continue an absence during which the program ended; it lasts until something is touched."""
    off.length_s += gone_s
    off.unread_s += gone_s
    state.off_chair, state.unseen_s = off, off.unread_s


def clock_set(state: EngineState, settings: Settings, breaks: BreakLifecycle, by_s: float) -> bool:
    """End the bout of the earlier run where its clock stood still while the machine was off, and is set right now.

    Returns whether it did so: then the time by which the clock was set has really passed.
    """
    carried = state.carried
    if carried is None:
        return False
    # It may be set in several steps.
    state.carried = carried = replace(carried, gone_s=carried.gone_s + by_s)
    soon = state.ledger.now_s - carried.began_s <= _SET_WITHIN_S
    was_off = soon and carried.gone_s >= settings.natural_break
    if was_off:
        state.carried = None
        state.ledger.rewrite(carried.ended_s, carried.began_s, StretchKind.UNKNOWN, only=(StretchKind.SITTING,))
        if state.ledger.spent(StretchKind.SITTING, since_s=state.ledger.bout_s, until_s=carried.ended_s) > 0:
            _end_carried_bout(state, breaks, carried)
        if state.since_break_s is not None and state.since_break_s >= state.ledger.now_s - carried.began_s:
            state.since_break_s += carried.gone_s  # The last break was in the earlier run.
    return was_off


def _end_carried_bout(state: EngineState, breaks: BreakLifecycle, carried: CarriedBout) -> None:
    """End the bout of the earlier run, unless a break of this run has ended it.

    A break that the person has put off or skipped in this run comes no sooner for it.
    """
    due_in_s, put_off = state.due_at_s - state.seated_s, (state.snoozes, state.due_is_snooze)
    breaks.end_bout(BoutEnd.STOPPED, carried.ended_s, shown=carried.wall)
    if state.seated_s + due_in_s > state.due_at_s:
        state.due_at_s = state.seated_s + due_in_s
        state.snoozes, state.due_is_snooze = put_off
    if state.seated_s < state.due_at_s:
        breaks.withdraw()
