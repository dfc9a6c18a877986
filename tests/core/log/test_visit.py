"""What the report prints of the questions, the name and the date of birth that a person keeps."""

from __future__ import annotations

from numbguard.core.log.visit import LONGEST_NAME, LONGEST_QUESTION, MOST_QUESTIONS, VisitDetails, on_one_line


def test_each_line_is_a_question_and_empty_lines_are_none() -> None:
    asked = VisitDetails(" Is it the  nerve?\n\n\tMay I cycle?  \n")
    assert asked.printed_questions() == ("Is it the nerve?", "May I cycle?")
    assert asked.left_out() == 0
    assert VisitDetails().printed_questions() == ()


def test_a_question_that_is_a_letter_is_cut_and_says_so() -> None:
    (line,) = VisitDetails("why " * 200).printed_questions()
    assert len(line) <= LONGEST_QUESTION
    assert line.endswith("why…")


def test_questions_for_which_there_is_no_room_are_counted() -> None:
    full = VisitDetails("\n\n".join(f"Question {n}?" for n in range(MOST_QUESTIONS + 2)))
    assert full.printed_questions()[-1] == f"Question {MOST_QUESTIONS - 1}?"
    assert full.left_out() == 2


def test_a_name_is_on_one_line_and_no_longer_than_it_can_be() -> None:
    assert on_one_line("  Zoë\n Čapek ") == "Zoë Čapek"
    assert on_one_line("w" * 200) == "w" * LONGEST_NAME
