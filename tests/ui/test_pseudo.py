"""In the pseudo-language every visible text of a window is in brackets, and no access key is there twice.

Each sheet of ``tools/pictures/sheets`` opens its windows, with data in them, in a process of its own; see
``tools/translations/unwrapped``. The pages of the guide are English and are not looked at. The keys are those of
English; ``test_fits`` looks at those of every language.
"""

from __future__ import annotations

import re

import pytest

from tools.translations.unwrapped import SHEETS, look_at

EXCEPTIONS = {
    "a key combination": r"(?:Ctrl|Alt|Shift)\+\S+",
    "the marks that a sheet's own data leaves between translated parts": r"[\W\d_]*",
    "a day of the week, which has no entry in the catalogue": r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun).*",
    "a file name": r"\S+\.(?:toml|json|csv|pdf|svg|png|md|db)\b.*",
}
"""What a text outside the brackets may be, by the reason."""

OWN_WORDS = {"editor_sheet": frozenset({"From my physiotherapist", "Quad stretch, the long one"})}
"""The person's own words, which stay as they were written, by the sheet that has them."""


def is_exempt(sheet: str, text: str) -> bool:
    return text in OWN_WORDS.get(sheet, ()) or any(re.fullmatch(one, text) for one in EXCEPTIONS.values())


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_visible_text_is_translated_and_the_access_keys_differ(sheet: str) -> None:
    texts, keys, error = look_at(sheet)
    assert not error, error
    assert [text for text in texts if not is_exempt(sheet, text)] == []
    assert keys == []
