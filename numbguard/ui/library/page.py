"""All cards as a grid of tiles, with filters by part of the body, by place, and favourites.

The library's window creates it, on the GUI thread. One timer moves the figures that can be seen, and draws one new
figure each time: the page is there at once, however many cards there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, Protocol

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from numbguard.core.cards.body_areas import BodyArea, areas_of
from numbguard.core.cards.cards import Card, CardKind
from numbguard.core.cards.choosing import is_on
from numbguard.core.settings.settings import Settings
from numbguard.store.settings.file import SettingsError
from numbguard.ui.picture.frames import Frames
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.chips import Chips, FlowLayout
from numbguard.ui.widgets.labels import label_for
from numbguard.ui.widgets.viewport import viewport_of
from numbguard.wording.catalogue import N_, _, translated

from .tile import TILE_UNITS, CardTile
from .words import AREAS, PLACES

_FRAMES_A_SECOND: Final = 12
"""A dozen small figures at the 30 frames of a card would take as much of a core as ten cards."""
_KEPT_PAGES: Final = 1.5
"""Heights of the page by which a tile may be out of sight before its figure is let go."""


class _Liked(Enum):
    FAVOURITES = "favourites"


class StretchSettings(Protocol):
    """What the page reads and changes of the settings."""

    @property
    def settings(self) -> Settings: ...

    def change(self, key: str, value: object) -> None:
        """Set one key; raises ``SettingsError``."""


class StretchesPage(QWidget):
    start_wanted = Signal(str)
    look_wanted = Signal(str)
    refused = Signal(str)
    """A sentence on why a setting could not be saved."""

    def __init__(
        self,
        cards: Sequence[Card],
        *,
        whole: Callable[[str], Card | None],
        settings: StretchSettings,
        choosing: bool = False,
        still: bool = False,
    ) -> None:
        """``whole`` returns a card with its motions. ``still``: the figures do not move.

        ``choosing``: a click on a figure starts its card, and shows it otherwise.
        """
        super().__init__()
        self._whole, self._settings, self._choosing, self._still = whole, settings, choosing, still
        unit = theme.unit()
        self._area = Chips(self, _("Part of the body"), {area: _(word) for area, word in AREAS.items()})
        self._place = Chips(self, _("Place"), {place: _(word) for place, word in PLACES.items()})
        self._liked = Chips(self, _("Favourites"), {_Liked.FAVOURITES: _(N_("Favourites"))})
        self._grid = QWidget(self)
        self._grid.setObjectName("grid")
        self._flow = FlowLayout(self._grid, gap=round(unit * 0.7))
        self._nothing = label_for(self, _("No card fits. Clear a filter to see more."), role="quiet")
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        # Always there, because the width of the tiles depends on it.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        viewport_of(self._scroll).installEventFilter(self)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._grid)
        self._tiles = [self._tile(card) for card in _in_order(cards)]
        for chips in (self._area, self._place, self._liked):
            chips.changed.connect(self._filter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(round(unit * 0.5))
        more = QHBoxLayout()
        more.setSpacing(round(unit * 1.2))
        more.addWidget(self._liked)
        more.addWidget(self._place, 1)
        column.addWidget(self._area)
        column.addLayout(more)
        column.addWidget(self._nothing)
        column.addWidget(self._scroll, 1)
        self._frames = Frames(
            self,
            still=still,
            on_frame=self._advance,
            on_shown=lambda: None,
            on_hidden=self._pause_all,
            frames_a_second=_FRAMES_A_SECOND,
        )
        self.show_states()
        self._filter()

    def _tile(self, card: Card) -> CardTile:
        tile = CardTile(self._grid, card, choosing=self._choosing)
        tile.start_wanted.connect(self.start_wanted)
        tile.look_wanted.connect(self.look_wanted)
        tile.favourite_set.connect(self._set_favourite)
        tile.never_set.connect(self._set_never)
        tile.move_wanted.connect(lambda across, down: self._go(tile, across, down))
        tile.entered.connect(lambda: self._enter(tile))
        self._flow.addWidget(tile)
        return tile

    def apply_colours(self, colours: theme.Palette) -> None:
        for tile in self._tiles:
            tile.apply_colours(colours)

    def release(self) -> None:
        """Let all figures go before the window is destroyed."""
        self._frames.stop()
        for tile in self._tiles:
            tile.forget()

    # --- settings ----------------------------------------------------------------------------------------------------

    def show_states(self) -> None:
        """Show what the settings say of each card."""
        settings = self._settings.settings
        for tile in self._tiles:
            slug = tile.card.slug
            tile.show_state(
                is_on=is_on(tile.card, settings.advised_cards),
                is_favourite=slug in settings.favourite_cards,
                is_never=slug in settings.never_cards,
            )
        self._fit()

    def _fit(self) -> None:
        """Give all tiles one size, so that as many as fit side by side fill the width."""
        unit, width = theme.unit(), viewport_of(self._scroll).width()
        gap, least = round(unit * 0.7), round(unit * TILE_UNITS)
        columns = max(1, (width + gap) // (least + gap))
        for tile in self._tiles:
            tile.widen((width - (columns - 1) * gap) // columns)
        height = max((tile.height_needed() for tile in self._tiles), default=0)
        for tile in self._tiles:
            tile.setFixedHeight(height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is viewport_of(self._scroll):
            self._fit()
        return super().eventFilter(watched, event)

    def _set_favourite(self, slug: str, on: bool) -> None:
        self._set("cards.favourites", self._settings.settings.favourite_cards, slug, on)

    def _set_never(self, slug: str, on: bool) -> None:
        self._set("cards.never", self._settings.settings.never_cards, slug, on)

    def _set(self, key: str, before: tuple[str, ...], slug: str, on: bool) -> None:
        others = tuple(one for one in before if one != slug)
        try:
            self._settings.change(key, (*others, slug) if on else others)
        except SettingsError as error:
            self.refused.emit(translated(error))
        self.show_states()

    # --- filters -----------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> list[CardTile]:
        """The tiles that the filters leave, in order."""
        return [tile for tile in self._tiles if not tile.isHidden()]

    def show_area(self, area: BodyArea | None) -> None:
        """Show the cards for one part of the body; ``None``: for all."""
        self._area.show_chosen([area])
        self._filter()

    def _filter(self) -> None:
        area, place, liked = self._area.one(), self._place.one(), self._liked.one()
        favourites = self._settings.settings.favourite_cards
        for tile in self._tiles:
            card = tile.card
            tile.setVisible(
                (area is None or area in areas_of(card))
                and (place is None or place in card.places)
                and (liked is None or card.slug in favourites)
            )
        left = self.shown
        self._nothing.setVisible(not left)
        self._scroll.verticalScrollBar().setValue(0)
        self._flow.invalidate()
        self._enter(left[0] if left else None)

    # --- keyboard ----------------------------------------------------------------------------------------------------

    def _enter(self, entered: CardTile | None) -> None:
        """Make one tile the grid's Tab stop."""
        for tile in self._tiles:
            tile.let_tab_in(tile is entered)

    def _go(self, tile: CardTile, across: int, down: int) -> None:
        tiles = self.shown
        row = [one for one in tiles if one.y() == tiles[0].y()]
        to = tiles.index(tile) + across + down * max(1, len(row))
        if 0 <= to < len(tiles):
            self._enter(tiles[to])
            tiles[to].setFocus()
            self._scroll.ensureWidgetVisible(tiles[to], 0, round(theme.unit()))

    # --- figures -----------------------------------------------------------------------------------------------------

    def _advance(self) -> None:
        """Play the figures in sight on, draw one that is new in sight, and let go of those far from it."""
        height = viewport_of(self._scroll).height()
        top = self._scroll.verticalScrollBar().value()
        seen = QRect(0, top, self._grid.width(), height)
        near = seen.adjusted(0, -round(height * _KEPT_PAGES), 0, round(height * _KEPT_PAGES))
        drawn_one = False
        for tile in self._tiles:
            if tile.isHidden() or not tile.geometry().intersects(near):
                if tile.is_drawn:
                    tile.forget()
            elif not tile.geometry().intersects(seen):
                tile.pause()
            elif tile.is_drawn:
                if not self._still:
                    tile.advance()
            elif not drawn_one:
                tile.draw(self._whole, still=self._still)
                drawn_one = True

    def _pause_all(self) -> None:
        for tile in self._tiles:
            tile.pause()


def _in_order(cards: Sequence[Card]) -> list[Card]:
    """From the feet up, those for a break first."""
    kinds, areas = list(CardKind), list(BodyArea)
    return sorted(
        cards, key=lambda card: (kinds.index(card.kind), areas.index(areas_of(card)[0]), translated(card.title))
    )
