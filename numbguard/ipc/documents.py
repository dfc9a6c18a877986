"""The JSON documents of the command line, on which scripts and outside tests rely.

Pure functions of the model, called by the verbs and by the running app. Times are ISO 8601 with offset; durations are
whole seconds, except in the insights; an answer that was not given is ``null``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING

from numbguard import __version__
from numbguard.core.log.records.episode import Episode, as_read
from numbguard.core.sentence import N_, sentence

if TYPE_CHECKING:  # every verb loads this module, and few need the engine and the cards
    from numbguard.core.breaks.snapshot import BreakView, Snapshot
    from numbguard.core.cards.cards import Card
    from numbguard.core.log.advice.advice import Advice
    from numbguard.core.log.day_figures import DayFigures
    from numbguard.core.log.habits import GoalProgress, HabitDay, WeekGoal
    from numbguard.core.log.insights import Insights, LengthSpread, ValueCounts
    from numbguard.core.log.interval_suggestion import IntervalSuggestion
    from numbguard.core.log.records.answers import SignAnswer
    from numbguard.core.log.records.habits import HabitTick
    from numbguard.core.log.records.sitting import BreakRecord
    from numbguard.core.ports import AppSnapshot, SenseStatus

Document = dict[str, object]


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _seconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds)


def episode_document(episode: Episode, answers: Iterable[SignAnswer] = (), *, now: datetime | None = None) -> Document:
    """Return an episode; ``answers`` are those about it, and ``now`` decides whether an open one still counts as open.

    ``side`` and ``regions`` are the summary of ``sites``.
    """
    if now is not None:
        episode = as_read(episode, now)
    context = episode.context
    return {
        "id": episode.id,
        "started_at": _moment(episode.started_at),
        "ended_at": _moment(episode.ended_at),
        "side": episode.side.value if episode.side else None,
        "regions": [region.value for region in episode.regions],
        "sites": [
            {"region": site.region.value, "side": site.side.value if site.side else None} for site in episode.sites
        ],
        "before_sites": episode.before_sites,
        "end": episode.end.value,
        "sensations": [sensation.value for sensation in episode.sensations],
        "severity": episode.severity,
        "posture": episode.posture.value if episode.posture else None,
        "onset": episode.onset.value if episode.onset else None,
        "weakness": episode.weakness,
        "back_pain": episode.back_pain,
        "relief": episode.relief,
        "relief_after_s": _seconds(episode.relief_after_s),
        "note": episode.note,
        "signs": {one.sign.value: one.present for one in answers if one.counts or one.present},
        "context": {
            "seated_s": _seconds(context.seated_s),
            "since_break_s": _seconds(context.since_break_s),
            "skipped_today": context.skipped_today,
            "seat": context.seat.value if context.seat else None,
        },
    }


def no_episode(verb: str, id: str | None) -> str:
    """Return the sentence for ``gone``, ``undo`` or ``advice`` without a matching episode."""
    if id is not None:
        return sentence("There is no episode with the id {id}.", id=id)
    if verb == "advice":
        return N_("There are no episodes in the log yet.")
    return N_("No episode is open.") if verb == "gone" else N_("There is no episode to undo.")


def advice_document(id: str, advice: Advice, *, number: str) -> Document:
    """Return what ``numbguard advice`` prints of an episode; ``number`` is the emergency number that is set, if any."""
    from numbguard.wording.catalogue import translated
    from numbguard.wording.log import advice as words

    return {
        "id": id,
        "tier": advice.tier.value,
        "could_be": advice.could_be.value,
        "heading": words.heading(advice),
        "sentences": list(words.sentences(advice, number=number)),
        "reasons": list(words.reasons(advice)),
        "questions": [{"sign": sign.value, "question": translated(sign.question)} for sign in advice.questions],
    }


def break_document(record: BreakRecord) -> Document:
    return {
        "id": record.id,
        "outcome": record.outcome.value,
        "card": record.card,
        "announced_at": _moment(record.announced_at),
        "started_at": _moment(record.started_at),
        "ended_at": _moment(record.ended_at),
        "seated_s": _seconds(record.seated_s),
        "snoozes": record.snoozes,
    }


def card_document(card: Card, *, on: bool) -> Document:
    """Return what ``numbguard cards`` prints of a card; ``on`` says whether the card may come at a break."""
    return {
        "slug": card.slug,
        "title": card.title,
        "kind": card.kind.value,
        "why": card.why,
        "section": card.section.value if card.section else None,
        "source": card.source or None,
        "advised_only": card.advised_only,
        "on": on,
        "places": [place.value for place in card.places],
        "regions": [region.value for region in card.regions],
        "muscle": card.muscle.value,
        "caution": card.caution or None,
        "seconds": card.seconds,
        "steps": [{"text": step.text, "seconds": step.seconds, "side": step.side.value} for step in card.steps],
    }


def day_of(moment: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the start and the end of the local day of a moment, as the clock on the wall shows it: 23 to 25 hours."""
    from numbguard.core.when.local_clock import reached

    day = moment.astimezone(zone).date()
    return reached(day, time(0), zone), reached(day + timedelta(days=1), time(0), zone)


