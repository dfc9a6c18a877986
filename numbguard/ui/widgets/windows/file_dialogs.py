"""Dialogues that ask for a file, and what to do with unsaved changes.

The editor's and the history window call them, on the GUI thread. Each function returns at once and calls back with the
answer, so that the rest of the application keeps running.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from numbguard.wording.catalogue import N_, _

PICTURES = N_("Pictures (*.svg *.png *.gif *.webp)")
PACKS = N_("Packs of cards (*.toml)")


def ask_for_file(parent: QWidget, title: str, kinds: str, taken: Callable[[Path], None]) -> None:
    """Ask for an existing file, and call ``taken`` with it unless the person cancels."""
    dialogue = QFileDialog(parent, title, "", kinds)
    dialogue.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialogue, taken)


def ask_where(parent: QWidget, title: str, name: str, taken: Callable[[Path], None]) -> None:
    """Ask where to save a pack, proposing ``name``, and call ``taken`` with the path unless the person cancels."""
    dialogue = QFileDialog(parent, title, "", _(PACKS))
    dialogue.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialogue.setDefaultSuffix("toml")
    dialogue.selectFile(f"{name}.toml")
    _open(dialogue, taken)


def _open(dialogue: QFileDialog, taken: Callable[[Path], None]) -> None:
    dialogue.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialogue.fileSelected.connect(lambda chosen: taken(Path(chosen)))
    dialogue.open()


def ask_about_changes(
    parent: QWidget, *, keep: Callable[[], bool], go_on: Callable[[], None], stay: Callable[[], None]
) -> None:
    """Ask about unsaved changes. *Save* calls ``keep``, which returns ``False`` on failure, and then ``go_on``.

    *Discard* calls ``go_on`` without saving. Cancelling, or a failure to save, calls ``stay``.
    """
    ask = QMessageBox(parent)
    ask.setWindowTitle(parent.windowTitle().replace("[*]", ""))
    ask.setText(_("You have unsaved changes."))
    save = ask.addButton(_("&Save"), QMessageBox.ButtonRole.AcceptRole)
    leave = ask.addButton(_("&Discard"), QMessageBox.ButtonRole.DestructiveRole)
    back = ask.addButton(_("&Keep editing"), QMessageBox.ButtonRole.RejectRole)
    ask.setDefaultButton(save)
    ask.setEscapeButton(back)

    def answered(_result: int) -> None:
        chosen = ask.clickedButton()
        ask.deleteLater()
        if chosen is leave or (chosen is save and keep()):
            go_on()
        else:
            stay()

    ask.finished.connect(answered)
    ask.open()
