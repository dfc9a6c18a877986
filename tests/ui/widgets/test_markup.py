"""Words between tags."""

from __future__ import annotations

import html

import pytest

from numbguard.ui.widgets.markup import escaped


@pytest.mark.parametrize("words", ["", "Tom & Ann's <b>leg</b>", '"&amp;" is not "&"', "Grüße – ساق"])
def test_words_stay_words_between_tags(words: str) -> None:
    assert escaped(words) == html.escape(words)
    assert html.unescape(escaped(words)) == words
