"""Opens every window with data in it, in any language, and draws pictures of them for reviewers of a translation.

``python -m tools.pictures.in_languages OUT_DIR [LANGUAGE]… [--letters 150]`` writes ``<language>-<window>.png`` for
German, Arabic and the pseudo-language, or for the languages named, and lists the texts that are cut.
``tests/ui/test_fits.py`` opens the same windows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import shiboken6
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from numbguard.core.cards.cards import Card
from numbguard.core.log.advice.advice import Advice, advise
from numbguard.core.log.break_days import BreakWeek, DotState
from numbguard.core.log.records.episode import Episode, Posture, Sensation
from numbguard.core.log.red_flags import SignAnswers, WarningSign
from numbguard.core.settings.choices import Style
from numbguard.core.sites import Region, Side, sites_on
from numbguard.resources import resource
from numbguard.store.cards.library import Library
from numbguard.store.log.journal import SqliteJournal
from numbguard.store.log.queries.history import HistoryQueries
from numbguard.store.log.recovery.by_hand import LogRecovery
from numbguard.store.profile import Profile
from numbguard.ui.card.got_up_page import BreakWord
from numbguard.ui.card.stage import BreakCardStage
from numbguard.ui.episode.form import EpisodeForm, FormPurpose
from numbguard.ui.first_start.tray_pointer import TrayPointer
from numbguard.ui.first_start.window import FirstStartWindow
from numbguard.ui.history.window import HistoryWindow
from numbguard.ui.insights.window import InsightsWindow
from numbguard.ui.posture_check import PostureCheckWindow
from numbguard.ui.settings.pages import PAGES
from numbguard.ui.settings.window import SettingsWindow
from numbguard.ui.widgets import theme
from numbguard.wording import catalogue
from numbguard.wording.log import break_days
from tools.fakes import MORNING, FakeControls, FakeHooks, FakeHotKeys, advise_alone, app_snapshot, book_on, episode
from tools.translations.cut_texts import cut_texts

LANGUAGES: Final = ("de", "ar", "qps")


def panel(_folder: Path) -> Iterator[QWidget]:
    from tools.pictures.sheets.ui_sheet import _panels

    for made in _panels():
        made.show()
        yield made


def nudge(_folder: Path) -> Iterator[QWidget]:
    from tools.pictures.sheets.ui_sheet import _small_windows

    for made in _small_windows():
        made.show()
        yield made


def tray_menu(_folder: Path) -> Iterator[QWidget]:
    from numbguard.core.breaks.messages import State
    from numbguard.ui.tray.tray import Tray

    for one in (app_snapshot(minutes=23), app_snapshot(State.PAUSED, minutes=12, paused_until=MORNING)):
        tray = Tray(FakeControls(one), FakeControls(), available=lambda: True)
        try:
            menu = tray._menu
            menu.popup(QPoint(0, 0))
            yield menu
            pause = next((action.menu() for action in menu.actions() if action.menu() and action.isEnabled()), None)
            if isinstance(pause, QMenu):
                pause.popup(QPoint(0, 0))
                yield pause
        finally:
            shiboken6.delete(tray)  # at once: it would follow the colours of a desktop whose menu has gone


def reader(_folder: Path) -> Iterator[QWidget]:
    from numbguard.core.guide.pages import FIRST, place_of
    from numbguard.core.guide.sections import GuideSection
    from numbguard.ui.reader.window import ReaderWindow

    made = ReaderWindow()
    made.open_at(FIRST)
    made.present()
    yield made
    made.open_link(place_of(GuideSection.PREVENTION_POSTURE).link)
    yield made


def card(_folder: Path) -> Iterator[QWidget]:
    from tests.ui.card.card_stage import Deck, Run

    run, deck, library = Run(), Deck(), Library(resource("cards"))
    deck.card_of = library.card
    stage = BreakCardStage(run, deck, deck, still=lambda: True)
    for slug, style, at in (("seated-hamstring", Style.STANDARD, 45.0), ("standing-hamstring", Style.FIRM, 70.0)):
        run.at = at
        stage.open(slug, duration_s=120, style=style, can_snooze=style is Style.STANDARD)
        settle(2)
        yield from _cards_on_screen()
        stage.ask_after()
        settle(2)
        yield from _cards_on_screen()
    stage.close()


def after(_folder: Path) -> Iterator[QWidget]:
    """The question after a card, and the word after *Yes*."""
    from tests.ui.card.card_stage import Deck, Run

    run, deck = Run(), Deck()
    week = BreakWeek((DotState.KEPT, DotState.REST, *(DotState.KEPT,) * 2, *(DotState.AHEAD,) * 3), today=3, streak=12)
    word = BreakWord(break_days.nth_today(3), break_days.next_at(MORNING), week)
    stage = BreakCardStage(run, deck, deck, still=lambda: True, word=lambda _asker, done: done(word))
    stage.ask_after()
    settle(2)
    yield from _cards_on_screen()
    stage.close(got_up=True)
    settle(2)
    yield from _cards_on_screen()
    stage.close()


def _cards_on_screen() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one.windowTitle()]


def form(_folder: Path) -> Iterator[QWidget]:
    last = replace(_full(), id="the last", started_at=MORNING - timedelta(days=1))
    both = replace(episode(), leg=Side.BOTH)
    for about, purpose in (
        (episode(), FormPurpose.JUST_LOGGED),
        (_full(), FormPurpose.CHANGE),
        (episode(), FormPurpose.LATE),
        (both, FormPurpose.JUST_LOGGED),
    ):
        made = EpisodeForm(
            about, purpose, last=last, now=lambda: MORNING, advise=advise_alone, save=lambda _told, _signs: None
        )
        made.show()
        made.resize(round(58 * theme.unit()), round(36 * theme.unit()))  # as on a usual screen
        yield made


def _full() -> Episode:
    return replace(
        episode(),
        ended_at=MORNING + timedelta(minutes=4),
        sites=sites_on(Side.LEFT, Region.CALF, Region.SOLE),
        sensations=(Sensation.TINGLING, Sensation.HEAVY),
        severity=7,
        posture=Posture.LEGS_CROSSED,
        weakness=True,
    )


def _advice(about: Episode, today: Mapping[WarningSign, bool]) -> Advice:
    return advise(about, now=MORNING + timedelta(minutes=5), answers=SignAnswers(today))


def advice(_folder: Path) -> Iterator[QWidget]:
    from numbguard.ui.episode.advice_window import AdviceWindow
    from tools.pictures.sheets.advice_sheet import _SHOWN

    for about, answers in _SHOWN:
        made = AdviceWindow(
            advise=partial(_advice, about),
            answer=lambda _sign, _present: None,
            answers=answers,
        )
        made.present()
        yield made


def history(folder: Path) -> Iterator[QWidget]:
    from tools.pictures.sheets.history_sheet import NOW, demo_log

    profile = Profile.find(str(folder / "history"))
    journal = SqliteJournal(profile)
    keeping = demo_log(journal, profile, days=4)
    controls = FakeControls(app_snapshot(wall=NOW))
    made = HistoryWindow(
        HistoryQueries(SqliteJournal(profile), now=lambda: NOW), book_on(keeping, controls), controls, profile
    )
    made.offer(insights=True, report=True)
    made.present()
    made.resize(round(54 * theme.unit()), round(40 * theme.unit()))
    yield made
    journal.close()


def insights(folder: Path) -> Iterator[QWidget]:
    from numbguard.store.settings import file as settings_file
    from numbguard.store.settings.undo_book import SettingsBook
    from tools.pictures.sheets.insights_sheet import NOW, make_log

    profile = make_log(folder / "insights", days=40)
    loaded = settings_file.load(profile)
    made = InsightsWindow(profile, SettingsBook(profile, loaded=lambda: loaded, follow=lambda: None), now=lambda: NOW)
    done: list[bool] = []
    made._reading.ended.connect(lambda: done.append(True))
    made.resize(round(theme.unit() * 42), round(theme.unit() * 60))
    made.show()
    while not done:
        QApplication.processEvents()
        time.sleep(0.01)
    yield made


def settings(folder: Path) -> Iterator[QWidget]:
    from tools.pictures.sheets.settings_sheet import _SETTINGS, _book, _LogIn

    recovery = LogRecovery(Profile(folder), lambda: None)
    made = SettingsWindow(_book(str(folder), _SETTINGS), _LogIn(), recovery, hot_keys=FakeHotKeys, hooks=FakeHooks())
    made.present()
    made.resize(round(theme.unit() * 56), round(theme.unit() * 38))
    for page in PAGES:
        made.open_at(page.groups[0])
        yield made
        for group in page.groups[1:]:
            made.open_at(group)
            yield made
    made._search.setText("sound")
    made._take_hit()
    yield made


def first_start(folder: Path) -> Iterator[QWidget]:
    from tools.pictures.sheets.settings_sheet import _book, _LogIn

    made = FirstStartWindow(
        FakeControls(),
        _book(str(folder), ""),
        _LogIn(),
        folder=Path("/home/me/.local/share/numbguard"),
        card_of=Library(resource("cards")).card,
        still=True,
    )
    made.present()
    yield made
    for _page in range(2):
        made.turn_on()
        yield made
    pointer = TrayPointer(QRect())
    pointer.present()
    yield pointer


def posture(_folder: Path) -> Iterator[QWidget]:
    made = PostureCheckWindow(Library(resource("cards")).card("desk-posture"), save=lambda _held: None)
    made.present()
    yield made


def relief(_folder: Path) -> Iterator[QWidget]:
    from tools.pictures.sheets.relief_sheet import _Flow

    for seconds in (20.0, 92.0, 255.0, 395.0):
        yield _Flow().passes(seconds)._window


def editor(folder: Path) -> Iterator[QWidget]:
    from numbguard.ui.editor.list import OwnItemKind
    from tools.pictures.sheets.editor_sheet import window

    made = window(folder)
    made.resize(round(60 * theme.unit()), round(42 * theme.unit()))
    made.present()
    made.open(OwnItemKind.CARD, "quad-stretch-the-long-one")
    yield made
    made.open(OwnItemKind.ROUTINE, "from-my-physiotherapist")
    yield made


def stretches(folder: Path) -> Iterator[QWidget]:
    """The library, the library that *Another* opens, and the second tab."""
    from numbguard.core.cards.choosing import allowed
    from numbguard.core.settings.choices import Place
    from numbguard.ui.library.window import LibraryWindow
    from tools.pictures.sheets.editor_sheet import window
    from tools.pictures.sheets.settings_sheet import _book

    shelf = _Shelf(Library(resource("cards")))
    book = _book(str(folder), '[cards]\nfavourites = ["quad"]\nnever = ["toe-spreads"]\n')
    fitting = allowed(shelf.all_cards(), [Place.SEATED, Place.STANDING])
    for made in (
        LibraryWindow(shelf, settings=book, make_editor=lambda: window(folder), still=True),
        LibraryWindow(shelf, settings=book, choose_from=fitting, still=True),
    ):
        made.present()
        settle()
        for _figure in fitting:
            made.page._advance()
        yield made
        if not made._tabs.isHidden():
            made.show_own()
            yield made


class _Shelf:
    def __init__(self, library: Library) -> None:
        self._library = library

    def all_cards(self) -> Sequence[Card]:
        return self._library.cards()

    def card(self, slug: str) -> Card | None:
        return self._library.card(slug)

    def start_card(self, _slug: str) -> str | None:
        return None


def erase(_folder: Path) -> Iterator[QWidget]:
    from numbguard.store.erase import ErasableData
    from numbguard.ui.erase_window import EraseWindow

    counted = {"episodes": 1, "breaks": 1204, "bouts": 0, "habits": 2, "posture_checks": 0, "visit": 3}
    found = ErasableData(counted, backups=(Path("/home/me/numbguard-v1.db"),), exports=(), changed=())
    made = EraseWindow(preview=lambda: found, erase=lambda _settings: found)
    made.present()
    yield made


WINDOWS: Final[dict[str, Callable[[Path], Iterator[QWidget]]]] = {
    "panel": panel,
    "card": card,
    "after": after,
    "form": form,
    "history": history,
    "insights": insights,
    "settings": settings,
    "advice": advice,
    "editor": editor,
    "erase": erase,
    "first-start": first_start,
    "nudge": nudge,
    "posture": posture,
    "reader": reader,
    "relief": relief,
    "stretches": stretches,
    "tray-menu": tray_menu,
}
"""Each yields its windows or the pages of one, visible; a window may be the same one with another page."""


def opened(name: str, folder: Path) -> Iterator[QWidget]:
    """The windows of a name, one after the other, laid out; all are closed at the end."""
    before: set[QWidget] = set()
    try:
        for window in WINDOWS[name](folder):
            before.add(window)
            settle()
            yield window
    finally:
        for window in before:
            window.close()
            window.deleteLater()
        QApplication.processEvents()


def settle(rounds: int = 6) -> None:
    """Let layouts within layouts find their sizes."""
    for _round in range(rounds):
        QApplication.processEvents()


def speak(language: str, *, letters: float = 1.0) -> None:
    """Show every window made from now on in a language, mirrored if that is due, with larger letters."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    catalogue.use(language)
    mirrored = catalogue.is_right_to_left()
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight)
    font = application.font()
    font.setPointSizeF(font.pointSizeF() * letters)
    application.setFont(font)


