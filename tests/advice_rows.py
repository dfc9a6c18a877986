"""The rows of `tests/core/log/advice/advice_table.toml`, for the tests of the engine, the verbs and the windows."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from numbguard.core.log.records.episode import Episode, EpisodeContext, Onset, Posture, Sensation
from numbguard.core.log.red_flags import SignAnswers, WarningSign, read_answers
from numbguard.core.sites import Region, Side, sites_on

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=1)))
"""The moment of every row."""
_TABLE = Path(__file__).with_name("core") / "log" / "advice" / "advice_table.toml"
ROWS: list[dict[str, Any]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))["rows"]

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def length(text: str) -> timedelta:
    """`90s`, `12m`, `23h` or `5d`."""
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


def episode_of(row: dict[str, Any], *, now: datetime = NOW) -> Episode:
    """The episode of a row, as it stands at `now`."""
    kinds = {"posture": Posture, "onset": Onset}
    known = dict(row.get("known", {}))
    side = Side(known.pop("side")) if "side" in known else None
    sites = sites_on(side, *(Region(each) for each in known.pop("regions", ())))
    sensations = tuple(Sensation(each) for each in known.pop("sensations", ()))
    given = {key: kinds[key](value) if key in kinds else value for key, value in known.items()}
    began, lasted, seated = now - length(row["age"]), row.get("lasted"), row.get("seated")
    return Episode(
        "one",
        began,
        ended_at=began + length(lasted) if lasted else None,
        sites=sites,
        leg=side,
        sensations=sensations,
        context=EpisodeContext(seated_s=length(seated).total_seconds() if seated else None),
        **given,
    )


def answers_of(row: dict[str, Any]) -> SignAnswers:
    """The answers of a row: `answers` to today's questions, `answers_before` to the first version of each."""
    before = [(WarningSign(sign), present, 1) for sign, present in row.get("answers_before", {}).items()]
    today = [
        (WarningSign(sign), present, WarningSign(sign).version) for sign, present in row.get("answers", {}).items()
    ]
    return read_answers([*before, *today])
