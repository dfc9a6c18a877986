"""The episode form: three large choices (where, how bad, how long ago), and the rest when it is called for.

The application opens it after the one-click log, when the episode is already on disk, and for late entries and
corrections; on the GUI thread. Weakness and the questions about warning signs follow as soon as anything was answered;
everything else is folded away, unless the episode has it already. After the click the form appears near the pointer
without taking the keyboard focus, and closes by itself if nobody touches it. Nothing is saved until the person saves:
the form offers the last answers, but never enters them by itself.

From the first field to *Save* it is nine presses of the Tab key at most, because each group of answers is one stop.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QCursor,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from numbguard.core.errors import JournalError
from numbguard.core.log.advice.advice import Advice
from numbguard.core.log.records.episode import Episode
from numbguard.core.log.red_flags import AdviceTier, WarningSign
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.form.fold import Fold
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.tier_banner import TierBanner
from numbguard.ui.widgets.windows.plain_window import PlainWindow, clear_flag, to_front
from numbguard.ui.widgets.windows.screens import frames_on_top, near_hand, notification_places, pointer_screen
from numbguard.wording import formats
from numbguard.wording.catalogue import _, translated
from numbguard.wording.log.episodes import POSTURES, SENSATIONS, like, moment, where

from .check_rows import CheckRows
from .place_field import PlaceField
from .time_fields import BeginningField, EndField

V = TypeVar("V")
W = TypeVar("W", bound=QWidget)

_UNITS = (58.0, 36.0)
"""The preferred width and height in heights of a line of text."""
_SIDE_BY_SIDE = 36.0
"""From this width in the same unit, the map stands beside the other answers, otherwise above them."""
_ROOMY = 24.0
"""From this height in the same unit, there is room for the line below the heading."""
_MAP_MOST = 24.0
"""The greatest height of the map in the same unit."""
_MAP_LEAST = 210
"""The least height of the map in pixels, because it has to be hit with the pointer, however large the letters are."""
_IGNORED_AFTER_MS = 60_000
"""Milliseconds after which an untouched form closes."""
_FOCUS_AFTER_MS = 1_200
"""Milliseconds after showing from which the form accepts the keyboard focus."""
_SLACK = timedelta(minutes=1)
"""How far a time entered may lie in the future."""


def _shown(words: Mapping[V, str]) -> dict[V, str]:
    """The words of chips in the person's language."""
    return {value: _(word) for value, word in words.items()}


class FormPurpose(Enum):
    JUST_LOGGED = "just_logged"
    CHANGE = "change"
    LATE = "late"
    """An episode that was not logged when it began."""


