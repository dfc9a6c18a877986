"""The JSON document of `numbguard insights`: what scripts and outside tests rely on.

Pure. Times are seconds, exact where the log's are; what the number of entries cannot bear is `null`. `docs/USING.md`
says what each figure counts.
"""

from __future__ import annotations

from numbguard.core.log.insights import Insights, Spread, Tally
from numbguard.wording import insights as insight_words

Document = dict[str, object]


def insights_document(found: Insights) -> Document:
    survival, suggestion, halves = found.time_to_numbness, found.suggestion, found.halves
    return {
        "episodes": found.episodes,
        "bouts": found.bouts,
        "time_to_numbness": {
            "n": survival.n,
            "events": survival.events,
            "median_s": _seconds(survival.median_s),
            "median_lower_s": _seconds(survival.median_lower_s),
            "median_upper_s": _seconds(survival.median_upper_s),
            "curve": [
                {
                    "t_s": _seconds(point.t_s),
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
            "share": suggestion.share,
            "n": suggestion.n,
            "preceded": suggestion.preceded if suggestion.bears else None,
            "reason": insight_words.reason(suggestion),
        },
        "weeks": [
            {"monday": week.monday.isoformat(), "episodes": week.episodes, "moved": week.moved, "natural": week.natural}
            for week in found.weeks
        ],
        "breaks_moved": halves
        and {
            "more": {"weeks": halves.more_weeks, "episodes": halves.more_episodes},
            "fewer": {"weeks": halves.fewer_weeks, "episodes": halves.fewer_episodes},
            "differ": halves.differ,
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
        "said": list(insight_words.sentences(found)),
    }


def _tally(tally: Tally) -> Document:
    return {"n": tally.n, "untold": tally.untold, "most": tally.most, "counts": dict(tally.counts)}


def _spread(spread: Spread) -> Document:
    return {"n": spread.n, "median_s": _seconds(spread.median_s)}


def _seconds(seconds: float | None) -> float | None:
    """Whole ones without a decimal point."""
    return int(seconds) if seconds is not None and seconds == int(seconds) else seconds
