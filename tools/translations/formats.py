"""How a language writes dates, times, numbers and lists, from the Unicode locale data that Babel contains.

``compiled`` writes it as ``formats.json``, from which ``numbguard.wording.formats`` reads the few entries that it
needs: Babel itself takes about 100 ms to import and several megabytes, and Qt knows no patterns for lists.
"""

from __future__ import annotations

from babel import Locale
from babel.localedata import locale_identifiers

_MARKS = {
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), ("، ", "؛ ")),
    **dict.fromkeys(("ja", "yue", "zh"), ("、", "；")),
}
"""The comma and the semicolon of languages that have their own. The locale data has lists with a word at the end or, in
Arabic, before each item, but none for mere commas."""


def formats_of(language: str) -> dict[str, dict[str, object]]:
    """The formats of a language, keyed by locale: of the language in full, of each country where it differs."""
    base = _entries(Locale.parse(language))
    found: dict[str, dict[str, object]] = {language: base}
    for name in locale_identifiers():
        if name.startswith(f"{language}_"):
            entries = _entries(Locale.parse(name))
            differs = {key: value for key, value in entries.items() if value != base[key]}
            if differs:
                found[name] = differs
    return dict(sorted(found.items()))


def _entries(locale: Locale) -> dict[str, object]:
    skeletons = locale.datetime_skeletons
    return {
        "months": [locale.months["format"]["wide"][month] for month in range(1, 13)],
        "short_months": [locale.months["format"]["abbreviated"][month] for month in range(1, 13)],
        "weekdays": [locale.days["format"]["wide"][day] for day in range(7)],
        "short_weekdays": [locale.days["stand-alone"]["abbreviated"][day] for day in range(7)],
        "narrow_weekdays": [locale.days["stand-alone"]["narrow"][day] for day in range(7)],
        "halves": [locale.day_periods["format"]["abbreviated"][half] for half in ("am", "pm")],
        "time": locale.time_formats["short"].pattern,
        "date": locale.date_formats["long"].pattern,
        "short_date": locale.date_formats["medium"].pattern,
        "day": skeletons["MMMMd"].pattern,
        "short_day": skeletons["MMMd"].pattern,
        "month": skeletons["yMMMM"].pattern,
        "decimal": locale.number_symbols["latn"]["decimal"],
        "group": locale.number_symbols["latn"]["group"],
        "percent": locale.percent_formats[None].pattern,
        "and": dict(locale.list_patterns["standard"]),
        "or": dict(locale.list_patterns["or"]),
        "comma": _MARKS.get(locale.language, (", ", "; "))[0],
        "semicolon": _MARKS.get(locale.language, (", ", "; "))[1],
        "first_weekday": locale.first_week_day,
    }
