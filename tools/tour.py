"""The tour: plays one working hour with NumbGuard on a virtual desktop, describes it and takes pictures.

`./dev tour` and, without a display, `./dev run` play it: `python -m tools.tour [--speed N] [--language L] FOLDER`. The
trial of a package plays it with an installed NumbGuard (`--program`). It acts as a person would, with the mouse, the
buttons of notifications and the tray icon's menu, and finally checks the log for what it did. Exit status 0: the log
has all of it. The tour also takes the README's pictures.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from numbguard.wording import catalogue
from tools.desktop.app_process import THIS_NUMBGUARD, AppProcess, WaitError, wait_until
from tools.desktop.screen import Picture
from tools.desktop.tray_menu import TrayIcon
from tools.desktop.virtual_desktop import Part, VirtualDesktop

MINUTE = 60.0
BLANK_BELOW = 50
"""A picture with no more colours than this is blank: the background alone has more."""

SOME_OF_IT = 0.002
"""The smallest share of the screen that a menu or a notification covers; a clock covers less."""

PANEL_HEIGHT = 32
"""Pixels at the bottom of the screen that the desktop's panel covers."""

AT_WORK = (420, 520)
"""Where the pointer rests while nobody uses NumbGuard."""

GONE = "It's gone"
NOTE = "after the long call"
"""What the person writes about the numbness, in their own words."""


def shown_as(label: str) -> str:
    """A label of NumbGuard in the language of the tour; the submenus of a menu entry are divided by ``>``."""
    return " > ".join(_in_our_language(part) for part in label.split(" > "))


def _in_our_language(label: str) -> str:
    for message in _with_access_keys(label):
        if (said := catalogue.translated(message)) != message:
            return said.replace("&", "")
    return label


def _with_access_keys(label: str) -> Iterator[str]:
    """The label as the catalogue may have it: plain, or with an access key at any of its letters."""
    yield label
    for place in range(len(label)):
        yield f"{label[:place]}&{label[place:]}"