def report(out: Path) -> None:
    """Draw the report's pages into a file."""
    from numbguard.core.log.visit import VisitDetails
    from numbguard.store.log.queries.insights import Period
    from numbguard.store.log.visit import keep_visit
    from numbguard.ui.report.pdf import PaperSize, write_report
    from tools.pictures.sheets.insights_sheet import NOW, make_log, pages
    from tools.pictures.sheets.settings_sheet import sheet

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        profile = make_log(folder / "profile")
        journal = SqliteJournal(profile)
        keep_visit(journal, VisitDetails("Could it come from my back?", "Your name", "3 March 1961"))
        write_report(profile, journal, folder / "report.pdf", period=Period(), paper=PaperSize.A4, now=NOW)
        journal.close()
        sheet([pages(folder / "report.pdf", folder)], out)


def main() -> int:
    words = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    words.add_argument("out", type=Path)
    words.add_argument("languages", nargs="*", default=LANGUAGES)
    words.add_argument("--letters", type=int, default=100, help="the size of letters in per cent")
    words.add_argument("--only", action="append", choices=(*WINDOWS, "report"), help="only this window")
    asked = words.parse_args()
    app = QApplication.instance() or QApplication([])
    asked.out.mkdir(parents=True, exist_ok=True)
    usual = QApplication.font()
    for language in asked.languages:
        QApplication.setFont(usual)
        speak(language, letters=asked.letters / 100)
        for name in asked.only or (*WINDOWS, "report"):
            if name == "report":
                report(asked.out / f"{language}-report.png")
                continue
            with tempfile.TemporaryDirectory() as folder:
                _picture(name, Path(folder), asked.out / f"{language}-{name}.png")
    del app
    return 0


def _picture(name: str, folder: Path, out: Path) -> None:
    from tools.pictures.sheets.settings_sheet import sheet

    taken: list[QImage] = []
    for window in opened(name, folder):
        taken.append(window.grab().toImage())
        for line in cut_texts(window):
            print(f"{out.stem}: {line}")
    across = 4
    sheet([taken[at : at + across] for at in range(0, len(taken), across)], out)


if __name__ == "__main__":
    sys.exit(main())
