"""Turns the command line's options into an ``Episode`` and checks them.

Pure: the caller passes in the moment and the id. ``numbguard log`` uses it without a running app; the running app uses
it on the GUI thread for a request from ``numbguard log``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

from numbguard.core.body import Region, Side

from .records import Episode, Posture, Sensation

E = TypeVar("E", bound=Enum)


def episode_from_words(
    options: Mapping[str, object], *, id: str, now: datetime, localise: Callable[[datetime], datetime] | None = None
) -> Episode:
    """An episode from the options given; details that were not given stay ``None``.

    ``localise`` gives a local time the UTC offset in force on its day (see `moments.read_moment`).
    Raises ``ValueError`` with a sentence that names the option.
    """
    started = _moment(options.get("at"), now, localise) or now
    ended = _moment(options.get("ended"), now, localise)
    if started > now + timedelta(minutes=1):
        raise ValueError("An episode cannot begin in the future; check --at.")
    if ended and ended < started:
        raise ValueError("An episode cannot end before it began; check --at and --ended.")
    if ended and ended > now + timedelta(minutes=1):
        raise ValueError("An episode cannot have ended in the future; check --ended.")
    severity = options.get("severity")
    if severity is not None and (not isinstance(severity, int) or not 0 <= severity <= 10):
        raise ValueError("--severity takes a whole number from 0 to 10.")
    note = options.get("note")
    return Episode(
        id=id,
        started_at=started,
        ended_at=ended,
        side=_one(options.get("side"), Side, "--side"),
        regions=_several(options.get("region"), Region, "--region"),
        sensations=_several(options.get("sensation"), Sensation, "--sensation"),
        severity=severity,
        posture=_one(options.get("posture"), Posture, "--posture"),
        weakness=True if options.get("weakness") else None,
        # A terminal passes on any bytes; lone surrogates could not be written to the log.
        note=str(note).encode("utf-8", "replace").decode() if note else None,
    )


def _moment(said: object, now: datetime, localise: Callable[[datetime], datetime] | None) -> datetime | None:
    if not said:
        return None
    from numbguard.core.when.moments import read_moment  # here, because most episodes begin now and need no parsing

    return read_moment(str(said), now, localise)


def _one(value: object, kind: type[E], option: str) -> E | None:
    if value is None:
        return None
    try:
        return kind(str(value).replace("-", "_"))
    except ValueError:
        words = ", ".join(str(one.value) for one in kind)
        raise ValueError(f"{option} takes one of {words}; “{value}” is none of them.") from None


def _several(values: object, kind: type[E], option: str) -> tuple[E, ...]:
    given = values if isinstance(values, list) else []
    found = [_one(value, kind, option) for value in given]
    return tuple(dict.fromkeys(one for one in found if one is not None))
