"""The tray icon: shows an ``AppSnapshot`` as icon, tool tip and menu, and passes clicks to ``Controls`` and
``EpisodeControls``.

The menu is short and always has the same nine entries below a line with the state: three of them change their words
with the moment. The panel offers everything else, and *Open NumbGuard* opens it where a left click opens the menu.

The composition root creates it, on the GUI thread. The menu's entries are created once, and a text is set again only if
it differs, because each change travels over the session bus to the desktop's panel. A timer fires when the minute shown
changes, and only in states in which time alone changes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QRect, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from numbguard.core.breaks.messages import Action, Phase
from numbguard.core.errors import JournalError
from numbguard.core.log.records.episode import Seat
from numbguard.core.ports import AppSnapshot, Controls, EpisodeControls, Notice
from numbguard.ui.widgets import theme
from numbguard.wording import labels
from numbguard.wording import now as now_words
from numbguard.wording.catalogue import _, translated
from numbguard.wording.now import IconFace

from .icon import IconCache, step_of

LOOK_AGAIN_S = (1, 3, 10, 30, 60)
"""Seconds after ``show`` at which to look again for a tray that was missing; after the last look the person gets a
window instead."""

MENU_OPEN_MS = 5_000
"""Milliseconds for which the tool tip is empty after the menu opened; not every panel says when the menu closes."""

_XEMBED_WINDOW = "QSystemTrayIconSys"
"""Qt's class of the window that it puts into a tray on X11."""

_BREAK_ENTRIES = {
    Phase.NONE: (Action.START, labels.START),
    Phase.ANNOUNCED: (Action.START, labels.START_DUE),
    Phase.CARD: (Action.DONE, labels.DONE),
    Phase.AFTER: (Action.MOVED, labels.MOVED),
}
"""What the menu's entry for a break does, and its label, by the phase of the break."""

_TICKING = frozenset({IconFace.SITTING, IconFace.DUE, IconFace.QUIET, IconFace.PAUSED})


