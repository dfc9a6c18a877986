"""Changes the settings file for a window, one change at a time, each of which can be undone.

The composition root makes it on the GUI thread when the settings window or the first page opens. Undo restores the
file's former text, comments included. Once something else has changed the file, nothing can be undone any more, and
that change stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from numbguard.core.sentence import sentence
from numbguard.core.settings.settings import WEEKDAYS, Settings, WorkingSpan
from numbguard.core.settings.table import SPECS, SettingSpec
from numbguard.store.profile import Profile, reason, write_whole

from .file import OUT, LoadedSettings, SettingsError, Stamp, stamp_of, write_values

STEPS_KEPT = 100

_BY_KEY = {spec.key: spec for spec in SPECS}


@dataclass(slots=True)
class _Step:
    before: bytes | None
    """The file's former text; ``None`` where there was no file."""
    after: Stamp | None


class Mend(Enum):
    """What ``SettingsBook.mend`` does with a key."""

    DEFAULT = "default"
    """The default takes the place of a value."""
    KEEP = "keep"
    """The working hours in force take the place of what was written for that day."""
    REMOVE = "remove"
    """A key that NumbGuard does not know goes."""


def _mend_of(key: str) -> Mend:
    if key in _BY_KEY or key in {one.partition(".")[0] for one in _BY_KEY}:
        return Mend.DEFAULT
    return Mend.KEEP if _day_of(key) is not None else Mend.REMOVE


def _day_of(key: str) -> int | None:
    table, _, name = key.partition(".")
    return WEEKDAYS.index(name) if table == "hours" and name in WEEKDAYS else None


class SettingsBook:
    def __init__(self, profile: Profile, *, loaded: Callable[[], LoadedSettings], follow: Callable[[], object]) -> None:
        """``loaded`` returns the settings in force; ``follow`` applies a changed file at once."""
        self._profile = profile
        self._loaded = loaded
        self._follow = follow
        self._steps: list[_Step] = []

    @property
    def settings(self) -> Settings:
        return self._loaded().settings

    @property
    def problems(self) -> tuple[str, ...]:
        """A sentence for each item of the file that could not be used."""
        return self._loaded().problems

    @property
    def mends(self) -> Mapping[str, tuple[str, Mend]]:
        """For each of ``problems`` that ``mend`` can mend: its key, and what ``mend`` does with that."""
        loaded = self._loaded()
        return {said: (key, _mend_of(key)) for said, key in zip(loaded.problems, loaded.keys, strict=False)}

    @property
    def stamp(self) -> Stamp | None:
        """Changes when the settings in force are those of another version of the file."""
        return self._loaded().stamp

    def look(self) -> None:
        """Apply changes made to the file elsewhere."""
        self._follow()

    # --- changing ------------------------------------------------------------------------------------------------

    def change(self, key: str, value: object) -> None:
        """Set one key of ``SPECS``; raise ``SettingsError`` where that fails."""
        if value != getattr(self.settings, _BY_KEY[key].field) or key in self._loaded().keys:
            self._write({key: value})

    def reset(self, key: str) -> None:
        """Restore the default: remove the key from the file."""
        self._write({key: OUT})

    def mend(self, key: str) -> None:
        """Replace in the file what could not be used by what is in force; raise ``SettingsError`` where that fails."""
        day = _day_of(key)
        if day is None:
            self._write({key: OUT})
        else:
            self._write({key: [write_span(span) for span in self.settings.hours.get(day, ())]})

    def is_default(self, spec: SettingSpec) -> bool:
        return bool(getattr(self.settings, spec.field) == spec.default)

    def change_hours(self, hours: Mapping[int, Sequence[WorkingSpan]]) -> None:
        """Set the working hours of all weekdays (0 is Monday); an empty mapping: every hour counts.

        Days that do not change keep the form in which they were written.
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

    # --- undo ----------------------------------------------------------------------------------------------------

    @property
    def can_undo(self) -> bool:
        return bool(self._steps) and self._steps[-1].after == stamp_of(self._profile)

    def undo(self) -> None:
        """Undo the last change, if any; raise ``SettingsError`` where that fails."""
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
                sentence(
                    "The change was not undone: {settings} could not be written ({reason}).",
                    settings=self._profile.settings,
                    reason=reason(error),
                )
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
                sentence(
                    "Nothing was changed: {settings} could not be read ({reason}).",
                    settings=self._profile.settings,
                    reason=reason(error),
                )
            ) from error
        write_values(self._profile, values)
        self._steps.append(_Step(before, stamp_of(self._profile)))
        del self._steps[:-STEPS_KEPT]
        self._follow()


def write_span(span: WorkingSpan) -> str:
    """Return a range of working time in the file's form: ``09:00-12:30``; midnight as an end is ``24:00``."""
    end = "24:00" if span.end.hour == span.end.minute == 0 else f"{span.end:%H:%M}"
    return f"{span.start:%H:%M}-{end}"
