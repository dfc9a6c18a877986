"""Arabic moments and lengths: ``منذ 10 دقائق``, ``أمس حوالي الثالثة``, ``اليوم الساعة 14:30``.

A table for `grammar.py`, which reads it on any thread.
"""

from __future__ import annotations

from typing import Final

from .grammar import UNITS, Grammar

_LETTERS: Final = {
    **dict.fromkeys("أإآ", "ا"),
    "ى": "ي",
    "ة": "ه",
    "٫": ".",
    **{chr(0x660 + digit): str(digit) for digit in range(10)},
    # Vowel signs, the stroke that lengthens a word, and marks of the writing direction.
    **dict.fromkeys((chr(sign) for sign in (*range(0x64B, 0x653), 0x670, 0x640, 0x200E, 0x200F, 0x61C)), None),
}
_HOURS: Final = {
    "الواحدة": 1,
    "الثانية": 2,
    "الثالثة": 3,
    "الرابعة": 4,
    "الخامسة": 5,
    "السادسة": 6,
    "السابعة": 7,
    "الثامنة": 8,
    "التاسعة": 9,
    "العاشرة": 10,
    "الحادية عشرة": 11,
    "الثانية عشرة": 12,
}
_NUMBERS: Final = {
    "واحدة": 1,
    "واحد": 1,
    "ثلاث": 3,
    "ثلاثة": 3,
    "أربع": 4,
    "أربعة": 4,
    "خمس": 5,
    "خمسة": 5,
    "ست": 6,
    "ستة": 6,
    "سبع": 7,
    "سبعة": 7,
    "ثماني": 8,
    "ثمان": 8,
    "ثمانية": 8,
    "تسع": 9,
    "تسعة": 9,
    "عشر": 10,
    "عشرة": 10,
    "خمس عشرة": 15,
    "خمسة عشر": 15,
    "عشرين": 20,
    "عشرون": 20,
    "ثلاثين": 30,
    "ثلاثون": 30,
    "أربعين": 40,
    "أربعون": 40,
    "خمسين": 50,
    "خمسون": 50,
    "بضع": 3,
    "بضعة": 3,
    "عدة": 3,  # “a few”, as in English
}
_WEEKDAYS: Final = {
    "الاثنين": "monday",
    "الثلاثاء": "tuesday",
    "الأربعاء": "wednesday",
    "الخميس": "thursday",
    "الجمعة": "friday",
    "السبت": "saturday",
    "الأحد": "sunday",
}
_MONTHS: Final = {
    "يناير": "january",
    "فبراير": "february",
    "مارس": "march",
    "أبريل": "april",
    "مايو": "may",
    "يونيو": "june",
    "يوليو": "july",
    "أغسطس": "august",
    "سبتمبر": "september",
    "أكتوبر": "october",
    "نوفمبر": "november",
    "ديسمبر": "december",
    "كانون الثاني": "january",
    "شباط": "february",
    "آذار": "march",
    "نيسان": "april",
    "أيار": "may",
    "حزيران": "june",
    "تموز": "july",
    "آب": "august",
    "أيلول": "september",
    "تشرين الأول": "october",
    "تشرين الثاني": "november",
    "كانون الأول": "december",
}
_WORDS: Final = {
    **{word: f"@at {number}" for word, number in _HOURS.items()},
    **{word: str(number) for word, number in _NUMBERS.items()},
    **_WEEKDAYS,
    **{f"يوم {day}": english for day, english in _WEEKDAYS.items()},
    **_MONTHS,
    **dict.fromkeys(("ثانية", "ثوان", "ثواني"), "seconds"),
    **dict.fromkeys(("دقيقة", "دقائق"), "minutes"),
    **dict.fromkeys(("ساعة", "ساعات"), "hours"),
    **dict.fromkeys(("يوم", "يوما", "أيام"), "days"),
    **dict.fromkeys(("أسبوع", "أسابيع"), "weeks"),
    **dict.fromkeys(("شهر", "أشهر", "شهور"), "months"),
    **dict.fromkeys(("سنة", "عام", "سنوات", "أعوام"), "years"),
    "دقيقتين": "2 minutes", "دقيقتان": "2 minutes", "ساعتين": "2 hours", "ساعتان": "2 hours", "يومين": "2 days",
    "أسبوعين": "2 weeks", "شهرين": "2 months", "سنتين": "2 years", "عامين": "2 years",
    "نصف ساعة": "30 minutes", "ربع ساعة": "15 minutes", "ثلث ساعة": "20 minutes",
    **dict.fromkeys(("نصف", "النصف"), "@half"),
    **dict.fromkeys(("ربع", "الربع", "ربعا"), "@quarter"),
    **dict.fromkeys(("ثلث", "الثلث", "ثلثا"), "@third"),
    "إلا": "@less",
    **dict.fromkeys(("صباح", "صباحا", "الصباح", "هذا الصباح", "قبل الظهر"), "morning"),
    **dict.fromkeys(("ظهر", "ظهرا", "الظهر"), "lunchtime"),
    **dict.fromkeys(("بعد الظهر", "بعد ظهر", "عصر", "عصرا", "العصر"), "afternoon"),
    **dict.fromkeys(("مساء", "المساء", "هذا المساء"), "evening"),
    **dict.fromkeys(("ليلا", "الليل", "الليلة"), "night"),
    **dict.fromkeys(("ليلة أمس", "ليلة البارحة", "الليلة الماضية"), "last night"),
    "منتصف الليل": "midnight",
    "ص": "am", "فجرا": "am", "م": "pm",
    "اليوم": "today",
    **dict.fromkeys(("أمس", "البارحة", "امبارح"), "yesterday"),
    **dict.fromkeys(("أول أمس", "أول من أمس", "أمس الأول", "قبل أمس"), "day before yesterday"),
    "الأسبوع الماضي": "last week",
    **dict.fromkeys(("الماضي", "الماضية"), "@last"),
    **dict.fromkeys(("الآن", "للتو", "قبل لحظة", "منذ لحظة", "قبل لحظات", "منذ لحظات"), "now"),
    "قبل": "@before", "منذ": "@since", "الساعة": "@at", "و": "and",
    **dict.fromkeys(("حوالي", "تقريبا", "نحو", "قرابة", "في", "من", "عند", "حتى"), ""),
}  # fmt: skip
_SHARES: Final = (("half", "half", ".5"), ("quarter", "quarter", ".25"), ("third", "20", ""))
_RULES: Final = (
    *((rf"@at (\d+) and @{share}", rf"{english} past \1") for share, english, _ in _SHARES),
    *((rf"@at (\d+) @less @{share}", rf"{english} to \1") for share, english, _ in _SHARES),
    (r"@at (\d+) and (\d+)(?: minutes)?(?= |$)", r"\2 past \1"),
    (r"@at (\d+) @less (\d+)(?: minutes)?(?= |$)", r"\2 to \1"),
    (rf"\b({'|'.join(_WEEKDAYS.values())}) @last", r"last \1"),
)
_COUNTS: Final = (
    (r"@at @at", "@at"),
    (r"(?<!@at )\b([1-9]) and ([2-5])0(?= )", r"\2\1"),
    (rf"(?<![\d] )\b({UNITS})(?= |$)", r"1 \1"),
    *((rf"\b(\d+) (hours) and @{share}", rf"\1{part} \2") for share, _, part in _SHARES[:2]),
    (r"\bhours and @third", "hours and 20 minutes"),
)
"""Before the shared rules: “خمس وعشرين” is 25, “ساعة” is one hour, “ساعة ونصف” an hour and a half."""

ARABIC: Final = Grammar(_WORDS, _RULES, _LETTERS, joined="و", counts=_COUNTS)
