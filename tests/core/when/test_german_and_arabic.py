"""Reads moments and lengths as people say them in German and in Arabic, and refuses what it does not understand."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numbguard.core.when.arabic import ARABIC
from numbguard.core.when.days import NoSuchDayError, UnclearDayError
from numbguard.core.when.german import GERMAN
from numbguard.core.when.languages import in_english
from numbguard.core.when.moments import read_length, read_moment

ZONE = timezone(timedelta(hours=1))
NOW = datetime(2026, 11, 23, 16, 40, tzinfo=ZONE)  # a Monday

GERMAN_MOMENTS = [
    ("gestern 15:10 Uhr", "2026-11-22 15:10"),
    ("am Morgen", "2026-11-23 09:00"),
    ("um Mitternacht herum", "2026-11-23 00:00"),
    ("punkt 15 Uhr", "2026-11-23 15:00"),
    ("eben gerade", "2026-11-23 16:40"),
    ("gestern um 15 Uhr 10", "2026-11-22 15:10"),
    ("seit 14 Uhr", "2026-11-23 14:00"),
    ("am 24. Dezember 2025 abends", "2025-12-24 19:00"),
    ("gestern gegen drei", "2026-11-22 15:00"),
    ("vor zehn Minuten", "2026-11-23 16:30"),
    ("heute früh um halb sieben", "2026-11-23 06:30"),
    ("vorgestern Abend", "2026-11-21 19:00"),
    ("letzten Freitag 14 Uhr", "2026-11-20 14:00"),
    ("eben", "2026-11-23 16:40"),
    ("gerade eben", "2026-11-23 16:40"),
    ("jetzt", "2026-11-23 16:40"),
    ("vor einer Stunde", "2026-11-23 15:40"),
    ("Mittag", "2026-11-23 12:00"),
    ("Mitternacht", "2026-11-23 00:00"),
    ("am 3. November um 15:10", "2026-11-03 15:10"),
    ("um viertel nach drei", "2026-11-23 15:15"),
    ("um drei", "2026-11-23 15:00"),
    ("heute um drei", "2026-11-23 15:00"),
    ("um halb drei", "2026-11-23 14:30"),
    ("viertel vor vier", "2026-11-23 15:45"),
    ("dreiviertel vier", "2026-11-23 15:45"),
    ("viertel vier", "2026-11-23 15:15"),
    ("fünf vor halb drei", "2026-11-23 14:25"),
    ("fünf nach halb drei", "2026-11-23 14:35"),
    ("zehn nach 3", "2026-11-23 15:10"),
    ("zwanzig vor vier Uhr", "2026-11-23 15:40"),
    ("14 Uhr 30", "2026-11-23 14:30"),
    ("drei Uhr fünfzehn", "2026-11-23 15:15"),
    ("gestern 14h", "2026-11-22 14:00"),
    ("um 15 Uhr", "2026-11-23 15:00"),
    ("14.30 Uhr", "2026-11-23 14:30"),
    ("gestern Abend um acht", "2026-11-22 20:00"),
    ("gestern um acht abends", "2026-11-22 20:00"),
    ("heute Nacht um drei", "2026-11-23 03:00"),
    ("heute Nacht", "2026-11-22 22:00"),
    ("letzte Nacht um elf", "2026-11-22 23:00"),
    ("heute Morgen", "2026-11-23 09:00"),
    ("gestern Morgen um sieben", "2026-11-22 07:00"),
    ("heute Mittag um eins", "2026-11-23 13:00"),
    ("Freitagabend", "2026-11-20 19:00"),
    ("am Freitag um zehn", "2026-11-20 10:00"),
    ("Fr. 10:15", "2026-11-20 10:15"),
    ("Freitag letzter Woche um 9", "2026-11-20 09:00"),
    ("letzte Woche Freitag", "2026-11-20 16:40"),
    ("vor einer halben Stunde", "2026-11-23 16:10"),
    ("vor anderthalb Stunden", "2026-11-23 15:10"),
    ("vor zweieinhalb Stunden", "2026-11-23 14:10"),
    ("vor einer Viertelstunde", "2026-11-23 16:25"),
    ("vor 1,5 Stunden", "2026-11-23 15:10"),
    ("vor 1 Std. 20 Min.", "2026-11-23 15:20"),
    ("vor 20min", "2026-11-23 16:20"),
    ("vor 1h30m", "2026-11-23 15:10"),
    ("seit zehn Minuten", "2026-11-23 16:30"),
    ("zehn Minuten her", "2026-11-23 16:30"),
    ("vor ein paar Minuten", "2026-11-23 16:37"),
    ("vor zwei Tagen um 14:30", "2026-11-21 14:30"),
    ("um drei vor zwei Tagen", "2026-11-21 15:00"),
    ("vor einer Woche", "2026-11-16 16:40"),
    ("heute vor einer Woche", "2026-11-16 16:40"),
    ("vor einem Monat", "2026-10-23 16:40"),
    ("am 20.11. um 15", "2026-11-20 15:00"),
    ("am 20.11. 15 Uhr", "2026-11-20 15:00"),
    ("am 20.11 um 9", "2026-11-20 09:00"),
    ("am 20. um 14:30", "2026-11-20 14:30"),
    ("am zwanzigsten um zwei", "2026-11-20 14:00"),
    ("20.11.2025, 14:30", "2025-11-20 14:30"),
    ("3. Nov. 2025 14 Uhr", "2025-11-03 14:00"),
    ("am dritten November", "2026-11-03 16:40"),
    ("um Mitternacht", "2026-11-23 00:00"),
    ("gestern Mittag", "2026-11-22 12:00"),
    ("so gegen drei", "2026-11-23 15:00"),
    ("vor fuenf Minuten", "2026-11-23 16:35"),
    ("0 Uhr 15", "2026-11-23 00:15"),
    ("seit gestern Abend", "2026-11-22 19:00"),
    ("um 3 Uhr morgens", "2026-11-23 03:00"),
    ("um sechs in der Früh", "2026-11-23 06:00"),
    ("vor fünfundzwanzig Minuten", "2026-11-23 16:15"),
    ("Sonnabend Nachmittag", "2026-11-21 15:00"),
    ("yesterday about three", "2026-11-22 15:00"),
    ("2026-11-02 15:05", "2026-11-02 15:05"),
    ("14:30", "2026-11-23 14:30"),
    ("2 am", "2026-11-23 02:00"),
    ("Montag Morgen", "2026-11-23 09:00"),
    ("um 12 Uhr mittags", "2026-11-23 12:00"),
    ("drei am Freitag", "2026-11-20 15:00"),
    ("14:30 am 3. November", "2026-11-03 14:30"),
    ("vor 2 Stunden und 10 Minuten", "2026-11-23 14:30"),
    ("halb eins nachts", "2026-11-23 00:30"),
    ("vorvorgestern", "2026-11-20 16:40"),
    ("gegen 15 Uhr am Freitagnachmittag", "2026-11-20 15:00"),
]
ARABIC_MOMENTS = [
    ("الرابعة إلا خمس دقائق", "2026-11-23 15:55"),
    ("مساء يوم الجمعة", "2026-11-20 19:00"),
    ("قبل ثلاث ساعات", "2026-11-23 13:40"),
    ("منذ 10 دقائق", "2026-11-23 16:30"),
    ("أمس حوالي الثالثة", "2026-11-22 15:00"),
    ("اليوم الساعة 14:30", "2026-11-23 14:30"),
    ("قبل ساعة", "2026-11-23 15:40"),
    ("قبل نصف ساعة", "2026-11-23 16:10"),
    ("قبل ساعتين", "2026-11-23 14:40"),
    ("قبل ساعة ونصف", "2026-11-23 15:10"),
    ("منذ ساعة وعشر دقائق", "2026-11-23 15:30"),
    ("منذ خمس وعشرين دقيقة", "2026-11-23 16:15"),
    ("منذ ٢٠ دقيقة", "2026-11-23 16:20"),
    ("الآن", "2026-11-23 16:40"),
    ("أول أمس مساءً", "2026-11-21 19:00"),
    ("صباح اليوم", "2026-11-23 09:00"),
    ("مساء أمس", "2026-11-22 19:00"),
    ("مساء أمس الساعة الثامنة", "2026-11-22 20:00"),
    ("الجمعة الماضي الساعة 14", "2026-11-20 14:00"),
    ("يوم الجمعة الماضية", "2026-11-20 16:40"),
    ("يوم الجمعة الساعة العاشرة", "2026-11-20 10:00"),
    ("الثالثة والنصف", "2026-11-23 15:30"),
    ("أمس الثالثة والربع", "2026-11-22 15:15"),
    ("الرابعة إلا ربعًا", "2026-11-23 15:45"),
    ("الساعة الثالثة وعشر دقائق", "2026-11-23 15:10"),
    ("الساعة 3 و20 دقيقة", "2026-11-23 15:20"),
    ("منتصف الليل", "2026-11-23 00:00"),
    ("ظهر أمس", "2026-11-22 12:00"),
    ("الثالثة بعد الظهر", "2026-11-23 15:00"),
    ("3 نوفمبر الساعة 15:10", "2026-11-03 15:10"),
    ("3 تشرين الثاني 2025 الساعة 15:10", "2025-11-03 15:10"),
    ("ليلة أمس", "2026-11-22 22:00"),
    ("ليلة أمس الساعة الحادية عشرة", "2026-11-22 23:00"),
    ("قبل يومين الساعة 14:30", "2026-11-21 14:30"),
    ("قبل أسبوع", "2026-11-16 16:40"),
    ("منذ ربع ساعة", "2026-11-23 16:25"),
    ("الساعة 3:30 م", "2026-11-23 15:30"),
    ("أمس الساعة 9 صباحًا", "2026-11-22 09:00"),
    ("١٤:٣٠", "2026-11-23 14:30"),
    ("yesterday about three", "2026-11-22 15:00"),
    ("الثالثة وخمس وعشرين دقيقة", "2026-11-23 15:25"),
    ("قبل 3 أيام", "2026-11-20 16:40"),
    ("الثانية عشرة ظهرا", "2026-11-23 12:00"),
    ("منذ أمس", "2026-11-22 16:40"),
    ("الساعة الثانية والثلث", "2026-11-23 14:20"),
    ("قبل ساعتين و10 دقائق", "2026-11-23 14:30"),
    ("أمس، الساعة 15:10", "2026-11-22 15:10"),
]
GERMAN_REFUSED = [
    "morgen",
    "morgen früh",
    "morgen um drei",
    "übermorgen",
    "vorhin",
    "neulich",
    "vor drei",
    "nach drei",
    "kurz nach drei",
    "gestern 24 Uhr",
    "um 25 Uhr",
    "halb 13",
    "in zehn Minuten",
    "in der Nacht auf Freitag",
    "irgendwann gestern",
    "vor langer Zeit",
    "gestern gestern",
    "eben um drei",
    "Freitag vor einer Woche",
    "heute Mittag um halb elf",
    "so",
    "bald",
    "viertel",
    "vor kurzem",
    "drei vier",
    "vor Stunden",
    "am",
    "um",
    "vor einer Stunde gestern",
    "nächsten Freitag",
    "um drei oder vier",
]
ARABIC_REFUSED = [
    "غدا",
    "غدًا الساعة 3",
    "قبل الثالثة",
    "بعد ساعة",
    "بعد غد",
    "الجمعة القادم",
    "قريبا",
    "يوما ما",
    "قبل قليل",
    "قبل",
    "الساعة 25",
    "الثالثة أو الرابعة",
    "منذ زمن",
]


@pytest.mark.parametrize(("said", "meant"), GERMAN_MOMENTS)
def test_a_german_moment_is_read(said: str, meant: str) -> None:
    assert f"{read_moment(said, NOW, language='de'):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize(("said", "meant"), ARABIC_MOMENTS)
def test_an_arabic_moment_is_read(said: str, meant: str) -> None:
    assert f"{read_moment(said, NOW, language='ar'):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize("said", GERMAN_REFUSED)
def test_a_german_text_that_is_no_moment_in_the_past_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        read_moment(said, NOW, language="de")


@pytest.mark.parametrize("said", ARABIC_REFUSED)
def test_an_arabic_text_that_is_no_moment_in_the_past_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        read_moment(said, NOW, language="ar")


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("um drei", "at three"),
        ("gestern um sieben", "yesterday at seven"),
        ("um fünf", "at five"),
        ("halb sieben", "half past six"),
        ("um zwölf", "at twelve"),
        ("gestern Abend um eins", "yesterday evening at one"),
        ("heute Mittag um fünf", "lunchtime at five"),
    ],
)
def test_what_may_mean_two_moments_is_decided_as_in_english(german: str, english: str) -> None:
    def read(said: str) -> datetime | None:
        try:
            return read_moment(said, NOW, language="de")
        except ValueError:
            return None

    assert read(german) == read(english)


@pytest.mark.parametrize("language", ["en", "de", "de_AT", "ar", "fr", "pt_BR", ""])
@pytest.mark.parametrize("said", ["yesterday about three", "2026-11-22 15:00", "2026-11-22T15:00", "22.11.2026 15:00"])
def test_english_and_iso_and_clock_times_are_read_in_every_language(said: str, language: str) -> None:
    assert read_moment(said, NOW, language=language) == datetime(2026, 11, 22, 15, 0, tzinfo=ZONE)


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_german_is_not_read_where_another_language_is_spoken(language: str) -> None:
    with pytest.raises(ValueError, match="is not a time"):
        read_moment("gestern gegen drei", NOW, language=language)


def test_a_regional_variant_has_the_grammar_of_its_language() -> None:
    assert in_english("Jänner", "de_AT") == "january"


@pytest.mark.parametrize("said", ["31. Februar um drei", "am 31.2."])
def test_a_day_that_no_calendar_has_is_named_as_such(said: str) -> None:
    with pytest.raises(NoSuchDayError):
        read_moment(said, NOW, language="de")


def test_figures_that_may_be_two_days_are_asked_about() -> None:
    with pytest.raises(UnclearDayError):
        read_moment("am 3/4/2026 um drei", NOW, language="de")


@pytest.mark.parametrize(
    ("said", "language", "minutes"),
    [
        ("20 Minuten", "de", 20),
        ("anderthalb Stunden", "de", 90),
        ("eine halbe Stunde", "de", 30),
        ("1 Stunde und 20 Minuten", "de", 80),
        ("1,5 Stunden", "de", 90),
        ("1h30m", "de", 90),
        ("an hour and a half", "de", 90),
        ("ساعة ونصف", "ar", 90),
        ("10 دقائق", "ar", 10),
        ("ربع ساعة", "ar", 15),
    ],
)
def test_a_length_is_read(said: str, language: str, minutes: int) -> None:
    assert read_length(said, language=language) == timedelta(minutes=minutes)


@pytest.mark.parametrize("said", ["20 Uhr", "halb drei", "eine Weile", "gestern"])
def test_what_is_not_a_length_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="is not a length of time"):
        read_length(said, language="de")


_SOME_WORDS = st.lists(
    st.sampled_from(["vor", "nach", "um", "halb", "drei", "viertel", "Uhr", "am", "3.", "14:30", "Stunde", "gestern"]),
    max_size=6,
)


@given(_SOME_WORDS)
def test_any_order_of_words_is_read_or_refused_in_a_sentence(words: list[str]) -> None:
    try:
        assert read_moment(" ".join(words), NOW, language="de").tzinfo is not None
    except ValueError as refused:
        assert "“" in str(refused)


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    for grammar in (GERMAN, ARABIC):
        english = grammar.in_english(text)
        assert english is None or english.isascii() or any(letter.isdigit() for letter in english)
