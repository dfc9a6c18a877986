"""`./dev desktops` without its root: the page that it writes, and that every desktop and line has what it needs."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tools.bare_root import RootError
from tools.desktops.hands import NOT_THERE, OF_DESKTOP
from tools.desktops.lines import LINES, Result
from tools.desktops.packages import NAMED
from tools.desktops.root import CHECKOUT, DesktopsRoot, default_folder
from tools.desktops.table import Played, page_of

NAMES = [name for name, _line in LINES]


def played(*results: Result) -> Played:
    return Played("mate", {"mate-panel": "1.26"}, date(2026, 11, 29), "abc1234", results)


def test_every_desktop_has_packages_hands_and_a_session() -> None:
    assert set(OF_DESKTOP) == set(NAMED)
    session = (CHECKOUT / "tools/desktops/inside/session.sh").read_text(encoding="utf-8")
    branches = re.findall(r"^([a-z0-9| -]+)\)$", session, re.MULTILINE)
    assert {name for branch in branches for name in branch.split(" | ")} == set(NAMED)


def test_what_is_listed_beforehand_is_a_line_of_a_desktop() -> None:
    assert [key for key in NOT_THERE if key[0] not in OF_DESKTOP or key[1] not in NAMES] == []


def test_what_no_script_can_do_is_listed_beforehand() -> None:
    needed = {
        "tray": "tray_icon",
        "lock": "lock",
        "do-not-disturb": "quiet_on",
        "notifications restarted": "restart_notifier",
        "tray restarted": "restart_tray",
        "second screen": "add_screen",
        "its own reminders": "other_reminders",
    }
    lacking = {
        (name, line)
        for name, hands in OF_DESKTOP.items()
        for line, part in needed.items()
        if not any(getattr(hands, part))
    }
    assert lacking <= set(NOT_THERE)


def test_the_page_has_a_mark_for_each_line_and_says_what_was_seen() -> None:
    one = played(Result("idle", "pass", "x11"), Result("lock", "fail", "Waited 15 s for the lock."))
    page = page_of([one])
    assert "| idle | yes |" in page and "| lock | **no** |" in page and "| second screen | – |" in page
    assert "lock: fail; Waited 15 s for the lock." in page
    assert "mate-panel 1.26 (Debian bookworm), on 29 November 2026" in page
    assert "abc1234" in page and "Each desktop was played once." in page
    assert Played.of(one.document()) == one


def test_the_page_says_where_the_run_before_the_last_one_differed() -> None:
    last, same = played(Result("idle", "pass", "x11")), played(Result("idle", "pass", "x11"))
    assert "had the same marks" in page_of([last], [same])
    other = played(Result("idle", "fail", "Waited 60 s for the return."))
    assert "differed in: MATE, idle: **no**." in page_of([last], [other])


def test_the_root_is_never_made_in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(RootError, match="would lie in the checkout"):
        DesktopsRoot(CHECKOUT / "build", "bookworm").make([NAMED["sway"]])
    monkeypatch.delenv("NUMBGUARD_DESKTOPS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "numbguard-desktops"
    monkeypatch.setenv("NUMBGUARD_DESKTOPS", str(tmp_path / "big disk"))
    assert default_folder() == tmp_path / "big disk"
