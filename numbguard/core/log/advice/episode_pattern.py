"""What the episodes before a given one say about it: that it comes back, grows longer, or grows stronger.

Pure, on the GUI thread and in the command line's process; `runtime/episode_advice.py` reads the episodes, and
`advice.py` makes reasons to see a doctor of them. Where the guide gives no figure, the threshold is ours. The guide
says that feeling returns "within seconds to a couple of minutes", so half an hour counts as lasting; five times in a
fortnight counts as recurring; twice the usual length counts as longer than it used to be. An episode counts as
stronger than it used to be after a rise of two points of ten, which people who rate pain on this scale call a
difference that matters (Farrar et al., Pain 2001; 94: 149–158), and only if the order of at least six severities
confirms the rise (the Mann–Kendall test for a trend, beyond two standard deviations).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import combinations
from typing import Final

from ..records.episode import Episode

LASTING_S: Final = 30 * 60.0
"""An episode of this many seconds or more counts as lasting."""
LONGER_S: Final = 5 * 60.0
"""An episode of up to this many seconds never counts as longer than usual."""
FORTNIGHT: Final = timedelta(days=14)
RECURRING_FROM: Final = 5
"""This many episodes within a fortnight, the present one included, count as recurring."""
STRONGER_BY: Final = 2.0
"""Least rise in severity, in points of the scale 0–10, that counts as stronger."""
STRENGTHS_BACK: Final = 6 * FORTNIGHT
"""Earlier severities are compared as far back as this."""
STRENGTHS: Final = 16
"""At most this many severities are compared, the latest ones, the present episode's included."""


class AdviceReason(Enum):
    """Why a doctor should look at numbness that has no warning sign; the order is that of the sentence."""

    LASTING = "lasting"
    LONGER = "longer"
    STRONGER = "stronger"
    MORE_OFTEN = "more_often"
    RECURRING = "recurring"
    PAIN = "pain"
    WEAKNESS = "weakness"
    UNEXPLAINED = "unexplained"


RECURRENCE: Final = frozenset({AdviceReason.MORE_OFTEN, AdviceReason.RECURRING})
"""Reasons that are true of one episode after another, and are notified once a fortnight."""


@dataclass(frozen=True, slots=True)
class EpisodePattern:
    """The episodes before a given one, in figures. The default means that none are known."""

    fortnight: int = 0
    """Episodes in the fortnight before it."""
    former_fortnight: int = 0
    """Episodes in the fortnight before that."""
    usual_s: float | None = None
    """Median length of the earlier episodes in seconds; `None` where there are too few for a median."""
    strengths: tuple[int, ...] = ()
    """Severities (0–10) of the earlier episodes that have one, oldest first."""


NOTHING_BEFORE: Final = EpisodePattern()


def pattern(episode: Episode, others: Iterable[Episode]) -> EpisodePattern:
    """The pattern of the episodes that began before `episode`; `others` may be in any order and contain later ones.

    The last four weeks suffice for everything but the severities, which go back `STRENGTHS_BACK`, or less far where
    that time has more than `STRENGTHS` of them.
    """
    from ..insights import spread  # here and below, because every break card needs this module for other things

    before = sorted(
        (
            (episode.started_at - other.started_at, other)
            for other in others
            if other.id != episode.id and other.started_at <= episode.started_at
        ),
        key=lambda one: one[0],
    )
    recent = [(ago, other) for ago, other in before if ago <= 2 * FORTNIGHT]
    lengths = [length for _, other in recent if (length := lasted_s(other)) is not None]
    severities = [other.severity for ago, other in before if other.severity is not None and ago <= STRENGTHS_BACK]
    return EpisodePattern(
        fortnight=sum(ago <= FORTNIGHT for ago, _ in recent),
        former_fortnight=sum(ago > FORTNIGHT for ago, _ in recent),
        usual_s=spread((length, 1) for length in lengths).median_s,
        strengths=tuple(reversed(severities[: STRENGTHS - 1])),
    )


def lasted_s(episode: Episode, now: datetime | None = None) -> float | None:
    """Seconds from the episode's beginning to its end, or to `now` while it is open; `None` where neither is known."""
    end = now if episode.ended_at is None and now is not None and episode.is_open(now) else episode.ended_at
    return None if end is None else max(0.0, (end - episode.started_at).total_seconds())


def is_lasting(episode: Episode, now: datetime) -> bool:
    """Whether it has lasted for `LASTING_S`, as far as is known."""
    return (lasted_s(episode, now) or 0.0) >= LASTING_S


def reasons_of_pattern(episode: Episode, before: EpisodePattern, now: datetime) -> Iterator[AdviceReason]:
    """The reasons that lie in its length, its strength and the episodes before it."""
    length = lasted_s(episode, now)
    if is_lasting(episode, now):
        yield AdviceReason.LASTING
    elif length is not None and before.usual_s is not None and length > max(2 * before.usual_s, LONGER_S):
        yield AdviceReason.LONGER
    if episode.severity is not None and _grows((*before.strengths, episode.severity)):
        yield AdviceReason.STRONGER
    more, former = before.fortnight + 1, before.former_fortnight
    if more >= RECURRING_FROM and former and more - former > 2 * math.sqrt(more + former):
        yield AdviceReason.MORE_OFTEN
    elif more >= RECURRING_FROM:
        yield AdviceReason.RECURRING


def _grows(strengths: tuple[int, ...]) -> bool:
    """Whether severities, oldest first, rise by `STRONGER_BY` or more, and beyond chance; never for fewer than six."""
    from ..insights import MEDIAN_FROM

    n = len(strengths)
    if n < MEDIAN_FROM:
        return False
    from statistics import median  # here, because it imports decimal numbers and fractions, and few logs come this far

    usual, lately = median(strengths[: n // 2]), median(strengths[-max(3, n // 3) :])
    if lately - usual < STRONGER_BY or strengths[-1] <= usual:
        return False
    rises = sum((later > earlier) - (later < earlier) for earlier, later in combinations(strengths, 2))
    return rises > 2 * math.sqrt(n * (n - 1) * (2 * n + 5) / 18)
