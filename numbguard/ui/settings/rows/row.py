"""The rows of the settings window, with one editor for each kind of setting, made from its entry in ``SPECS``.

Made by the pages of that window, on the GUI thread. A row shows the value in force, reports the value a person set,
says in words what it refuses, and offers the default.
"""

from __future__ import annotations

from datetime import time
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from numbguard.core.settings.choices import HookCommand, KeyCombination, SoundChoice, Style, Theme
from numbguard.core.settings.language_tag import LanguageTag
from numbguard.core.settings.table import SettingSpec
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.form.controls import (
    SETTLES_MS,
    CheckBox,
    LengthBox,
    NumberBox,
    RadioButton,
    Stepper,
    TimeBox,
)
from numbguard.ui.widgets.labels import label_for
from numbguard.wording import formats
from numbguard.wording.catalogue import _, pgettext, translated
from numbguard.wording.languages import say_language
from numbguard.wording.lengths import say_length

from .line_field import LineField, NamesField
from .setting_field import SettingField, column_of, fill_with

MID_MORNING = time(10, 30)
"""The time shown in a time-of-day field until somebody sets one."""


class NumberField(SettingField):
    """A length of time, or a whole number."""

    beside = True

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        low, high = spec.bounds
        box: NumberBox
        if spec.kind is float:
            default = spec.default
            bare = 60 if isinstance(default, float) and default >= 60 else 1
            box = LengthBox(low, high, bare=bare)
        else:
            box = NumberBox(round(low), round(high))
            box.setSingleStep(10 if low >= 100 else 5 if high - low >= 100 else 1)
        self._stepper = Stepper(box, self)
        self._stepper.name(translated(spec.title), translated(spec.hint))
        self._stepper.settled.connect(lambda value: self.value_set.emit(spec.kind(value)))
        self._stepper.refused.connect(self.refused)
        fill_with(self, self._stepper)
        self.setFocusProxy(self._stepper)

    def show_value(self, value: object) -> None:
        assert isinstance(value, int | float)
        self._stepper.show_value(round(value))

    def flush(self) -> None:
        self._stepper.flush()


class CheckField(SettingField):
    names_itself = True

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._tick = CheckBox(translated(spec.title), self)
        self._tick.setAccessibleDescription(translated(spec.hint))
        self._tick.clicked.connect(lambda on: self.value_set.emit(on))
        fill_with(self, self._tick)
        self.setFocusProxy(self._tick)

    def show_value(self, value: object) -> None:
        self._tick.setChecked(bool(value))


class ChoiceField(SettingField):
    """One of a few choices, all of them visible."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        column = column_of(self)
        group = QButtonGroup(self)
        self._radios: dict[Enum, RadioButton] = {}
        for choice in spec.choices:
            radio = RadioButton(translated(spec.name_of(choice)), self)
            radio.setAccessibleDescription(translated(spec.title))
            radio.clicked.connect(lambda _checked=False, choice=choice: self.value_set.emit(choice))
            group.addButton(radio)
            column.addWidget(radio)
            self._radios[choice] = radio

    def show_value(self, value: object) -> None:
        for choice, radio in self._radios.items():
            radio.setChecked(choice is value)


class ChoicesField(SettingField):
    """Any of a few choices: at least one, unless the setting may be empty."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._may_be_empty = spec.may_be_empty
        column = column_of(self)
        self._ticks: dict[Enum, CheckBox] = {}
        for choice in spec.choices:
            tick = CheckBox(translated(spec.name_of(choice)), self)
            tick.setAccessibleDescription(translated(spec.title))
            tick.clicked.connect(lambda _checked=False, choice=choice: self._clicked(choice))
            column.addWidget(tick)
            self._ticks[choice] = tick

    def show_value(self, value: object) -> None:
        assert isinstance(value, tuple)
        for choice, tick in self._ticks.items():
            tick.setChecked(choice in value)

    def _clicked(self, clicked: Enum) -> None:
        chosen = tuple(choice for choice, tick in self._ticks.items() if tick.isChecked())
        if chosen or self._may_be_empty:
            self.value_set.emit(chosen)
        else:
            self._ticks[clicked].setChecked(True)
            self.refused.emit(_("Keep at least one."))


class TimeField(SettingField):
    """A time of day, or off."""

    beside = True

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._tick = CheckBox(_("On"), self)
        self._tick.setAccessibleName(_("{title}: on").format(title=translated(spec.title)))
        self._tick.clicked.connect(self._clicked)
        self._box = TimeBox(translated(spec.title), self)
        self._box.show_time(MID_MORNING)
        self._later = QTimer(self, singleShot=True, interval=SETTLES_MS)
        self._later.timeout.connect(lambda: self.value_set.emit(self._box.at()))
        self._box.timeChanged.connect(lambda _time: self._later.start())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._tick)
        row.addWidget(self._box)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._tick)

    def show_value(self, value: object) -> None:
        if self._later.isActive():
            return
        self._tick.setChecked(value is not None)
        self._box.setEnabled(value is not None)
        if isinstance(value, time):
            self._box.show_time(value)

    def flush(self) -> None:
        if self._later.isActive():
            self._later.stop()
            self.value_set.emit(self._box.at())

    def _clicked(self, on: bool) -> None:
        self._later.stop()
        self.value_set.emit(self._box.at() if on else None)


