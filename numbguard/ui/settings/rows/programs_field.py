"""The field for a list of programs, with a menu of those that run now; any other name can be typed.

Made by the rows of the settings window, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from numbguard.core.settings.table import SettingSpec
from numbguard.desktop.running_programs import RunningProgram, running_programs
from numbguard.ui.widgets import theme
from numbguard.ui.widgets.buttons import button_for
from numbguard.wording.catalogue import _, translated

from .line_field import NamesField


class ProgramsField(NamesField):
    def __init__(
        self,
        spec: SettingSpec,
        parent: QWidget,
        running: Callable[[], Sequence[RunningProgram]] = running_programs,
    ) -> None:
        super().__init__(spec, parent)
        self._running = running
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(self._line)
        row = QHBoxLayout()
        row.setSpacing(round(theme.unit() * 0.5))
        row.addWidget(self._line, 1)
        choose = button_for(self, _("Choose"), means=_("Choose from the programs that are running"))
        choose.setAccessibleName(_("Choose: {title}").format(title=translated(spec.title)))
        self._menu = QMenu(choose)
        self._menu.aboutToShow.connect(self._fill)
        choose.setMenu(self._menu)
        row.addWidget(choose)
        column.addLayout(row)

    def _fill(self) -> None:
        self.flush()
        self._menu.clear()
        programs = self._running()
        chosen = {name.lower() for name in self._names()}
        for program in programs:
            title, name = program.title.replace("&", "&&"), program.name.replace("&", "&&")
            # Translators: A program as people call it, and the name of its process.
            words = title if title.lower() == name.lower() else _("{title} ({name})").format(title=title, name=name)
            action = self._menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(program.name.lower() in chosen)
            action.toggled.connect(lambda on, name=program.name: self._toggle(name, on=on))
        if not programs:
            self._menu.addAction(_("No running program found")).setEnabled(False)

    def _names(self) -> tuple[str, ...]:
        return self.read(self._line.text())

    def _toggle(self, name: str, *, on: bool) -> None:
        others = tuple(one for one in self._names() if one.lower() != name.lower())
        names = (*others, name) if on else others
        self._line.setText(self.written(names))
        self.value_set.emit(names)