def day_document(day: DayFigures, *, seated_now_s: float = 0.0, longest_now_s: float = 0.0) -> Document:
    """Return the figures of today; adds today's part of the current bout, which is not in the log yet."""
    return {
        "breaks": dict(day.breaks),
        "episodes": day.episodes,
        "seated_s": _seconds(day.seated_s + seated_now_s),
        "longest_sitting_s": _seconds(max(day.longest_sitting_s, longest_now_s)),
        "water": max(0, day.habits.get("water", 0)),
        "walk_min": max(0, day.habits.get("walk", 0)),
        "stretch": max(0, day.habits.get("stretch", 0)),
    }


def habit_document(tick: HabitTick, day: HabitDay | None, said: str) -> Document:
    """Return what ``numbguard habit`` prints: the tick, today's amounts, and praise in ``said`` if it earned any."""
    amounts = {kind.value: amount for kind, amount in day.amounts.items()} if day else None
    far = day.progress if day else None
    return {
        "id": tick.id,
        "at": _moment(tick.at),
        "habit": tick.kind.value,
        "amount": tick.amount,
        "today": amounts and {"water": amounts["water"], "walk_min": amounts["walk"], "stretch": amounts["stretch"]},
        "goal": far and _progress_document(far),
        "said": said or None,
    }


def _progress_document(far: GoalProgress) -> Document:
    return {
        "habit": far.goal.kind.value,
        "amount": far.goal.amount,
        "met_today": far.met_today,
        "met_days": far.met_days,
        "due_days": len(far.goal.weekdays),
        "streak": far.streak,
    }


def goal_document(goal: WeekGoal | None, today: HabitDay | None) -> Document:
    """Return what ``numbguard habit goal`` prints: the week's goal, with its progress if the log can be read."""
    from numbguard.wording.catalogue import _
    from numbguard.wording.log.habits import goal as named
    from numbguard.wording.log.habits import week

    if goal is None:
        return {"goal": None, "said": N_("No goal for the week.")}
    if today is None or today.progress is None:
        return {
            "goal": {"habit": goal.kind.value, "amount": goal.amount},
            "said": _("{goal}.").format(goal=named(goal)),
        }
    return {"goal": _progress_document(today.progress), "said": _("{goal}.").format(goal=week(today.progress))}


def sense_document(sense: SenseStatus) -> Document:
    document: Document = {"backend": sense.backend, "works": sense.works, "seconds": _seconds(sense.seconds)}
    if sense.detail:
        document["detail"] = sense.detail
    if sense.sources:
        document["sources"] = {name: sense_document(one) for name, one in sense.sources.items()}
    return document


def _current_document(view: BreakView | None) -> Document | None:
    if view is None:
        return None
    return {
        "card": view.card,
        "phase": view.phase.value,
        "remaining_s": _seconds(view.remaining_s),
        "snoozes": view.snoozes,
    }


def status_document(
    app_snapshot: AppSnapshot,
    senses: Mapping[str, SenseStatus],
    day: DayFigures | None,
    log: Document,
    answers: Iterable[SignAnswer] = (),
) -> Document:
    """Return what ``numbguard status --json`` prints while the app runs; ``answers`` are about the open episode."""
    snapshot: Snapshot = app_snapshot.snapshot
    return {
        "running": True,
        "version": __version__,
        "speed": app_snapshot.speed,
        "state": snapshot.state.value,
        "seat": snapshot.seat.value,
        "seated_s": _seconds(snapshot.seated_s),
        "interval_s": _seconds(snapshot.interval_s),
        "due_in_s": _seconds(snapshot.due_in_s),
        "since_break_s": _seconds(snapshot.since_break_s),
        "suppressed": [
            {"id": one.id, "reason": one.reason, "until": _moment(one.until)} for one in snapshot.suppressed
        ],
        "overdue": snapshot.overdue,
        "paused_until": _moment(snapshot.paused_until),
        "break": _current_document(snapshot.current),
        "senses": {name: sense_document(sense) for name, sense in senses.items()},
        "notes": list(app_snapshot.notes),
        "open_episode": episode_document(app_snapshot.open_episode, answers) if app_snapshot.open_episode else None,
        "today": day_document(day, seated_now_s=snapshot.seated_today_s, longest_now_s=snapshot.longest_today_s)
        if day
        else None,
        "log": log,
    }


