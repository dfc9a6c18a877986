"""Finds settings by what people call them: label, hint, choices and other words for the same, in the person's language
and in English.

The settings window calls it with each letter of a search, on the GUI thread.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from numbguard.core.settings.table import SECTIONS, SPECS
from numbguard.wording.catalogue import N_, translated

from .pages import PAGES, SIGNS, STARTUP, TITLES

# Translators: Words that somebody may type who looks for these settings, in any number, in your language. They are
# never shown.
_OTHER_WORDS: Final = {
    "breaks.interval": N_("timer, how often, minutes, reminder, frequency, sitting time"),
    "breaks.duration": N_("length of a break, seconds, how long"),
    "breaks.patience": N_("wait, announcement, opens on its own, typing"),
    "breaks.snooze": N_("later, put off, postpone, delay"),
    "breaks.max_snoozes": N_("later, put off, postpone, delay"),
    "breaks.max_skips": N_("strict, force, refuse"),
    "breaks.natural_break": N_("idle, absent, coffee, natural break"),
    "breaks.settle": N_("after waking, resume, grace period"),
    "breaks.style": N_("notification, full screen, strict, lock, fullscreen"),
    "posture": N_("back, upright, sitting up, tips, nudge"),
    "hours": N_("schedule, weekend, evening, days, work, time table, night"),
    "away": N_("lock, suspend, screen saver, absent"),
    "quiet.dnd": N_("silent, mute notifications, focus mode"),
    "quiet.fullscreen": N_("video, game, presentation, cinema"),
    "quiet.call": N_("meeting, phone, video conference, webcam"),
    "quiet.sharing": N_("meeting, presentation, video conference"),
    "quiet.programs": N_("apps, exceptions, ignore, block, meeting"),
    "quiet.not_calls": N_("apps, exceptions, dictation, recording"),
    "sound": N_("noise, audio, tone, chime, loud, mute, speech, spoken"),
    "goals": N_("target, aim, steps, drink, habit, streak"),
    "routine": N_("exercises, every day, workout, morning"),
    "cards": N_("exercises, stretch, place, physiotherapy, hidden, favourite"),
    "help": N_("ambulance, phone, doctor, 112, 911, 999"),
    SIGNS: N_("red flags, doctor, danger, ambulance, symptoms"),
    "appearance.language": N_("translation, English, German, Arabic"),
    "appearance.tray_minutes": N_("countdown, panel, menu bar, number"),
    "appearance.stills": N_("animation, reduce motion, moving, figures"),
    "backup": N_("save, copy, restore, repair, export, cloud, erase, delete everything, remove, privacy, reset"),
    STARTUP: N_("autostart, log in, boot, launch, start by itself"),
    "hot_keys": N_("shortcut, keyboard, key combination, global"),
    "hooks": N_("script, command, automation, home assistant, lamp, run a program"),
}
"""By group or key; the words of a group serve each of its settings."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the settings: a row, or a whole group without rows."""

    title: str
    page: int
    """The number of the page, from 0."""
    group: str
    key: str = ""
    """The setting, as in the file; empty for a group."""


@dataclass(frozen=True, slots=True)
class _Entry:
    hit: Hit
    name: str
    others: str
    """Both folded, to be compared with what is typed."""


def find(words: str) -> Sequence[Hit]:
    """The settings that contain each of these words, those named by them first, otherwise as in the window."""
    wanted = [_folded(word) for word in words.split()]
    if not wanted:
        return []
    found = [entry for entry in _entries() if all(_has(f"{entry.name} {entry.others}", word) for word in wanted)]
    return [entry.hit for entry in sorted(found, key=lambda entry: not all(_has(entry.name, one) for one in wanted))]


def _has(text: str, word: str) -> bool:
    """Whether the text has the word: as a part from three letters on, else as the beginning of a word."""
    return word in text if len(word) > 2 else f" {word}" in f" {text}"


def _folded(text: str) -> str:
    """Without capitals and accents, and with spaces in place of punctuation."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))


def forget() -> None:
    """Read the words again, in another language."""
    _entries.cache_clear()


@cache
def _entries() -> Sequence[_Entry]:
    return list(_all_entries())


def _all_entries() -> Iterator[_Entry]:
    abouts = {section.table: section.about for section in SECTIONS}
    for number, page in enumerate(PAGES):
        for group in page.groups:
            title = TITLES[group]
            general = (title, _OTHER_WORDS.get(group, ""), abouts.get(group, ""))
            specs = [spec for spec in SPECS if spec.section == group]
            for spec in specs:
                choices = [str(spec.name_of(choice)) for choice in spec.choices]
                words = (spec.hint, spec.about, _OTHER_WORDS.get(spec.key, ""), spec.key, *choices, *general[:2])
                yield _entry(Hit(translated(spec.title), number, group, spec.key), spec.title, words)
            if not specs or group == "backup":
                yield _entry(Hit(translated(title), number, group), title, general)


def _entry(hit: Hit, title: str, words: Sequence[str]) -> _Entry:
    both = [one for word in words if word for one in (word, translated(word))]
    return _Entry(hit, _folded(f"{title} {hit.title}"), _folded(" ".join(both)))
