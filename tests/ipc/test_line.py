"""One app for each profile and the line to it, a real one in a real folder: a socket, or on Windows a named pipe."""

from __future__ import annotations

import errno
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from numbguard.ipc import profile_lock
from numbguard.ipc.client import ask, may_run
from numbguard.ipc.line import LONGEST_REQUEST, NotAnswering, NotRunning, NotUnderstood
from numbguard.ipc.profile_lock import AlreadyRunning, NoFileLocks
from numbguard.ipc.server import Server
from numbguard.store.profile import Profile
from tests.ipc.line_ends import Loop, RawClient, Talker, impostor
from tests.only_on_unix import has_a_disk_without_locks

LONG = "x" * (4 * 1024 * 1024)
"""More than any system keeps for a client that does not read."""


def echo(request: Mapping[str, object]) -> Mapping[str, object]:
    return {"status": 0, "document": {"heard": LONG if request.get("verb") == "much" else request}}


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
    """Let another program listen in the app's place and give the first request this answer."""

    def talk(talker: Talker) -> None:
        talker.recv(65536)
        talker.sendall(answer)

    with impostor(profile, talk):
        yield


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    return Profile.find(str(tmp_path / "profile"))


def test_a_request_gets_its_answer(profile):
    with running(profile):
        assert may_run(profile)
        assert ask(profile, {"verb": "log", "note": "ä" * 5000})["document"] == {
            "heard": {"verb": "log", "note": "ä" * 5000}
        }
    assert not may_run(profile)


def test_a_long_request_and_a_long_answer_arrive_whole(profile):
    note = "n" * (LONGEST_REQUEST - 1000)
    with running(profile):
        assert ask(profile, {"note": note})["document"] == {"heard": {"note": note}}
        assert ask(profile, {"verb": "much"})["document"] == {"heard": LONG}


def test_nobody_answers_where_no_app_runs(profile):
    with pytest.raises(NotRunning):
        ask(profile, {"verb": "status"})


def test_a_second_start_finds_the_profile_taken_and_the_next_one_free_again(profile):
    with running(profile), pytest.raises(AlreadyRunning):
        Server(profile)
    with running(profile):
        assert ask(profile, {})["status"] == 0


def test_a_profile_deep_down_in_the_tree_works_too(tmp_path):
    deep = Profile.find(str(tmp_path.joinpath(*["a-long-folder-name"] * (6 if sys.platform == "win32" else 12))))
    with running(deep):
        assert ask(deep, {})["status"] == 0


def test_a_profile_with_spaces_and_other_letters_in_its_path_works_too(tmp_path):
    odd = Profile.find(str(tmp_path / "Zoë’s Ordner – 腿"))
    with running(odd):
        assert ask(odd, {})["status"] == 0


@pytest.mark.parametrize(
    "noise",
    [
        b"\n",
        b"[1]\n",
        b"[" * 100_000 + b"\n",
        b'{"for_s": NaN}\n',
        b"\xff\xfe\n",
        b"x" * (LONGEST_REQUEST + 10),
    ],
)
def test_noise_on_the_line_is_hung_up_on_and_harms_nobody(profile, noise):
    with running(profile):
        with RawClient(profile) as talker, suppress(OSError):  # it may hear of it while it is still talking
            talker.say(noise)
            assert talker.hear() == b""
        assert ask(profile, {})["status"] == 0


def test_a_client_that_goes_in_the_middle_of_a_request_harms_nobody(profile):
    with running(profile):
        for words in (b"", b'{"verb"', b'{"verb": "much"}\n'):
            with RawClient(profile) as talker:
                talker.say(words)
        assert ask(profile, {})["status"] == 0


def test_a_client_that_does_not_take_its_answer_keeps_nobody_waiting_for_long(profile):
    with running(profile), RawClient(profile) as hung:
        hung.say(b'{"verb": "much"}\n')
        time.sleep(0.1)
        began = time.monotonic()
        assert ask(profile, {})["status"] == 0
        assert time.monotonic() - began < 3.0


@pytest.mark.parametrize(
    "rubbish",
    [b"\xff\xfe", b"[]", b"[" * 100_000, b'{"status": "fine"}', b'{"status": 0}', b'{"status": 0, "document": [1]}'],
)
def test_rubbish_in_the_apps_place_is_told_from_an_answer(profile, rubbish):
    with answering(profile, rubbish), pytest.raises(NotUnderstood):
        ask(profile, {"verb": "status"})


def test_an_answer_that_drips_is_not_waited_for_for_ever(profile):
    def drip(talker: Talker) -> None:
        for _ in range(100):
            talker.sendall(b" ")
            time.sleep(0.05)

    with impostor(profile, drip), pytest.raises(NotAnswering):
        ask(profile, {}, patience_s=0.4)


def test_many_who_say_nothing_do_not_keep_others_out(profile):
    with running(profile):
        silent = [RawClient(profile) for _ in range(40)]
        try:
            assert ask(profile, {})["status"] == 0
        finally:
            for talker in silent:
                talker.close()


def test_a_thousand_connections_are_all_answered(profile):
    answers: list[object] = []

    def ask_often() -> None:
        for number in range(125):
            answers.append(ask(profile, {"n": number}, patience_s=30.0)["status"])

    with running(profile):
        threads = [threading.Thread(target=ask_often) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert answers == [0] * 1000


def test_an_app_that_hangs_is_told_from_one_that_is_not_there(profile):
    line = Server(profile)
    line.open(echo, lambda _descriptor, _call: lambda: None)  # a loop that never runs
    try:
        with pytest.raises(NotAnswering):
            ask(profile, {}, patience_s=0.1)
    finally:
        line.close()


@has_a_disk_without_locks
def test_a_file_system_without_locks_is_told_from_a_profile_that_is_taken(profile, monkeypatch):
    import fcntl

    def no_locks(_descriptor: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(NoFileLocks):
        Server(profile)


def test_a_lock_file_deleted_under_a_running_app_gives_nobody_the_profile(profile):
    lock = profile.folder / "numbguard.lock"
    with running(profile):
        for _ in range(2):
            with suppress(PermissionError):  # Windows does not let a file in use be deleted
                lock.unlink()
            with pytest.raises(AlreadyRunning):
                Server(profile)
        assert ask(profile, {})["status"] == 0
    with running(profile):
        assert ask(profile, {})["status"] == 0


def test_where_the_app_runs_can_be_read_while_the_lock_is_held(profile):
    with running(profile):
        there = profile_lock.whereabouts(profile)
        assert there is not None
        assert there.since
