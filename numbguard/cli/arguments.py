"""The argument types of the command line, called by argparse.

Each function turns a word into a value, or raises ``argparse.ArgumentTypeError`` with what is wrong with it.
"""

from __future__ import annotations

import argparse
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from numbguard.wording.catalogue import _, language, translated

if TYPE_CHECKING:
    from numbguard.core.log.red_flags import WarningSign


def parse_id(text: str) -> str:
    """A terminal hands on any bytes; halves of characters are in no id, and could not be looked up."""
    return text.encode("utf-8", "replace").decode()


def parse_answer(text: str) -> tuple[WarningSign, bool]:
    """Return a warning sign and whether it is there, from ``saddle=yes`` or ``saddle=no``."""
    from numbguard.core.log.red_flags import WarningSign

    word, _unused, said = text.partition("=")
    if said not in ("yes", "no"):
        raise argparse.ArgumentTypeError(_("“{text}” is not an answer like saddle=yes or saddle=no").format(text=text))
    try:
        return WarningSign(word), said == "yes"
    except ValueError:
        signs = ", ".join(sign.value for sign in WarningSign)
        raise argparse.ArgumentTypeError(
            _("“{word}” is not a sign; the signs are {signs}").format(word=word, signs=signs)
        ) from None


def parse_speed(text: str) -> float:
    """Return a speed from 1 to 600."""
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 600:
        raise argparse.ArgumentTypeError(_("“{text}” is not a speed from 1 to 600").format(text=text))
    return speed


def parse_pause(text: str) -> float:
    """Return the length of a pause in seconds."""
    try:
        from numbguard.core.when.duration import parse_duration

        seconds = parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(translated(error)) from None
    if seconds <= 0:
        raise argparse.ArgumentTypeError(_("a pause must be longer than zero"))
    return seconds


def parse_until(text: str) -> str:
    """Return ``"tomorrow"``, ``"workday"`` or a time of day as ``HH:MM``."""
    if text in ("tomorrow", "workday"):
        return text
    try:
        clock = datetime.strptime(text, "%H:%M")  # noqa: DTZ007  # only the time of day is used
    except ValueError:
        raise argparse.ArgumentTypeError(
            _("“{text}” is neither a time like 14:30 nor “tomorrow” nor “workday”").format(text=text)
        ) from None
    return f"{clock:%H:%M}"


def parse_date(text: str) -> datetime:
    """Return a time given in ISO 8601, or the start of a day given as people write it.

    Without an offset it has none: it is meant by the clock of the place where an entry was made. The calendar's first
    and last years are refused.
    """
    moment = _read_date(text)
    if not MINYEAR < moment.year < MAXYEAR:
        raise argparse.ArgumentTypeError(_("“{text}” is not a date like 2026-03-02").format(text=text))
    return moment


def parse_last_date(text: str) -> datetime | None:
    """Return the end of the last day wanted, or the time given; ``None`` (no end) in the calendar's last year."""
    if _read_date(text).year == MAXYEAR:
        return None
    moment = parse_date(text)
    if len(text) > len("2026-03-02") and text[:4].isdigit():  # with a time of day
        return moment
    return moment + timedelta(days=1)


def _read_date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.combine(_day(text), time())


def _day(text: str) -> date:
    from numbguard.core.when.days import NoSuchDayError, UnclearDayError, plain_words, read_day
    from numbguard.core.when.languages import in_english

    try:
        today = datetime.now().astimezone().date()
        named, rest = read_day(plain_words(text), today)
        if (named is None or rest) and (english := in_english(text, language())) is not None:
            named, rest = read_day(plain_words(english), today)
    except UnclearDayError as unclear:
        raise argparse.ArgumentTypeError(translated(unclear)) from None
    except NoSuchDayError as error:
        raise argparse.ArgumentTypeError(
            _("“{text}” is not a day of the calendar: {error}").format(text=text, error=translated(error))
        ) from None
    except (ValueError, OverflowError):
        named, rest = None, ""
    if named is None or rest:
        raise argparse.ArgumentTypeError(_("“{text}” is not a date like 2026-03-02").format(text=text))
    return named.day
