"""The form for creating or changing an own routine: a sequence of cards, each with its time in seconds.

The editor's window shows it as a page, on the GUI thread. A moving preview beside the list shows the card whose row has
the keyboard focus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from numbguard.core.cards.drafts import TITLE_LIMIT, WHY_LIMIT, FormPart, MissingPart, length_of
from numbguard.core.cards.routines import MAX_CARDS, MAX_SECONDS, MIN_SECONDS, Routine
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.fields import ChoiceBox, SpinBox, line_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import _, pgettext, translated

from .preview import CardPreview
from .row_list import CARD_WORDS, MovableRow, RowList
from .step_row import heading

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card


class CardRow(MovableRow):
    """One card of a routine. It takes as long as the card's own steps until the person sets another time."""

    def __init__(self, slug: str, seconds: int, cards: Sequence[Card]) -> None:
        super().__init__(CARD_WORDS)
        self._length = {card.slug: card.seconds for card in cards}
        self._chosen = slug
        self._card = ChoiceBox(self)
        self._card.setAccessibleName(_("Card"))
        self._card.setMaxVisibleItems(14)
        self._card.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._card.setMinimumContentsLength(12)
        for card in cards:
            self._card.addItem(translated(card.title), card.slug)
        if slug not in self._length:
            self._card.addItem(_("{card} (missing)").format(card=slug), slug)
        self._card.setCurrentIndex(self._card.findData(slug))
        own = self._length.get(slug, 60)
        self._seconds = SpinBox(
            self,
            MIN_SECONDS,
            MAX_SECONDS,
            seconds or own,
            unit=pgettext("after a number of seconds", " s"),
            name=_("Seconds"),
        )
        self._seconds.setSingleStep(5)
        self._seconds.setFixedWidth(round(theme.unit() * 6.2))
        line = QHBoxLayout()
        line.setSpacing(round(theme.unit() * 0.5))
        line.addWidget(self._card, 1)
        line.addWidget(self._seconds)
        self.body.addLayout(line)
        self._card.activated.connect(self._choose)
        self._seconds.valueChanged.connect(lambda _value: self.changed.emit())

    @property
    def slug(self) -> str:
        return self._chosen

    @property
    def seconds(self) -> int:
        """Seconds; 0 for the length of the card's own steps, even if those change later."""
        value = self._seconds.value()
        return 0 if value == self._length.get(self._chosen) else value

    def _choose(self, index: int) -> None:
        followed = self.seconds == 0
        self._chosen = str(self._card.itemData(index))
        if followed:
            self._seconds.setValue(self._length.get(self._chosen, 60))
        self.entered.emit()
        self.changed.emit()

    def take_focus(self) -> None:
        self._card.setFocus()


