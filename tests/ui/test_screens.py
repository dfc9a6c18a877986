"""No view keeps a QScreen: PySide6 regards one as deleted when a window that asked for it is deleted."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numbguard.core.breaks.messages import Action
from numbguard.core.ports import Notice
from numbguard.core.settings.choices import Style
from numbguard.ui.episode.form import EpisodeForm, FormPurpose
from numbguard.ui.notice_window import OwnNoticeWindow
from numbguard.ui.tray.panel import Panel
from tests.ui.card.card_stage import Stage
from tools.fakes import MORNING, FakeControls, advise_alone, episode

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def controls() -> FakeControls:
    return FakeControls()


@pytest.fixture(params=[True, False], ids=["beside the tray", "as a window"])
def panel(controls: FakeControls, request: pytest.FixtureRequest, qtbot: QtBot) -> Panel:
    made = Panel(controls, controls, popup=request.param)
    qtbot.addWidget(made)
    made.present(QRect(QPoint(10, 10), QPoint(30, 30)))
    return made


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    made = Stage()
    yield made
    made.window.close()


def kept_screens() -> list[str]:
    """Return where in our own objects a QScreen is stored, as ``Class.attribute``."""
    ours = [one for one in gc.get_objects() if type(one).__module__.startswith("numbguard.ui")]
    return [
        f"{type(one).__name__}.{name}"
        for one in ours
        for name, value in getattr(one, "__dict__", {}).items()
        if isinstance(value, QScreen)
        or (isinstance(value, list | tuple) and any(isinstance(v, QScreen) for v in value))
    ]


@pytest.mark.parametrize("style", [Style.STANDARD, Style.FIRM])
def test_a_card_that_closes_leaves_the_panel_and_every_click_alive(
    panel: Panel, controls: FakeControls, stage: Stage, style: Style
) -> None:
    stage.open(style=style)
    card = stage.shown()
    assert card.screen()
    assert kept_screens() == []
    panel.refresh()
    stage.window.close()
    shiboken6.delete(card)
    panel.refresh()
    panel._log.click()
    panel.present()
    assert controls.requests == ["log"]
    assert QGuiApplication.primaryScreen().availableGeometry().isValid()


def test_a_screen_that_goes_while_the_panel_is_open_leaves_every_click_alive(
    panel: Panel, controls: FakeControls
) -> None:
    shiboken6.invalidate(QGuiApplication.primaryScreen())
    panel.refresh()
    panel._log.click()
    panel._episode.gone_button.click()
    assert controls.requests == ["log", "end"]


def test_no_window_that_opens_by_itself_keeps_its_screen(qtbot: QtBot) -> None:
    notice = OwnNoticeWindow()
    notice.show(Notice("Time to move", "", ((Action.START, "Start"),)), lambda _action: None)
    form = EpisodeForm(
        episode(),
        FormPurpose.JUST_LOGGED,
        last=None,
        now=lambda: MORNING,
        advise=advise_alone,
        save=lambda _told, _signs: None,
    )
    qtbot.addWidget(form)
    form.appear()
    assert kept_screens() == []
    notice.close()


def test_a_panel_that_cannot_be_drawn_answers_the_click_all_the_same(
    panel: Panel, controls: FakeControls, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: caught.append(kind))

    def breaks(_panel: Panel) -> QRect:
        raise RuntimeError("Internal C++ object (PySide6.QtGui.QScreen) already deleted.")

    logged: list[object] = []
    panel.logged.connect(logged.append)
    monkeypatch.setattr(Panel, "_room", breaks)
    monkeypatch.setattr(controls, "show", lambda shown: None)  # as the runtime, which reports what a view raises
    panel._log.click()
    assert (len(logged), controls.requests) == (1, ["log"])
    assert caught == [RuntimeError]