class Tour:
    """The hour, step by step; `complaints` collects what went wrong."""

    def __init__(self, desktop: VirtualDesktop, app: AppProcess, *, folder: Path, speed: float) -> None:
        self.desktop = desktop
        self.app = app
        self.folder = folder
        self.speed = speed
        self.complaints: list[str] = []
        self._pictures = 0
        self._began = time.monotonic()
        self._tray: TrayIcon | None = None
        self._icon: tuple[int, int] | None = None

    @property
    def tray(self) -> TrayIcon:
        assert self._tray is not None, "the hour has not begun"
        return self._tray

    # The hour

    def sit_down(self) -> None:
        before = self.desktop.picture()
        self.app.wait_ready()
        self._tray = TrayIcon.of(self.desktop.bus, self.app.pid)
        self.desktop.move_pointer(*AT_WORK)
        self.desktop.keep_pointer_moving(every=0.5)
        self.say(f"NumbGuard is in the tray and says: {in_one_line(self.tray.tool_tip)}")
        self._icon = self.appeared_since(before)
        self.shot("in-the-tray")
        if self._icon is not None:
            self.open_menu(self._icon)

    def open_menu(self, icon: tuple[int, int]) -> None:
        before = self.desktop.picture()
        with self.desktop.hands_off():
            self.desktop.click(*icon, button=3)
            if self.something_happened(before, "the tray menu"):
                self.say(f"Its menu: {', '.join(self.tray.labels())}")
                self.shot("menu")
            self.desktop.xdotool("key", "Escape")
        self.wait_for(lambda: self.desktop.picture().changed_from(before) < SOME_OF_IT, "the menu to close")

    def look_at_the_panel(self, name: str) -> None:
        """Open the panel with a click on the icon, take a picture, and close it with Escape."""
        before = self.desktop.picture()
        with self.desktop.hands_off():
            self.click_icon()
            there = self.wait_for(lambda: self.desktop.windows("^NumbGuard$"), "the panel")
            if there and self.something_happened(before, "the panel"):
                self.shot(name)
            self.desktop.xdotool("key", "Escape")
            self.wait_for(lambda: not self.desktop.windows("^NumbGuard$"), "the panel to close")
            self.desktop.move_pointer(*AT_WORK)

    def click_icon(self) -> None:
        if self._icon is not None:
            self.desktop.click(*self._icon)
        else:
            self.tray.left_click()

    def feel_numb(self) -> None:
        self.say("A click on the icon opens the panel.")
        self.look_at_the_panel("panel")
        self.wait_for_seated(12 * MINUTE)
        before = self.desktop.picture()
        self.tray.choose(shown_as("Log numbness"))
        if self.wait_for(lambda: self.app.ask("status")["open_episode"], "an open episode"):
            seated = self.app.ask("episodes")[-1]["context"]["seated_s"]
            self.say(f"A leg goes numb: logged with one click, after {minutes(seated)} of sitting.")
        self.something_happened(before, "what became of it")
        self.shot("numbness-logged")

    def describe_it(self) -> None:
        """Write a note into the form that the click opened, and save it with the Enter key."""
        window = self.wait_for(lambda: self.desktop.windows(f"^{shown_as('Episode')}"), "the form")
        if not window:
            return
        with self.desktop.hands_off():
            x, y, width, _height = self.desktop.place(window[0])
            self.desktop.click(x + width // 2, y + 12)  # on its edge, where it has nothing to press
            self.wait_for(lambda: shown_as("Episode") in self.desktop.focused_window(), "the form to have the keyboard")
            # Backwards from the first field: When to get help, Close, Save, and More details, which opens at its first
            # group. Then how you were sitting, the note, and Save.
            self.desktop.xdotool("key", "shift+Tab", "shift+Tab", "shift+Tab", "shift+Tab", "space")
            self.desktop.xdotool("key", "Tab", "Tab")
            self.desktop.xdotool("type", "--delay", "30", NOTE)
            self.shot("episode-form")
            self.desktop.xdotool("key", "Tab", "Return")
        if self.wait_for(lambda: self.app.ask("episodes")[-1]["note"] == NOTE, "the note in the log"):
            self.say(f"It is described, too: {NOTE}.")
        self.wait_for(lambda: not self.desktop.windows(f"^{shown_as('Episode')}"), "the form to close")
        self.look_at_the_advice()
        self.desktop.move_pointer(*AT_WORK)

    def look_at_the_advice(self) -> None:
        """The questions after a description: take a picture, and leave them for later with Escape."""
        title = f"^{shown_as('Advice')}"
        asking = self.wait_for(lambda: self.desktop.windows(title), "the questions")
        if asking:
            self.shot("anything-else")
            self.desktop.activate(asking[0])
            self.desktop.xdotool("key", "Escape")
            self.wait_for(lambda: not self.desktop.windows(title), "the questions to close")

    def feel_better(self) -> None:
        self.wait_for_seated(18 * MINUTE)
        offered = {label for notice in self.desktop.notices() for label in notice.actions.values()}
        if shown_as(GONE) in offered and self.desktop.shown():
            self.desktop.answer(shown_as(GONE))
        else:
            self.app.tell("gone")
        if self.wait_for(lambda: self.app.ask("status")["open_episode"] is None, "the episode to end"):
            self.say("It is gone, and that is logged too.")
        self.desktop.dunstctl("close-all")
        self.look_at_the_panel("it-is-gone")

    def be_called(self) -> None:
        before = self.desktop.picture()
        already = len(self.desktop.notices())
        wait = self.app.ask("status")["due_in_s"] / self.speed + 10
        self.say(f"The next break is due in {minutes(self.app.ask('status')['due_in_s'])}.")
        self.wait_for(lambda: self.app.ask("status")["state"] == "announced", "the announcement", wait)
        notice = self.desktop.wait_notice(lambda notice: shown_as("Start") in notice.actions.values(), after=already)
        self.wait_for(lambda: self.desktop.shown() > 0, "the notification on screen")
        self.something_happened(before, "the notification")
        self.shot("time-to-move")
        answers = [label for key, label in notice.actions.items() if key != "default"]
        self.say(f"Announced: {notice.summary}. Answers: {', '.join(answers)}.")

    def move(self) -> None:
        before = self.desktop.picture()
        # Nobody types or moves the mouse while stretching.
        self.desktop.stop_pointer()
        self.desktop.answer(shown_as("Start"))
        self.wait_for(lambda: self.phase() == "card", "the card")
        card = self.app.ask("status")["break"]["card"]
        self.say(f"Start was pressed, and the card is there: {card}.")
        self.something_happened(before, "the card", at_least=0.02)
        self.shot("card")
        halfway = self.app.ask("status")["break"]["remaining_s"] / 2
        self.wait_for(
            lambda: self.phase() != "card" or self.app.ask("status")["break"]["remaining_s"] <= halfway,
            "half of the card",
        )
        self.shot("card-halfway")

    def say_yes(self) -> None:
        # The card ends by itself: on a slow machine "break done" could come just after that, and answer the question.
        current = self.app.ask("status")["break"]
        left = current["remaining_s"] / self.speed if current else 0.0
        self.wait_for(lambda: self.phase() == "after", "the question whether one got up", left + 10)
        self.shot("did-you-get-up")
        self.app.tell("break", "done")
        self.desktop.keep_pointer_moving(every=0.5)
        self.wait_for(lambda: self.app.ask("status")["break"] is None, "the break to be over")
        self.say("Did you get up? Yes. The next stretch of sitting begins.")
        self.look_at_the_panel("after-the-break")

    def pause(self) -> None:
        self.tray.choose(shown_as("Pause > 30 minutes"))
        self.wait_for(lambda: self.app.ask("status")["state"] == "paused", "the pause")
        self.say(f"A meeting: paused. The icon says: {in_one_line(self.tray.tool_tip)}")
        self.look_at_the_panel("paused")
        self.app.tell("resume")
        self.wait_for(lambda: self.app.ask("status")["state"] == "sitting", "the pause to end")
        self.say("The meeting is over early: resumed.")

    def read_the_log(self) -> None:
        breaks = self.app.ask("breaks")
        outcomes = [entry["outcome"] for entry in breaks]
        self.expect(outcomes.count("moved") == 1, f"one break with the outcome moved, not {outcomes}")
        episodes = self.app.ask("episodes")
        self.expect(len(episodes) == 1, f"one episode, not {len(episodes)}")
        for episode in episodes:
            seated = episode["context"]["seated_s"]
            self.expect(
                seated is not None and 11 * MINUTE <= seated <= 17 * MINUTE,
                f"an episode after some 12 minutes of sitting, not {seated} s",
            )
            self.expect(episode["ended_at"] is not None, "an end of the episode")
            self.say(f"In the log: an episode from {clock(episode['started_at'])} to {clock(episode['ended_at'])}.")
        for entry in breaks:
            self.say(f"In the log: a break, {entry['outcome']}.")

    def look_back(self) -> None:
        """Open the history from the menu, take a picture, and close it with Escape."""
        before = self.desktop.picture()
        self.tray.choose(shown_as("History"))
        title = f"^{shown_as('History')}"
        if self.wait_for(lambda: self.desktop.windows(title), "the history"):
            self.something_happened(before, "the history", at_least=0.02)
            self.shot("history")
            self.say("The history has it all.")
        self.desktop.xdotool("key", "Escape")
        self.wait_for(lambda: not self.desktop.windows(title), "the history to close")

    def write_the_report(self) -> None:
        report = self.folder / "report.pdf"
        report.unlink(missing_ok=True)
        self.app.tell("report", str(report.absolute()))
        self.expect(report.exists() and report.read_bytes().startswith(b"%PDF-"), "a report that is a PDF")
        self.say(f"For the doctor: {report}")

    def leave(self) -> None:
        self.desktop.stop_pointer()
        self.app.tell("quit")
        self.expect(self.app.wait(10) == 0, "an exit status of 0")
        self.expect(not self.app.output, f"no complaint of the app, such as:\n{self.app.output}")
        self.say("NumbGuard has quit.")

    # Reporting and checks

    def say(self, words: str) -> None:
        passed = (time.monotonic() - self._began) * self.speed / MINUTE
        print(f"[{passed:3.0f} min] {words}", flush=True)

    def shot(self, name: str) -> None:
        self._pictures += 1
        path = self.folder / f"{self._pictures:02}-{name}.png"
        picture = self.desktop.screenshot(path)
        self.expect(picture.colours() > BLANK_BELOW, f"something on the picture {path.name}")
        print(f"          {path}", flush=True)

    def expect(self, held: bool, what: str) -> None:
        if not held:
            self.complaints.append(f"There should have been {what}.")
            self.say(f"!! {self.complaints[-1]}")

    def wait_for(self, predicate: Callable[[], Any], what: str, timeout: float = 10.0) -> Any:
        """Wait for the predicate; if it stays false, record a complaint and go on."""
        try:
            return wait_until(predicate, timeout, what=what, every=0.1)
        except WaitError as error:
            self.expect(False, f"{what} ({error})")
            return None

    def wait_for_seated(self, seconds: float) -> None:
        left = seconds - self.app.ask("status")["seated_s"]
        self.wait_for(
            lambda: self.app.ask("status")["seated_s"] >= seconds,
            f"{minutes(seconds)} of sitting",
            max(left, 0) / self.speed + 10,
        )

    def something_happened(self, before: Picture, what: str, *, at_least: float = SOME_OF_IT) -> bool:
        """Wait until the screen differs by `at_least` from before and has stopped changing."""
        looked: list[Picture] = []

        def settled() -> bool:
            looked.append(self.desktop.picture())
            still = len(looked) > 1 and looked[-1].changed_from(looked[-2]) < at_least
            return still and looked[-1].changed_from(before) >= at_least

        return bool(self.wait_for(settled, f"{what} on the screen"))

    def appeared_since(self, before: Picture) -> tuple[int, int] | None:
        """Return the centre of what is new in the panel, which is the tray icon; None without a panel."""
        if not self.desktop.runs(Part.TRAY):
            return None
        top = before.height - PANEL_HEIGHT
        right = before.width - 60  # the clock is there

        def look() -> tuple[int, int, int, int] | None:
            now = self.desktop.picture()
            strip = (0, top, right, PANEL_HEIGHT)
            return now.crop(*strip).where_changed_from(before.crop(*strip))

        box = self.wait_for(look, "an icon in the tray")
        return (box[0] + box[2] // 2, top + box[1] + box[3] // 2) if box else None

    def phase(self) -> str | None:
        current = self.app.ask("status")["break"]
        return current["phase"] if current else None


def play(
    folder: Path,
    *,
    speed: float,
    program: Sequence[str] = THIS_NUMBGUARD,
    language: str = catalogue.ENGLISH,
    profile: Path = Path("profile"),
) -> list[str]:
    """Play the hour and return what was wrong with it.

    `program`: the NumbGuard to play it with. `profile`: the folder of its profile, from the home of the desktop.
    """
    catalogue.use(language)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("[0-9][0-9]-*.png"):
        old.unlink()
    with VirtualDesktop() as desktop:
        # The panel registers as a tray host before it is drawn, and the icon is found as what is new in it.
        wait_until(lambda: panel_is_drawn(desktop.picture()), 20, what="the desktop's panel")
        app = desktop.run_app(profile=desktop.home / profile, speed=speed, program=program, env={"LANGUAGE": language})
        tour = Tour(desktop, app, folder=folder, speed=speed)
        steps = (
            tour.sit_down,
            tour.feel_numb,
            tour.describe_it,
            tour.feel_better,
            tour.be_called,
            tour.move,
            tour.say_yes,
            tour.pause,
            tour.read_the_log,
            tour.look_back,
            tour.write_the_report,
            tour.leave,
        )
        try:
            for step in steps:
                step()
        except (Exception, KeyboardInterrupt) as error:
            desktop.keep_evidence(folder / "failure")
            said = app.output or "nothing"
            tour.complaints.append(f"The tour broke off: {error}\nThe app said:\n{said}")
        return tour.complaints


def panel_is_drawn(picture: Picture) -> bool:
    """Whether the left end of the panel has the panel's one colour, and not the background's many."""
    return picture.crop(0, picture.height - PANEL_HEIGHT + 8, PANEL_HEIGHT, PANEL_HEIGHT - 16).colours() == 1


def minutes(seconds: float) -> str:
    whole = round(seconds / MINUTE)
    return "1 minute" if whole == 1 else f"{whole} minutes"


def clock(moment: str) -> str:
    """Return the hours and minutes of an ISO 8601 time."""
    return moment[11:16]


def in_one_line(text: str) -> str:
    return " · ".join(part.strip() for part in text.splitlines() if part.strip())


def main() -> int:
    """Play the tour into a folder; returns 0 if nothing went wrong."""
    parser = argparse.ArgumentParser(prog="tour", description="An hour with NumbGuard, in pictures.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("build/tour"))
    parser.add_argument("--speed", type=float, default=30.0, help="how many times as fast as life (30)")
    parser.add_argument("--program", type=Path, help="an installed NumbGuard to play it with, not this checkout's")
    parser.add_argument(
        "--profile", type=Path, default=Path("profile"), help="its profile, from the home of the desktop (profile)"
    )
    parser.add_argument("--language", default=catalogue.ENGLISH, help="the language of the desktop, such as ar (en)")
    given = parser.parse_args()
    program = [str(given.program)] if given.program else THIS_NUMBGUARD
    complaints = play(given.folder, speed=given.speed, program=program, language=given.language, profile=given.profile)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    print("The tour went well." if not complaints else "The tour did not go well.")
    return 0 if not complaints else 1


if __name__ == "__main__":
    sys.exit(main())
