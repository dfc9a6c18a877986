"""NumbGuard by a screen reader alone, in a real session: every control of every window, and the whole main job.

Nothing here presses a key or moves the pointer to work the app: it reads and acts over AT-SPI, as a screen reader does.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.controls import GONE, TOP_LEVEL, Opened, Tour, faults
from tools.desktop.app_process import new_profile, wait_until
from tools.desktop.screen_reader import Control, ScreenReader
from tools.desktop.session_parts import A11Y_LAUNCHER, WHOLE
from tools.desktop.virtual_desktop import Part, VirtualDesktop

pytestmark = pytest.mark.skipif(
    not A11Y_LAUNCHER.exists(), reason="there is no accessibility bus here; ./dev setup installs it (at-spi2-core)"
)

SPEED = 60
SOON = """\
[breaks]
interval = "10m"
patience = "15m"
duration = "15m"
natural_break = "15m"
settle = "0s"
"""


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Opened]]:
    """Every window in turn, by its name in the tour."""
    with VirtualDesktop(parts=(*WHOLE, Part.ACCESSIBILITY)) as desktop:
        tour = Tour(desktop, tmp_path_factory.mktemp("tour"), "en")
        windows = {opened.name: opened for opened in tour.windows()}
        assert tour.said == []
        yield windows


def controls(opened: Opened, role: str) -> list[Control]:
    return [control for control in opened.controls if control.role == role]


def test_no_control_of_any_window_is_nameless_or_named_by_a_value(toured: dict[str, Opened]) -> None:
    assert {name: found for name, opened in toured.items() if (found := faults(opened))} == {}
    assert len(toured) >= 27


def test_every_window_is_one_to_a_screen_reader_and_when_to_get_help_is_an_alert(toured: dict[str, Opened]) -> None:
    assert {opened.controls[0].role for opened in toured.values()} <= TOP_LEVEL
    assert [one.name for one in controls(toured["help"], "alert")] == ["When to get help"]
    assert not controls(toured["guide"], "alert"), "other pages of the guide are none"


def test_the_filters_of_the_history_say_what_they_filter(toured: dict[str, Opened]) -> None:
    names = [one.name for one in controls(toured["history"], "combo box")]
    assert names == ["Side: Any side", "Where: Anywhere", "Posture: Any posture", "Time: Any time"]


def test_the_whole_main_job(tmp_path: Path) -> None:
    parts = (Part.BUS, Part.WINDOW_MANAGER, Part.ACCESSIBILITY)  # neither a tray nor notifications: all of it is ours
    with VirtualDesktop(parts=parts) as desktop:
        app = desktop.run_app(profile=new_profile(tmp_path / "profile", SOON), speed=SPEED).wait_ready()
        desktop.keep_pointer_moving(every=0.5)  # somebody is at the desk
        with ScreenReader(desktop.bus, app.pid) as reader:
            take_the_break(reader)
            wait_until(lambda: [one["outcome"] for one in app.ask("breaks")] == ["moved"], what="the break to count")
            log_with_details(reader)
            (episode,) = app.ask("episodes")
            assert (episode["severity"], episode["sites"]) == (3, [{"region": "thigh_back", "side": "left"}])
            edit_in_the_history(reader)
            wait_until(lambda: app.ask("episodes")[0].get("note") == "After lunch", what="the note")
            report = tmp_path / "report.pdf"
            write_the_report(reader, report)
            wait_until(lambda: report.exists() and report.read_bytes().startswith(b"%PDF"), what="the report")
            reader.do(reader.find("button menu", "More", within="NumbGuard"), "ShowMenu")
            reader.press("menu item", "Quit")
        assert app.wait() == 0
        assert [line.text for line in app.lines if not line.text.startswith(GONE)] == []


def take_the_break(reader: ScreenReader) -> None:
    """Start the break that is announced, read its step, end it, and say that one got up."""
    start = reader.find("push button", "Start", where=lambda one: one.window.role == "notification")
    assert start.window.name.startswith("Time to move")
    reader.do(start)
    done = reader.find("push button", "Done")
    reader.find("label", "Step ", within=done.window.name)
    reader.find("image", "Moving picture: ", within=done.window.name)
    reader.do(done)
    reader.press("push button", "Yes")


def log_with_details(reader: ScreenReader) -> None:
    """Log numbness from the panel, and choose place, strength and time in the form that opens."""
    reader.press("push button", "Log numbness", within="NumbGuard")
    form = "Episode of numbness"
    reader.press("check box", "The back of your left thigh", within=form)
    reader.press("radio button", "3 of 10", within=form)
    reader.press("radio button", "10 min ago", within=form)
    for role, name in (
        ("check box", "The back of your left thigh"),
        ("radio button", "3 of 10"),
        ("radio button", "10 min ago"),
    ):
        reader.find(role, name, within=form, where=lambda one: "checked" in one.states)
    reader.press("push button", "Save", within=form)
    wait_until(lambda: not reader.is_shown(form), what="the form to close")
    for window in reader.windows():
        if window.name.startswith("Anything else wrong?"):
            reader.press("push button", "Close", within=window.name)


def edit_in_the_history(reader: ScreenReader) -> None:
    """Choose the episode in the history, and add a note to it."""
    reader.press("push button", "History", within="NumbGuard")
    cell = reader.find("cell", within="History", where=lambda one: "3 of 10" in one.name)
    if "selected" not in cell.states:
        reader.do(cell)
    reader.press("push button", "Edit…", within="History")
    form = "Episode of numbness"
    if not any(one.name == "Note" for one in reader.everything() if one.role == "text"):
        reader.press("push button", "More details", within=form)
    reader.write(reader.find("text", "Note", within=form), "After lunch")
    reader.press("push button", "Save", within=form)


def write_the_report(reader: ScreenReader, path: Path) -> None:
    """Save the report for the doctor from the insights."""
    reader.press("push button", "Insights and report", within="NumbGuard")
    reader.press("push button", "Report for your doctor…", within="Insights")
    dialogue = "Report for your doctor"
    reader.write(reader.find("text", within=dialogue, where=lambda one: "editable" in one.states), str(path))
    reader.press("push button", "Save", within=dialogue)
