"""The form for creating or changing an own card. It edits a ``CardDraft`` and saves nothing itself.

The editor's window shows it as a page, on the GUI thread. The preview beside it moves as the card will.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from numbguard.core.cards.cards import MAX_STEPS, Muscle, ServedPart, StiffPart
from numbguard.core.cards.drafts import (
    CAUTION_LIMIT,
    TITLE_LIMIT,
    WHY_LIMIT,
    CardDraft,
    FormPart,
    MissingPart,
    StepDraft,
    with_motions_from,
    with_picture,
)
from numbguard.core.settings.choices import Place
from numbguard.core.sites import Region
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.ui.widgets.form.controls import CheckBox
from numbguard.ui.widgets.form.fields import ChoiceBox, line_for
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import N_, _, ngettext, translated

from .preview import CardPreview
from .row_list import MovableRow, RowList
from .step_row import StepRow, heading

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card
    from numbguard.core.cards.motion import Motion
    from numbguard.core.cards.picture_rules import OwnPicture

_PLACES = {
    Place.SEATED: N_("On a chair"),
    Place.STANDING: N_("Standing"),
    Place.WALL: N_("Against a wall"),
    Place.FLOOR: N_("On the floor"),
}
_WHERE: dict[ServedPart, str] = {
    Region.LOWER_BACK: N_("Lower back"),
    Region.BUTTOCK: N_("Buttock"),
    Region.HIP: N_("Hip"),
    Region.THIGH_FRONT: N_("Front of thigh"),
    Region.THIGH_OUTER: N_("Outer thigh"),
    Region.THIGH_BACK: N_("Back of thigh"),
    Region.KNEE: N_("Knee"),
    Region.SHIN: N_("Shin"),
    Region.CALF: N_("Calf"),
    Region.ANKLE: N_("Ankle"),
    Region.FOOT_TOP: N_("Top of foot"),
    Region.SOLE: N_("Sole"),
    Region.TOES: N_("Toes"),
    StiffPart.NECK: N_("Neck"),
    StiffPart.SHOULDERS: N_("Shoulders"),
    StiffPart.EYES: N_("Eyes"),
    StiffPart.CHEST: N_("Chest"),
}
_MUSCLES = {
    Muscle.HAMSTRING: N_("Back of thigh"),
    Muscle.QUAD: N_("Front of thigh"),
    Muscle.CALF: N_("Calf"),
    Muscle.LOWER_LEG: N_("Lower leg"),
    Muscle.ANKLE: N_("Ankle"),
    Muscle.FOOT: N_("Foot"),
    Muscle.BUTTOCK: N_("Buttock"),
    Muscle.HIP: N_("Hip"),
    Muscle.BACK: N_("Back"),
    Muscle.WAIST: N_("Waist"),
    Muscle.CORE: N_("Middle of the body"),
    Muscle.SHOULDER: N_("Shoulder"),
    Muscle.NECK: N_("Neck"),
    Muscle.EYES: N_("The eyes"),
    Muscle.BREATH: N_("The breath"),
    Muscle.WHOLE: N_("The whole body"),
}
_COLUMNS = 4


class CardForm(QWidget):
    changed = Signal()
    picture_wanted = Signal()
    """The person wants to choose a picture of their own."""
    part_removed = Signal(object)
    """A step was removed; carries a ``Callable[[], None]`` that puts it back."""
    message = Signal(str)
    """Carries a sentence: something could not be done."""

    def __init__(
        self,
        *,
        lenders: Callable[[], Sequence[Card]],
        card_of: Callable[[str], Card | None],
        still: bool = False,
    ) -> None:
        """``lenders`` gives the cards whose motions can be borrowed; ``card_of`` loads a card with its motions.
        ``still``: the figure does not move."""
        super().__init__()
        self._still = still
        self._lenders = lenders
        self._card_of = card_of
        self._draft = CardDraft()
        self._motions: dict[str, Motion] = {}
        self._own_motions: dict[str, Motion] = {}
        self._at: MovableRow | None = None
        self._filling = False
        self._build()

    # --- layout ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        unit = theme.unit()
        self._title = line_for(self, _("Name"), self._edited, hint=_("Name of the card"), limit=TITLE_LIMIT)
        self._title.setFont(theme.font(1.3, bold=True))
        self._preview = CardPreview(self, still=self._still)
        self._preview.setFixedSize(round(unit * 17), round(unit * 14))
        self._source = ChoiceBox(self)
        self._source.setAccessibleName(_("What you see"))
        self._source.setMaxVisibleItems(14)
        self._source.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._source.setMinimumContentsLength(16)
        self._source.activated.connect(self._borrow)
        self._own = button_for(self, _("My own &picture…"), self.picture_wanted.emit)
        about = label_for(self, _("SVG, PNG, GIF or WebP, up to 1 MB. Animations play on the card."), role="quiet")
        self._muscle = ChoiceBox(self)
        self._muscle.setAccessibleName(_("Main muscle"))
        for muscle, word in _MUSCLES.items():
            self._muscle.addItem(_(word), muscle.value)
        self._muscle.activated.connect(lambda _index: self._edited())

        seen = QVBoxLayout()
        seen.setSpacing(round(unit * 0.5))
        seen.addWidget(heading(self, _("What you see")))
        seen.addWidget(self._source)
        seen.addWidget(self._own)
        seen.addWidget(about)
        seen.addSpacing(round(unit * 0.6))
        seen.addWidget(heading(self, _("Where you can do it")))
        self._places = {place: self._tick(_(word)) for place, word in _PLACES.items()}
        places = QGridLayout()
        places.setHorizontalSpacing(round(unit * 1.2))
        for number, tick in enumerate(self._places.values()):
            places.addWidget(tick, number // 2, number % 2)
        places.setColumnStretch(2, 1)
        seen.addLayout(places)
        seen.addStretch(1)
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(round(unit * 1.3))
        top.addWidget(self._preview, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(seen, 1)

        self._steps = RowList(self)
        self._steps.changed.connect(self._edited)
        self._steps.removed.connect(self.part_removed)
        self._steps.entered.connect(self._show_row)
        self._add = button_for(self, _("&Add a step"), self._add_step)
        self._length = label_for(self, role="quiet")
        adding = QHBoxLayout()
        adding.addWidget(self._add)
        adding.addStretch(1)
        adding.addWidget(self._length)

        self._regions = {region: self._tick(_(word)) for region, word in _WHERE.items()}
        for region, tick in self._regions.items():
            tick.toggled.connect(lambda on, region=region: self._serve(region, on=on))
        self._grid = regions = QGridLayout()
        regions.setHorizontalSpacing(round(unit * 1.0))
        regions.setColumnStretch(_COLUMNS, 1)
        self._arrange_regions(_COLUMNS)
        works = QHBoxLayout()
        works.setSpacing(round(unit * 0.6))
        works.addWidget(QLabel(_("Main muscle"), self))
        works.addWidget(self._muscle)
        works.addStretch(1)
        self._why = line_for(
            self,
            _("Why it helps"),
            self._edited,
            hint=_("Why it helps, in one sentence (optional)"),
            limit=WHY_LIMIT,
        )
        self._caution = line_for(
            self, _("Caution"), self._edited, hint=_("When not to do it (optional)"), limit=CAUTION_LIMIT
        )

        column = QVBoxLayout(self)
        beside = round(unit * 0.6)  # the scroll bar
        left, right = (beside, 0) if self.isRightToLeft() else (0, beside)
        column.setContentsMargins(left, 0, right, round(unit * 0.3))
        column.setSpacing(round(unit * 0.5))
        column.addWidget(self._title)
        column.addSpacing(round(unit * 0.4))
        column.addLayout(top)
        for title, part in (
            (_("Steps"), (self._steps, adding)),
            (_("Good for"), (regions, works)),
            (_("In words"), (self._why, self._caution)),
        ):
            column.addSpacing(round(unit * 0.6))
            column.addWidget(heading(self, title))
            for each in part:
                column.addWidget(each) if isinstance(each, QWidget) else column.addLayout(each)
        column.addStretch(1)

    def _tick(self, word: str) -> CheckBox:
        tick = CheckBox(word, self)
        tick.toggled.connect(lambda _on: self._edited())
        return tick

    def apply_colours(self, colours: theme.Palette) -> None:
        self._preview.apply_colours(colours)
        self._steps.apply_colours(colours)

    # --- draft -------------------------------------------------------------------------------------------------------

    @property
    def draft(self) -> CardDraft:
        """The draft as the form shows it now."""
        muscle = self._muscle.currentData()
        return replace(
            self._draft,
            title=self._title.text(),
            why=self._why.text(),
            caution=self._caution.text(),
            places=frozenset(place for place, tick in self._places.items() if tick.isChecked()),
            muscle=Muscle(muscle),
            steps=tuple(row.step for row in self._steps.rows() if isinstance(row, StepRow)),
        )

    @property
    def own_motions(self) -> dict[str, Motion]:
        """The motions in the card's own file."""
        return self._own_motions

    def show_draft(self, draft: CardDraft, *, motions: dict[str, Motion]) -> None:
        """Fill the form. ``motions`` are those in the card's own file, not borrowed ones."""
        self._filling = True
        self._draft = draft
        self._own_motions = motions if draft.motions else {}
        self._title.setText(draft.title)
        self._why.setText(draft.why)
        self._caution.setText(draft.caution)
        for line in (self._title, self._why, self._caution):
            line.setCursorPosition(0)
        for place, tick in self._places.items():
            tick.setChecked(place in draft.places)
        for region, tick in self._regions.items():
            tick.setChecked(region in draft.regions)
        self._muscle.setCurrentIndex(list(_MUSCLES).index(draft.muscle))
        self._find_motions()
        self._offer_sources()
        self._show_steps()
        self._filling = False
        self._show_picture()
        self._say_length()

    def point_out(self, lack: MissingPart) -> None:
        """Move the keyboard focus to the missing part."""
        rows = self._steps.rows()
        if lack.part is FormPart.STEPS and lack.row is not None and isinstance(row := rows[lack.row], StepRow):
            row.take_focus()
            return
        {
            FormPart.TITLE: self._title,
            FormPart.PICTURE: self._source,
            FormPart.STEPS: self._add,
            FormPart.PLACES: self._places[Place.SEATED],
            FormPart.REGIONS: self._regions[Region.LOWER_BACK],
        }[lack.part].setFocus()

    def take_focus(self) -> None:
        self._title.setFocus()
        self._title.selectAll()

    # --- edits -------------------------------------------------------------------------------------------------------

    def _edited(self) -> None:
        if self._filling:
            return
        self._add.setEnabled(len(self._steps.rows()) < MAX_STEPS)
        self._say_length()
        self._show_picture()
        self.changed.emit()

    def _serve(self, region: ServedPart, *, on: bool) -> None:
        """Add or remove a region. The first region ticked counts most, as in a card's file."""
        if self._filling:
            return
        others = tuple(each for each in self._draft.regions if each is not region)
        self._draft = replace(self._draft, regions=(*others, region) if on else others)
        self.changed.emit()

    def _add_step(self) -> None:
        first = next(iter(self._motions), "")
        row = StepRow(StepDraft(motion=first), tuple(self._motions))
        self._steps.add(row)
        row.take_focus()

    def _borrow(self, index: int) -> None:
        slug = self._source.itemData(index)
        lender = self._card_of(slug) if isinstance(slug, str) and slug else None
        if lender is None:
            if slug:
                self.message.emit(_("That card can't be shown right now. Run “numbguard check” to see why."))
            self._offer_sources()
            return
        was_new = not self._draft.like and not self._draft.picture and not self._draft.motions
        draft = with_motions_from(self.draft, lender)
        if was_new and not draft.places and not draft.regions:
            # A sensible start: the lending card's places, regions and muscle most likely fit here too.
            draft = replace(draft, places=frozenset(lender.places), regions=lender.regions, muscle=lender.muscle)
        self.show_draft(draft, motions={})
        self._source.setFocus()
        self.changed.emit()

    def fit(self, width: int) -> None:
        """Put the choices below the picture if ``width``, in pixels, is too small: large text in a small window."""
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._top.setDirection(below if width < theme.unit() * 37 else beside)
        room, gap = width - round(theme.unit() * 1.2), self._grid.horizontalSpacing()
        wide = [tick.sizeHint().width() for tick in self._regions.values()]
        for columns in range(_COLUMNS, 1, -1):
            if sum(max(wide[at::columns]) for at in range(columns)) + (columns - 1) * gap <= room:
                break
        self._arrange_regions(columns)

    def _arrange_regions(self, columns: int) -> None:
        for number, tick in enumerate(self._regions.values()):
            self._grid.addWidget(tick, number // columns, number % columns)

    def take_picture(self, picture: OwnPicture) -> str:
        """Use the person's own picture and return ``""``; if it cannot be drawn, change nothing and return why."""
        if not self._preview.preview_own_picture(picture):
            self._show_picture()
            if picture.kind == "svg":
                return _("it is too complex. Simplify it, or save it as a PNG.")
            return _("the picture can't be drawn. The file may be incomplete.")
        self.show_draft(with_picture(self.draft, picture), motions={})
        self.changed.emit()
        return ""

    # --- display -----------------------------------------------------------------------------------------------------

    def _find_motions(self) -> None:
        lender = self._card_of(self._draft.like) if self._draft.like else None
        self._motions = dict(lender.motions) if lender else dict(self._own_motions)

    def _offer_sources(self) -> None:
        draft, box = self._draft, self._source
        box.clear()
        first = (
            _("My own picture")
            if draft.picture
            else _("Its own motion")
            if draft.motions
            else _("Borrow a motion from…")
        )
        if not draft.like:
            box.addItem(first, "")
        for card in self._lenders():
            box.addItem(_("Motion of: {title}").format(title=translated(card.title)), card.slug)
        box.setCurrentIndex(max(box.findData(draft.like), 0))
        box.setToolTip(box.currentText())

    def _show_steps(self) -> None:
        self._at = None
        self._steps.show_rows([StepRow(step, tuple(self._motions)) for step in self._draft.steps])

    def _show_row(self, row: MovableRow) -> None:
        self._at = row
        self._show_picture()

    def _show_picture(self) -> None:
        if self._draft.picture is not None:
            self._preview.preview_own_picture(self._draft.picture)
            return
        rows = self._steps.rows()
        row = self._at if self._at in rows else rows[0] if rows else None
        step = row.step if isinstance(row, StepRow) else StepDraft()
        motion = self._motions.get(step.motion) or next(iter(self._motions.values()), None)
        self._preview.show_motion(motion, mirrored=step.side.value == "left")

    def _say_length(self) -> None:
        seconds = self.draft.seconds
        self._length.setText(
            ngettext("{count} second in total", "{count} seconds in total", seconds).format(count=seconds)
        )
