"""The five pages of the settings window, and which groups of settings are on each.

The settings window and its search read it, on the GUI thread. A group is a table of the settings file or one of
``SIGNS`` and ``STARTUP``, which have no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from numbguard.core.settings.table import SECTIONS
from numbguard.wording.catalogue import N_

SIGNS: Final = "signs"
STARTUP: Final = "startup"

TITLES: Final = {section.table: section.title for section in SECTIONS} | {
    SIGNS: N_("Warning signs"),
    STARTUP: N_("Startup"),
}
"""The heading of each group, in English."""


@dataclass(frozen=True, slots=True)
class PageSpec:
    title: str
    about: str
    """What is on it, in a few words."""
    groups: tuple[str, ...]


PAGES: Final = (
    PageSpec(
        N_("Breaks and sounds"), N_("When you are reminded, how a break looks and how it sounds."), ("breaks", "sound")
    ),
    PageSpec(
        N_("Quiet and hours"),
        N_("When NumbGuard stays silent, and what counts as time away."),
        ("quiet", "hours", "away"),
    ),
    PageSpec(
        N_("Stretches, goals and posture"),
        N_("Which cards you get, the daily routine, your goal and posture tips."),
        ("cards", "routine", "goals", "posture"),
    ),
    PageSpec(N_("Health"), N_("Your emergency number, and when numbness needs help."), ("help", SIGNS)),
    PageSpec(
        N_("Appearance, data and start"),
        N_("Language, colours and text size; backups and deleting; startup, hot keys and hooks."),
        ("appearance", "backup", STARTUP, "hot_keys", "hooks"),
    ),
)
