"""The group on hooks: the program for each event, each with a trial.

Made by the settings window with its page, on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from numbguard.core.settings.choices import HookCommand
from numbguard.core.settings.table import SettingsSection
from numbguard.desktop.hook_run import LIMIT_S, HookEnd, HookResult
from numbguard.wording import formats
from numbguard.wording.catalogue import N_, _, ngettext

from ..rows.command_field import CommandField
from .group import TableGroup


class HookTrial(Protocol):
    def try_hook(self, name: str, command: HookCommand, done: Callable[[HookResult], None]) -> None:
        """Run a command as the hook of that name (``on_log`` …) would; ``done`` gets its result."""


class HooksGroup(TableGroup):
    def __init__(self, section: SettingsSection, hooks: HookTrial, parent: QWidget) -> None:
        super().__init__(section, parent)
        for key, row in self.rows.items():
            field = row.field
            assert isinstance(field, CommandField)
            name = key.partition(".")[2]

            def try_it(command: HookCommand, field: CommandField = field, name: str = name) -> None:
                def done(result: HookResult) -> None:
                    if isValid(field):
                        failed = result.end is not HookEnd.ENDED or result.status != 0
                        field.say(say_result(result, command[0]), failed=failed)

                hooks.try_hook(name, command, done)

            field.try_wanted.connect(try_it)


_ENDS = {
    HookEnd.CRASHED: N_("The program crashed."),
    HookEnd.NOT_FOUND: N_("There is no program “{program}” on this computer."),
    HookEnd.NOT_STARTED: N_("“{program}” could not be started. Is it a program, and may you run it?"),
}


def say_result(result: HookResult, program: str) -> str:
    """How a trial ended, as a sentence; ``program`` is the first word of the command."""
    if result.end is HookEnd.ENDED:
        # Tenths of a second, at least one: a program that ends at once has run all the same.
        seconds = formats.number(max(0.1, result.seconds), 1)
        if result.status == 0:
            return _("It worked: the program ended with 0 after {seconds} s.").format(seconds=seconds)
        words = _("It failed: the program ended with {status} after {seconds} s.")
        return words.format(status=result.status, seconds=seconds)
    if result.end is HookEnd.STOPPED:
        return ngettext(
            "The program was still running after {count} second, and was stopped.",
            "The program was still running after {count} seconds, and was stopped.",
            round(LIMIT_S),
        ).format(count=round(LIMIT_S))
    return _(_ENDS[result.end]).format(program=program)
