"""What `./dev fresh` reads from a run, and what it writes into the README."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tools.bare_root import outermost, places_in
from tools.tried_table import BEGIN, END, HEAD, TOUR_BEGAN, Counts, Row, counts_of, packages_asked_for, with_table

TRIED = Row(
    system="Debian trixie",
    user="root",
    python="3.13.5",
    setup_s=101.4,
    counts=Counts(passed=2000, failed=0),
    tour_ok=True,
    tests_ok=True,
    apt_lists=0,
    tried=date(2026, 11, 29),
)


def page(*lines: str) -> str:
    return "\n".join(("# Title", BEGIN, *HEAD, *lines, END, "The end.", ""))


def test_every_part_of_a_test_run_counts_and_an_error_is_a_failure() -> None:
    output = """\
tests/core/breaks/test_hours.py: 12 passed in the text
============================= 1221 passed in 36.87s ==============================
= 2 failed, 300 passed, 1 skipped, 3 errors in 72.10s (0:01:12) =
"""
    assert counts_of(output) == Counts(passed=1521, failed=5)
    assert counts_of("ruff found something\n") == Counts(passed=0, failed=0)


def test_a_test_that_had_two_tries_counts_once() -> None:
    output = """\
================= 2 failed, 100 passed in 190.02s (0:03:10) =================
passed only at the second try: tests/e2e/breaks/test_sound.py::test_one
failed at both tries: tests/e2e/breaks/test_sound.py::test_two
================= 1 failed, 1 passed in 9.02s =================
"""
    assert counts_of(output) == Counts(passed=101, failed=1)


def test_the_packages_come_from_the_command_that_dev_prints() -> None:
    output = "Please run this, and start again:\n\n    sudo apt-get install --no-install-recommends python3 libegl1\n"
    assert packages_asked_for(output) == ["python3", "libegl1"]
    assert packages_asked_for("There is no network.\n") == []


def test_set_up_ends_with_the_first_line_of_the_tour() -> None:
    assert TOUR_BEGAN.match("[  0 min] NumbGuard is in the tray and says: …")
    assert not TOUR_BEGAN.match("Installing what NumbGuard itself needs of the system")


@pytest.mark.parametrize("wrong", [{"tour_ok": False}, {"tests_ok": False}, {"apt_lists": 2}])
def test_a_row_is_green_if_everything_went_well_with_one_list_of_packages(wrong: dict[str, bool]) -> None:
    assert replace(TRIED, apt_lists=1).green
    assert not replace(TRIED, **wrong).green


def test_a_run_replaces_its_own_lines_and_keeps_the_others() -> None:
    bookworm = "| Debian bookworm | 3.11.2 | root | 90 s | 1900 | 0 | ok | 2026-11-01 |"
    before = "| Debian trixie | 3.13.5 | root | 99 s | 1800 | 7 | failed | 2026-11-01 |"
    mine = "| Python 3.12.1 on Debian 12 | 3.12.1 | root | 60 s | 1900 | 0 | ok | 2026-11-02 |"
    now = "| Debian trixie | 3.13.5 | root | 101 s | 2000 | 0 | ok | 2026-11-29 |"
    assert with_table(page(mine, before, bookworm), [TRIED]) == page(bookworm, now, mine)


def test_the_first_table_goes_between_the_markers() -> None:
    ordinary = replace(TRIED, user="ordinary", setup_s=None, tour_ok=False, tests_ok=False, counts=Counts(0, 0))
    lines = (
        "| Debian trixie | 3.13.5 | root | 101 s | 2000 | 0 | ok | 2026-11-29 |",
        "| Debian trixie | 3.13.5 | ordinary | – | 0 | stopped | failed | 2026-11-29 |",
    )
    assert with_table(f"# Title\n{BEGIN}\n{END}\nThe end.\n", [ordinary, TRIED]) == page(*lines)
    with pytest.raises(ValueError, match="lacks the lines"):
        with_table("# Title\n", [TRIED])


def test_a_local_index_is_lent_with_the_files_beside_its_pages() -> None:
    settings = "https://index.example/simple file:///srv/index/simple /srv/wheels /srv/index/files /"
    assert outermost(places_in(settings)) == {Path("/srv/index"), Path("/srv/wheels")}
