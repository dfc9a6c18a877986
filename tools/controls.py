"""Lists every control of every window as a screen reader finds it: role, name, description and states.

``python -m tools.controls [LANGUAGE]…`` (``./dev controls``) runs the app on a virtual desktop with an accessibility
bus, opens each window in turn, and prints its controls with what is wrong with them; it ends with 1 if anything is.
``tests/e2e/windows/test_screen_reader.py`` opens the same windows.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from numbguard.ipc.shown_windows import WINDOWS
from numbguard.wording import labels
from numbguard.wording.catalogue import _, pgettext, speaking
from numbguard.wording.log import advice
from tools.desktop.app_process import AppProcess, WaitError, new_profile, wait_until
from tools.desktop.screen_reader import Control, ScreenReader
from tools.desktop.session_parts import WHOLE
from tools.desktop.virtual_desktop import Part, VirtualDesktop

GONE: Final = "qt.accessibility.atspi: Could not find accessible on path"
"""How Qt's warning begins whenever a screen reader asks about a control that has gone meanwhile."""
TOP_LEVEL: Final = frozenset({"frame", "window", "dialog", "alert", "notification"})
"""The roles of top-level windows at which a screen reader says that a window has opened."""
FIELDS: Final = frozenset(
    {
        "text",
        "spin button",
        "combo box",
        "check box",
        "radio button",
        "push button",
        "button menu",
        "slider",
        "scroll bar",
    }
)
"""The roles of what somebody operates, whether or not the Tab key reaches it."""
SENTENCES: Final = frozenset({"label", "filler", "panel"})
"""The roles of what is only read."""


@dataclass(frozen=True)
class Opened:
    """One window as it was when it had opened: its name in this list, and its controls in the order of the tree."""

    name: str
    controls: tuple[Control, ...]


def faults(opened: Opened) -> list[str]:
    """What a person who cannot see the window would miss in it, a sentence each."""
    found = []
    top = opened.controls[0]
    if top.role not in TOP_LEVEL:
        found.append(f"the window has the role {top.role!r}")
    if not top.name:
        found.append("the window has no name")
    for one in opened.controls[1:]:
        # The entries of Qt's own list of files are what the files are called.
        if not (one.acts or one.role in FIELDS) or one.role == "tree item":
            continue
        if not one.name.strip():
            found.append(f"no name: {one}")
        elif not re.search(r"[^\W\d_]", one.name):
            found.append(f"a name without a word: {one}")
        # A page to read through has a text, and an area to scroll through has parts.
        is_read = "Text" in one.interfaces or any(other.parent is one for other in opened.controls)
        if one.role in SENTENCES and "focusable" in one.states and not is_read:
            found.append(f"a sentence that the Tab key reaches: {one}")
        if one.role == "combo box" and (one.parent is None or ": " not in one.name):
            found.append(f"a choice that does not say what it chooses: {one}")
        if one.role in {"column header", "row header"} and not re.search(r"[^\W\d_]", one.name):
            found.append(f"a header without the name of its column or row: {one}")
    alike = Counter(
        (one.parent.place if one.parent else None, one.role, one.name, one.description)
        for one in opened.controls
        if one.role in FIELDS
    )
    found += [f"{count} controls that are the same to a screen reader: {key[1]} {key[2]!r}"
              for key, count in alike.items() if count > 1]  # fmt: skip
    return found


