"""The argument types of the command line: each turns a word into a value, or says what is wrong with it."""

from __future__ import annotations

import argparse
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta

from numbguard.core.when.duration import parse_duration


def parse_id(text: str) -> str:
    """A terminal hands on any bytes; halves of characters are in no id, and could not be looked up."""
    return text.encode("utf-8", "replace").decode()


def parse_speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= 600:
        raise argparse.ArgumentTypeError(f"“{text}” is not a speed from 1 to 600")
    return speed


def parse_pause(text: str) -> float:
    try:
        seconds = parse_duration(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if seconds <= 0:
        raise argparse.ArgumentTypeError("a pause takes longer than nothing")
    return seconds


def parse_until(text: str) -> str:
    if text in ("tomorrow", "workday"):
        return text
    try:
        clock = datetime.strptime(text, "%H:%M")  # noqa: DTZ007  # only the time of the day counts here
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is neither a time like 14:30 nor “tomorrow” nor “workday”"
        ) from None
    return f"{clock:%H:%M}"


def parse_date(text: str) -> datetime:
    """A moment in ISO 8601, or the beginning of a day as people write it.

    The calendar's first and last year are refused: which of their days have a local time depends on the Python.
    """
    moment = _read_date(text)
    if not MINYEAR < moment.year < MAXYEAR:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-02")
    return moment.astimezone()


def parse_last_date(text: str) -> datetime | None:
    """A day given as the last one is meant whole; one in the calendar's last year is no end at all."""
    if _read_date(text).year == MAXYEAR:
        return None
    moment = parse_date(text)
    if len(text) > len("2026-03-02") and text[:4].isdigit():  # with a time of the day
        return moment
    return (moment.replace(tzinfo=None) + timedelta(days=1)).astimezone()


def _read_date(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.combine(_day(text), time())


def _day(text: str) -> date:
    from numbguard.core.when.days import UnclearDayError, read_day

    try:
        day, rest = read_day(" ".join(text.lower().replace(",", " ").split()), datetime.now().astimezone().date())
    except UnclearDayError as unclear:
        raise argparse.ArgumentTypeError(str(unclear)) from None
    except (ValueError, OverflowError):
        day, rest = None, ""
    if day is None or rest:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-02")
    return day
