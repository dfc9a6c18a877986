"""The main job in a session whose language is Arabic: the tour, from the first reminder to the report."""

from __future__ import annotations

from pathlib import Path

from numbguard.wording import catalogue
from tools.tour import play, shown_as


def test_an_hour_in_arabic_goes_as_in_english(tmp_path: Path) -> None:
    assert catalogue.compiled("ar").exists(), "the translations are compiled by ./dev setup"
    try:
        assert play(tmp_path / "tour", speed=15.0, language="ar") == []
        assert shown_as("Log numbness now") == "تسجيل خدر الآن"
        assert shown_as("Pause > 30 minutes") == "إيقاف مؤقت > 30 دقيقة"
    finally:
        catalogue.forget()
