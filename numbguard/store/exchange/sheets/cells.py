"""Reads the cells of a row as spreadsheets and people write them: 5.0 for 5, TRUE for yes, 20.11.2026, “Left leg”.

``csv_file`` calls it for each row; pure. What it cannot read it passes on as it is, so that the check of the entry
refuses it with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from numbguard.core.log.records.episode import Sensation
from numbguard.core.sentence import N_, sentence, words_of
from numbguard.core.sites import Region, Side
from numbguard.core.when.moments import NoDateError, read_dated, read_length

from ..types import RowError

CHOICES: Final = frozenset({"side", "posture", "onset", "seat", "end"})
LISTS: Final = frozenset({"regions", "sensations", "sites", "signs"})
WHOLE: Final = frozenset({"severity", "skipped_today"})
LENGTHS: Final = frozenset({"relief_after_s", "seated_s", "since_break_s"})
TRUTHS: Final = frozenset({"weakness", "back_pain", "before_sites"})
MOMENTS: Final = frozenset({"started_at", "ended_at", "edited_at"})

_NOTHING: Final = frozenset({"", "-", "–", "—", "na", "n/a", "#n/a", "nan", "nat", "null", "none", "<na>"})
"""What spreadsheets and pandas write for an empty cell."""
_YES: Final = frozenset(
    {"yes", "y", "true", "t", "1", "1.0", "x", "✓", "✔", "ja", "wahr", "oui", "vrai", "sí", "si", "vero"}
)
_NO: Final = frozenset({"no", "n", "false", "f", "0", "0.0", "nein", "falsch", "non", "faux", "falso"})
_SIDES: Final[Mapping[str, str]] = {"l": "left", "r": "right", "left_and_right": "both", "left_+_right": "both"}
_SIDE_WORDS: Final = re.compile(r"_(?:legs?|side|foot|feet)$")
_KNOWN: Final = frozenset(one.value for kind in (Region, Sensation, Side) for one in kind)
_BETWEEN: Final = re.compile(r"[;,/|+&\n]")
_NUMBER: Final = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+|,[0-9]{1,2})?(?:[eE][+-]?[0-9]+)?)(?: ?(?:/|of|out of) ?10)?")
_WITH_OFFSET: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?(?::[0-9]{2})?)"
)
_MIDNIGHT: Final = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")

_TIME: Final = re.compile(r"[0-9]:[0-9]{2}|[0-9] ?[ap]\.?m\b", re.IGNORECASE)
_CLOCK: Final = re.compile(r"[0-9]{1,2}[:.h][0-9]{2}(?::[0-9]{2})?(?: ?[ap]\.?m\.?)?", re.IGNORECASE)
_TWO_NUMBERS: Final = re.compile(r"\s*([0-9]{1,2})[/-]([0-9]{1,2})[/-]")

Localise = Callable[[datetime], datetime]


def plain_cell(
    name: str, cell: str, now: datetime, localise: Localise, day_first: bool | None = None
) -> tuple[str, bool]:
    """The cell of a column of ours in the form that our own files have, and whether a time of day was missing in it.

    ``localise`` gives a local time the offset in force on its day. ``day_first``: the order of day and month in the
    file, where it is known. Raises ``RowError``.
    """
    if not cell or (name in MOMENTS and _WITH_OFFSET.fullmatch(cell)):  # ours, or of another program that knows it
        return cell, False
    if name in MOMENTS:
        word = " ".join(cell.split())
        return ("", False) if word.lower() in _NOTHING else _moment(name, word, now, localise, day_first)
    return _plain_word(name, cell), False


@lru_cache(maxsize=4096)
def _plain_word(name: str, cell: str) -> str:
    """The same for a cell that is no moment; cached, because a long log has few different ones."""
    word = " ".join(cell.split())
    if word.lower() in _NOTHING:
        return ""
    if name in TRUTHS:
        return plain_truth(word)
    if name in WHOLE or name in LENGTHS:
        return _number(word)
    if name in LISTS:
        return ";".join(_several(cell))
    return _one(name, word) if name in CHOICES else word


def plain_truth(word: str) -> str:
    """Yes and no as people and spreadsheets write them, as ``yes`` and ``no``."""
    return "yes" if word.lower() in _YES else "no" if word.lower() in _NO else word


def _moment(name: str, word: str, now: datetime, localise: Localise, day_first: bool | None) -> tuple[str, bool]:
    if _WITH_OFFSET.fullmatch(word):
        return word, False
    try:
        moment, has_time = read_dated(word, now, localise, day_first=day_first)
    except NoDateError as error:
        raise RowError(sentence("{name} lacks its date: {error}", name=name, error=words_of(error))) from None
    except ValueError as error:
        raise RowError(sentence("{name}: {error}", name=name, error=words_of(error))) from None
    return moment.isoformat(), not has_time


def is_of_two_numbers(cell: str) -> bool:
    """Whether a cell is a date whose day and month are told apart by their order alone."""
    return _TWO_NUMBERS.match(cell) is not None


class DateOrder:
    """Finds out from the dates of a file whether they have the day before the month."""

    def __init__(self) -> None:
        self._shown: set[bool] = set()

    def see(self, cell: str) -> None:
        if found := _TWO_NUMBERS.match(cell):
            first, second = int(found[1]), int(found[2])
            if (first > 12) != (second > 12):
                self._shown.add(first > 12)

    @property
    def day_first(self) -> bool | None:
        """``None`` where no date shows it, or some show each."""
        return next(iter(self._shown)) if len(self._shown) == 1 else None


def has_time(date: str) -> bool:
    """Whether a date has a time of day other than the midnight that spreadsheets add to one."""
    return _TIME.search(_MIDNIGHT.sub("", date.strip())) is not None


def is_clock(cell: str) -> bool:
    """Whether a cell is a time of day in figures, or empty."""
    return not cell.strip() or _CLOCK.fullmatch(cell.strip()) is not None


def joined_times(told: dict[str, str]) -> bool:
    """Join what a diary has in columns of their own to ``started_at`` and ``ended_at``.

    ``started_time`` and ``ended_time`` are times of day; an end without a date is on the day of the beginning, or on
    the day after where it would be earlier: whether its day was taken so is returned. Raises ``RowError``.
    """
    began, ended = told.get("started_at", "").strip(), told.get("ended_at", "").strip()
    began_time, ended_time = (told.pop(name, "").strip() for name in ("started_time", "ended_time"))
    assumed = bool(ended_time and not ended)
    if assumed:
        ended = _MIDNIGHT.sub("", began) if began_time else ""
        if not ended:
            raise RowError(N_("its end has a time of day and no date"))
    if began_time:
        told["started_at"] = f"{_MIDNIGHT.sub('', began)} {began_time}"
    if ended_time:
        told["ended_at"] = f"{_MIDNIGHT.sub('', ended)} {ended_time}"
    return assumed


def over_midnight(ended_at: str, began: str, localise: Localise) -> str:
    """The end a day later where it would be before the beginning; both in ISO 8601."""
    ended = datetime.fromisoformat(ended_at)
    if ended >= datetime.fromisoformat(began):
        return ended_at
    return localise(ended.replace(tzinfo=None) + timedelta(days=1)).isoformat()


def end_after(lasted: str, began: datetime) -> datetime:
    """The end of what began then and lasted so long: minutes where it is a bare number. Raises ``RowError``."""
    word = " ".join(lasted.split())
    number = _NUMBER.fullmatch(word)
    try:
        length = timedelta(minutes=float(number[1].replace(",", "."))) if number else read_length(word)
        return began + length
    except (OverflowError, ValueError):
        raise RowError(sentence("“{word}” is not a length of time; write minutes, or 1h30m", word=word)) from None


def _number(word: str) -> str:
    found = _NUMBER.fullmatch(word)
    if found is None:
        return word
    if found[1].lstrip("+-").isdigit():
        return found[1]
    value = float(found[1].replace(",", "."))
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _one(name: str, word: str) -> str:
    plain = _underscored(word)
    if name == "side":
        plain = _SIDE_WORDS.sub("", plain)
        return _SIDES.get(plain, plain)
    return plain


def _several(cell: str) -> list[str]:
    found: list[str] = []
    for part in _BETWEEN.split(cell):
        plain = _underscored(part)
        words = plain.split("_and_")
        while words:  # “pins and needles and numb” is two
            most = next((n for n in range(len(words), 0, -1) if "_and_".join(words[:n]) in _KNOWN), 1)
            found.append("_and_".join(words[:most]))
            words = words[most:]
    return [one for one in found if one]


def _underscored(word: str) -> str:
    return re.sub(r"[\s\-_]+", "_", word.strip().lower())
