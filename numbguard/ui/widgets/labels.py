"""Labels with word wrap. The windows of ``ui`` create them, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from . import theme


class WrappedLabel(QLabel):
    """A label whose lines have one edge in common from right to left, too.

    Qt indents each line but the last of a plain text by the space at its end when the text is written from right to
    left (seen in Qt 6.7 to 6.10), so such a text is laid out here.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        can_be_used = self.textInteractionFlags() is not Qt.TextInteractionFlag.LinksAccessibleByMouse
        if not is_mirrored or not self.wordWrap() or can_be_used or self.buddy() is not None:
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle  # half a megabyte of enums, which most people need nowhere

        margin = self.margin()
        room = self.contentsRect().adjusted(margin, margin, -margin, -margin)
        alignment = QStyle.visualAlignment(Qt.LayoutDirection.RightToLeft, self.alignment())
        option = QTextOption(alignment)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layouts = [self._laid_out(line, option, room.width()) for line in self.text().split("\n")]
        height = sum(layout.boundingRect().height() for layout in layouts)
        painter = QPainter(self)
        self.drawFrame(painter)
        painter.setPen(self.palette().color(self.foregroundRole()))
        place = QPointF(room.left(), _top(room, height, alignment))
        for layout in layouts:
            layout.draw(painter, place)
            place.setY(place.y() + layout.boundingRect().height())
        painter.end()

    def _laid_out(self, text: str, option: QTextOption, width: int) -> QTextLayout:
        layout = QTextLayout(text, self.font(), self)
        layout.setTextOption(option)
        layout.beginLayout()
        down = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, down))
            down += line.height()
        layout.endLayout()
        return layout


def _top(room: QRect, height: float, alignment: Qt.AlignmentFlag) -> float:
    if alignment & Qt.AlignmentFlag.AlignTop:
        return room.top()
    spare = room.height() - height
    return room.top() + (spare if alignment & Qt.AlignmentFlag.AlignBottom else spare / 2)


def label_for(
    parent: QWidget,
    words: str = "",
    *,
    role: str = "",
    scale: float = 1.0,
    bold: bool = False,
    expands: bool = False,
    selectable: bool = False,
) -> QLabel:
    """A label with plain text, never read as HTML.

    ``role``: its look in the style sheet. ``scale``: the font size relative to the system's. ``expands``: it takes all
    the available width. ``selectable``: the text can be copied.
    """
    label = WrappedLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if scale != 1.0 or bold:
        label.setFont(theme.font(scale, bold=bold))
    if role:
        label.setProperty("role", role)
    if expands:
        policy = label.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        label.setSizePolicy(policy)
    if selectable:
        make_selectable(label)
    return label


def make_selectable(label: QLabel) -> None:
    """Let the text be selected with the mouse, and copied.

    A click then gives the label the focus, for Ctrl+C; to a screen reader it would look like a control.
    """
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if QAccessible.isActive():
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
