"""What only a named pipe has: a name without a file, an owner, an access-control list. ``./dev windows`` runs it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from numbguard.store.profile import Profile


def test_each_profile_has_a_pipe_of_its_own_however_its_letters_are_cased():
    def pipe(folder: str) -> str:
        return Profile(Path(folder)).pipe

    assert pipe("C:\\Users\\Zoë\\numbguard") == pipe("c:\\users\\ZOË\\NumbGuard") == pipe("C:/Users/zoë/numbguard")
    assert pipe("C:\\Users\\Zoë\\numbguard") != pipe("C:\\Users\\Zoe\\numbguard")
    assert pipe("x").startswith("\\\\.\\pipe\\numbguard-")
    assert len(pipe("x" * 5000)) < 256


if sys.platform == "win32":
    import _winapi

    from numbguard.ipc import named_pipe
    from numbguard.ipc.client import ask
    from numbguard.ipc.line import NotRunning, NotUnderstood
    from numbguard.store.windows_rights import list_of_handle, owner_of_handle, user_sid
    from tests.ipc.test_line import running

    @pytest.fixture
    def profile(tmp_path: Path) -> Profile:
        return Profile.find(str(tmp_path / "profile"))

    def test_the_pipe_is_this_users_alone(profile):
        with running(profile):
            pipe = _winapi.CreateFile(profile.pipe, _winapi.GENERIC_READ, 0, 0, _winapi.OPEN_EXISTING, 0, 0)
            try:
                assert owner_of_handle(pipe) == user_sid()
                rights = list_of_handle(pipe)
            finally:
                _winapi.CloseHandle(pipe)
        assert {one.rpartition(";")[2] for one in rights.strip("D:P()").split(")(")} == {user_sid(), "SY"}

    def test_a_pipe_of_another_user_is_not_talked_to(profile, monkeypatch):
        with running(profile):
            monkeypatch.setattr(named_pipe, "user_sid", lambda: "S-1-5-21-1-2-3-4")
            with pytest.raises(NotUnderstood):
                ask(profile, {})

    def test_a_name_that_somebody_else_has_taken_is_not_served(profile):
        squatter = _winapi.CreateNamedPipe(profile.pipe, 3, 0, 255, 65536, 65536, 0, 0)
        try:
            with running(profile) as line:
                assert f"cannot reach NumbGuard: the pipe {profile.pipe} cannot be made" in line.trouble
        finally:
            _winapi.CloseHandle(squatter)
        with pytest.raises(NotRunning):
            ask(profile, {})
