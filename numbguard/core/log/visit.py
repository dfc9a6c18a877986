"""What a person keeps for a visit to a doctor: questions, and on request a name and a date of birth.

Pure, on any thread. The insights window and the report use it; `store/log/visit.py` keeps it in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MOST_QUESTIONS: Final = 10
"""The most questions that the report prints: more do not fit on its first page, nor into a visit."""
LONGEST_QUESTION: Final = 300
"""Characters of a question that the report prints."""
LONGEST_NAME: Final = 80
"""Characters of a name or a date of birth that are kept."""


@dataclass(frozen=True, slots=True)
class VisitDetails:
    """Empty where the person wrote nothing."""

    questions: str = ""
    """As written, one question a line."""
    name: str = ""
    born: str = ""
    """The date of birth, as the person writes it."""

    def question_lines(self) -> tuple[str, ...]:
        """The questions that the report prints, each on one line; the last line counts those for which it has no
        room."""
        lines = [" ".join(line.split()) for line in self.questions.splitlines()]
        lines = [_cut(line) for line in lines if line]
        more = len(lines) - MOST_QUESTIONS
        if more <= 0:
            return tuple(lines)
        return (*lines[:MOST_QUESTIONS], "and 1 more question" if more == 1 else f"and {more:,} more questions")


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_QUESTION else f"{line[: LONGEST_QUESTION - 1].rstrip()}…"


def on_one_line(text: str) -> str:
    """A name or a date of birth as it is kept: on one line, of at most `LONGEST_NAME` characters."""
    return " ".join(text.split())[:LONGEST_NAME].rstrip()
