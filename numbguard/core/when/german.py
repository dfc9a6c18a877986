"""German moments and lengths: ``gestern gegen drei``, ``vor zehn Minuten``, ``heute früh um halb sieben``.

A table for `grammar.py`, which reads it on any thread.
"""

from __future__ import annotations

import re
from typing import Final

from .grammar import Grammar

_SMALL: Final = (
    *("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn"),
    *("vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"),
)
_TENS: Final = ("zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_NUMBERS: Final = (
    {word: number for number, word in enumerate(_SMALL, start=1)}
    | {tens: number for number, tens in zip(range(20, 100, 10), _TENS, strict=True)}
    | {
        f"{unit}und{tens}": number + place
        for number, tens in zip(range(20, 100, 10), _TENS, strict=True)
        for place, unit in enumerate(_SMALL[:9], start=1)
    }
)
_ORDINALS: Final = {
    **{f"{word}ten": number for word, number in _NUMBERS.items() if number < 20},
    **{f"{word}sten": number for word, number in _NUMBERS.items() if 20 <= number <= 31},
    "ersten": 1,
    "dritten": 3,
    "siebten": 7,
    "achten": 8,
}
_WEEKDAYS: Final = {
    "montag": "monday",
    "dienstag": "tuesday",
    "mittwoch": "wednesday",
    "donnerstag": "thursday",
    "freitag": "friday",
    "samstag": "saturday",
    "sonnabend": "saturday",
    "sonntag": "sunday",
}
_MONTHS: Final = {
    "januar": "january",
    "jänner": "january",
    "februar": "february",
    "märz": "march",
    "april": "april",
    "mai": "may",
    "juni": "june",
    "juli": "july",
    "august": "august",
    "september": "september",
    "oktober": "october",
    "november": "november",
    "dezember": "december",
    "jan": "january",
    "feb": "february",
    "mär": "march",
    "apr": "april",
    "jun": "june",
    "jul": "july",
    "aug": "august",
    "sep": "september",
    "sept": "september",
    "okt": "october",
    "nov": "november",
    "dez": "december",
}
_PARTS_OF_DAY: Final = {
    "früh": "morning",
    "vormittag": "morning",
    "mittag": "lunchtime",
    "nachmittag": "afternoon",
    "abend": "evening",
    "nacht": "night",
}
_UNITS: Final = {
    "seconds": "sekunde sekunden sek s",
    "minutes": "minute minuten min m",
    "hours": "stunde stunden std",
    "h": "h",
    "days": "tag tage tagen",
    "weeks": "woche wochen",
    "months": "monat monate monaten",
    "years": "jahr jahre jahren",
}
_WORDS: Final = {
    **{word: str(number) for word, number in _NUMBERS.items()},
    **dict.fromkeys(("eins", "eine", "einer", "einem", "einen"), "1"),
    "zwo": "2",
    **{f"{word}einhalb": f"{number}.5" for number, word in enumerate(_SMALL[:9], start=1)},
    "anderthalb": "1.5",
    **dict.fromkeys(("ein paar", "einigen", "einige"), "3"),
    **{word: f"{number}." for word, number in _ORDINALS.items()},
    **_WEEKDAYS,
    **{f"{day}s": english for day, english in _WEEKDAYS.items()},
    **{day: _WEEKDAYS[full] for day, full in zip(("mo", "di", "mi", "do", "fr", "sa"), _WEEKDAYS, strict=False)},
    "so.": "sunday",  # “so” alone rather means “about”
    **_MONTHS,
    **_PARTS_OF_DAY,
    **{f"{part}s": english for part, english in _PARTS_OF_DAY.items()},
    **{f"{day}{part}": f"{_WEEKDAYS[day]} {_PARTS_OF_DAY[part]}" for day in _WEEKDAYS for part in _PARTS_OF_DAY},
    **{f"{day}morgen": f"{english} morning" for day, english in _WEEKDAYS.items()},
    "morgens": "morning",
    "morgen": "@tomorrow",
    "mitternacht": "midnight",
    # The night that has passed or is passing: without a day, the latest moment that has passed is meant.
    **dict.fromkeys(("heute nacht", "diese nacht"), "night"),
    **{f"{last} nacht": "last night" for last in ("letzte", "vergangene", "vorige")},
    **{word: english for english, words in _UNITS.items() for word in words.split()},
    **{f"{article}{half} stunde": "30 minutes" for article in ("", "eine ", "einer ") for half in ("halbe", "halben")},
    **{f"{article}viertelstunde": "15 minutes" for article in ("", "eine ", "einer ")},
    **{f"{article}dreiviertelstunde": "45 minutes" for article in ("", "eine ", "einer ")},
    **dict.fromkeys(("heute", "heut"), "today"),
    "gestern": "yesterday",
    "vorgestern": "day before yesterday",
    "vorvorgestern": "3 days ago",
    **dict.fromkeys(("letzten", "letzter", "vergangenen", "vorigen"), "last"),
    **{f"{last} woche": "last week" for last in ("letzte", "letzter", "vergangene", "vergangener", "vorige")},
    **dict.fromkeys(("diesen", "dieser"), "this"),
    **dict.fromkeys(
        (
            *("jetzt", "eben", "soeben", "gerade", "gerade eben", "eben gerade", "gerade jetzt", "jetzt gerade"),
            *("vor einem moment", "vor einem augenblick"),
        ),
        "now",
    ),
    "vor": "@before", "seit": "@since", "her": "ago", "nach": "@after", "uhr": "@uhr", "und": "and",
    "halb": "@half", "viertel": "@quarter", "dreiviertel": "@three-quarters", "am": "@on",
    **dict.fromkeys(("um", "gegen", "so um", "so gegen"), "@at"),
    **dict.fromkeys(
        (
            *("genau", "punkt", "herum"),
            *("ungefähr", "etwa", "circa", "ca", "rund", "so ungefähr", "so etwa", "so ca", "vielleicht", "wohl"),
            *("wahrscheinlich", "fast", "knapp", "gut", "schon", "ab", "von", "vom", "bis", "den", "der", "in der"),
        ),
        "",
    ),
}  # fmt: skip


