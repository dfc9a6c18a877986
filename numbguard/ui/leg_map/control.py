"""The body map: both legs from the front, from behind and from below, for marking where it is numb.

The episode form creates it, on the GUI thread. A click marks a region and a second click clears it; dragging does the
same to every region on the way. With the keyboard, the arrows move from region to region and Space marks. A screen
reader sees each region as a tick box. A region visible in two views is one region: marking it in one marks it in both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QToolTip, QWidget

from numbguard.core.sites import Region, Side, Site, single_sites, site_set
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.tab_group import GroupBox
from numbguard.ui.widgets.scroll_column import keep_in_sight
from numbguard.wording import in_lists
from numbguard.wording.catalogue import N_, _

from .shapes import FRAME, MIDDLES, LegShape, LegView, shape_at, shapes

Spot = tuple[Side, Region]
"""A region of one leg."""
Where = tuple[tuple[Site, ...], Side | None]
"""The sites of an episode, and the leg where there are none."""

_HEAD, _FOOT = 1.6, 1.5
"""Lines of text kept free above and below the drawing."""
_TIGHT = 17.0
"""On a map narrower or lower than this many lines of text, the words above a view may take two lines, …"""
_TIGHT_HEAD, _TIGHT_FOOT = 2.4, 1.2
"""… for which these are kept free."""
_READABLE = 0.7
"""Words above a view shrink to this share of their size to stay on one line."""
_LEGS = (Side.LEFT, Side.RIGHT)
_FOOT_AWAY = 8.5
"""How far from the middle of a view the word below a leg stands, in the shapes' unit."""
_SEEN = {LegView.FRONT: N_("From the front"), LegView.BACK: N_("From behind"), LegView.SOLE: N_("From below")}
_SEEN_FROM = {LegView.FRONT: N_("from the front"), LegView.BACK: N_("from behind"), LegView.SOLE: N_("from below")}
"""The same after the name of a region, for screen readers."""
_STEPS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


def name(side: Side, region: Region) -> str:
    """A region's name on the map: ``Your left calf``."""
    return _(_NAMES[region][side is Side.RIGHT])


_NAMES = {
    Region.LOWER_BACK: (N_("Your left lower back"), N_("Your right lower back")),
    Region.BUTTOCK: (N_("Your left buttock"), N_("Your right buttock")),
    Region.HIP: (N_("Your left hip"), N_("Your right hip")),
    Region.THIGH_FRONT: (N_("The front of your left thigh"), N_("The front of your right thigh")),
    Region.THIGH_OUTER: (N_("The outer side of your left thigh"), N_("The outer side of your right thigh")),
    Region.THIGH_BACK: (N_("The back of your left thigh"), N_("The back of your right thigh")),
    Region.KNEE: (N_("Your left knee"), N_("Your right knee")),
    Region.SHIN: (N_("Your left shin or outer calf"), N_("Your right shin or outer calf")),
    Region.CALF: (N_("Your left calf"), N_("Your right calf")),
    Region.ANKLE: (N_("Your left ankle"), N_("Your right ankle")),
    Region.FOOT_TOP: (N_("The top of your left foot"), N_("The top of your right foot")),
    Region.SOLE: (N_("The sole of your left foot"), N_("The sole of your right foot")),
    Region.TOES: (N_("The toes of your left foot"), N_("The toes of your right foot")),
}
"""Each region of the left leg and of the right one."""


