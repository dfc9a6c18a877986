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

    def printed_questions(self) -> tuple[str, ...]:
        """The questions for which the report has room, each on one line."""
        return tuple(_cut(line) for line in self._lines()[:MOST_QUESTIONS])

    def left_out(self) -> int:
        """The number of questions for which the report has no room."""
        return max(0, len(self._lines()) - MOST_QUESTIONS)

    def _lines(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.questions.splitlines()]
        return [line for line in lines if line]


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_QUESTION else f"{line[: LONGEST_QUESTION - 1].rstrip()}…"


def on_one_line(text: str) -> str:
    """A name or a date of birth as it is kept: on one line, of at most `LONGEST_NAME` characters."""
    return " ".join(text.split())[:LONGEST_NAME].rstrip()