class EpisodeForm(PlainWindow):
    help_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        episode: Episode,
        purpose: FormPurpose,
        *,
        last: Episode | None,
        now: Callable[[], datetime],
        advise: Callable[[Episode, Mapping[WarningSign, bool]], Advice],
        save: Callable[[Episode, Mapping[WarningSign, bool]], object],
        number: str = "",
    ) -> None:
        """``last``: the episode before this one, whose answers are offered.

        ``advise`` returns the advice on the episode as filled in, with the answers about warning signs given in the
        form. ``save`` stores both, and may raise ``JournalError``. ``number``: the emergency number that is set.
        """
        super().__init__(None, _flags(purpose))
        self._episode = episode
        self._purpose = purpose
        self._last = last
        self._now = now
        self._advise = advise
        self._save_it = save
        self._number = number
        self._written = ""
        """The note as the form showed it first."""
        self.setWindowTitle(_("Episode"))
        self.setAccessibleName(_("Episode of numbness"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._pointer = QCursor.pos()
        self._ignored = QTimer(self, singleShot=True, interval=_IGNORED_AFTER_MS)
        self._ignored.timeout.connect(self._close_if_ignored)
        self._may_focus = QTimer(self, singleShot=True, interval=_FOCUS_AFTER_MS)
        self._may_focus.timeout.connect(self._accept_focus)
        self._build()
        self._show(episode)
        self._first_focus: QWidget = self._places.map.tab_stop
        self._first_focus.setFocus()
        self._left = self._first_focus
        """The part that had the focus when the person wanted to leave."""
        theme.apply_theme(self, self._recolour)

    # --- for the application ------------------------------------------------------------------------------------

    def appear(self) -> None:
        """Show the form after the one-click log: near the pointer, without taking the keyboard focus."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._fit()
        self.show()
        self._may_focus.start()
        self._ignored.start()

    def present(self) -> None:
        """Show the form and bring it to the front, because the person asked for it."""
        self._fit()
        self.show()
        self._accept_focus()
        to_front(self)

    def step_back(self) -> None:
        """Allow other windows to cover it."""
        clear_flag(Qt.WindowType.WindowStaysOnTopHint, self)

    def episode(self) -> Episode:
        """The episode as filled in; raises ``ValueError`` with a sentence if its times are impossible."""
        began, (ended, end_unknown) = self._began.moment(), (self._episode.ended_at, self._episode.end_unknown)
        if self._ended is not None:
            ended, end_unknown = self._ended.end(began)
        latest = self._now() + _SLACK
        if began > latest:
            raise ValueError(_("The start time is in the future. Please check it."))
        if ended is not None and ended < began:
            raise ValueError(_("The end time is before the start time. Please check both."))
        if ended is not None and ended > latest:
            raise ValueError(_("The end time is in the future. Please check it."))
        return replace(self._answers(), started_at=began, ended_at=ended, end_unknown=end_unknown)

    def _answers(self) -> Episode:
        sites, leg = self._places.where()
        return replace(
            self._episode,
            sites=sites,
            leg=leg,
            before_sites=self._episode.before_sites and sites == self._episode.sites,
            sensations=self._sensations.chosen(),
            severity=self._severity.one(),
            posture=self._posture.one(),
            onset=self._checks.onset.one(),
            weakness=self._checks.weakness.one(),
            back_pain=self._checks.back_pain.one(),
            note=self._entered_note(),
        )

    def _entered_note(self) -> str | None:
        text = self._note.toPlainText()
        return self._episode.note if text == self._written else text.strip() or None

    @property
    def logged_id(self) -> str | None:
        """The id of the episode just logged to which the form adds; ``None`` for late entries and corrections."""
        return self._episode.id if self._purpose is FormPurpose.JUST_LOGGED else None

    @property
    def has_unsaved(self) -> bool:
        """Whether the form contains unsaved answers, which closing it would lose."""
        times = self._began.is_edited or (self._ended is not None and self._ended.is_edited)
        return times or bool(self.signs()) or self._answers() != self._episode

    def signs(self) -> dict[WarningSign, bool]:
        """The answers about warning signs given in the form."""
        return self._checks.signs()

    @property
    def _is_typed(self) -> bool:
        """Whether the person has typed something that is not saved, which is more work than a click to say again."""
        typed = self._began.is_typed or (self._ended is not None and self._ended.is_typed)
        return typed or self._note.toPlainText() != self._written

    def take_over(self, former: EpisodeForm) -> None:
        """Show what was entered in another form about the same episode, saved or not."""
        self._show(former._answers())
        self._written = former._written
        self._note.setPlainText(former._note.toPlainText())
        self._began.take_over(former._began)
        if self._ended is not None and former._ended is not None:
            self._ended.take_over(former._ended)
        self._checks.take_over(former._checks)
        self._open_fold_if_filled()
        self._ask_what_is_called_for()

    # --- layout -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        edge = round(unit * 1.1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(edge, round(unit * 0.9), edge, round(unit * 0.9))
        whole.setSpacing(round(unit * 0.6))
        whole.addWidget(self._scrolled(), 1)
        self._banner = TierBanner(self, scale=0.85)
        self._banner.hide()
        whole.addWidget(self._banner)
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        whole.addWidget(self._trouble)
        self._leaving = self._question_on_leaving()
        whole.addWidget(self._leaving)
        whole.addLayout(self._buttons())
        self._order_tabs()

    def _scrolled(self) -> QScrollArea:
        """Everything but the buttons, which stay in sight."""
        unit = theme.unit()
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, round(unit * 0.6), 0)
        column.setSpacing(round(unit * 0.4))
        title, under = self._headings()
        column.addWidget(label_for(self._inner, title, scale=1.4, bold=True))
        self._under = label_for(self._inner, under, role="quiet")
        column.addWidget(self._under)
        self._like: QPushButton | None = None
        if self._last is not None and like(self._last):
            self._like = self._offer(self._last)
            column.addWidget(self._like, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(round(unit * 0.3))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(round(unit * 1.4))
        self._columns.addLayout(self._where(), 5)
        self._columns.addLayout(self._questions(), 7)
        column.addLayout(self._columns, 1)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._inner)
        return self._scroll

    def _headings(self) -> tuple[str, str]:
        began = moment(self._episode.started_at, self._now())
        if self._purpose is FormPurpose.JUST_LOGGED:
            at = self._episode.started_at.astimezone(self._now().tzinfo)
            return _("Logged at {time}").format(time=formats.clock(at)), _(
                "It's logged. Add as much or as little as you like."
            )
        if self._purpose is FormPurpose.LATE:
            return _("A past episode"), _("Fill in what you can remember, and skip the rest.")
        return _("Episode, {began}").format(began=began), ""

    def _offer(self, last: Episode) -> QPushButton:
        """A button that fills in the answers of the last episode; it saves nothing, and names them if it has room."""
        place = where(last.sites, last.leg)
        named = [_("&Like the last one: {words}").format(words=words) for words in (like(last), place) if words]
        self._like_words = [*named, _("&Like the last one")]
        means = _("Copies your answers from the last episode; you still need to save")
        button = button_for(self._inner, named[0], lambda: self._fill_like(last), means=means)
        button.setAccessibleName(named[0].replace("&", ""))
        return button

    def _asked(self, words: str, answer: W, into: QVBoxLayout, *, is_large: bool = False) -> W:
        """Put a question above the part that answers it."""
        into.addWidget(label_for(self._inner, words, scale=1.12 if is_large else 1.0, bold=True))
        into.addWidget(answer)
        into.addSpacing(round(theme.unit() * 0.5))
        return answer

    def _where(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(round(theme.unit() * 0.35))
        self._places = self._asked(_("Where is it numb?"), PlaceField(self._inner), column, is_large=True)
        self._places.changed.connect(self._answered)
        if self._last is not None:
            self._places.map.begin_at(self._last.sites)
        column.addStretch(1)
        return column

    def _questions(self) -> QVBoxLayout:
        inner, unit = self._inner, theme.unit()
        column = QVBoxLayout()
        column.setSpacing(round(unit * 0.35))
        late, logged = self._purpose is FormPurpose.LATE, self._purpose is FormPurpose.JUST_LOGGED
        began = None if late else self._episode.started_at
        self._severity = self._asked(
            _("How bad is it, from 0 to 10?"),
            Chips(
                inner,
                _("How bad"),
                {number: str(number) for number in range(11)},
                kind="digit",
                fills=True,
                names={number: _("{severity} of 10").format(severity=number) for number in range(11)},
            ),
            column,
            is_large=True,
        )
        self._began = self._asked(
            _("When did it start?"),
            BeginningField(inner, began, now=self._now, logged=logged),
            column,
            is_large=True,
        )
        self._began.changed.connect(self._began_changed)
        self._ended: EndField | None = None
        if not logged:
            end = EndField(inner, self._episode, now=self._now, late=late)
            self._ended = self._asked(_("How long did it last?"), end, column)
            self._ended.changed.connect(self._answered)
        self._checks = CheckRows(inner)
        self._checks.changed.connect(self._answered)
        column.addWidget(self._checks)
        column.addSpacing(round(unit * 0.3))
        self._fold = Fold(
            inner, _("&More details"), holds=_("What it feels like, how you were sitting, and a note of your own.")
        )
        self._fold.opened.connect(self._fold_opened)
        column.addWidget(self._fold)
        self._fill_fold()
        column.addStretch(1)
        for chips in (self._severity, self._sensations, self._posture):
            chips.changed.connect(self._answered)
        return column

    def _fill_fold(self) -> None:
        inside = self._fold.inside
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, round(theme.unit() * 0.3), 0, 0)
        column.setSpacing(round(theme.unit() * 0.3))
        self._sensations = self._asked(
            _("What does it feel like?"),
            Chips(inside, _("What it feels like"), _shown(SENSATIONS), several=True),
            column,
        )
        self._posture = self._asked(
            _("How were you sitting?"), Chips(inside, _("How you were sitting"), _shown(POSTURES)), column
        )
        self._note = self._asked(_("Note"), QPlainTextEdit(inside), column)
        self._note.setAccessibleName(_("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(round(theme.unit() * 3.4))
        self._note.textChanged.connect(self._touched)

    def _question_on_leaving(self) -> QWidget:
        """Asks before closing loses what was typed. Escape and Enter keep it."""
        asking = QWidget(self)
        row = QHBoxLayout(asking)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(round(theme.unit() * 0.5))
        row.addWidget(label_for(asking, _("What you typed isn't saved yet."), role="note"), 1)
        self._discard = button_for(asking, _("&Discard"), self.close)
        self._go_on = button_for(asking, _("Keep editing"), self._keep_editing)
        row.addWidget(self._discard)
        row.addWidget(self._go_on)
        asking.hide()
        return asking

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.5))
        away = _("&Close") if self._purpose is FormPurpose.JUST_LOGGED else _("Cancel")
        self._help = button_for(self, _("When to get &help"), self.help_wanted.emit, kind="flush")
        self._away = button_for(self, away, self._leave)
        self._ok = button_for(self, _("&Save"), self._save, kind="primary")
        row.addWidget(self._help)
        row.addStretch(1)
        row.addWidget(self._away)
        row.addWidget(self._ok)
        return row

    def _order_tabs(self) -> None:
        """The first field comes first and *Save* after the last; what leads elsewhere follows."""
        chain: list[QWidget] = [
            *self._places.tab_chain(),
            *self._severity.tab_group.parts(),
            *self._began.tab_group.parts(),
            *(self._ended.tab_group.parts() if self._ended is not None else ()),
            *self._checks.tab_chain(),
            self._fold.button,
            *self._sensations.tab_group.parts(),
            *self._posture.tab_group.parts(),
            self._note,
            self._ok,
            self._away,
            self._help,
            self._discard,
            self._go_on,
            *([self._like] if self._like is not None else ()),
        ]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the map beside the other answers or above them, as large as the window allows."""
        unit = theme.unit()
        is_wide = self.width() >= _SIDE_BY_SIDE * unit
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._under.setVisible(bool(self._under.text()) and self.height() >= _ROOMY * unit)
        inside = self.contentsRect().width() - round(unit * 6)
        if self._like is not None:
            wide = self._like.fontMetrics().horizontalAdvance
            self._like.setText(next((one for one in self._like_words if wide(one) <= inside), self._like_words[-1]))
        # Beside the answers it may grow; above them, it must leave some of them in sight.
        around = 11.2 + (2.4 if self._like is not None else 0) + (0 if self._under.isHidden() else 1.4)
        room = self.height() - unit * around if is_wide else min(self.height() - unit * 6, unit * 15)
        self._places.map.setFixedHeight(round(max(_MAP_LEAST, unit * 10, min(room, unit * _MAP_MOST))))

    def _recolour(self, colours: theme.Palette) -> None:
        self._places.map.apply_colours(colours)
        self._banner.apply_colours(colours)

    # --- content ------------------------------------------------------------------------------------------------

    def _show(self, episode: Episode) -> None:
        self._places.show_where(episode.sites, episode.leg, before_sites=episode.before_sites)
        self._sensations.show_chosen(episode.sensations)
        self._severity.show_chosen([episode.severity])
        self._posture.show_chosen([episode.posture])
        self._checks.show_answers(episode)
        self._note.blockSignals(True)
        self._note.setPlainText(episode.note or "")
        self._note.blockSignals(False)
        self._written = self._note.toPlainText()
        self._open_fold_if_filled()
        self._ask_what_is_called_for()

    def _open_fold_if_filled(self) -> None:
        """Nothing that was told is hidden."""
        if self._sensations.chosen() or self._posture.one() is not None or self._note.toPlainText():
            self._fold.set_open(True)

    def _fold_opened(self) -> None:
        if self._fold.button.hasFocus():
            stop = self._sensations.tab_group.stop
            assert stop is not None
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        # The layout has not placed the parts yet.
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(self._fold, 0, 0))

    def _fill_like(self, last: Episode) -> None:
        """Fill in place, sensations and posture of the last episode; answers that vary are left to the person."""
        self._places.show_where(last.sites, last.leg)
        self._sensations.show_chosen(last.sensations)
        self._posture.show_chosen([last.posture])
        self._open_fold_if_filled()
        self._answered()

    def _began_changed(self) -> None:
        if self._ended is not None and self._purpose is FormPurpose.LATE:
            self._ended.offer_still_numb(wanted=self._began.is_now)
        self._answered()

    def _answered(self) -> None:
        self._touched()
        self._ask_what_is_called_for()

    def _ask_what_is_called_for(self) -> None:
        """Ask what the advice asks, and show at once what is urgent."""
        try:
            told = self.episode()
        except ValueError:  # a time that is being typed
            told = self._answers()
        advice = self._advise(told, self.signs())
        self._checks.ask(() if advice.tells_nothing else advice.questions, is_wanted=not advice.tells_nothing)
        is_urgent = advice.tier.rank > AdviceTier.SOON.rank
        before = self._banner.heading.text() if not self._banner.isHidden() else ""
        if is_urgent:
            self._banner.show_advice(advice, number=self._number)
        self._banner.setVisible(is_urgent)
        if is_urgent and self._banner.heading.text() != before and QAccessible.isActive():
            said = f"{self._banner.heading.text()}. {self._banner.action.text()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
        self._order_tabs()

    def _touched(self) -> None:
        """The person is using the form: keep it open until they close it."""
        self._ignored.stop()
        self._trouble.hide()
        self._leaving.hide()

    def _save(self) -> None:
        try:
            self._save_it(self.episode(), self.signs())
        except (ValueError, JournalError) as refused:
            self._leaving.hide()
            self._trouble.setText(translated(refused))
            self._trouble.show()
            return
        self.close()

    # --- place, focus, closing ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Give it its size, near the pointer; under Wayland, the compositor alone chooses the place."""
        if self.isVisible():
            return
        unit = theme.unit()
        room = pointer_screen().availableGeometry()
        title_bar = QSize(2, round(unit * 1.6))
        size = QSize(round(_UNITS[0] * unit), round(_UNITS[1] * unit)).boundedTo(room.size() - title_bar)
        taken = frames_on_top(self)
        if self._purpose is FormPurpose.JUST_LOGGED:
            # The notification that confirms the log has buttons too, and would hide the form's.
            taken += notification_places(room, deep=round(unit * 24))
        place = near_hand(room, size + title_bar, QCursor.pos(), margin=round(unit), avoiding=taken)
        self.move(place.topLeft())
        self.resize(size)

    def _accept_focus(self) -> None:
        """Allow the form to be given the keyboard focus from now on, without requesting it."""
        clear_flag(Qt.WindowType.WindowDoesNotAcceptFocus, self)

    def _close_if_ignored(self) -> None:
        """Close the form unless the person is using it.

        A pointer that moves inside the form counts as use; one that merely rests where the form appeared does not.
        """
        before, self._pointer = self._pointer, QCursor.pos()
        moved_in = before != self._pointer and self.frameGeometry().contains(self._pointer)
        if moved_in or self.focusWidget() is not self._first_focus or self.has_unsaved:
            self._ignored.start()
        else:
            self.close()

    def _leave(self) -> None:
        """Close it, or first ask whether to discard what was typed."""
        if not self._is_typed:
            self.close()
            return
        if (focused := self.focusWidget()) is not None and self._scroll.isAncestorOf(focused):
            self._left = focused
        self._trouble.hide()
        self._leaving.show()
        self._go_on.setFocus()

    def _keep_editing(self) -> None:
        self._leaving.hide()
        self._left.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._touched()
        self._accept_focus()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._leaving.isHidden():
            self._leave()
        else:
            self._keep_editing()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Discard unsaved answers; the episode itself stays as it was."""
        if event.spontaneous() and self._leaving.isHidden() and self._is_typed:
            event.ignore()
            self._leave()
            return
        event.accept()
        self._ignored.stop()
        self._may_focus.stop()
        self.closed.emit()


def _flags(purpose: FormPurpose) -> Qt.WindowType:
    if purpose is not FormPurpose.JUST_LOGGED:
        return Qt.WindowType.Window
    # As for the card: a window manager gives no focus to a new window that says it accepts none.
    return (
        Qt.WindowType.Window
        | Qt.WindowType.WindowStaysOnTopHint
        | Qt.WindowType.WindowDoesNotAcceptFocus
        | Qt.WindowType.CustomizeWindowHint
        | Qt.WindowType.WindowTitleHint
        | Qt.WindowType.WindowSystemMenuHint
        | Qt.WindowType.WindowCloseButtonHint
    )
