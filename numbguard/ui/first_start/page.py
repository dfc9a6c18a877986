"""A page of the first-start window: a heading, a sentence or two, and questions whose answers are right as they stand.

The window makes its pages, on the GUI thread. A page writes what the person changed to the settings, and nothing else.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from numbguard.core.log.advice.relief import CardMotion
from numbguard.core.settings.table import SPECS, SettingSpec
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook
from numbguard.ui.settings.rows.row import field_for
from numbguard.ui.settings.rows.setting_field import SettingField
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.labels import label_for
from numbguard.wording.catalogue import translated


class FirstStartPage(QScrollArea):
    """``content`` and ``column`` contain its parts; it scrolls where the screen is too small for them."""

    figure: CardMotion
    """The movement beside the page."""

    def __init__(self, heading: str, book: SettingsBook, parent: QWidget) -> None:
        super().__init__(parent)
        self.heading = heading
        self._book = book
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.content = QWidget(self)
        self.content.setAccessibleName(heading)
        self.column = QVBoxLayout(self.content)
        self.column.setContentsMargins(0, 0, round(theme.unit() * 0.3), 0)
        self.column.setSpacing(round(theme.unit() * 0.5))
        self.column.addWidget(label_for(self.content, heading, scale=1.5, bold=True))
        self._trouble = label_for(self.content, role="note")
        self._trouble.hide()
        self._fields: dict[str, SettingField] = {}
        """By the key of the setting."""
        self._refused: dict[str, object] = {}
        """The answers that could not be kept, by the key of the setting."""
        self._has_objected = False
        """A field has just put its former value in place of an impossible one."""
        self.setWidget(self.content)

    def needed_height(self, width: int) -> int:
        """The height in pixels at which nothing needs to scroll."""
        self.column.activate()
        return max(self.column.totalHeightForWidth(width), self.column.totalMinimumSize().height())

    def needed_width(self) -> int:
        """The width in pixels below which some part is cut off."""
        return self.column.totalMinimumSize().width()

    # --- for the pages ---------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        self.column.addWidget(self._trouble)
        self.column.addStretch(1)

    def _gap(self, lines: float) -> None:
        self.column.addSpacing(round(theme.unit() * lines))

    def _ask(self, key: str, question: str, hint: str) -> SettingField:
        """Add a question whose answer is the setting ``key``."""
        field = field_for(_spec_of(key), self.content)
        field.show_value(self._value_of(key))
        field.value_set.connect(lambda value: self._change(key, value))
        field.refused.connect(self._object)
        self._fields[key] = field
        text_column = QVBoxLayout()
        text_column.setSpacing(0)
        title = label_for(self.content, question)
        title.setBuddy(field)
        text_column.addWidget(title)
        text_column.addWidget(label_for(self.content, hint, role="quiet"))
        if field.beside:
            row = QHBoxLayout()
            row.setSpacing(round(theme.unit()))
            row.addLayout(text_column, 1)
            row.addWidget(field)
            self.column.addLayout(row)
        else:
            self.column.addLayout(text_column)
            self.column.addWidget(field)
        return field

    def _value_of(self, key: str) -> object:
        value: object = getattr(self._book.settings, _spec_of(key).field)
        return value

    def _object(self, sentence: str) -> None:
        self._has_objected = True
        self.say(sentence)

    def _change(self, key: str, value: object) -> None:
        self._refused.pop(key, None)
        self.say("")
        try:
            self._book.change(key, value)
        except SettingsError as failed:
            self._refused[key] = value
            self.say(translated(failed))

    # --- for the window --------------------------------------------------------------------------------------------

    def take_over(self, former: FirstStartPage) -> None:
        """Show what was answered on another page of this kind and is not in the settings."""
        former.keep()  # a text that was being typed counts only once its field has lost the focus, with its window
        self._refused = former._refused
        for key, field in self._fields.items():
            field.show_value(self._refused.get(key, self._value_of(key)))

    def say(self, sentence: str) -> None:
        """Show a sentence on what could not be kept; an empty one hides it."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        if sentence:
            self.ensureWidgetVisible(self._trouble)

    def keep(self) -> bool:
        """Write what the person changed; if that fails, say why and return False."""
        for field in self._fields.values():
            field.flush()
        if self._has_objected:
            self._has_objected = False
            return False
        self.say("")
        for key, value in tuple(self._refused.items()):
            self._change(key, value)
        return not self._refused

    def finish(self) -> bool:
        """Do what the page offers, at the end of the last page; if that fails, say why and return False."""
        return self.keep()


def _spec_of(key: str) -> SettingSpec:
    return next(spec for spec in SPECS if spec.key == key)
