"""Chooses the notes that the first page of a report quotes. Pure, called on the thread that writes the report.

The rule, in this order:

1. A note comes first if a warning sign was answered with yes for its episode, or the leg was weak.
2. A note of at least `SAYS_LITTLE` characters comes before a shorter one.
3. The more severe episode comes first, then the longer one, then the later one.

The same words are quoted once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from .records.episode import Episode, Sensation

MOST: Final = 3
"""The number of notes that are quoted."""
SAYS_LITTLE: Final = 12
"""A note with fewer characters says little: “the low chair” has 13."""


def is_weak(episode: Episode) -> bool:
    """Whether weakness was recorded with an episode: by its own answer, or as what it was like."""
    return episode.weakness is True or Sensation.WEAK in episode.sensations


def telling_notes(candidates: Iterable[Episode], alarming: Iterable[str]) -> tuple[Episode, ...]:
    """The episodes with the most telling notes, at most `MOST`, the most telling first.

    ``alarming``: the ids of the episodes for which a warning sign was answered with yes.
    """
    ids = frozenset(alarming)
    with_note = {one.id: one for one in candidates if one.note and one.note.strip()}
    ordered = sorted(with_note.values(), key=lambda one: _rank(one, one.id in ids), reverse=True)
    chosen: dict[str, Episode] = {}
    for one in ordered:
        chosen.setdefault(" ".join((one.note or "").casefold().split()), one)
    return tuple(chosen.values())[:MOST]


def _length_s(one: Episode) -> float:
    return 0.0 if one.ended_at is None else max(0.0, (one.ended_at - one.started_at).total_seconds())


def _rank(one: Episode, alarming: bool) -> tuple[bool, bool, int, float, datetime]:
    return (
        alarming or is_weak(one),
        len((one.note or "").strip()) >= SAYS_LITTLE,
        -1 if one.severity is None else one.severity,
        _length_s(one),
        one.started_at,
    )
