"""A sound server that is still starting when its socket appears is heard soon after it is ready."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.desktop.quiet.call import local_server
from numbguard.desktop.quiet.call.local_server import LocalServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[socket.socket]:
    """A socket that has its name and does not listen yet."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "native"))
        yield listening


def test_a_server_that_does_not_listen_yet_is_tried_again_soon(
    server: socket.socket, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "SOON_S", 0.05)
    told: list[str] = []
    link = LocalServer(
        tmp_path / "native",
        opened=lambda: told.append("opened"),
        received=lambda _data: None,
        closed=lambda: told.append("closed"),
    )
    link.start()
    qtbot.waitUntil(lambda: told.count("closed") == 2)
    server.listen()
    qtbot.waitUntil(lambda: told[-1] == "opened")
    link.stop()


def test_a_server_that_refuses_us_at_first_is_asked_again_soon_and_in_the_end_seldom(
    server: socket.socket, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_server, "SOON_S", 0.02)
    server.listen()
    opened: list[bool] = []

    def refused() -> None:
        opened.append(True)
        link.refuse()

    link = LocalServer(tmp_path / "native", opened=refused, received=lambda _data: None, closed=lambda: None)
    link.start()
    qtbot.waitUntil(lambda: len(opened) == 6)
    qtbot.wait(200)
    assert len(opened) == 6, "the next attempt is a minute away"
    link.stop()