class RoutineForm(QWidget):
    changed = Signal()
    part_removed = Signal(object)
    """A card was removed; carries a ``Callable[[], None]`` that puts it back."""

    def __init__(
        self,
        *,
        choices: Callable[[], Sequence[Card]],
        card_of: Callable[[str], Card | None],
        still: bool = False,
    ) -> None:
        """``choices`` gives the cards that a routine can contain; ``card_of`` loads a card with its motions. ``still``:
        the figure does not move."""
        super().__init__()
        self._still = still
        self._choices = choices
        self._card_of = card_of
        self._cards: Sequence[Card] = ()
        self._slug = ""
        self._shown = ""
        self._filling = False
        self._build()

    def fit(self, width: int) -> None:
        """Take this width in pixels: where the figure does not fit beside the cards, they have all the room."""
        is_narrow = width < theme.unit() * 36.5
        for part in (self._preview, self._about):
            part.setVisible(not is_narrow)

    def _build(self) -> None:
        unit = theme.unit()
        self._title = line_for(self, _("Name"), self._edited, hint=_("Name of the routine"), limit=TITLE_LIMIT)
        self._title.setFont(theme.font(1.3, bold=True))
        self._why = line_for(
            self, _("What it's for"), self._edited, hint=_("What it's for, in one sentence (optional)"), limit=WHY_LIMIT
        )
        self._preview = CardPreview(self, still=self._still)
        self._preview.setFixedSize(round(unit * 10), round(unit * 8.3))
        self._rows = RowList(self)
        self._rows.changed.connect(self._edited)
        self._rows.removed.connect(self.part_removed)
        self._rows.entered.connect(self._show_row)
        self._add = button_for(self, _("&Add a card"), self._add_card)
        self._length = QLabel(self)
        self._length.setProperty("role", "quiet")
        self._about = label_for(self, role="quiet")
        self._about.setFixedWidth(round(unit * 10))
        adding = QHBoxLayout()
        adding.addWidget(self._add)
        adding.addStretch(1)
        adding.addWidget(self._length)
        listed = QVBoxLayout()
        listed.setSpacing(round(unit * 0.5))
        listed.addWidget(heading(self, _("Cards, one after the other")))
        listed.addWidget(self._rows)
        listed.addLayout(adding)
        listed.addStretch(1)
        seen = QVBoxLayout()
        seen.setSpacing(round(unit * 0.5))
        seen.addWidget(self._preview)
        seen.addWidget(self._about)
        seen.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(round(unit * 1.3))
        both.addLayout(listed, 1)
        both.addLayout(seen)
        column = QVBoxLayout(self)
        beside = round(unit * 0.6)  # the scroll bar
        left, right = (beside, 0) if self.isRightToLeft() else (0, beside)
        column.setContentsMargins(left, 0, right, round(unit * 0.3))
        column.setSpacing(round(unit * 0.5))
        column.addWidget(self._title)
        column.addWidget(self._why)
        column.addSpacing(round(unit * 0.6))
        column.addLayout(both)
        column.addStretch(1)

    def apply_colours(self, colours: theme.Palette) -> None:
        self._preview.apply_colours(colours)
        self._rows.apply_colours(colours)

    # --- routine -----------------------------------------------------------------------------------------------------

    @property
    def routine(self) -> Routine:
        """The routine as the form shows it now."""
        rows = [row for row in self._rows.rows() if isinstance(row, CardRow)]
        seconds = tuple(row.seconds for row in rows)
        return Routine(
            slug=self._slug,
            title=self._title.text().strip(),
            why=self._why.text().strip(),
            cards=tuple(row.slug for row in rows),
            seconds=seconds if any(seconds) else (),
        )

    def show_routine(self, routine: Routine) -> None:
        """Fill the form."""
        self._filling = True
        self._cards = self._choices()
        self._slug = routine.slug
        self._title.setText(routine.title)
        self._why.setText(routine.why)
        for line in (self._title, self._why):
            line.setCursorPosition(0)
        self._rows.show_rows([CardRow(slug, seconds, self._cards) for slug, seconds in routine.turns])
        self._filling = False
        self._shown = ""
        self._show_card(routine.cards[0] if routine.cards else "")
        self._say_length()

    def point_out(self, lack: MissingPart) -> None:
        """Move the keyboard focus to the missing part."""
        if lack.row is not None and isinstance(row := self._rows.rows()[lack.row], CardRow):
            row.take_focus()
        else:
            (self._title if lack.part is FormPart.TITLE else self._add).setFocus()

    def take_focus(self) -> None:
        self._title.setFocus()
        self._title.selectAll()

    # --- edits and display -------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._filling:
            return
        self._say_length()
        self.changed.emit()

    def _add_card(self) -> None:
        if not self._cards:
            return
        used = set(self.routine.cards)
        card = next((each for each in self._cards if each.slug not in used), self._cards[0])
        row = CardRow(card.slug, 0, self._cards)
        self._rows.add(row)
        row.take_focus()

    def _show_row(self, row: MovableRow) -> None:
        if isinstance(row, CardRow):
            self._show_card(row.slug)

    def _show_card(self, slug: str) -> None:
        if slug == self._shown and slug:
            return
        self._shown = slug
        card = self._card_of(slug) if slug else None
        self._about.setText(translated(card.why) if card else "")
        if card is not None and card.image is not None:
            self._preview.preview_own_picture(card.image)
            return
        step = card.steps[0] if card else None
        motion = card.motions.get(step.motion) if card and step else None
        self._preview.show_motion(motion, mirrored=step.mirrored if step else False)

    def _say_length(self) -> None:
        known = {card.slug: card for card in self._cards}
        minutes, seconds = divmod(length_of(self.routine, known.get), 60)
        self._length.setText(
            _("{minutes} min {seconds} s in total").format(minutes=minutes, seconds=seconds)
            if minutes
            else _("{seconds} s in total").format(seconds=seconds)
        )
        self._add.setEnabled(len(self._rows.rows()) < MAX_CARDS)
        self._length.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