class Tray(QObject):
    """The icon and its menu. ``show`` may be called before the desktop's tray exists."""

    panel_wanted = Signal(QRect)
    """Left click. The rectangle is the icon's geometry; empty if the desktop does not report it."""
    open_wanted = Signal()
    """*Open NumbGuard* in the menu."""
    help_wanted = Signal()
    settings_wanted = Signal()
    history_wanted = Signal()
    quit_wanted = Signal()
    logged = Signal(object)
    """Carries the ``Episode`` that the click has written."""
    message = Signal(object)
    """Carries a ``Notice`` for the person: an action failed or was not possible now."""
    appeared = Signal()
    missing = Signal()
    """No tray appeared within a minute of ``show``. A later one is still used if the desktop reports it to Qt."""

    def __init__(
        self,
        controls: Controls,
        episodes: EpisodeControls,
        parent: QObject | None = None,
        *,
        icon: QSystemTrayIcon | None = None,
        available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
    ) -> None:
        """``icon``: an icon already in the tray, which this object then uses."""
        super().__init__(parent)
        self._given_icon = icon
        self._controls = controls
        self._episodes = episodes
        self._available = available
        self._shelf = IconCache()
        self._drawn: tuple[IconFace, int, bool, int | None] | None = None
        self._speed = 1.0
        self._tray: QSystemTrayIcon | None = None
        self._tip = ""
        self._looks = 0
        self.shows_minutes: Callable[[], bool] = lambda: False
        """Returns whether the icon is to show the minutes to the next break; called at each redraw."""
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self._refresh)
        self._menu = (icon and icon.contextMenu()) or QMenu(labels.APP)
        self._build()
        self._menu.aboutToShow.connect(self._open)
        self._menu.aboutToHide.connect(self._closed)
        self._menu.triggered.connect(self._closed)
        self._menu_open = QTimer(self, singleShot=True, interval=MENU_OPEN_MS)
        self._menu_open.timeout.connect(self._refresh)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.styleHints().colorSchemeChanged.connect(self._refresh)
        app.paletteChanged.connect(self._refresh)
        controls.subscribe(self.redraw)

    # --- presence ----------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the icon, now or as soon as a tray appears within the next minute."""
        if self._tray is not None:
            return
        if self._given_icon is not None or self._available():
            self._appear()
        else:
            self._look_again()

    def _look_again(self) -> None:
        if self._looks == len(LOOK_AGAIN_S):
            self.missing.emit()
            return
        before = LOOK_AGAIN_S[self._looks - 1] if self._looks else 0
        wait_s = LOOK_AGAIN_S[self._looks] - before
        self._looks += 1
        QTimer.singleShot(round(wait_s * 1000 / self._controls.app_snapshot().speed), self, self.show)

    def renew(self, *, lost: bool) -> None:
        """Show the icon when the desktop's tray appears or reappears.

        ``lost``: the bus died in the meantime, and with it the old icon for good. Qt never reconnects to a bus, but a
        new icon reaches the tray through the X server, if there is one.
        """
        if self._tray is None:
            if self._available():
                self._appear()
        elif lost:
            self._tray.hide()
            # The old icon is not deleted, because its menu, which the new icon uses too, would then count as deleted.
            self._tray, self._drawn, self._tip, self._looks = None, None, "", 0
            self.show()

    def _appear(self) -> None:
        # Created only now, because Qt decides once, with the first icon, how it talks to a tray.
        self._tray, self._given_icon = self._given_icon or QSystemTrayIcon(self), None
        if self._tray.contextMenu() is not self._menu:
            self._tray.setContextMenu(self._menu)
        self._tray.activated.connect(self._activated)
        # Set the picture first: some compositors refuse an icon that has none when it is shown.
        self.redraw(self._controls.app_snapshot())
        self._tray.show()
        self.appeared.emit()

    @property
    def shown(self) -> bool:
        return self._tray is not None

    @property
    def place(self) -> QRect:
        """The icon's place on the screen; empty where the desktop does not report it."""
        return self._tray.geometry() if self._tray is not None else QRect()

    @property
    def is_xembed(self) -> bool:
        """Whether the desktop took the icon as a window (XEmbed), and not as a StatusNotifierItem."""
        return any(one.metaObject().className() == _XEMBED_WINDOW for one in QApplication.topLevelWidgets())

    def hide(self) -> None:
        """Remove the icon at once, so that none remains when the application ends."""
        self._minute.stop()
        if self._tray is not None:
            self._tray.hide()

    # --- the menu ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        menu = self._menu
        self._status = menu.addAction("")
        self._status.setEnabled(False)
        self._entry(menu, _(labels.LOG), self._log_numbness)
        self._break = self._entry(menu, "", lambda: self._act(self._break_action))
        self._pause_menu = menu.addMenu(_(labels.PAUSE))
        for label, seconds in labels.PAUSES:
            self._entry(self._pause_menu, _(label), partial(self._pause, seconds))
        self._entry(self._pause_menu, _(labels.UNTIL_WORKDAY), self._controls.pause_until_workday)
        self._resume = self._entry(menu, _(labels.RESUME), partial(self._act, Action.RESUME))
        self._stand = self._entry(menu, _(labels.STAND), partial(self._act, Action.STAND))
        self._sit = self._entry(menu, _(labels.SIT), partial(self._act, Action.SIT))
        menu.addSeparator()
        self._entry(menu, _(labels.OPEN), self.open_wanted.emit)
        self._entry(menu, _(labels.HISTORY), self.history_wanted.emit)
        self._entry(menu, _(labels.HELP), self.help_wanted.emit)
        self._entry(menu, _(labels.SETTINGS), self.settings_wanted.emit)
        menu.addSeparator()
        self._entry(menu, _(labels.QUIT), self.quit_wanted.emit)
        self._arrange(self._controls.app_snapshot())

    def renew_menu(self) -> None:
        """Make the menu anew, in another language."""
        self._pause_menu.deleteLater()
        self._menu.clear()
        self._build()
        self._refresh()

    @staticmethod
    def _entry(menu: QMenu, label: str, chosen: Callable[[], object]) -> QAction:
        action = menu.addAction(label)
        action.triggered.connect(lambda _checked=False: chosen())
        return action

    def _arrange(self, app_snapshot: AppSnapshot) -> None:
        now = app_snapshot.snapshot
        phase = now.current.phase if now.current is not None else Phase.NONE
        self._break_action, label = _BREAK_ENTRIES[phase]
        stands = now.seat is Seat.STANDING
        visible = {
            self._pause_menu.menuAction(): not now.paused,
            self._resume: now.paused,
            self._stand: not stands,
            self._sit: stands,
        }
        for action, wanted in visible.items():
            if action.isVisible() != wanted:
                action.setVisible(wanted)
        for action, text in ((self._break, _(label)), (self._status, now_words.status_line(app_snapshot))):
            if action.text() != text:
                action.setText(text)

    # --- display -----------------------------------------------------------------------------------------------------

    def redraw(self, app_snapshot: AppSnapshot) -> None:
        """Show a new state. Cheap if nothing visible has changed."""
        self._arrange(app_snapshot)
        self._speed = app_snapshot.speed
        if self._tray is None:
            return
        now = app_snapshot.snapshot
        shown = now_words.face(now)
        minutes = now_words.minutes_left(now) if shown is IconFace.SITTING and self.shows_minutes() else None
        drawn = (shown, step_of(now_words.share(now)), theme.desktop_is_dark(), minutes)
        if drawn != self._drawn:
            self._drawn = drawn
            self._tray.setIcon(self._shelf.icon(shown, drawn[1], dark=drawn[2], minutes=minutes))
        # MATE keeps the tool tip on the screen, over the menu's first entry.
        tip = "" if self._menu_open.isActive() else now_words.tool_tip(app_snapshot)
        if tip != self._tip:
            self._tip = tip
            self._tray.setToolTip(tip)
        self._arm(app_snapshot, shown)

    def _arm(self, app_snapshot: AppSnapshot, shown: IconFace) -> None:
        if shown in _TICKING or app_snapshot.open_episode is not None:
            # Slightly past the minute, because a text fetched too early would still be the old one.
            wait_s = (now_words.seconds_to_change(app_snapshot.snapshot) + 0.5) / self._speed
            self._minute.start(max(250, round(wait_s * 1000)))
        else:
            self._minute.stop()

    def _refresh(self, _change: object = None) -> None:
        self.redraw(self._controls.app_snapshot())

    def _closed(self, _chosen: QAction | None = None) -> None:
        self._menu_open.stop()
        self._refresh()

    def _open(self) -> None:
        self._menu_open.start()
        self._refresh()

    # --- clicks ------------------------------------------------------------------------------------------------------

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how == QSystemTrayIcon.ActivationReason.MiddleClick:
            self._log_numbness()
        elif how == QSystemTrayIcon.ActivationReason.Trigger and self._tray is not None:
            self.panel_wanted.emit(self.place)

    def _log_numbness(self) -> None:
        try:
            episode = self._episodes.log_numbness()
        except JournalError as failed:
            self._say(translated(failed))
            return
        self.logged.emit(episode)

    def _act(self, action: Action) -> None:
        if (refusal := self._controls.act(action)) is not None:
            self._say(translated(refusal))

    def _pause(self, seconds: float | None) -> None:
        if seconds is None:
            self._controls.pause_until_tomorrow()
        else:
            self._controls.pause(for_s=seconds)

    def _say(self, sentence: str) -> None:
        self.message.emit(Notice(title=labels.APP, body=sentence))
