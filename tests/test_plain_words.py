"""The quick reader of the command line's words gives what argparse gives, and leaves the rest to argparse."""

from __future__ import annotations

import argparse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.cli import VERBS, _read_plainly, _verb_at
from numbguard.parser import parser_of

BEFORE = ("--json", "--profile here", "--profile=there", "--profile log")
PIECES = (
    *BEFORE,
    *("--side left", "--side=right", "--side up", "--sid left", "--region calf", "--region toes", "--sensation x"),
    *("--severity 4", "--severity 11", "--weakness", "--weakness=1", "--note a", "--note=", "--note=-x=y", "--note -1"),
    *("--at 14:30", "--since 2026-03-02", "--until 2026-03-02", "--until 14:30", "--until nonsense", "--speed 4"),
    *(
        "left",
        "-",
        "--",
        "45m",
        "water",
        "walk 2",
        "stretch -1",
        "goal water 3",
        "goal none",
        "start",
        "routine evening",
    ),
    *("import pack.json", "export pack.json", "--replace", "--routine daily", "a.pdf", "--paper a4", "--format csv"),
    *("routine evening", "--settings", "--yes-delete-everything", "--minimised", "0f"),
)


def plainly(told: list[str]) -> argparse.Namespace | None:
    at = _verb_at(told)
    return None if at is None else _read_plainly(VERBS[told[at]], told[:at], told[at + 1 :])


def fully(told: list[str]) -> argparse.Namespace:
    return parser_of(VERBS, profile=None, json=False).parse_args(told)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(BEFORE), max_size=1),
    st.sampled_from(list(VERBS)),
    st.lists(st.sampled_from(PIECES), max_size=3),
)
def test_what_it_reads_means_the_same_to_argparse(before: list[str], verb: str, after: list[str]) -> None:
    told = " ".join([*before, verb, *after]).split()
    plain = plainly(told)
    if plain is not None:
        known = vars(fully(told))
        # A verb within a verb is made anew for each parser.
        assert {**vars(plain), "verb": 0} == {**known, "verb": 0}


@pytest.mark.parametrize(
    "told",
    [
        "log",
        "log --json --profile here",
        "--profile log --json undo",
        "log --side left --region calf --region toes --severity 4 --weakness --note x",
        "gone 0f --json",
        "status --profile=here",
        "episodes --since 2026-03-02",
        "break snooze",
        "break routine evening",
        "pause 45m",
        "habit water 2",
        "habit --json walk",
        "habit goal walk 20",
        "cards import pack.json --replace",
        "report --paper=a4",
    ],
)
def test_what_is_usual_it_reads_itself_if_it_is_right(told: str) -> None:
    plain = plainly(told.split())
    if told.startswith("report"):  # the file is missing
        assert plain is None
    else:
        assert {**vars(plain), "verb": 0} == {**vars(fully(told.split())), "verb": 0}


@pytest.mark.parametrize(
    "told",
    [
        *("", "-h", "--version", "log -h", "log --sid left", "log --side", "log --side up", "log --severity 11"),
        *("log --severity x", "log --note -5", "log more", "log --weakness=1", "gone --json 0f", "habit", "habit wine"),
        *("pause soon", "pause 0s", "cards import", "--prof log undo", "lo"),
    ],
)
def test_what_is_wrong_or_unusual_it_leaves_to_argparse(told: str) -> None:
    assert plainly(told.split()) is None