class LegMap(GroupBox):
    changed = Signal()
    """The person marked or cleared a region."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Where it is numb"))
        self._colours = theme.current()
        self._hovered: Spot | None = None
        self._dragging: bool | None = None
        """Whether the current drag marks regions or clears them; ``None`` without a drag."""
        self._buttons = [_RegionButton(self, shape) for shape in shapes()]
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._make_tab_stop(self._buttons[0])
        self._unsided: tuple[Site, ...] = ()
        """Sites whose side was not said, which the map cannot show."""
        self._leg: Side | None = None
        for button in self._buttons:
            button.toggled.connect(lambda on, button=button: self._toggled(button, on=on))

    # --- for the form -------------------------------------------------------------------------------------------

    def marked(self) -> frozenset[Spot]:
        return frozenset(button.spot for button in self._buttons if button.isChecked())

    def where(self) -> Where:
        """The marked sites and those given whose side is not known; the leg given if there are none."""
        sites = site_set((*(Site(region, side) for side, region in self.marked()), *self._unsided))
        return sites, None if sites else self._leg

    def show_where(self, sites: Sequence[Site], leg: Side | None) -> None:
        """Mark these sites; ``changed`` is not emitted."""
        self._unsided, self._leg = tuple(one for one in sites if one.side is None), leg
        wanted = {(one.side, one.region) for one in single_sites(sites)}
        for button in self._buttons:
            button.blockSignals(True)
            button.setChecked(button.spot in wanted)
            button.blockSignals(False)
        self.begin_at(sites)
        self.update()

    def begin_at(self, sites: Sequence[Site]) -> None:
        """Let the Tab key reach the first of these sites, unless the keyboard focus is on the map already."""
        first = next((one for one in self._buttons if Site(one.spot[1], one.spot[0]) in single_sites(sites)), None)
        if first is not None and not any(button.hasFocus() for button in self._buttons):
            self._make_tab_stop(first)

    def tab_chain(self) -> list[QWidget]:
        """The regions, one of which the Tab key reaches."""
        return list(self._buttons)

    @property
    def tab_stop(self) -> QWidget:
        """The region that the Tab key reaches."""
        return next(one for one in self._buttons if one.focusPolicy() is not Qt.FocusPolicy.NoFocus)

    def clear_place(self, site: Site | None) -> None:
        """Clear a site, on both sides if it is on both; ``None`` clears the leg. As if the person had done it."""
        sites, leg = self.where()
        self.show_where([one for one in sites if one != site], None if site is None else leg)
        self.changed.emit()

    def apply_colours(self, colours: theme.Palette) -> None:
        self._colours = colours
        self.update()

    def sizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(unit * 22), round(unit * 22))

    def minimumSizeHint(self) -> QSize:
        unit = theme.unit()
        return QSize(round(unit * 14), round(unit * 14))

    # --- marking ------------------------------------------------------------------------------------------------

    def _toggled(self, button: _RegionButton, *, on: bool) -> None:
        for other in self._buttons:
            if other.spot == button.spot and other is not button:
                other.blockSignals(True)
                other.setChecked(on)
                other.blockSignals(False)
        self.update()
        self.changed.emit()

    def _button_at(self, place: QPointF) -> _RegionButton | None:
        inverse, _possible = self._placing().inverted()
        shape = shape_at(inverse.map(place))
        return next((button for button in self._buttons if button.shape == shape), None) if shape else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = self._button_at(event.position())
        if button is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._dragging = not button.isChecked()
        self._make_tab_stop(button)
        button.setFocus(Qt.FocusReason.MouseFocusReason)
        button.setChecked(self._dragging)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        button = self._button_at(event.position())
        hovered = button.spot if button else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.setCursor(Qt.CursorShape.PointingHandCursor if button else Qt.CursorShape.ArrowCursor)
            self.update()
        if self._dragging is not None and button is not None:
            button.setChecked(self._dragging)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragging = None

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            button = self._button_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), name(*button.spot) if button else "", self)
            return True
        return super().event(event)

    # --- keyboard -----------------------------------------------------------------------------------------------

    def _make_tab_stop(self, reached: QAbstractButton) -> None:
        """Make this region the map's only tab stop."""
        for button in self._buttons:
            wanted = Qt.FocusPolicy.TabFocus if button is reached else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(wanted)

    def step(self, button: _RegionButton, way: QPointF) -> None:
        """Move the focus from a region to the nearest one in the direction ``way``."""
        here = button.shape.path.boundingRect().center()

        def far(other: _RegionButton) -> float | None:
            to = other.shape.path.boundingRect().center() - here
            along = QPointF.dotProduct(to, way)
            beside = abs(to.x() * way.y()) + abs(to.y() * way.x())
            return along + 2.5 * beside if along > 0.5 and beside < 2.2 * along else None

        lengths = ((far(other), place) for place, other in enumerate(self._buttons) if other is not button)
        best = min(((length, place) for length, place in lengths if length is not None), default=None)
        if best is not None:
            self._make_tab_stop(self._buttons[best[1]])
            self._buttons[best[1]].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- drawing ------------------------------------------------------------------------------------------------

    def _placing(self) -> QTransform:
        """The transform from the shapes' units to this widget's pixels."""
        unit = theme.unit()
        head, foot = (_TIGHT_HEAD, _TIGHT_FOOT) if self._is_tight() else (_HEAD, _FOOT)
        room = QRectF(self.rect()).adjusted(2, unit * head, -2, -unit * foot)
        scale = max(0.1, min(room.width() / FRAME.width(), room.height() / FRAME.height()))
        left = room.center().x() - FRAME.center().x() * scale
        top = room.center().y() - FRAME.center().y() * scale
        return QTransform(scale, 0, 0, scale, left, top)

    def _is_tight(self) -> bool:
        return min(self.width(), self.height()) < _TIGHT * theme.unit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        placing = self._placing()
        for button in self._buttons:
            button.setGeometry(placing.mapRect(button.shape.path.boundingRect()).toAlignedRect())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        placing = self._placing()
        focused = next((button for button in self._buttons if button.hasFocus()), None)
        for button in reversed(self._buttons):
            self._paint_region(painter, button, placing)
        if focused is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._colours.accent), 5 if self._colours.high_contrast else 3))
            painter.drawPath(placing.map(focused.shape.path))
        self._paint_words(painter, placing)

    def _paint_region(self, painter: QPainter, button: _RegionButton, placing: QTransform) -> None:
        colours, on = self._colours, button.isChecked()
        fill = QColor(colours.warm if on else colours.surface if colours.high_contrast else colours.track)
        if button.spot == self._hovered:
            fill = fill.lighter(112) if colours.dark or on else fill.darker(108)
        painter.setBrush(fill)
        painter.setPen(QPen(QColor(colours.text if on else colours.edge), theme.stroke(1.4 if on else 1)))
        painter.drawPath(placing.map(button.shape.path))

    def _paint_words(self, painter: QPainter, placing: QTransform) -> None:
        unit = theme.unit()
        apart = placing.m11() * min(abs(one - other) for one, other in combinations(MIDDLES.values(), 2)) - unit * 0.5
        seen = self._fitting([_(words) for words in _SEEN.values()], apart)
        below_legs = theme.font(0.9)
        between = placing.m11() * 2 * _FOOT_AWAY - unit * 0.6
        widest = max(QFontMetricsF(below_legs).horizontalAdvance(in_lists.side(side)) for side in _LEGS)
        below_legs = theme.font(0.9 * max(0.5, min(1.0, between / widest)))
        for view, middle in MIDDLES.items():
            inside = [shape.path.boundingRect() for shape in shapes() if shape.view is view]
            top, bottom = (f(getattr(box, edge)() for box in inside) for f, edge in ((min, "top"), (max, "bottom")))
            at = placing.map(QPointF(middle, top))
            painter.setPen(QColor(self._colours.text))
            painter.setFont(seen)
            box = QRectF(at.x() - apart / 2 - unit * 0.2, at.y() - unit * 2.6, apart + unit * 0.4, unit * 2.4)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            painter.drawText(box, flags, _(_SEEN[view]))
            painter.setPen(QColor(self._colours.quiet))
            painter.setFont(below_legs)
            for side, away in ((Side.LEFT, -_FOOT_AWAY), (Side.RIGHT, _FOOT_AWAY)):
                below = placing.map(QPointF(middle + (away if view is LegView.BACK else -away), bottom))
                box = QRectF(below.x() - unit * 2, below.y() + unit * 0.1, unit * 4, unit * 1.3)
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, in_lists.side(side))

    def _fitting(self, texts: Sequence[str], room: float) -> QFont:
        """A bold font in which one text does not run into the next: on one line, or else on two."""
        whole = theme.font(0.95, bold=True)
        metrics = QFontMetricsF(whole)
        scale = room / max(metrics.horizontalAdvance(text) for text in texts)
        if scale < _READABLE and self._is_tight():
            scale = room / max(metrics.horizontalAdvance(word) for text in texts for word in text.split())
        scale = max(0.45, min(1.0, scale))
        while scale > 0.45 and any(_lines_of(text, theme.font(0.95 * scale, bold=True), room) > 2 for text in texts):
            scale -= 0.05  # there is room for two lines above a view
        return theme.font(0.95 * scale, bold=True)


def _lines_of(text: str, font: QFont, room: float) -> int:
    metrics = QFontMetricsF(font)
    wrapped = metrics.boundingRect(QRectF(0, 0, room, 10_000), int(Qt.TextFlag.TextWordWrap), text)
    return round(wrapped.height() / metrics.lineSpacing())


class _RegionButton(QAbstractButton):
    """One region in one view, for keyboard and screen readers; the map draws it and handles the mouse."""

    def __init__(self, parent: LegMap, shape: LegShape) -> None:
        super().__init__(parent)
        self._map = parent
        self.shape = shape
        self.spot: Spot = (shape.side, shape.region)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name(*self.spot))
        self.setAccessibleDescription(_(_SEEN_FROM[shape.view]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _STEPS.get(Qt.Key(event.key()))
        if way is not None:
            self._map.step(self, way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # Enter saves the form
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._map.update()
        if event.reason() not in (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            keep_in_sight(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._map.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws nothing, because the map draws the region."""
