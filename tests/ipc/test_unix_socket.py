"""What only a Unix socket has: a file in the profile, a length of its path, and a queue."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has the named pipe instead", allow_module_level=True)

import socket

from numbguard.ipc.client import ask
from numbguard.ipc.line import NotAnswering, NotRunning, NotUnderstood
from numbguard.ipc.server import Server
from numbguard.store.profile import Profile
from tests.ipc.test_line import echo, running


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


def test_the_socket_is_the_owners_and_goes_with_the_app(profile):
    with running(profile):
        assert stat.S_IMODE(profile.socket.stat().st_mode) == 0o600
    assert not profile.socket.exists()


def test_a_socket_left_by_a_crash_is_taken_over(profile):
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(profile.socket))
    dead.close()
    with pytest.raises(NotRunning):
        ask(profile, {})
    with running(profile):
        assert ask(profile, {})["status"] == 0


@pytest.mark.parametrize("system", sorted({sys.platform, "darwin"}))
def test_a_path_longer_than_a_socket_address_works_too(tmp_path, system, monkeypatch):
    monkeypatch.setattr(sys, "platform", system)
    deep = Profile.find(str(tmp_path.joinpath(*["a-rather-long-folder-name"] * 8)))
    assert len(os.fsencode(deep.socket)) > 108
    with running(deep):
        assert ask(deep, {})["status"] == 0


def test_a_client_that_only_closes_its_end_for_writing_is_hung_up_on(profile):
    with running(profile), socket.socket(socket.AF_UNIX) as talker:
        talker.connect(str(profile.socket))
        talker.shutdown(socket.SHUT_WR)
        assert talker.recv(10) == b""


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="only Linux tells so; elsewhere the folder is closed")
def test_a_process_of_another_user_is_not_talked_to(profile, monkeypatch):
    with running(profile):
        us = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: us + 1)
        with pytest.raises(NotUnderstood):
            ask(profile, {})


def test_a_full_queue_refuses_at_once_and_the_client_waits_all_the_same(profile):
    line = Server(profile)
    line.open(echo, lambda _descriptor, _call: lambda: None)  # a loop that never runs
    crowd: list[socket.socket] = []
    try:
        while True:
            crowd.append(socket.socket(socket.AF_UNIX))
            crowd[-1].setblocking(False)
            if crowd[-1].connect_ex(str(profile.socket)):
                break
        with pytest.raises(NotAnswering):
            ask(profile, {}, patience_s=0.1)
    finally:
        for talker in crowd:
            talker.close()
        line.close()


def test_an_app_that_cannot_be_reached_goes_on_and_says_so(profile):
    profile.socket.mkdir()
    with running(profile) as line:
        assert f"cannot reach NumbGuard: {profile.socket} cannot be made" in line.trouble
        with pytest.raises(NotRunning):
            ask(profile, {"verb": "status"})
    assert profile.socket.is_dir()