def _hour_before(hour: str) -> int:
    return int(hour) - 1 or 12


def _around_half(found: re.Match[str]) -> str:
    """“Fünf vor halb drei” is 25 past two."""
    minutes = 30 - int(found[1]) if found[2] == "before" else 30 + int(found[1])
    return f"{minutes} past {_hour_before(found[3])}"


_HOUR: Final = r"(1[0-2]|0?[1-9])(?![\d.:/-])(?: @uhr)?"
_ANY_HOUR: Final = r"([01]?\d|2[0-3])(?![\d.:/-])(?: @uhr)?"
_MINUTES: Final = r"([1-5]?\d)(?: minutes)?"
_RULES: Final = (
    (r"(?<=[:.]\d\d) (?:@uhr|h)(?= |$)", ""),
    (rf"\b([1-9]|1\d)(?: minutes)? @(before|after) @half {_HOUR}", _around_half),
    (rf"@half {_HOUR}", lambda found: f"half past {_hour_before(found[1])}"),
    (rf"@three-quarters {_HOUR}", r"quarter to \1"),
    (rf"@quarter {_HOUR}", lambda found: f"quarter past {_hour_before(found[1])}"),  # as in the east and the south
    (rf"@quarter @after {_ANY_HOUR}", r"quarter past \1"),
    (rf"@quarter @before {_ANY_HOUR}", r"quarter to \1"),
    (rf"\b{_MINUTES} @after {_ANY_HOUR}", r"\1 past \2"),
    (rf"\b{_MINUTES} @before {_ANY_HOUR}", r"\1 to \2"),
    (rf"\b([01]?\d|2[0-3]) @uhr {_MINUTES}(?= |$)", r"\2 past \1"),
    (r"\b([01]?\d|2[0-3]) @uhr(?= |$)", r"\1@"),
    (r"\b(\d{1,2}) h(?= |$)", r"\1h"),
    (rf"(?<!\S)({'|'.join(_WEEKDAYS.values())}|today|yesterday|@on|this) @tomorrow", r"\1 morning"),
    (r"@on (\d{1,2}\.\d{1,2})(?= |$)", r"\1."),
    (rf"(?<![\d.])(\d{{1,2}})\.(?= |$)(?! (?:{'|'.join(_MONTHS.values())}))", r"\1th"),
    (r"@on(?= |$)", ""),
)

GERMAN: Final = Grammar(_WORDS, _RULES, {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
