"""*My cards and routines*: the list of what the person has created, and beside it the form to change it.

The application imports and creates the window when it is first opened, on the GUI thread, and drops it when it is
closed. Nothing is written to disk before *Save*; a deletion can be undone until the window is closed. ``OwnCards``
reads and writes the files, in well under a second for anything it accepts or refuses.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
)

from numbguard.core.cards.drafts import CardDraft, MissingPart, missing_parts, missing_routine_parts
from numbguard.core.cards.routines import Routine
from numbguard.store.cards.own_cards import OwnCards, OwnCardsError, RemovedItem, picture_in
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.style import form_sheet
from numbguard.ui.widgets.notice_bar import NoticeBar
from numbguard.ui.widgets.windows.file_dialogs import PACKS, PICTURES, ask_about_changes, ask_for_file, ask_where
from numbguard.ui.widgets.windows.plain_window import PlainWindow, to_front
from numbguard.wording import labels
from numbguard.wording.catalogue import N_, _, ngettext, translated

from .card_form import CardForm
from .intro import EditorIntro, in_scroll
from .list import OwnItemKind, OwnItemList
from .packs import PackSharing, listed
from .routine_form import RoutineForm

if TYPE_CHECKING:
    from numbguard.core.cards.motion import Motion

_UNDO = N_("Und&o")


class _Page(Enum):
    WELCOME = 0
    CARD = 1
    ROUTINE = 2


_KINDS = {_Page.WELCOME: None, _Page.CARD: OwnItemKind.CARD, _Page.ROUTINE: OwnItemKind.ROUTINE}


class EditorWindow(PlainWindow):
    closed = Signal()

    def __init__(self, shelf: OwnCards, *, start: Callable[[str], str | None], still: bool = False) -> None:
        """``start`` starts the routine with a slug, and returns a sentence if it cannot. ``still``: no figure moves."""
        super().__init__()
        self._still = still
        self._shelf = shelf
        self._start_it = start
        self._slug: str | None = None
        """The slug of the card or routine in the form; ``None`` if it is new."""
        self._before: CardDraft | Routine | None = None
        """The form's content when it was last opened or saved, to tell whether it has changed."""
        self._asks = True
        """Whether closing it with unsaved changes asks first."""
        self.setWindowTitle(_(labels.OWN))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._build()
        theme.apply_theme(self, self._apply_colours)
        unit = theme.unit()
        room = QGuiApplication.primaryScreen().availableSize()
        wanted = QSize(round(unit * 62), round(unit * 43))
        self.resize(wanted.boundedTo(room - QSize(round(unit * 3), round(unit * 4))))
        self._refresh_list()
        self._show_page(_Page.WELCOME)

    def present(self) -> None:
        """Show it and bring it to the front."""
        to_front(self)

    # --- layout ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        self._notice = NoticeBar(self)
        self.sharing = PackSharing(self._shelf, self._notice, imported=self._leave_form)
        self._list = OwnItemList(self)
        self._list.wanted.connect(self.open)
        self._list.setMinimumWidth(round(unit * 12))
        self._list.setMaximumWidth(round(unit * 17))
        side = QVBoxLayout()
        side.setSpacing(round(unit * 0.5))
        side.addWidget(self._list, 1)
        pairs = (
            ((_("&New card"), self._new_card), (_("New &routine"), self._new_routine)),
            ((_("&Import…"), self._import), (_("Export a&ll…"), self._export_all)),
        )
        for pair in pairs:
            line = QHBoxLayout()
            line.setSpacing(round(unit * 0.5))
            for label, pressed in pair:
                line.addWidget(button_for(self, label, pressed), 1)
            side.addLayout(line)

        self._card = CardForm(lenders=self._shelf.lenders, card_of=self._shelf.library.card, still=self._still)
        self._routine = RoutineForm(choices=self._shelf.choices, card_of=self._shelf.library.card, still=self._still)
        self._pages = QStackedWidget(self)
        for page in (EditorIntro(self), in_scroll(self, self._card), in_scroll(self, self._routine)):
            self._pages.addWidget(page)
        for form in (self._card, self._routine):
            form.changed.connect(self._look)
            form.part_removed.connect(lambda undo: self._notice.say(_("Removed."), answer=_(_UNDO), action=undo))
        self._card.picture_wanted.connect(self._choose_picture)
        self._card.message.connect(lambda said: self._notice.say(said))

        self._save = button_for(self, _("&Save"), self._keep, kind="primary")
        self._start = button_for(self, _("S&tart now"), self._begin)
        self._share = button_for(self, _("&Export…"), self._export_one)
        self._copy = button_for(self, _("D&uplicate"), self._duplicate)
        self._away = button_for(self, _("&Delete"), self._remove)
        foot = QHBoxLayout()
        foot.setSpacing(round(unit * 0.5))
        for button in (self._away, self._copy, self._share):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._start)
        foot.addWidget(self._save)
        main = QVBoxLayout()
        main.setSpacing(round(unit * 0.6))
        main.addWidget(self._pages, 1)
        main.addWidget(self._notice)
        main.addLayout(foot)

        row = QHBoxLayout(self)
        edge = round(unit * 1.0)
        row.setContentsMargins(edge, edge, edge, edge)
        row.setSpacing(round(unit * 1.2))
        row.addLayout(side)
        row.addLayout(main, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self._keep)

    def _apply_colours(self, colours: theme.Palette) -> None:
        self.setStyleSheet(theme.style_sheet(colours) + form_sheet(colours))
        self._card.apply_colours(colours)
        self._routine.apply_colours(colours)

    def take_over(self, former: EditorWindow) -> None:
        """Show what is open in another editor, with its unsaved changes."""
        if former._page is _Page.CARD:
            self._show_card(former._card.draft, slug=former._slug, motions=former._card.own_motions)
        elif former._page is _Page.ROUTINE:
            self._show_routine(former._routine.routine, slug=former._slug)
        self._before = former._before
        self._look()

    def hand_over(self) -> None:
        """Let the window close without a question: another one takes over what is open in it."""
        self._asks = False

    # --- content of the form -----------------------------------------------------------------------------------------

    @property
    def _page(self) -> _Page:
        return _Page(self._pages.currentIndex())

    @property
    def _now(self) -> CardDraft | Routine | None:
        match self._page:
            case _Page.CARD:
                return self._card.draft
            case _Page.ROUTINE:
                return self._routine.routine
            case _:
                return None

    @property
    def _changed(self) -> bool:
        return self._now != self._before

    def _lacks(self) -> tuple[MissingPart, ...]:
        now = self._now
        if isinstance(now, CardDraft):
            return missing_parts(now)
        if isinstance(now, Routine):
            return missing_routine_parts(now, {card.slug: card for card in self._shelf.choices()}.get)
        return ()

    def _show_page(self, page: _Page) -> None:
        self._pages.setCurrentIndex(page.value)
        area = self._pages.currentWidget()
        if isinstance(area, QScrollArea):
            area.verticalScrollBar().setValue(0)
        for button in (self._save, self._copy, self._away):
            button.setVisible(page is not _Page.WELCOME)
        for button in (self._start, self._share):
            button.setVisible(page is _Page.ROUTINE)
        self._look()

    def _look(self) -> None:
        """Enable the buttons that apply, and mark the window as modified if the form has changed."""
        changed, kept = self._changed, self._slug is not None
        self._save.setEnabled(changed or not kept)
        for button in (self._copy, self._away, self._share, self._start):
            button.setEnabled(kept)
        self.setWindowModified(changed)
        self.setWindowTitle(f"{_(labels.OWN)}[*]")

    def _refresh_list(self) -> None:
        self._list.show_items(self._shelf.cards(), self._shelf.routines(), chosen=(_KINDS[self._page], self._slug))

    # --- navigation --------------------------------------------------------------------------------------------------

    def open(self, kind: OwnItemKind, slug: str) -> None:
        """Open a card or routine in its form, unless it is open already."""
        if (_KINDS[self._page], self._slug) != (kind, slug):
            self._then(partial(self._open_card if kind is OwnItemKind.CARD else self._open_routine, slug))

    def _open_card(self, slug: str, *, focus: bool = False) -> None:
        try:
            draft = self._shelf.card(slug)
        except OwnCardsError as error:
            self._report_unreadable(OwnItemKind.CARD, slug, error)
            return
        card = self._shelf.library.card(slug)
        self._show_card(draft, slug=slug, motions=dict(card.motions) if card else {}, focus=focus)

    def _show_card(
        self, draft: CardDraft, *, slug: str | None, motions: dict[str, Motion] | None = None, focus: bool = False
    ) -> None:
        self._slug = slug
        self._card.show_draft(draft, motions=motions or {})
        self._pages.setCurrentIndex(_Page.CARD.value)
        self._before = self._card.draft
        self._after_showing(self._card if focus else None)

    def _open_routine(self, slug: str, *, focus: bool = False) -> None:
        try:
            self._show_routine(self._shelf.routine(slug), slug=slug, focus=focus)
        except OwnCardsError as error:
            self._report_unreadable(OwnItemKind.ROUTINE, slug, error)

    def _show_routine(self, routine: Routine, *, slug: str | None, focus: bool = False) -> None:
        self._slug = slug
        self._routine.show_routine(routine)
        self._pages.setCurrentIndex(_Page.ROUTINE.value)
        self._before = self._routine.routine
        self._after_showing(self._routine if focus else None)

    def _after_showing(self, form: CardForm | RoutineForm | None) -> None:
        self._notice.clear()
        self._show_page(self._page)
        self._refresh_list()
        if form is not None:
            form.take_focus()

    def _report_unreadable(self, kind: OwnItemKind, slug: str, error: Exception) -> None:
        """Say why an entry cannot be read, and offer to delete it."""
        self._leave_form()
        self._list.show_items(self._shelf.cards(), self._shelf.routines(), chosen=(kind, slug))
        self._notice.say(translated(error), answer=_("&Delete it"), action=partial(self._remove_named, kind, slug))

    def _leave_form(self) -> None:
        self._slug = self._before = None
        self._show_page(_Page.WELCOME)
        self._refresh_list()

    def _new_card(self) -> None:
        self._then(lambda: self._show_card(CardDraft(), slug=None, focus=True))

    def _new_routine(self) -> None:
        self._then(lambda: self._show_routine(Routine("", "", "", ()), slug=None, focus=True))

    def _then(self, go_on: Callable[[], None]) -> None:
        """Call ``go_on``; if the form has unsaved changes, ask first."""
        if not self._changed:
            go_on()
            return

        def leave() -> None:
            self._before = self._now
            go_on()

        ask_about_changes(self, keep=self._keep, go_on=leave, stay=self._refresh_list)

    # --- actions -----------------------------------------------------------------------------------------------------

    def _keep(self) -> bool:
        """Save the form's content; return ``False`` if a part is missing or writing fails."""
        now, lacking = self._now, self._lacks()
        if now is None:
            return False
        if lacking:
            self._notice.say(translated(lacking[0].sentence))
            (self._card if isinstance(now, CardDraft) else self._routine).point_out(lacking[0])
            return False
        try:
            if isinstance(now, CardDraft):
                self._slug = self._shelf.keep_card(now, slug=self._slug)
            else:
                self._slug = self._shelf.keep_routine(now, slug=self._slug)
        except OwnCardsError as error:
            self._notice.say(translated(error))
            return False
        self._before = now
        self._refresh_list()
        self._look()
        self._notice.say(_("Saved."))
        return True

    def _begin(self) -> None:
        if (not self._changed or self._keep()) and self._slug is not None:
            self._notice.say(translated(self._start_it(self._slug) or "") or _("Started. This counts as a break."))

    def _duplicate(self) -> None:
        slug = self._slug
        if slug is not None:
            self._then(partial(self._duplicate_named, self._page, slug))

    def _duplicate_named(self, page: _Page, slug: str) -> None:
        try:
            if page is _Page.CARD:
                self._open_card(self._shelf.copy_card(slug), focus=True)
            else:
                self._open_routine(self._shelf.copy_routine(slug), focus=True)
        except OwnCardsError as error:
            self._notice.say(translated(error))

    def _remove(self) -> None:
        kind = _KINDS[self._page]
        if kind is not None and self._slug is not None:
            self._remove_named(kind, self._slug)

    def _remove_named(self, kind: OwnItemKind, slug: str) -> None:
        try:
            removed = self._shelf.remove_card(slug) if kind is OwnItemKind.CARD else self._shelf.remove_routine(slug)
        except OwnCardsError as error:
            self._notice.say(translated(error))
            return
        self._before = self._now
        self._leave_form()
        said = _("“{title}” was deleted.").format(title=removed.title)
        if missed := removed.missed_by:
            # Translators: {routines} is such as “Morning” and “Evening”; {count} of them are named.
            lost = ngettext("{routines} no longer includes it.", "{routines} no longer include it.", len(missed))
            said = f"{said} {lost.format(routines=listed(missed))}"
        undo = partial(self._put_back, kind, slug, removed)
        self._notice.say(said, answer=_(_UNDO), action=undo)

    def _put_back(self, kind: OwnItemKind, slug: str, removed: RemovedItem) -> None:
        try:
            self._shelf.put_back(removed)
        except OwnCardsError as error:
            self._notice.say(translated(error))
            return
        self._refresh_list()
        self.open(kind, slug)

    # --- files: pictures and packs -----------------------------------------------------------------------------------

    def _choose_picture(self) -> None:
        ask_for_file(self, _("Your own picture"), _(PICTURES), self.take_picture)

    def take_picture(self, path: Path) -> None:
        """Use the picture in ``path`` for the card in the form; if that fails, say why."""
        try:
            picture = picture_in(path)
        except OwnCardsError as error:
            self._notice.say(translated(error))
            return
        if problem := self._card.take_picture(picture):
            self._notice.say(_("{path} cannot be used: {problem}").format(path=path.name, problem=problem))

    def _import(self) -> None:
        self._then(lambda: ask_for_file(self, _("Import cards and routines"), _(PACKS), self.sharing.import_pack))

    def _export_all(self) -> None:
        ask_where(self, _("Export all my cards and routines"), "my-cards", partial(self.sharing.share, None))

    def _export_one(self) -> None:
        if self._slug is not None:
            slug = self._slug
            self._then(lambda: ask_where(self, _("Export this routine"), slug, partial(self.sharing.share, slug)))

    # --- closing -----------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._changed and self._asks:
            event.ignore()
            self._then(self._close_now)
            return
        event.accept()
        self.closed.emit()

    def _close_now(self) -> None:
        self.close()
