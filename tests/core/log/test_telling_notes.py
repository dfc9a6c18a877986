"""Which notes the first page of a report quotes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from numbguard.core.log.records.episode import Episode, Sensation
from numbguard.core.log.telling_notes import telling_notes

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def noted(id: str, note: str | None, *, severity: int | None = None, minutes: float = 0, days: int = 0) -> Episode:
    began = NOON + timedelta(days=days)
    ended = began + timedelta(minutes=minutes) if minutes else None
    return Episode(id, began, ended_at=ended, note=note, severity=severity)


def chosen(*episodes: Episode, alarming: tuple[str, ...] = ()) -> list[str]:
    return [one.id for one in telling_notes(episodes, alarming)]


def test_a_note_with_a_sign_of_danger_or_weakness_comes_before_the_most_severe() -> None:
    strong = noted("strong", "As if the leg were asleep.", severity=9)
    sign = noted("sign", "Fell.", severity=1)
    weak = Episode("weak", NOON, note="The knee gave way.", weakness=True)
    felt = Episode("felt", NOON - timedelta(days=1), note="On the stairs at work.", sensations=(Sensation.WEAK,))
    assert chosen(strong, sign, weak, felt, alarming=("sign",)) == ["weak", "felt", "sign"]


def test_then_the_more_severe_then_the_longer_then_the_later() -> None:
    severe = noted("severe", "Could not drive home.", severity=7)
    longer = noted("longer", "After a long call.", severity=3, minutes=40)
    later = noted("later", "On the train to work.", severity=3, minutes=5, days=1)
    sooner = noted("sooner", "At the kitchen table.", severity=3, minutes=5)
    untold = noted("untold", "In the cinema, row three.")
    assert chosen(untold, sooner, later, longer, severe) == ["severe", "longer", "later"]
    assert chosen(untold, sooner) == ["sooner", "untold"]


def test_a_word_or_two_comes_after_a_sentence() -> None:
    assert chosen(noted("short", "ok", severity=9), noted("long", "The lower chair.", severity=1)) == ["long", "short"]


def test_the_same_words_are_quoted_once_and_an_empty_note_never() -> None:
    once = noted("a", "The lower chair.", severity=4)
    again = noted("b", "the LOWER  chair.", severity=2)
    assert chosen(again, once, once, noted("c", " \n"), noted("d", None)) == ["a"]
