"""The warning signs that make numbness a reason to get help at once: in a few words, and as questions.

Pure data, on any thread; the only place for these words beside the reader's first page
(`resources/guide/when-to-get-help.md`), whose list it follows. The relief window shows all of them; `advice.py` asks
about those that are relevant to an episode.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class WarningSign(StrEnum):
    """In the order of the page."""

    SADDLE = "saddle"
    BLADDER_BOWEL = "bladder_bowel"
    BOTH_LEGS = "both_legs"
    WHOLE_SIDE = "whole_side"
    SPREADING = "spreading"
    WEAKNESS = "weakness"
    FACE_SPEECH_SIGHT = "face_speech_sight"
    INJURY = "injury"
    SWOLLEN = "swollen"

    @property
    def words(self) -> str:
        """The sign in a few words."""
        return _WORDS[self][0]

    @property
    def question(self) -> str:
        """A yes-or-no question; yes is a reason to get help at once."""
        return _WORDS[self][1]

    @property
    def version(self) -> int:
        """The version of the question, from 1; it rises whenever the question is widened."""
        return _VERSIONS.get(self, 1)


_VERSIONS: Final[Mapping[WarningSign, int]] = {}
"""The versions above 1. Raise the version of a question that is widened, so that an old *no* counts as not asked."""

_WORDS: Final[Mapping[WarningSign, tuple[str, str]]] = {
    WarningSign.SADDLE: (
        "New numbness between the legs or around the genitals or back passage",
        "Is it newly numb between your legs, on the inner thighs, or around the genitals or back passage?",
    ),
    WarningSign.BLADDER_BOWEL: (
        "New trouble with bladder or bowel",
        "Is there new trouble with bladder or bowel: you cannot go, cannot hold it, or do not feel it?",
    ),
    WarningSign.BOTH_LEGS: ("Both legs numb or weak", "Are both legs numb or weak?"),
    WarningSign.WHOLE_SIDE: (
        "A whole leg, or one side of the body, suddenly numb or weak, and still so after moving",
        "Did a whole leg, or one side of your body, go numb or weak suddenly, and is it still so after moving?",
    ),
    WarningSign.SPREADING: ("Numbness spreading fast", "Is the numbness spreading fast?"),
    WarningSign.WEAKNESS: (
        "Weakness that is severe or getting worse",
        "Is the weakness severe or getting worse: the leg gives way, or the foot cannot be lifted?",
    ),
    WarningSign.FACE_SPEECH_SIGHT: (
        "A drooping face, muddled speech, trouble seeing",
        "Does your face droop, is your speech slurred or muddled, or do you have trouble seeing?",
    ),
    WarningSign.INJURY: (
        "A fall, a blow or another injury before it",
        "Was there a fall, a blow or another injury before it began?",
    ),
    WarningSign.SWOLLEN: ("One leg swollen, warm and painful", "Is one leg swollen, warm and painful?"),
}

RED_FLAGS: Final = tuple(sign.words for sign in WarningSign)
"""All the signs in a few words; always on screen beside the steps of relief."""
