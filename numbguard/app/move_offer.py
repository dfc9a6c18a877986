"""Asks in a box whether NumbGuard, which runs in another session of the same user, is to move to this one.

``numbguard run`` calls it on the main thread, before the app itself starts.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMessageBox

from numbguard.ui.widgets import screen_reader
from numbguard.wording.catalogue import _, translated

from .process.application import application
from .start import BOX_TIMEOUT_MS


def offer_to_move(sentence: str) -> bool:
    """Say where NumbGuard runs, and return whether the person wants it here. Unanswered, the box goes by itself."""
    if application().platformName() in ("offscreen", "minimal"):
        return False
    screen_reader.install()
    box = move_box(sentence)
    move = box.buttons()[0]
    QTimer.singleShot(BOX_TIMEOUT_MS, box, box.reject)
    box.exec()
    moves = box.clickedButton() is move
    box.deleteLater()
    return moves


def move_box(sentence: str) -> QMessageBox:
    """The box; its first button moves NumbGuard here."""
    box = QMessageBox()
    box.setWindowTitle("NumbGuard")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(translated(sentence))
    box.setInformativeText(
        _(
            "If you move it here, its icon, its reminders and its cards appear on this screen. Your log and your "
            "sitting time stay as they are."
        )
    )
    move = box.addButton(_("&Move it here"), QMessageBox.ButtonRole.AcceptRole)
    leave = box.addButton(_("&Leave it there"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(move)
    box.setEscapeButton(leave)
    return box
