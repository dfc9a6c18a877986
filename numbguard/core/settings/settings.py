"""Everything that a person can set, with its defaults. ``table`` gives the range of each setting.

Pure data; used by the engine, the store and the windows, on any thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import assert_never

from .choices import (
    NO_COMMAND,
    NO_KEYS,
    OUR_SOUND,
    AdvisedCard,
    AwayRule,
    GoalKind,
    HookCommand,
    KeyCombination,
    Place,
    SoundChoice,
    SoundMoment,
    Stills,
    Style,
    Theme,
)
from .language_tag import SYSTEM_LANGUAGE, LanguageTag

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class WorkingSpan:
    """A span of working time by the local clock. An ``end`` before ``start`` is on the next day."""

    start: time
    end: time


MIDNIGHT = time(0, 0)
WHOLE_DAY = WorkingSpan(MIDNIGHT, MIDNIGHT)
"""From midnight to midnight: a span with equal ``start`` and ``end`` ends at that time on the next day."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, validated. Durations are in seconds. Empty ``hours`` means that every hour counts."""

    interval: float = 45 * 60.0
    duration: float = 2 * 60.0
    patience: float = 3 * 60.0
    snooze: float = 5 * 60.0
    max_snoozes: int = 3
    max_skips: int = 0
    """How many breaks in a row may be skipped; 0: any number."""
    natural_break: float = 5 * 60.0
    settle: float = 30.0
    standing_for: float = 3600.0
    """How long somebody may be counted as standing before NumbGuard says so."""
    style: Style = Style.STANDARD
    posture_enabled: bool = True
    posture_interval: float = 25 * 60.0
    away_lock: AwayRule = AwayRule.AWAY
    away_sleep: AwayRule = AwayRule.AWAY
    quiet_dnd: bool = True
    quiet_fullscreen: bool = True
    quiet_call: bool = True
    quiet_sharing: bool = True
    quiet_programs: tuple[str, ...] = ()
    """Names of programs that mean "not now" while one of their windows is in front."""
    quiet_not_calls: tuple[str, ...] = ()
    """Names of programs whose use of the microphone or camera is not a call: voice control, a recorder that keeps the
    last few minutes …"""
    quiet_longest: float = 2 * 3600.0
    """How long sensed reasons together may hold a due break back before the icon says that a break waits."""
    quiet_untouched: float = 2 * 3600.0
    """How long a call or a full screen is believed to have somebody in front of it without a touch."""
    sound_enabled: bool = False
    """Whether breaks may have sounds and a voice. Off until the person says yes: the first break asks."""
    sound_announcement: SoundChoice = OUR_SOUND
    sound_start: SoundChoice = OUR_SOUND
    sound_step: SoundChoice = OUR_SOUND
    sound_end: SoundChoice = OUR_SOUND
    sound_volume: int = 70
    """The loudness of sounds and voice, 0–100; 0 is silent."""
    sound_read_aloud: bool = False
    """Whether a voice reads each step of a card, while ``sound_enabled``."""
    goal: GoalKind = GoalKind.NONE
    goal_walk: float = 15 * 60.0
    goal_water: int = 8
    monday_message: bool = False
    """Whether a notification says on Mondays how last week went."""
    routine_at: time | None = None
    """Local time at which NumbGuard offers the daily routine; ``None`` for never."""
    places: tuple[Place, ...] = (Place.SEATED, Place.STANDING, Place.WALL)
    """Where break cards may be done."""
    advised_cards: tuple[AdvisedCard, ...] = ()
    """The cards that a therapist has advised; the others of ``AdvisedCard`` stay off."""
    favourite_cards: tuple[str, ...] = ()
    """Slugs of the cards that the person likes: they come twice as often."""
    never_cards: tuple[str, ...] = ()
    """Slugs of the cards that the person never wants at a break."""
    help_number: str = ""
    """The emergency number that *When to get help* names; empty until the person sets one, never made up."""
    backup_folder: str = ""
    """A folder that gets a copy of each backup of the log; empty: none."""
    language: LanguageTag = SYSTEM_LANGUAGE
    theme: Theme = Theme.SYSTEM
    text_size: int = 100
    """The size of the windows' text, in percent of the system's."""
    tray_minutes: bool = False
    """Whether the tray icon shows the minutes to the next break while the person sits."""
    stills: Stills = Stills.SYSTEM
    """Whether figures are shown as stills instead of moving."""
    hot_key_log: KeyCombination = NO_KEYS
    """The keys that log an episode from within any program; empty: none."""
    hot_key_break: KeyCombination = NO_KEYS
    """The keys that start a break from within any program; empty: none."""
    hook_announcement: HookCommand = NO_COMMAND
    """What runs when a break is announced; like the other hooks, empty: nothing."""
    hook_start: HookCommand = NO_COMMAND
    hook_end: HookCommand = NO_COMMAND
    hook_log: HookCommand = NO_COMMAND
    hours: Mapping[int, tuple[WorkingSpan, ...]] = field(default_factory=dict)
    """The spans of each weekday (0 is Monday); once any day is given, a missing day has no working hours."""

    def sound_at(self, moment: SoundMoment) -> SoundChoice:
        """The sound chosen for a moment of a break."""
        match moment:
            case SoundMoment.ANNOUNCEMENT:
                return self.sound_announcement
            case SoundMoment.START:
                return self.sound_start
            case SoundMoment.STEP:
                return self.sound_step
            case SoundMoment.END:
                return self.sound_end
            case _ as never:
                assert_never(never)
