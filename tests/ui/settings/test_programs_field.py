"""Programs are ticked in a menu of those that run; any other name can be typed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from numbguard.core.settings.table import SPECS
from numbguard.desktop.running_programs import RunningProgram
from numbguard.ui.settings.rows.programs_field import ProgramsField

SPEC = next(spec for spec in SPECS if spec.key == "quiet.programs")
RUNNING = (RunningProgram("firefox", "Firefox"), RunningProgram("zm", "Meet & Talk"))


@pytest.fixture
def page(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def field(page: QWidget, running=RUNNING) -> tuple[ProgramsField, list[object]]:
    made = ProgramsField(SPEC, page, lambda: running)
    seen: list[object] = []
    made.value_set.connect(seen.append)
    return made, seen


def test_a_running_program_is_ticked_and_unticked(page: QWidget) -> None:
    made, seen = field(page)
    made.show_value(("obs", "ZM"))
    made._menu.aboutToShow.emit()
    firefox, meet = made._menu.actions()
    assert [one.text() for one in (firefox, meet)] == ["Firefox", "Meet && Talk (zm)"]
    assert [one.isChecked() for one in (firefox, meet)] == [False, True]
    firefox.trigger()
    meet.trigger()
    assert seen == [("obs", "ZM", "firefox"), ("obs", "firefox")]
    assert made._line.text() == "obs, firefox"


def test_where_none_is_found_the_menu_says_so(page: QWidget) -> None:
    made, _seen = field(page, ())
    made._menu.aboutToShow.emit()
    (only,) = made._menu.actions()
    assert only.text() == "No running program found"
    assert not only.isEnabled()
