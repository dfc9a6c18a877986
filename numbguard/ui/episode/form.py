"""The episode form: where it is numb, what it feels like and how the person was sitting; every answer is optional.

The application opens it after the one-click log, when the episode is already on disk, and for late entries and
corrections; on the GUI thread. After the click it appears in a corner without taking the keyboard focus, and closes by
itself if nobody touches it. Nothing is saved until the person saves: the form offers the last answers, but never enters
them by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum
from typing import TypeVar

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from numbguard.core.errors import JournalError
from numbguard.core.log.records import Episode
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.chips import Chips
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.plain_window import PlainWindow, clear_flag, to_front
from numbguard.ui.widgets.screens import frames_on_top, free_corner, notification_places, pointer_screen
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, translated
from numbguard.wording.episodes import ONSETS, POSTURES, SENSATIONS, like, moment

from .place_field import PlaceField
from .time_fields import BeginningField, EndField

V = TypeVar("V")
W = TypeVar("W", bound=QWidget)

_UNITS = (60.0, 38.0)
"""The preferred width and height in heights of a line of text."""
_IGNORED_AFTER_MS = 60_000
"""Milliseconds after which an untouched form closes."""
_FOCUS_AFTER_MS = 1_200
"""Milliseconds after showing from which the form accepts the keyboard focus."""
_SLACK = timedelta(minutes=1)
"""How far a time entered may lie in the future."""
_YES_NO = {True: N_("Yes"), False: N_("No")}


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
        save: Callable[[Episode], object],
    ) -> None:
        """``last``: the episode before this one, whose answers are offered. ``save`` may raise ``JournalError``."""
        super().__init__(None, _flags(purpose))
        self._episode = episode
        self._purpose = purpose
        self._last = last
        self._now = now
        self._save_it = save
        self._written = ""
        """The note as the form showed it first."""
        self.setWindowTitle(_("Episode"))
        self.setAccessibleName(_("Episode of numbness"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._pointer = QCursor.pos()
        self._ignored = QTimer(self, singleShot=True, interval=_IGNORED_AFTER_MS)
        self._ignored.timeout.connect(self._close_if_ignored)
        self._may_focus = QTimer(self, singleShot=True, interval=_FOCUS_AFTER_MS)
        self._may_focus.timeout.connect(self._accept_focus)
        self._build()
        self._show(episode)
        self.setFocus()  # not on a button, so that a key meant for another window cannot press one
        theme.apply_theme(self, self._places.map.apply_colours)

    # --- for the application ------------------------------------------------------------------------------------

    def appear(self) -> None:
        """Show the form after the one-click log: in a corner, without taking the keyboard focus."""
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
            onset=self._onset.one(),
            weakness=self._weakness.one(),
            back_pain=self._back_pain.one(),
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
        return times or self._answers() != self._episode

    def take_over(self, former: EpisodeForm) -> None:
        """Show what was entered in another form about the same episode, saved or not."""
        self._show(former._answers())
        self._written = former._written
        self._note.setPlainText(former._note.toPlainText())
        self._began.take_over(former._began)
        if self._ended is not None and former._ended is not None:
            self._ended.take_over(former._ended)

    # --- layout -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        edge = round(unit * 1.1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(edge, edge, edge, edge)
        whole.setSpacing(round(unit * 0.5))
        title, under = self._headings()
        head = label_for(self, title, scale=1.4, bold=True)
        whole.addWidget(head)
        if under:
            whole.addWidget(label_for(self, under, role="quiet"))
        if self._last is not None and like(self._last):
            whole.addWidget(self._offer(self._last), 0, Qt.AlignmentFlag.AlignLeft)
        middle = QHBoxLayout()
        middle.setSpacing(round(unit * 1.2))
        self._places = PlaceField(self)
        self._places.changed.connect(self._touched)
        middle.addWidget(self._places, 5)
        middle.addWidget(self._questions(), 6)
        whole.addLayout(middle, 1)
        self._trouble = label_for(self, role="note")
        self._trouble.hide()
        whole.addWidget(self._trouble)
        whole.addLayout(self._buttons())

    def _headings(self) -> tuple[str, str]:
        began = moment(self._episode.started_at, self._now())
        if self._purpose is FormPurpose.JUST_LOGGED:
            at = self._episode.started_at.astimezone(self._now().tzinfo)
            return _("Logged at {time}").format(time=formats.clock(at)), _(
                "It's logged. Add as much or as little as you like."
            )
        if self._purpose is FormPurpose.LATE:
            return _("An earlier episode"), _("Fill in what you can remember, and skip the rest.")
        return _("Episode, {began}").format(began=began), ""

    def _offer(self, last: Episode) -> QPushButton:
        """A button that fills in the answers of the last episode; it saves nothing."""
        words = like(last)
        if len(words) > 90:
            words = words[:88].rstrip(", ") + " …"
        means = _("Copies your answers from the last episode; you still need to save")
        return button_for(
            self, _("&Like the last one: {words}").format(words=words), lambda: self._fill_like(last), means=means
        )

    def _questions(self) -> QScrollArea:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, round(theme.unit() * 0.5), 0)
        column.setSpacing(round(theme.unit() * 0.3))

        def asked(words: str, answer: W, *, into: QVBoxLayout = column) -> W:
            label = QLabel(words, inner)
            label.setFont(theme.font(bold=True))
            label.setWordWrap(True)
            into.addWidget(label)
            into.addWidget(answer)
            into.addSpacing(round(theme.unit() * 0.35))
            return answer

        late, logged = self._purpose is FormPurpose.LATE, self._purpose is FormPurpose.JUST_LOGGED
        began = None if late else self._episode.started_at
        self._began = asked(_("When did it start?"), BeginningField(inner, began, now=self._now, logged=logged))
        self._began.changed.connect(self._began_changed)
        self._ended: EndField | None = None
        if not logged:
            self._ended = asked(_("When did it stop?"), EndField(inner, self._episode, now=self._now, late=late))
            self._ended.changed.connect(self._touched)
        self._sensations = asked(
            _("What does it feel like?"), Chips(inner, _("What it feels like"), _shown(SENSATIONS), several=True)
        )
        self._severity = asked(
            _("How bad is it, from 0 to 10?"),
            Chips(inner, _("How bad"), {number: str(number) for number in range(11)}, kind="digit"),
        )
        self._posture = asked(_("How were you sitting?"), Chips(inner, _("How you were sitting"), _shown(POSTURES)))
        self._onset = asked(_("How did it start?"), Chips(inner, _("How it started"), _shown(ONSETS)))
        pair, left, right = QHBoxLayout(), QVBoxLayout(), QVBoxLayout()
        column.addLayout(pair)
        pair.addLayout(left, 1)
        pair.addLayout(right, 1)
        self._weakness = asked(_("Is the leg weak?"), Chips(inner, _("Is the leg weak"), _shown(_YES_NO)), into=left)
        self._back_pain = asked(
            _("Does your back hurt?"), Chips(inner, _("Does your back hurt"), _shown(_YES_NO)), into=right
        )
        self._note = asked(_("Note"), QPlainTextEdit(inner))
        self._note.setAccessibleName(_("Note"))
        self._note.setTabChangesFocus(True)
        self._note.setFixedHeight(round(theme.unit() * 3.4))
        self._note.textChanged.connect(self._touched)
        column.addStretch(1)
        for chips in (self._sensations, self._severity, self._posture, self._onset, self._weakness, self._back_pain):
            chips.changed.connect(self._touched)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        return scroll

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.5))
        for words, kind, pressed in (
            (_("When to get &help"), "plain", self.help_wanted.emit),
            (_("&Close") if self._purpose is FormPurpose.JUST_LOGGED else _("Cancel"), "", self.close),
            (_("&Save"), "primary", self._save),
        ):
            row.addWidget(button_for(self, words, pressed, kind=kind))
            if kind == "plain":
                row.addStretch(1)
        return row

    # --- content ------------------------------------------------------------------------------------------------

    def _show(self, episode: Episode) -> None:
        self._places.show_where(episode.sites, episode.leg, before_sites=episode.before_sites)
        self._sensations.show_chosen(episode.sensations)
        self._severity.show_chosen([episode.severity])
        self._posture.show_chosen([episode.posture])
        self._onset.show_chosen([episode.onset])
        self._weakness.show_chosen([episode.weakness])
        self._back_pain.show_chosen([episode.back_pain])
        self._note.blockSignals(True)
        self._note.setPlainText(episode.note or "")
        self._note.blockSignals(False)
        self._written = self._note.toPlainText()

    def _fill_like(self, last: Episode) -> None:
        """Fill in place, sensations and posture of the last episode; answers that vary are left to the person."""
        self._places.show_where(last.sites, last.leg)
        self._sensations.show_chosen(last.sensations)
        self._posture.show_chosen([last.posture])
        self._touched()

    def _began_changed(self) -> None:
        if self._ended is not None and self._purpose is FormPurpose.LATE:
            self._ended.offer_still_numb(wanted=self._began.is_now)
        self._touched()

    def _touched(self) -> None:
        """The person is using the form: keep it open until they close it."""
        self._ignored.stop()
        self._trouble.hide()

    def _save(self) -> None:
        try:
            self._save_it(self.episode())
        except (ValueError, JournalError) as refused:
            self._trouble.setText(translated(refused))
            self._trouble.show()
            return
        self.close()

    # --- place, focus, closing ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        if self.isVisible():
            return
        unit = theme.unit()
        room = pointer_screen().availableGeometry()
        title_bar = QSize(2, round(unit * 1.6))
        size = QSize(round(_UNITS[0] * unit), round(_UNITS[1] * unit)).boundedTo(room.size() - title_bar)
        # The notification that confirms the log has buttons too, and would hide the form's.
        taken = notification_places(room, deep=round(unit * 24))
        place = free_corner(room, size + title_bar, margin=round(unit), avoiding=[*frames_on_top(self), *taken])
        if self._purpose is not FormPurpose.JUST_LOGGED:
            place = QRect(place)
            place.moveCenter(room.center())
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
        if moved_in or self.focusWidget() is not self or self.has_unsaved:
            self._ignored.start()
        else:
            self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._touched()
        self._accept_focus()
        self.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._save()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Discard unsaved answers; the episode itself stays as it was."""
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
