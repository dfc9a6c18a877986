"""An app that cannot be built says so on the screen, because a person who started it by its icon sees no terminal."""

from __future__ import annotations

import sys

from numbguard.ipc.server import Server
from numbguard.store.profile import Profile
from tools.desktop.virtual_desktop import VirtualDesktop, wait_until

_PROGRAM = (
    "import sys; from unittest import mock; from numbguard.cli.main import main\n"
    "with mock.patch('numbguard.core.breaks.engine.BreakEngine.__init__', side_effect=ZeroDivisionError):\n"
    "    sys.exit(main(sys.argv[1:]))"
)


def test_a_start_that_fails_is_said_in_a_box_and_lets_go_of_the_profile(desktop: VirtualDesktop) -> None:
    profile = desktop.home / "failing"
    command = [sys.executable, "-c", _PROGRAM, "run", "--profile", str(profile)]
    app = desktop.run_app(command=command, profile=profile)
    wait_until(lambda: desktop.focused_window() == "NumbGuard", what="the box")
    Server(Profile(profile)).close()  # it can be started again while the box is read
    desktop.xdotool("key", "Escape")
    assert app.wait() == 1
    assert "could not start because of a fault of its own (ZeroDivisionError)" in app.output