class Tour:
    """Goes through the windows of one app in one language."""

    def __init__(self, desktop: VirtualDesktop, folder: Path, language: str) -> None:
        self._desktop, self._folder, self._language = desktop, folder, language
        self._env = {"LANGUAGE": language}
        self.said: list[str] = []
        """What the apps wrote to their output, apart from Qt's warning about a control that has gone."""

    def windows(self) -> Iterator[Opened]:
        """Open each window, and yield it while it is open."""
        with speaking(self._language):
            yield from self._first_start()
            yield from self._others()

    def _hear(self, app: AppProcess) -> None:
        self.said += [line.text for line in app.lines if not line.text.startswith(GONE)]

    def _first_start(self) -> Iterator[Opened]:
        app = self._desktop.run_app(profile=self._folder / "fresh", env=self._env).wait_ready()
        with ScreenReader(self._desktop.bus, app.pid) as reader:
            (window,) = wait_until(reader.windows, what="the first page")
            for page in (1, 2, 3):
                dots = _("Page {page} of {pages}").format(page=page, pages=3)
                reader.find("image", dots)
                yield Opened(f"first start, page {page}", tuple(reader.walk(window)))
                if page < 3:
                    reader.press("push button", _plain(_("&Next")))
        app.stop()
        self._hear(app)

    def _others(self) -> Iterator[Opened]:
        profile = new_profile(self._folder / "used", '[breaks]\nstyle = "standard"\n')
        app = self._desktop.run_app(profile=profile, env=self._env).wait_ready()
        app.tell("log", "--at", "2 days ago", "--severity", "6", "--side", "left", "--region", "thigh_front")
        with ScreenReader(self._desktop.bus, app.pid) as reader:
            for name in WINDOWS:
                yield from self._shown(reader, name, lambda name=name: app.tell("show", name))  # type: ignore[misc]
            yield from self._from_the_panel(reader, app)
            yield from self._from_the_history(reader, app)
            yield from self._from_the_settings(reader, app)
            yield from self._own(reader, app)
            yield from self._break(reader, app)
        app.stop()
        self._hear(app)

    def _from_the_panel(self, reader: ScreenReader, app: AppProcess) -> Iterator[Opened]:
        for name, words in (
            ("episode form", labels.LOG),
            ("advice", advice.ANYTHING_ELSE),
            ("step-by-step relief", labels.RELIEF),
        ):
            app.tell("show", "panel")
            button = reader.find("push button", _plain(_(words)))
            yield from self._shown(reader, name, lambda button=button: reader.do(button))  # type: ignore[misc]
        app.tell("show", "panel")
        more = reader.find("button menu", pgettext("button that opens a menu with everything else", "More"))
        reader.do(more, "ShowMenu")
        entry = reader.find("menu item", _plain(_(labels.POSTURE)))
        yield Opened("the panel's menu", tuple(reader.walk(entry.window)))
        yield from self._shown(reader, "posture check", lambda: reader.do(entry))

    def _from_the_history(self, reader: ScreenReader, app: AppProcess) -> Iterator[Opened]:
        app.tell("show", "history")
        edit = reader.find("push button", _("Edit…"))
        yield from self._shown(reader, "episode form, to correct", lambda: reader.do(edit))
        report = _plain(_("&Report for your doctor…"))
        app.tell("show", "insights")
        yield from self._shown(reader, "report", lambda: reader.press("push button", report))
        self._leave()
        self._leave()

    def _from_the_settings(self, reader: ScreenReader, app: AppProcess) -> Iterator[Opened]:
        app.tell("show", "settings")
        pages = reader.find("list", _("Pages"))
        for number, entry in enumerate(one for one in reader.walk(pages) if one.role == "list item"):
            reader.select(pages, number)
            reader.find("filler", entry.name, where=lambda one: one.depth == 2)
            yield Opened(f"settings: {entry.name}", tuple(reader.walk(pages.window)))
        erase = _plain(_("Delete everyt&hing…"))
        yield from self._shown(reader, "delete everything", lambda: reader.press("push button", erase))
        self._leave()

    def _own(self, reader: ScreenReader, app: AppProcess) -> Iterator[Opened]:
        app.tell("show", "stretches")
        window = reader.press("page tab", _(labels.OWN)).window
        for name, button in (("own card", "&New card"), ("own routine", "New &routine")):
            reader.press("push button", _plain(_(button)))
            reader.settle(window)
            yield Opened(name, tuple(reader.walk(window)))
        self._leave()

    def _break(self, reader: ScreenReader, app: AppProcess) -> Iterator[Opened]:
        app.tell("break")
        done = reader.find("push button", _plain(_("&Done")))
        yield Opened("card", tuple(reader.walk(done.window)))
        reader.do(done)
        yes = reader.find("push button", _plain(_("&Yes")))
        yield Opened("after the card", tuple(reader.walk(yes.window)))

    def _shown(self, reader: ScreenReader, name: str, open_it: Callable[[], object]) -> Iterator[Opened]:
        """Open a window, yield it, and close it."""
        before = {window.place for window in reader.windows()}
        open_it()
        window = wait_until(
            lambda: next((one for one in reader.windows() if one.place not in before), None), what=f"the window {name}"
        )
        assert window is not None
        reader.settle(window)
        opened = Opened(name, tuple(reader.walk(window)))
        yield opened
        words = _plain(_("&Close"))
        button = next((one for one in opened.controls if (one.role, one.name) == ("push button", words)), None)

        def has_closed() -> bool:
            if window.place not in {one.place for one in reader.windows()}:
                return True
            if button is None:
                self._leave()
            else:
                # A form that opened by itself has no keyboard focus, so that Escape would not reach it.
                with suppress(WaitError):
                    reader.do(button)
            return False

        wait_until(has_closed, every=0.3, what=f"the window {name} to close")

    def _leave(self) -> None:
        self._desktop.xdotool("key", "Escape")


def _plain(words: str) -> str:
    """The words of a button as a screen reader gets them, without the mark of its access key."""
    return words.replace("&", "")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.controls", description=__doc__.splitlines()[0])
    parser.add_argument("languages", nargs="*", default=["en"], metavar="LANGUAGE")
    wrong = 0
    for language in parser.parse_args(arguments).languages:
        with tempfile.TemporaryDirectory() as folder, VirtualDesktop(parts=(*WHOLE, Part.ACCESSIBILITY)) as desktop:
            tour = Tour(desktop, Path(folder), language)
            for opened in tour.windows():
                print(f"== {opened.name} ({language})")
                for control in opened.controls:
                    if control.name or control.acts:
                        print(control)
                for fault in faults(opened):
                    wrong += 1
                    print(f"!! {fault}")
            for line in tour.said:
                wrong += 1
                print(f"!! the app said: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
