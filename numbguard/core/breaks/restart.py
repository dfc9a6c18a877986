"""Going on after a restart: what of an earlier run still holds, by how long it is ago.

Called by the engine when it is made.
"""

from __future__ import annotations

from collections.abc import Mapping

from numbguard.core.log.records import BoutEnd, Outcome, Seat
from numbguard.core.settings.settings import Settings

from . import policy, posture
from .ledger import Kind
from .messages import PAUSED, Phase
from .one_break import BreakLifecycle
from .state import EngineState, from_table, paused


def resume(state: EngineState, settings: Settings, breaks: BreakLifecycle, table: Mapping[str, object]) -> None:
    """Bring a fresh ``state`` to where ``table`` left off, as far as one may know; nonsense is passed over."""
    saved = from_table(table)
    if saved is None:
        return
    now = state.at.wall
    gone_s = max(0.0, (now - saved.wall).total_seconds())
    state.shown = list(saved.shown)
    state.skipped_on, state.skipped_today = saved.skipped_on, saved.skipped_today
    state.tips = list(saved.tips)
    state.offered_on = saved.offered_on
    if saved.offer_in_s is not None:
        state.offer_in_s = max(0.0, saved.offer_in_s - gone_s)
    posture.rest(state)  # A break may have been just before.
    if saved.since_break_s is not None:
        state.since_break_s = saved.since_break_s + gone_s
    if saved.paused and (saved.paused_until is None or saved.paused_until > now):
        state.suppressions[PAUSED] = paused(saved.paused_until)
    state.ledger = saved.ledger
    sat_on = gone_s < settings.natural_break and saved.counting and saved.seat is Seat.SITTING
    seated_s = state.seated_s
    state.ledger.passes(Kind.SITTING if sat_on else Kind.UNKNOWN, gone_s)
    state.touched_s = state.rested_s = state.ledger.now_s
    if saved.up:
        breaks.keep(Outcome.FINISHED, saved.card, started=saved.wall, seated_s=seated_s)
        breaks.up(saved.up, BoutEnd.MOVED)
    if gone_s >= settings.natural_break:
        # Nobody knows what happened meanwhile: the old bout is closed and no break is invented.
        breaks.end_bout(BoutEnd.STOPPED, state.ledger.now_s - gone_s)
        if saved.phase is Phase.ANNOUNCED:
            breaks.keep(Outcome.MISSED, saved.card, started=saved.wall, seated_s=seated_s)
        return
    state.seat = saved.seat
    sat_s = gone_s if sat_on else 0.0
    state.seen_s, state.free_s = saved.seen_s + gone_s, saved.free_s + gone_s
    if not saved.up:
        state.due_at_s, state.snoozes = saved.due_at_s, saved.snoozes
    # A due break does not wait for a pause in typing all over again.
    state.awaited_s = saved.awaited_s + max(0.0, min(sat_s, state.seated_s - state.due_at_s))
    state.posture_s = saved.posture_s
    if saved.phase in (Phase.CARD, Phase.AFTER) and not saved.up:
        breaks.keep(Outcome.CUT_SHORT, saved.card, started=saved.wall, seated_s=seated_s)
    state.settle_s = max(settings.settle, policy.START_S)
