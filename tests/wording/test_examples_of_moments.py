"""The examples of a moment, a day and a length in hints and refusals are read in the language they are written in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from numbguard.core.when.moments import read_length, read_moment
from tools.translations.compiled import catalogue_of, language_of, po_files

NOW = datetime(2026, 11, 23, 16, 40, tzinfo=UTC)
MOMENTS = (
    "14:30, or “yesterday about three”",
    "Say when it started, like 14:30 or “yesterday about three”.",
    "“{text}” is not a time; write it like 14:30, “yesterday about three” or 2026-03-02T14:30",
)
DAYS = (
    "to, like “yesterday”",
    "“{text}” isn't a day. Try 2026-03-02, “yesterday” or “Friday”.",
    "Not understood. Try a day like 2026-03-02, “yesterday” or “Friday”",
)
LENGTHS = ("“{text}” is not a length of time; write it like 45m, “20 minutes” or 1h30m",)
QUOTED = re.compile(r"[“„«‹‘‚「]([^{}„«‹‘‚「”“»›’」]+)[”“»›’」]")


def examples(po: Path, sentences: tuple[str, ...]) -> list[list[str]]:
    """What is between quotation marks in each sentence; a missing translation is shown in English."""
    catalogue = catalogue_of(po)
    found = [QUOTED.findall(str(catalogue[one].string or one)) for one in sentences]
    assert all(found), "no example is in quotation marks"
    return found


@pytest.mark.parametrize("po", po_files(), ids=language_of)
def test_each_example_is_read_in_its_language(po: Path) -> None:
    language = language_of(po)
    for said in {one for found in examples(po, MOMENTS) for one in found}:
        assert read_moment(said, NOW, language=language) == datetime(2026, 11, 22, 15, 0, tzinfo=UTC), said
    for found in examples(po, DAYS):
        days = [read_moment(said, NOW, language=language).date() for said in found]
        assert days == [datetime(2026, 11, day, tzinfo=UTC).date() for day in (22, 20)][: len(days)], found
    for said in {one for found in examples(po, LENGTHS) for one in found}:
        assert read_length(said, language=language) == timedelta(minutes=20), said
