"""`./dev desktops` without its root: the page that it writes, and that every desktop and line has what it needs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tools.bare_root import RootError
from tools.desktops.hands import NOT_THERE, OF_DESKTOP
from tools.desktops.lines import LINES, Result
from tools.desktops.packages import OF_DESKTOP as PACKAGES
from tools.desktops.root import CHECKOUT, DesktopsRoot, default_folder
from tools.desktops.table import Played, page_of

NAMES = [name for name, _line in LINES]


def played(*results: Result) -> Played:
    return Played("mate", "bookworm", {"mate-panel": "1.26"}, date(2026, 11, 29), results)


def test_every_desktop_has_packages_hands_and_a_session() -> None:
    assert set(OF_DESKTOP) == set(PACKAGES)
    session = (CHECKOUT / "tools/desktops/inside/session.sh").read_text(encoding="utf-8")
    assert [name for name in OF_DESKTOP if f"\n{name})\n" not in session] == []


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
    }
    lacking = {
        (name, line) for name, hands in OF_DESKTOP.items() for line, part in needed.items() if not getattr(hands, part)
    }
    assert lacking <= set(NOT_THERE)


def test_the_page_has_a_mark_for_each_line_and_says_what_was_seen() -> None:
    one = played(Result("idle", "pass", "x11"), Result("lock", "fail", "Waited 15 s for the lock."))
    page = page_of([one], commit="abc1234")
    assert "| idle | yes |" in page and "| lock | **no** |" in page and "| second screen | – |" in page
    assert "lock: fail; Waited 15 s for the lock." in page
    assert "mate-panel 1.26 (Debian bookworm), on 29 November 2026" in page
    assert "abc1234" in page
    assert Played.of(one.document()) == one


def test_the_root_is_never_made_in_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(RootError, match="would lie in the checkout"):
        DesktopsRoot(CHECKOUT / "build", "bookworm").make(["sway"])
    monkeypatch.delenv("NUMBGUARD_DESKTOPS", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "numbguard-desktops"
    monkeypatch.setenv("NUMBGUARD_DESKTOPS", str(tmp_path / "big disk"))
    assert default_folder() == tmp_path / "big disk"
