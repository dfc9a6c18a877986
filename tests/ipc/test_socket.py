"""One app for each profile and the connection to it, with a real socket in a real folder."""

from __future__ import annotations

import contextlib
import errno
import os
import select
import socket
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from numbguard.ipc.socket import (
    LONGEST_REQUEST,
    AlreadyRunning,
    NoFileLocks,
    NotAnswering,
    NotRunning,
    NotUnderstood,
    Server,
    ask,
)
from numbguard.store.profile import Profile


class Loop:
    """A minimal event loop in a thread, in place of Qt's."""

    def __init__(self) -> None:
        self.watched: dict[int, Callable[[], None]] = {}
        self.ends = False

    def watch(self, descriptor: int, call: Callable[[], None]) -> Callable[[], None]:
        self.watched[descriptor] = call
        return lambda: self.watched.pop(descriptor, None)

    def turn(self) -> None:
        while not self.ends:
            ready, _, _ = select.select(list(self.watched), [], [], 0.02)
            for descriptor in ready:
                if call := self.watched.get(descriptor):
                    call()


def echo(request: Mapping[str, object]) -> Mapping[str, object]:
    return {"status": 0, "document": {"heard": request}}


@contextmanager
def running(profile: Profile) -> Iterator[Server]:
    line, loop = Server(profile), Loop()
    line.open(echo, loop.watch)
    thread = threading.Thread(target=loop.turn)
    thread.start()
    try:
        yield line
    finally:
        loop.ends = True
        thread.join()
        line.close()


@contextmanager
def answering(profile: Profile, answer: bytes) -> Iterator[None]:
    """Let another program listen at the app's socket and give every request this answer."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(profile.socket))
        listener.listen()

        def talk() -> None:
            talker, _ = listener.accept()
            with talker:
                talker.recv(65536)
                talker.sendall(answer)

        thread = threading.Thread(target=talk)
        thread.start()
        yield
        thread.join()


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


def test_a_request_gets_its_answer_and_the_socket_is_the_owners(profile):
    with running(profile):
        assert ask(profile, {"verb": "log", "note": "ä" * 5000})["document"] == {
            "heard": {"verb": "log", "note": "ä" * 5000}
        }
        assert stat.S_IMODE(profile.socket.stat().st_mode) == 0o600
    assert not profile.socket.exists()


def test_nobody_answers_where_no_app_runs(profile):
    with pytest.raises(NotRunning):
        ask(profile, {"verb": "status"})


def test_a_second_start_finds_the_profile_taken_and_the_next_one_free_again(profile):
    with running(profile), pytest.raises(AlreadyRunning):
        Server(profile)
    with running(profile):
        assert ask(profile, {})["status"] == 0


def test_a_socket_left_by_a_crash_is_taken_over(profile):
    dead = socket.socket(socket.AF_UNIX)
    dead.bind(str(profile.socket))
    dead.close()
    with pytest.raises(NotRunning):
        ask(profile, {})
    with running(profile):
        assert ask(profile, {})["status"] == 0


def test_a_profile_deep_down_in_the_tree_works_too(tmp_path):
    deep = Profile.find(str(tmp_path.joinpath(*["a-rather-long-folder-name"] * 8)))
    assert len(os.fsencode(deep.socket)) > 108
    with running(deep):
        assert ask(deep, {})["status"] == 0


@pytest.mark.parametrize(
    "noise",
    [
        b"\n",
        b"[1]\n",
        b"[" * 100_000 + b"\n",
        b'{"for_s": NaN}\n',
        b"\xff\xfe\n",
        b"x" * (LONGEST_REQUEST + 10),
        b"",
    ],
)
def test_noise_on_the_line_is_hung_up_on_and_harms_nobody(profile, noise):
    with running(profile):
        talker = socket.socket(socket.AF_UNIX)
        talker.connect(str(profile.socket))
        try:
            talker.sendall(noise)
            talker.shutdown(socket.SHUT_WR)
            assert talker.recv(10) == b""
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            talker.close()
        assert ask(profile, {})["status"] == 0


@pytest.mark.parametrize(
    "rubbish",
    [b"\xff\xfe", b"[]", b"[" * 100_000, b'{"status": "fine"}', b'{"status": 0}', b'{"status": 0, "document": [1]}'],
)
def test_rubbish_in_the_apps_place_is_told_from_an_answer(profile, rubbish):
    with answering(profile, rubbish), pytest.raises(NotUnderstood):
        ask(profile, {"verb": "status"})


def test_an_answer_that_drips_is_not_waited_for_for_ever(profile):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(profile.socket))
        listener.listen()

        def drip() -> None:
            talker, _ = listener.accept()
            with talker, contextlib.suppress(OSError):
                for _ in range(100):
                    talker.sendall(b" ")
                    time.sleep(0.05)

        thread = threading.Thread(target=drip)
        thread.start()
        with pytest.raises(NotAnswering):
            ask(profile, {}, patience_s=0.4)
        thread.join()


def test_a_process_of_another_user_is_not_talked_to(profile, monkeypatch):
    with running(profile):
        us = os.geteuid()
        monkeypatch.setattr(os, "geteuid", lambda: us + 1)
        with pytest.raises(NotUnderstood):
            ask(profile, {})


def test_a_lock_file_deleted_under_a_running_app_gives_nobody_the_profile(profile):
    with running(profile):
        (profile.folder / "numbguard.lock").unlink()
        for _ in range(2):
            with pytest.raises(AlreadyRunning):
                Server(profile)
            (profile.folder / "numbguard.lock").unlink()
        assert ask(profile, {})["status"] == 0
    with running(profile):
        assert ask(profile, {})["status"] == 0


def test_a_file_system_without_locks_is_told_from_a_profile_that_is_taken(profile, monkeypatch):
    import fcntl

    def no_locks(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(NoFileLocks):
        Server(profile)


def test_many_who_say_nothing_do_not_keep_others_out(profile):
    with running(profile):
        silent = [socket.socket(socket.AF_UNIX) for _ in range(40)]
        try:
            for talker in silent:
                talker.connect(str(profile.socket))
            assert ask(profile, {})["status"] == 0
        finally:
            for talker in silent:
                talker.close()


def test_an_app_that_hangs_is_told_from_one_that_is_not_there(profile):
    line = Server(profile)
    line.open(echo, lambda _descriptor, _call: lambda: None)  # a loop that never runs
    crowd: list[socket.socket] = []
    try:
        with pytest.raises(NotAnswering):
            ask(profile, {}, patience_s=0.1)
        while True:  # a full queue refuses at once, and the client waits all the same
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
        assert "cannot reach NumbGuard" in line.trouble
        with pytest.raises(NotRunning):
            ask(profile, {"verb": "status"})
    assert profile.socket.is_dir()
