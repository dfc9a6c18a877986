"""Remembers whether the log is whole: damage until it is repaired, the last whole check and the last backup.

The journal, the verbs and the nightly care call it, on any thread. It is one small file in the profile, so that the app
and the verbs know of damage that either has found. It contains no word of an entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from numbguard.core.sentence import Sentence, sentence
from numbguard.store.profile import Profile, write_whole

from .file_set import identity


# A named tuple, as `numbguard log` pays for the making of each class: a dataclass takes five times as long.
class LogHealth(NamedTuple):
    """What is known of the log. ``trouble``: a sentence on damage, what it means for new entries and what to do."""

    trouble: str | None = None
    since: str | None = None
    """When the trouble was found: the same text for as long as it lasts."""
    last_check: datetime | None = None
    """When the whole log was last checked and found sound."""
    last_backup: datetime | None = None
    backed_up: str | None = None
    """The state of the log at the last backup, to see whether anything has changed since."""
    folders: tuple[str, ...] = ()
    """Folders outside the profile that have had a backup."""
    file: tuple[int, int] | None = None
    """The file that has the trouble."""

    def document(self) -> dict[str, object]:
        """The ``log`` member of the command line's JSON."""
        return {
            "whole": self.trouble is None,
            "last_check": _text(self.last_check),
            "last_backup": _text(self.last_backup),
            "trouble": self.trouble,
        }


class HealthFile:
    """The health of a profile's log, read again whenever the file changes."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._seen: object = None
        self._known = LogHealth()
        self._unsaved: LogHealth | None = None
        """What could not be written to the file: known to this process alone."""

    def read(self) -> LogHealth:
        """Return the health; trouble of a file that has been replaced since counts no longer."""
        stamp = _stamp(self._profile.health)
        if self._unsaved is None and stamp != self._seen:
            self._known, self._seen = _read(self._profile.health), stamp
        found = self._unsaved or self._known
        if found.trouble is not None and found.file != identity(self._profile.database):
            return found._replace(trouble=None, since=None, file=None)
        return found

    @property
    def trouble(self) -> str | None:
        return self.read().trouble

    def found_trouble(self, said: str) -> None:
        """Record damage of the file that is in place; the first sentence stays until it is repaired."""
        known = self.read()
        if known.trouble is None:
            self._write(
                known._replace(
                    trouble=said,
                    since=datetime.now().astimezone().isoformat(),
                    file=identity(self._profile.database),
                )
            )

    def repaired(self) -> None:
        """Record that a sound log is in place."""
        known = self.read()
        if known.trouble is not None or self._known.trouble is not None:
            self._write(known._replace(trouble=None, since=None, file=None))

    def found_sound(self, at: datetime) -> None:
        """Record a whole check that found nothing."""
        self._write(self.read()._replace(trouble=None, since=None, file=None, last_check=at))

    def backed_up(self, at: datetime, state: str, folder: Path | None = None) -> None:
        """Record a backup of this state of the log; ``folder``: one outside the profile that got a copy too."""
        known = self.read()
        folders = known.folders
        if folder is not None and str(folder) not in folders:
            folders = (*folders, str(folder))
        self._write(known._replace(last_backup=at, backed_up=state, folders=folders))

    def forget(self) -> None:
        """Everything was deleted: no trouble and no backup is left."""
        self._unsaved, self._known, self._seen = None, LogHealth(), None

    def _write(self, health: LogHealth) -> None:
        content: dict[str, object] = {
            **health.document(),
            "since": health.since,
            "backed_up": health.backed_up,
            "folders": list(health.folders),
            "file": health.file,
        }
        if isinstance(health.trouble, Sentence):
            content["trouble_template"] = _template(health.trouble)
        import json

        try:
            write_whole(self._profile.health, json.dumps(content, indent=1).encode() + b"\n")
        except OSError:
            self._unsaved = health
        else:
            self._unsaved = None


def _read(path: Path) -> LogHealth:
    try:
        written = path.read_bytes()
    except OSError:  # mostly, there is none: a verb need not know JSON for that
        return LogHealth()
    import json

    try:
        content = json.loads(written)
    except (ValueError, RecursionError):
        return LogHealth()
    if not isinstance(content, dict):
        return LogHealth()
    file, folders = content.get("file"), content.get("folders")
    return LogHealth(
        trouble=_trouble(content),
        since=_string(content, "since"),
        last_check=_moment(content, "last_check"),
        last_backup=_moment(content, "last_backup"),
        backed_up=_string(content, "backed_up"),
        folders=tuple(one for one in folders if isinstance(one, str)) if isinstance(folders, list) else (),
        file=(file[0], file[1])
        if isinstance(file, list) and len(file) == 2 and all(isinstance(part, int) for part in file)
        else None,
    )


def _template(said: str) -> object:
    """A sentence for JSON, from which ``_sentence`` makes it again, so that another process can translate it."""
    if not isinstance(said, Sentence):
        return str(said)
    fields = {name: _template(one if isinstance(one, str) else str(one)) for name, one in said.fields.items()}
    return {"template": said.template, "fields": fields}


def _sentence(given: object) -> str:
    """The sentence that ``_template`` wrote. Raises ``ValueError`` for anything else."""
    if isinstance(given, str):
        return given
    template, fields = (given.get("template"), given.get("fields")) if isinstance(given, dict) else (None, None)
    if not isinstance(template, str) or not isinstance(fields, dict):
        raise ValueError("not a sentence")
    return sentence(template, **{str(name): _sentence(one) for name, one in fields.items()})


def _trouble(content: Mapping[str, object]) -> str | None:
    """The sentence on damage: as a `Sentence` where its template is there and makes the same text."""
    written = _string(content, "trouble")
    try:
        said = _sentence(content.get("trouble_template"))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return written
    return said if said == written else written


def _string(content: Mapping[str, object], name: str) -> str | None:
    value = content.get(name)
    return value if isinstance(value, str) and value else None


def _moment(content: Mapping[str, object], name: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(content.get(name)))
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds")


def _stamp(path: Path) -> object:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
