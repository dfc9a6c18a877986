"""The person's language: every sentence that somebody sees passes through `_`, `ngettext`, `pgettext` or `translated`.

The windows, the wording and the command line import it, on any thread; `use` is called on the main thread. English is
the language of the code, so for an English desktop nothing is opened and a call is one comparison. For any other
language, the first sentence that is asked for maps one compiled catalogue into memory.

The language is the setting ``appearance.language``; where that is ``system``, it comes from ``LANGUAGE``, ``LC_ALL``,
``LC_MESSAGES`` and ``LANG``, as with gettext, or from the user interface language of Windows. ``qps`` is a
pseudo-language for tests: every sentence in brackets and 40 % longer.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, Protocol

from numbguard.core.sentence import N_, Joined, Sentence, in_order
from numbguard.resources import ResourcesError, resource

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["N_", "_", "language", "ngettext", "npgettext", "pgettext", "speaking", "translated", "use", "watch"]

SYSTEM: Final = "system"
"""The setting that leaves the choice to the system."""
ENGLISH: Final = "en"
PSEUDO: Final = "qps"
RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
"""The languages whose layout is mirrored (the Unicode locale data's character order; Kurdish in Arabic letters)."""


class Catalogue(Protocol):
    """The sentences of one language; ``None`` where a catalogue does not have one."""

    def find(self, message: str, context: str | None) -> str | None: ...

    def find_plural(self, singular: str, plural: str, count: int, context: str | None) -> str | None: ...


class _State:
    def __init__(self) -> None:
        self.setting = SYSTEM
        self.language: str | None = None
        """The language in use; ``None`` until the first sentence is asked for."""
        self.catalogue: Catalogue | None = None
        """``None`` for English."""
        self.system: Sequence[str] | None = None
        self.watchers: list[Callable[[], None]] = []


_state = _State()
_spoken: ContextVar[tuple[str, Catalogue | None] | None] = ContextVar("spoken", default=None)
"""The language of `speaking`, with its catalogue; ``None`` outside it."""


# --- sentences -------------------------------------------------------------------------------------------------------


def _(message: str) -> str:
    """A sentence in the person's language; in English where the catalogue does not have it."""
    catalogue = _catalogue()
    if catalogue is None or not message:
        return message
    return catalogue.find(message, None) or message


def ngettext(singular: str, plural: str, count: float) -> str:
    """The form of a sentence for a count, by the language's own rule for plurals."""
    catalogue = _catalogue()
    found = catalogue.find_plural(singular, plural, int(count), None) if catalogue is not None else None
    return found or (singular if count == 1 else plural)


def pgettext(context: str, message: str) -> str:
    """A sentence or word whose meaning depends on ``context``, such as “Left” of a leg and of a time."""
    catalogue = _catalogue()
    if catalogue is None or not message:
        return message
    return catalogue.find(message, context) or message


def npgettext(context: str, singular: str, plural: str, count: float) -> str:
    """``ngettext`` within a context."""
    catalogue = _catalogue()
    found = catalogue.find_plural(singular, plural, int(count), context) if catalogue is not None else None
    return found or (singular if count == 1 else plural)


def translated(said: str | BaseException) -> str:
    """A sentence that the core, the store or a sense has handed over, or that is the message of an exception.

    A plain text that the catalogue does not have stays as it is: a file name, a person's own words.
    """
    if isinstance(said, BaseException):
        words = said.args[0] if said.args else ""
        return translated(words) if isinstance(words, str) else str(said)
    if not isinstance(said, Sentence):
        return _(said)
    if _catalogue() is None:
        return str(said)
    if isinstance(said, Joined):
        parts = tuple(translated(part) for part in said.parts)
        return " ".join(parts) if not said.middle else in_order(parts, _(said.middle), _(said.last))
    fields = {
        name: translated(value) if isinstance(value, Sentence | BaseException) else value
        for name, value in said.fields.items()
    }
    template = ngettext(said.template, said.plural, said.number) if said.plural else _(said.template)
    return template.format(**fields)


# --- the language ----------------------------------------------------------------------------------------------------


def language() -> str:
    """The language in use, such as ``en``, ``de`` or ``pt_BR``."""
    if (spoken := _spoken.get()) is not None:
        return spoken[0]
    _catalogue()
    return _state.language or ENGLISH


def is_right_to_left() -> bool:
    """Whether windows are mirrored."""
    return language().partition("_")[0] in RIGHT_TO_LEFT


def use(setting: str, *, system: Sequence[str] | None = None) -> None:
    """Speak the language of a setting: ``system``, or a language such as ``de``.

    ``system``: the system's languages, best first, where the caller knows them better than the environment does. If the
    language changes, each watcher is called once.
    """
    before = _state.language
    _state.setting, _state.language, _state.catalogue = setting, None, None
    if system is not None:
        _state.system = system
    if before is not None and language() != before:
        for watcher in tuple(_state.watchers):
            watcher()


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Speak another language for a moment, on this thread alone; no watcher is called.

    For the app's answers to the command line, which may speak another language than the windows.
    """
    token = _spoken.set(_first_available((name,)))
    try:
        yield
    finally:
        _spoken.reset(token)


def watch(changed: Callable[[], None]) -> Callable[[], None]:
    """Call ``changed`` whenever the language has changed; the function returned ends that."""
    language()  # so that a later choice is a change
    _state.watchers.append(changed)

    def stop() -> None:
        if changed in _state.watchers:
            _state.watchers.remove(changed)

    return stop


def forget() -> None:
    """Decide the language anew, from the environment alone, when the next sentence is asked for; for tests."""
    _state.setting, _state.language, _state.catalogue, _state.system = SYSTEM, None, None, None


def compiled(name: str) -> Path:
    """The compiled catalogue of a language; it need not exist."""
    return resource("locale", name, "LC_MESSAGES", "numbguard.mo")


def open_catalogue(name: str) -> Catalogue | None:
    """The catalogue of a language; ``None`` where there is none that can be read."""
    if not name.replace("_", "").isalnum():
        return None
    from .mo_file import MoFile

    try:
        return MoFile(compiled(name))
    except (OSError, ValueError, ResourcesError):  # a damaged catalogue must not keep anybody from their log
        return None


def system_languages() -> Sequence[str]:
    """The languages that the system asks for, best first, such as ``de_AT`` and ``en``; empty if it names none."""
    if _state.system is not None:
        return _state.system
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name, ""):
            return value.split(":")
    if sys.platform == "win32":
        return _windows_language()
    return ()


def _windows_language() -> Sequence[str]:
    if sys.platform == "win32":
        import ctypes
        from locale import windows_locale

        return [windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), ENGLISH)]
    return ()


def _catalogue() -> Catalogue | None:
    if (spoken := _spoken.get()) is not None:
        return spoken[1]
    if _state.language is None:
        wanted = system_languages() if _state.setting == SYSTEM else (_state.setting,)
        _state.language, _state.catalogue = _first_available(wanted)
    return _state.catalogue


def _first_available(wanted: Sequence[str]) -> tuple[str, Catalogue | None]:
    for one in wanted:
        # "de_AT.UTF-8@euro" is German of Austria; the encoding and the variant make no difference here.
        name = one.partition(".")[0].partition("@")[0].replace("-", "_")
        base = name.partition("_")[0]
        if base in (ENGLISH, "C", "POSIX"):
            return ENGLISH, None
        if base == PSEUDO:
            from .pseudo import PseudoCatalogue

            return PSEUDO, PseudoCatalogue()
        for candidate in dict.fromkeys((name, base)):
            if (found := open_catalogue(candidate)) is not None:
                return candidate, found
    return ENGLISH, None