def stopped_document(
    open_episode: Episode | None,
    day: DayFigures | None,
    notes: Sequence[str],
    log: Document,
    answers: Iterable[SignAnswer] = (),
) -> Document:
    """Return the same keys while no app runs, with values from the log."""
    return {
        "running": False,
        "version": __version__,
        "speed": None,
        "state": None,
        "seat": None,
        "seated_s": None,
        "interval_s": None,
        "due_in_s": None,
        "since_break_s": None,
        "suppressed": [],
        "overdue": None,
        "paused_until": None,
        "break": None,
        "senses": {},
        "notes": list(notes),
        "open_episode": episode_document(open_episode, answers) if open_episode else None,
        "today": day_document(day) if day else None,
        "log": log,
    }


def check_document(
    *,
    running: bool,
    senses: object,
    waiting: object,
    line: str | None,
    installation: Mapping[str, object],
    **faults_of: Sequence[str],
) -> Document:
    """Return what ``numbguard check --json`` prints; ``faults_of`` takes log, settings, cards and routines.

    ``waiting`` is a sentence on entries that wait to be written to the log, or ``None``. ``line`` is a sentence on why
    the command line cannot reach a running app here, or ``None``. ``installation``: this program, the one that runs,
    others on this computer, and entries of programs that are gone.
    """
    return {
        "version": __version__,
        "running": running,
        "installation": dict(installation),
        "senses": senses,
        "waiting": waiting,
        "line": line,
        **{name: {"whole": not faults, "faults": list(faults)} for name, faults in faults_of.items()},
    }


def insights_document(found: Insights, suggestion: IntervalSuggestion) -> Document:
    from numbguard.wording.log import insights as insight_words

    survival, groups, trend = found.time_to_numbness, found.weeks_by_movement, found.trend
    return {
        "episodes": found.episodes,
        "bouts": found.bouts,
        "bouts_left_out": found.left_out,
        "sound_since": _moment(found.sound_since),
        "time_to_numbness": {
            "n": survival.n,
            "events": survival.events,
            "median_s": _exact_seconds(survival.median_s),
            "median_lower_s": _exact_seconds(survival.median_lower_s),
            "median_upper_s": _exact_seconds(survival.median_upper_s),
            "curve": [
                {
                    "t_s": _exact_seconds(point.t_s),
                    "survival": point.survival,
                    "lower": point.lower,
                    "upper": point.upper,
                    "at_risk": point.at_risk,
                }
                for point in survival.curve
            ],
        },
        "suggested_interval_s": suggestion.interval_s,
        "suggestion": {
            "interval_s": suggestion.interval_s,
            "current_s": _exact_seconds(suggestion.current_s),
            "free_share": suggestion.free_share,
            "says": suggestion.says.value,
            "none_is_short_enough": suggestion.none_is_short_enough,
            "current_free": suggestion.current_free,
            "interval_free": suggestion.interval_free,
            "more_sittings": suggestion.more,
            "reason": insight_words.interval(suggestion),
        },
        "onsets": {
            "n": found.onsets.n,
            "early_s": _exact_seconds(found.onsets.early_s),
            "median_s": _exact_seconds(found.onsets.median_s),
            "late_s": _exact_seconds(found.onsets.late_s),
        },
        "trend": trend
        and {
            "recent": {"weeks": trend.recent_weeks, "episodes": trend.recent_episodes},
            "earlier": {"weeks": trend.earlier_weeks, "episodes": trend.earlier_episodes},
            "change": trend.change and trend.change.value,
        },
        "weeks": [
            {"monday": week.monday.isoformat(), "episodes": week.episodes, "moved": week.moved, "natural": week.natural}
            for week in found.weeks
        ],
        "breaks_moved": groups
        and {
            "more": {"weeks": groups.more_weeks, "episodes": groups.more_episodes},
            "fewer": {"weeks": groups.fewer_weeks, "episodes": groups.fewer_episodes},
            "differ": groups.differ,
        },
        "regions": _tally(found.regions),
        "sides": _tally(found.sides),
        "postures": _tally(found.postures),
        "hours": _tally(found.hours),
        "weekdays": _tally(found.weekdays),
        "lasted": _spread(found.lasted),
        "relief": {kind: _spread(spread) for kind, spread in found.relief.items()},
        "sat_before": _spread(found.sat_before),
        "crossed_legs": {
            "found": {"days": found.checked.crossed_days, "episodes": found.checked.crossed_episodes},
            "not_found": {"days": found.checked.other_days, "episodes": found.checked.other_episodes},
        },
        "said": list(insight_words.sentences(found, suggestion)),
    }


def _tally(tally: ValueCounts) -> Document:
    return {"n": tally.n, "untold": tally.unanswered, "most": tally.leader, "counts": dict(tally.counts)}


def _spread(spread: LengthSpread) -> Document:
    return {"n": spread.n, "median_s": _exact_seconds(spread.median_s)}


def _exact_seconds(seconds: float | None) -> float | None:
    """Return whole seconds as ``int``, so that JSON shows them without a decimal point."""
    return int(seconds) if seconds is not None and seconds == int(seconds) else seconds
