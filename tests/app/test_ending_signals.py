"""A signal that ends the app, at any moment."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from numbguard.app.start import EndingSignals

GUARD_MS = 20_000


@pytest.fixture
def signals(qapp: QApplication) -> Iterator[EndingSignals]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    signals = EndingSignals()
    yield signals
    signals.close()
    for number, handler in before.items():
        signal.signal(number, handler)


def ends(qapp: QApplication) -> bool:
    """Run the event loop; returns whether it ended before the guard did."""
    guard = QTimer(singleShot=True, interval=GUARD_MS)
    guard.timeout.connect(qapp.quit)
    guard.start()
    qapp.exec()
    return guard.isActive()


class Struck(QWidget):
    """A window that gets a signal while it is painted."""

    was_there: bool | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.was_there is None:
            signal.raise_signal(signal.SIGTERM)
            self.was_there = self.isVisible()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("signals")
def test_a_signal_ends_the_app(qapp: QApplication, number: signal.Signals) -> None:
    QTimer.singleShot(0, lambda: signal.raise_signal(number))
    assert ends(qapp)


@pytest.mark.usefixtures("signals")
def test_a_signal_that_came_before_the_event_loop_ends_the_app(qapp: QApplication) -> None:
    signal.raise_signal(signal.SIGTERM)
    assert ends(qapp)


@pytest.mark.usefixtures("signals")
def test_a_signal_while_a_window_is_painted_destroys_it_only_afterwards(qapp: QApplication, qtbot: QtBot) -> None:
    window = Struck()
    qtbot.addWidget(window)
    window.show()
    assert ends(qapp)
    assert window.was_there is True


def test_a_signal_that_comes_while_the_app_ends_is_not_lost(signals: EndingSignals) -> None:
    assert not signals.came
    signals.close()
    signal.raise_signal(signal.SIGTERM)
    assert signals.came


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="a signal that only Unix has")
@pytest.mark.usefixtures("signals")
def test_another_signal_does_not_end_the_app(qapp: QApplication) -> None:
    heard: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda number, _frame: heard.append(number))
    try:
        QTimer.singleShot(0, lambda: signal.raise_signal(signal.SIGUSR1))
        QTimer.singleShot(200, lambda: heard.append(0))
        QTimer.singleShot(300, qapp.quit)
        qapp.exec()
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert heard == [signal.SIGUSR1, 0]
