"""Labels with word wrap. The windows of ``ui`` create them, on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from . import theme


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
    label = QLabel(words, parent)
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
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
