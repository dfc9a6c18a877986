"""A parser for one verb alone behaves as a parser for all verbs does."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from numbguard.cli.dispatch import VERBS, _parse
from numbguard.cli.main import main
from numbguard.cli.parser import parser_of
from numbguard.cli.verbs.run import run

BEFORE = ("--json", "--profile here", "--profile=there", "--profile log", "--prof log", "-h")
PIECES = (
    *BEFORE,
    *("--side left", "--side=right", "--side up", "--sid left", "--region calf", "--region toes", "--sensation x"),
    *("--severity 4", "--severity 11", "--weakness", "--weakness=1", "--note a", "--note=", "--note=-x=y", "--note -1"),
    *("--at 14:30", "--since 2026-03-02", "--until 2026-03-02", "--until 14:30", "--until nonsense", "--speed 4"),
    *("left", "-", "--", "45m", "0f", "water", "walk 2", "stretch -1", "goal water 3", "goal none", "start"),
    *("import pack.json", "export pack.json", "--replace", "--routine daily", "a.pdf", "--paper a4", "--format csv"),
    *("routine evening", "--settings", "--yes-delete-everything", "--minimised"),
)


def of_all_verbs(told: list[str]) -> argparse.Namespace:
    return parser_of(VERBS, verb=run, speed=1.0, minimised=False, profile=None, json=False).parse_args(told)


def outcome(read: Callable[[list[str]], argparse.Namespace], told: list[str]) -> tuple[object, ...]:
    """Return the parsed arguments, the exit status and the output on both streams."""
    out, error = io.StringIO(), io.StringIO()
    understood: dict[str, object] | None = None
    status: object = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        try:
            # A nested verb is a new function in each parser.
            understood = {**vars(read(told)), "verb": None}
        except SystemExit as ended:
            status = ended.code
    return understood, status, out.getvalue(), error.getvalue()


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(BEFORE), max_size=2),
    st.sampled_from(list(VERBS)),
    st.lists(st.sampled_from(PIECES), max_size=3),
)
def test_one_verb_alone_is_read_as_among_all(before: list[str], verb: str, after: list[str]) -> None:
    told = " ".join([*before, verb, *after]).split()
    assert outcome(_parse, told) == outcome(of_all_verbs, told)


def test_a_program_that_has_a_verb_run_keeps_its_garbage_collector(tmp_path: Path) -> None:
    gc.enable()
    try:
        assert main(["--profile", str(tmp_path), "episodes"]) == 0
        assert gc.isenabled()
    finally:
        gc.disable()  # as for every test