def field_for(spec: SettingSpec, parent: QWidget) -> SettingField:
    if spec.kind in (int, float):
        return NumberField(spec, parent)
    if spec.kind is bool:
        return CheckField(spec, parent)
    if spec.kind is LanguageTag:
        from .language_field import LanguageField

        return LanguageField(spec, parent)
    if spec.kind is SoundChoice:
        from .sound_field import SoundField

        return SoundField(spec, parent)
    if spec.kind is Style:
        from .style_field import StyleField

        return StyleField(spec, parent)
    if spec.kind is Theme:
        from .theme_field import ThemeField

        return ThemeField(spec, parent)
    if spec.kind is KeyCombination:
        from .key_field import KeyField

        return KeyField(spec, parent)
    if spec.kind is HookCommand:
        from .command_field import CommandField

        return CommandField(spec, parent)
    if spec.choices:
        return ChoicesField(spec, parent) if spec.several else ChoiceField(spec, parent)
    if spec.kind is time:
        return TimeField(spec, parent)
    if spec.several and spec.section == "quiet":
        from .programs_field import ProgramsField

        return ProgramsField(spec, parent)
    return NamesField(spec, parent) if spec.several else LineField(spec, parent)


def say_value(spec: SettingSpec, value: object) -> str:
    """A value of a setting in a few words."""
    if isinstance(value, bool):
        return pgettext("a setting", "on") if value else pgettext("a setting", "off")
    if value is None:
        return pgettext("a setting", "off")
    if isinstance(value, time):
        return formats.clock(value)
    if isinstance(value, float):
        return say_length(value)
    if isinstance(value, Enum):
        return translated(spec.name_of(value)).partition(":")[0]
    if isinstance(value, LanguageTag):
        return say_language(value)
    if isinstance(value, SoundChoice):
        from .sound_field import say_sound

        return say_sound(value)
    if isinstance(value, str):
        return value or _("not set")
    if isinstance(value, tuple):
        names = [translated(spec.name_of(one)) if isinstance(one, Enum) else str(one) for one in value]
        return ", ".join(names) or _(NamesField.empty)
    return str(value)


class SettingRow(QWidget):
    """A label, a hint, the editor, and a link back to the default."""

    value_set = Signal(str, object)
    """The key and the value that a person set."""
    reset_wanted = Signal(str)
    """The key of the setting to reset to its default."""

    def __init__(self, spec: SettingSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self.spec = spec
        unit = theme.unit()
        self._field = field_for(spec, self)
        self._field.value_set.connect(self._tell)
        self._field.refused.connect(self.say)
        column = column_of(self)
        column.setSpacing(round(unit * 0.15))
        head = QHBoxLayout()
        head.setSpacing(round(unit))
        text_column = QVBoxLayout()
        text_column.setSpacing(round(unit * 0.1))
        head.addLayout(text_column, 1)
        if self._field.names_itself:
            text_column.addWidget(self._field)
        else:
            title = label_for(self, translated(spec.title))
            title.setBuddy(self._field)
            text_column.addWidget(title)
        if spec.hint:
            hint = label_for(self, translated(spec.hint), role="quiet")
            if self._field.names_itself:
                hint.setContentsMargins(round(unit * 1.75), 0, 0, 0)
            text_column.addWidget(hint)
        if self._field.beside:
            head.addWidget(self._field, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        if not (self._field.beside or self._field.names_itself):
            column.addWidget(self._field)
        self._trouble = label_for(self, role="warm")
        self._trouble.hide()
        self._back = QPushButton(_("Back to the default: {value}").format(value=say_value(spec, spec.default)), self)
        self._back.setProperty("kind", "link")
        self._back.setAccessibleName(
            _("{title}: back to the default, {value}").format(
                title=translated(spec.title), value=say_value(spec, spec.default)
            )
        )
        self._back.setFont(theme.font(0.9))
        self._back.clicked.connect(self._go_back)
        foot = QHBoxLayout()
        foot.addWidget(self._trouble, 1)
        foot.addWidget(self._back, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(foot)

    @property
    def field(self) -> SettingField:
        """Its editor."""
        return self._field

    def show_value(self, value: object, *, is_default: bool) -> None:
        self._field.show_value(value)
        if is_default and self._back.hasFocus():
            self._field.setFocus()
        self._back.setVisible(not is_default)

    def say(self, sentence: str) -> None:
        """Show a sentence on what was refused and why; an empty one hides it."""
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))

    def flush(self) -> None:
        self._field.flush()

    def _go_back(self, _checked: bool = False) -> None:
        self.say("")
        self.reset_wanted.emit(self.spec.key)

    def _tell(self, value: object) -> None:
        self.say("")
        self.value_set.emit(self.spec.key, value)
