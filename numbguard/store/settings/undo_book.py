"""The settings file as a window works on it: one change at a time, each of which can be taken back.

Made by the composition root when the settings window or the first page opens, on the GUI thread. What is taken back is
the file as it was, word for word, so that a person's comments come back too; once somebody else has changed the file,
there is nothing to take back any more, and their change stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from numbguard.core.settings.settings import WEEKDAYS, Settings, WorkingSpan
from numbguard.core.settings.table import SPECS, SettingSpec
from numbguard.store.profile import Profile, reason, write_whole

from .file import OUT, LoadedSettings, SettingsError, Stamp, stamp_of, write_values

STEPS_KEPT = 100

_BY_KEY = {spec.key: spec for spec in SPECS}


@dataclass(slots=True)
class _Step:
    before: bytes | None
    """The file as it was; ``None``: there was none."""
    after: Stamp | None


class SettingsBook:
    def __init__(self, profile: Profile, *, loaded: Callable[[], LoadedSettings], follow: Callable[[], object]) -> None:
        """``loaded`` gives the settings in force; ``follow`` has a changed file taken over at once."""
        self._profile = profile
        self._loaded = loaded
        self._follow = follow
        self._steps: list[_Step] = []

    @property
    def settings(self) -> Settings:
        return self._loaded().settings

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each thing in the file that could not be used."""
        return self._loaded().problems

    @property
    def stamp(self) -> Stamp | None:
        """Another one as soon as the settings in force come from another version of the file."""
        return self._loaded().stamp

    def look(self) -> None:
        """Take over what was changed in the file elsewhere."""
        self._follow()

    # --- changing ------------------------------------------------------------------------------------------------

    def change(self, key: str, value: object) -> None:
        """Set one key of ``SPECS``; ``SettingsError`` where that could not be."""
        if value != getattr(self.settings, _BY_KEY[key].field):
            self._write({key: value})

    def reset(self, key: str) -> None:
        """Back to the default: the key goes from the file."""
        self._write({key: OUT})

    def is_default(self, spec: SettingSpec) -> bool:
        return bool(getattr(self.settings, spec.field) == spec.default)

    def change_hours(self, hours: Mapping[int, Sequence[WorkingSpan]]) -> None:
        """Set the working hours of all weekdays (0 is Monday); none at all: every hour counts.

        Days that stay as they are keep the form in which they were written.
        """
        former = self.settings.hours
        if not hours:
            if former:
                self._write({"hours": OUT})
            return
        changes: dict[str, object] = {}
        for day, name in enumerate(WEEKDAYS):
            spans = tuple(hours.get(day, ()))
            if spans != tuple(former.get(day, ())):
                changes[f"hours.{name}"] = [write_span(span) for span in spans]
        if not changes and not former:
            changes = {f"hours.{WEEKDAYS[0]}": []}
        if changes:
            self._write(changes)

    # --- taking back ---------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        return bool(self._steps) and self._steps[-1].after == stamp_of(self._profile)

    def undo(self) -> None:
        """Take the last change back; nothing happens where there is none. ``SettingsError`` where it could not be."""
        if not self.can_undo:
            self._steps.clear()
            return
        step = self._steps[-1]
        try:
            if step.before is None:
                self._profile.settings.unlink(missing_ok=True)
            else:
                write_whole(self._profile.settings, step.before)
        except OSError as error:
            raise SettingsError(
                f"The change was not taken back: {self._profile.settings} could not be written ({reason(error)})."
            ) from error
        self._steps.pop()
        if self._steps:
            self._steps[-1].after = stamp_of(self._profile)
        self._follow()

    def _write(self, values: Mapping[str, object]) -> None:
        if not self.can_undo:
            self._steps.clear()
        try:
            before = self._profile.settings.read_bytes()
        except FileNotFoundError:
            before = None
        except OSError as error:
            raise SettingsError(
                f"Nothing was changed: {self._profile.settings} could not be read ({reason(error)})."
            ) from error
        write_values(self._profile, values)
        self._steps.append(_Step(before, stamp_of(self._profile)))
        del self._steps[:-STEPS_KEPT]
        self._follow()


def write_span(span: WorkingSpan) -> str:
    """A range of working time as the file has it: ``09:00-12:30``; midnight as an end is ``24:00``."""
    end = "24:00" if span.end.hour == span.end.minute == 0 else f"{span.end:%H:%M}"
    return f"{span.start:%H:%M}-{end}"
