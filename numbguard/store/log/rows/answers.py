"""Answers to questions about warning signs as rows of the log. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.red_flags import WarningSign

from .moments import clean, moment, moment_columns

# The first two columns are the key by which pages follow one another.
_ANSWER = "at_us, at_offset_s, id, episode, sign, present, version"

SELECT_ANSWER = f"SELECT n, {_ANSWER} FROM sign_answers"


def answer_row(answer: SignAnswer) -> tuple[str, tuple[object, ...]]:
    """The columns of ``sign_answers`` but for ``edited_us``, parted by commas, and their values."""
    return _ANSWER, (
        *(*moment_columns(answer.at), clean(answer.id), clean(answer.episode), answer.sign.value, answer.present),
        answer.version,
    )


def read_answer(row: Sequence[Any]) -> SignAnswer:
    """Read a row of ``SELECT_ANSWER``; raise ``ValueError`` for a value that NumbGuard does not write."""
    _, at, offset, id, episode, sign, present, version = row
    return SignAnswer(id, moment(at, offset), episode, WarningSign(sign), bool(present), version or 1)
