"""Turns the command line's options into an ``Episode`` and checks them.

Pure: the caller passes in the moment and the id. ``numbguard log`` uses it without a running app; the running app uses
it on the GUI thread for a request from ``numbguard log``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

from numbguard.core.sentence import N_, sentence
from numbguard.core.sites import Region, Side, Site

from .records.episode import Episode, Onset, Posture, Sensation

E = TypeVar("E", bound=Enum)

_JUST_NOW = timedelta(minutes=1)
"""An episode that began longer ago than this is no longer taken for open, unless its end says so."""


def episode_from_words(
    options: Mapping[str, object],
    *,
    id: str,
    now: datetime,
    localise: Callable[[datetime], datetime] | None = None,
    language: str = "en",
) -> Episode:
    """An episode from the options given; details that were not given stay ``None``.

    ``site`` is a list of words such as ``left:calf``; ``side`` is the side of each ``region``. The end is a moment, a
    length after the beginning, ``unknown`` or ``open``; not given, it is unknown for an episode that began in the past.

    ``localise`` gives a local time the UTC offset in force on its day, and moments and lengths are in English or in
    ``language`` (see `moments.read_moment`).
    Raises ``ValueError`` with a sentence that names the option.
    """
    started = _moment(options.get("at"), now, localise, language) or now
    ended, end_unknown = _end(options.get("ended"), started, now, localise, language)
    if started > now + timedelta(minutes=1):
        raise ValueError(N_("An episode cannot begin in the future; check --at."))
    if ended and ended < started:
        raise ValueError(N_("An episode cannot end before it began; check --at and --ended."))
    if ended and ended > now + timedelta(minutes=1):
        raise ValueError(N_("An episode cannot have ended in the future; check --ended."))
    severity = options.get("severity")
    if severity is not None and (not isinstance(severity, int) or not 0 <= severity <= 10):
        raise ValueError(N_("--severity takes a whole number from 0 to 10."))
    note = options.get("note")
    side, regions = _one(options.get("side"), Side, "--side"), _several(options.get("region"), Region, "--region")
    sites = _sites(options.get("site"))
    if sites and side is not None and not regions:
        raise ValueError(N_("--side says where each --region is; a --site has its own side."))
    return Episode(
        id=id,
        started_at=started,
        ended_at=ended,
        end_unknown=end_unknown,
        sites=(*sites, *(Site(region, side) for region in regions)),
        leg=side,
        sensations=_several(options.get("sensation"), Sensation, "--sensation"),
        severity=severity,
        posture=_one(options.get("posture"), Posture, "--posture"),
        onset=_one(options.get("onset"), Onset, "--onset"),
        weakness=True if options.get("weakness") else None,
        back_pain=True if options.get("back_pain") else None,
        # A terminal passes on any bytes; lone surrogates could not be written to the log.
        note=str(note).encode("utf-8", "replace").decode() if note else None,
    )


def _moment(
    said: object, now: datetime, localise: Callable[[datetime], datetime] | None, language: str
) -> datetime | None:
    if not said:
        return None
    from numbguard.core.when.moments import read_moment  # here, because most episodes begin now and need no parsing

    return read_moment(str(said), now, localise, language=language)


def _end(
    said: object,
    started: datetime,
    now: datetime,
    localise: Callable[[datetime], datetime] | None,
    language: str,
) -> tuple[datetime | None, bool]:
    """The moment of the end, if it is known, and whether the numbness is over without that."""
    if not said:
        return None, now - started >= _JUST_NOW
    if said in ("unknown", "open"):
        return None, said == "unknown"
    try:
        return _moment(said, now, localise, language), False
    except ValueError:
        from numbguard.core.when.moments import read_length

        try:
            return started + read_length(str(said), language=language), False
        except (ValueError, OverflowError):
            pass
        raise


def _sites(said: object) -> tuple[Site, ...]:
    return tuple(_site(str(word)) for word in said) if isinstance(said, list) else ()


def _site(word: str) -> Site:
    side, colon, region = word.partition(":")
    if not colon:
        raise ValueError(
            sentence("--site takes a side and a region, such as left:calf or unknown:knee; not “{word}”.", word=word)
        )
    found = _one(region, Region, "--site")
    assert found is not None
    return Site(found, None if side == "unknown" else _one(side, Side, "--site"))


def _one(value: object, kind: type[E], option: str) -> E | None:
    if value is None:
        return None
    try:
        return kind(str(value).replace("-", "_"))
    except ValueError:
        words = ", ".join(str(one.value) for one in kind)
        raise ValueError(
            sentence(
                "{option} takes one of {words}; “{value}” is not one of them.", option=option, words=words, value=value
            )
        ) from None


def _several(values: object, kind: type[E], option: str) -> tuple[E, ...]:
    given = values if isinstance(values, list) else []
    found = [_one(value, kind, option) for value in given]
    return tuple(dict.fromkeys(one for one in found if one is not None))
