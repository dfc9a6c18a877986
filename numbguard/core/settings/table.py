"""The meaning, range, default and words of each key of the settings, in one table.

``SPECS`` is the single source: ``reading`` validates the settings file against it, a test checks ``docs/USING.md``
against it, and the settings window is built from it. Pure; used by the store, the command line and the windows, on any
thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import Enum
from pathlib import PurePath

from numbguard.core.when.duration import write_duration

from .choices import AdvisedCard, AwayRule, GoalKind, LanguageTag, Place, Style
from .settings import Settings


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """One key of the settings file: its name, its range and its effect."""

    key: str
    field: str
    kind: type
    about: str
    low: float | None = None
    high: float | None = None
    offered: tuple[float, float] | None = None
    """The recommended range, where it is narrower than the accepted one; ``docs/USING.md`` gives both."""
    several: bool = False
    """Whether the value is a list: of choices of ``kind``, or, where that is ``str``, of any number of names."""
    may_be_empty: bool = False
    """Whether a list of choices may have none."""
    label: str = ""
    """Its name in a window; ``about`` where it is empty."""
    hint: str = ""
    """A sentence under the label, where the label leaves a question open."""
    names: tuple[str, ...] = ()
    """The words for the choices, in their order."""

    @property
    def title(self) -> str:
        return self.label or self.about[:1].upper() + self.about[1:]

    @property
    def section(self) -> str:
        return self.key.partition(".")[0]

    def name_of(self, choice: Enum) -> str:
        """The words for a choice."""
        if self.names:
            return self.names[self.choices.index(choice)]
        return str(choice.value).replace("_", " ").capitalize()

    @property
    def default(self) -> object:
        return getattr(Settings(), self.field)

    def range_words(self) -> str:
        """The accepted values, in the words of the documentation and the error messages."""
        if self.kind is float:
            return f"{write_duration(self.bounds[0])} to {write_duration(self.bounds[1])}"
        if self.kind is int:
            return f"{self.bounds[0]:g} to {self.bounds[1]:g}"
        if self.kind is bool:
            return "true or false"
        if self.kind is str:
            return "a list of names" if self.several else "a telephone number (2 to 20 digits, spaces and +), or empty"
        if self.kind is PurePath:
            return "the full path of a folder, or empty"
        if self.kind is LanguageTag:
            return "system, or a language such as en, de, pt_BR"
        if self.kind is time:
            return "a time such as 10:30, or off"
        words = ", ".join(str(one.value) for one in self.choices)
        if not self.several:
            return words
        return f"a list of: {words}" + ("; it may be empty" if self.may_be_empty else "")

    def default_words(self) -> str:
        """The default, as it would be written in the settings file."""
        value = self.default
        if isinstance(value, tuple):
            return "[" + ", ".join(f'"{one.value if isinstance(one, Enum) else one}"' for one in value) + "]"
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, (Enum, str)):
            return f'"{value.value if isinstance(value, Enum) else value}"'
        if isinstance(value, float):
            return f'"{write_duration(value)}"'
        return '"off"' if value is None else str(value)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the greatest accepted number."""
        assert self.low is not None and self.high is not None
        return self.low, self.high

    @property
    def choices(self) -> tuple[Enum, ...]:
        """The members of ``kind`` if it is an enum; else empty."""
        return tuple(self.kind) if issubclass(self.kind, Enum) else ()


_M, _H = 60.0, 3600.0

SPECS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "breaks.interval",
        "interval",
        float,
        "how long you can sit before a reminder",
        10 * _M,
        120 * _M,
        (30 * _M, 60 * _M),
        label="Remind me after sitting for",
        hint="You'll then get a reminder. Most people choose 30 to 60 minutes.",
    ),
    SettingSpec("breaks.duration", "duration", float, "how long a card runs", 20.0, 20 * _M, label="A break lasts"),
    SettingSpec(
        "breaks.patience",
        "patience",
        float,
        "how long a reminder stays up before the card opens on its own",
        10.0,
        30 * _M,
        label="Reminder stays up for",
        hint="Then the card opens on its own. This is also the longest a break waits for you to stop typing.",
    ),
    SettingSpec(
        "breaks.snooze",
        "snooze",
        float,
        "how long “In 5 minutes” puts a break off",
        1 * _M,
        30 * _M,
        label="Snooze for",
    ),
    SettingSpec(
        "breaks.max_snoozes",
        "max_snoozes",
        int,
        "how many times in a row you can snooze a break",
        0,
        10,
        label="Snooze limit",
        hint="In a row. After that you can only start or skip the break.",
    ),
    SettingSpec(
        "breaks.natural_break",
        "natural_break",
        float,
        "away this long counts as a break",
        1 * _M,
        30 * _M,
        label="Time away counts as a break after",
    ),
    SettingSpec(
        "breaks.settle",
        "settle",
        float,
        "no reminders for this long after the computer wakes, or a call or another reason to stay silent ends",
        0.0,
        10 * _M,
        label="Stay silent for",
        hint="After your computer wakes, or a call or presentation ends.",
    ),
    SettingSpec(
        "breaks.standing_for",
        "standing_for",
        float,
        "after standing this long, NumbGuard silently reminds you once that it still counts you as standing",
        10 * _M,
        4 * _H,
        label="Ask if I'm still standing after",
        hint="Once, without a sound. After time away you count as sitting again.",
    ),
    SettingSpec(
        "breaks.style",
        "style",
        Style,
        "gentle: notification only; standard: a card in a window; firm: a card over every screen",
        label="How breaks appear",
        names=(
            "Gentle: notification only",
            "Standard: a card in a window",
            "Firm: a card over every screen, with a way out",
        ),
    ),
    SettingSpec(
        "posture.enabled",
        "posture_enabled",
        bool,
        "whether you get posture tips between breaks",
        label="Give me posture tips between breaks",
        hint="A small, silent tip that disappears on its own.",
    ),
    SettingSpec(
        "posture.interval",
        "posture_interval",
        float,
        "how long between posture tips",
        10 * _M,
        60 * _M,
        label="A tip every",
    ),
    SettingSpec(
        "away.lock",
        "away_lock",
        AwayRule,
        "what locking the screen means: away (counts towards a break), pause (the timer stops), ignore",
        label="When I lock the screen",
        hint="Locking briefly makes no difference.",
        names=(
            "Counts as time away (towards a break)",
            "Pause the timer until I'm back",
            "Ignore it: the timer keeps running",
        ),
    ),
    SettingSpec(
        "away.sleep",
        "away_sleep",
        AwayRule,
        "the same for when the computer sleeps",
        label="When the computer sleeps",
        names=(
            "Counts as time away (towards a break)",
            "Pause the timer until it wakes",
            "Ignore it: the timer keeps running",
        ),
    ),
    SettingSpec(
        "quiet.dnd",
        "quiet_dnd",
        bool,
        "no reminders while Do Not Disturb is on",
        label="Do Not Disturb is on",
    ),
    SettingSpec(
        "quiet.fullscreen",
        "quiet_fullscreen",
        bool,
        "no reminders while a window fills the screen",
        label="A window fills the screen",
        hint="A film, a game or slides.",
    ),
    SettingSpec(
        "quiet.call",
        "quiet_call",
        bool,
        "no reminders while the microphone or camera is in use",
        label="The microphone or camera is in use",
        hint="NumbGuard only sees that it is in use and by which program, never sound or video.",
    ),
    SettingSpec(
        "quiet.sharing",
        "quiet_sharing",
        bool,
        "no reminders while you share your screen, on desktops that report it",
        label="The screen is shared",
        hint="On desktops that support it.",
    ),
    SettingSpec(
        "quiet.programs",
        "quiet_programs",
        str,
        "no reminders while one of these programs is the active window",
        several=True,
        label="One of these programs is the active window",
        hint="Separate names with commas, e.g. zoom, obs.",
    ),
    SettingSpec(
        "quiet.not_calls",
        "quiet_not_calls",
        str,
        "programs whose use of the microphone or camera doesn't count as a call, such as voice control that "
        "listens all day",
        several=True,
        label="Ignore these programs' use of the microphone",
        hint="For example, voice control that listens all day. Separate names with commas.",
    ),
    SettingSpec(
        "quiet.longest",
        "quiet_longest",
        float,
        "after a due break has been on hold this long, the tray icon shows that one is waiting",
        10 * _M,
        12 * _H,
        label="Show a waiting break on the tray icon after",
    ),
    SettingSpec(
        "quiet.untouched",
        "quiet_untouched",
        float,
        "without keyboard or mouse, a call or a full screen counts as sitting for this long, then as unknown",
        10 * _M,
        12 * _H,
        label="If I touch nothing, a call or full screen counts for",
        hint=(
            "After that, the timer stops until you use the keyboard or mouse. It counts neither as sitting nor as "
            "a break."
        ),
    ),
    SettingSpec(
        "goals.week",
        "goal",
        GoalKind,
        "the week's goal: routine (the daily routine every working day), walk or water (an amount every day)",
        label="My goal for the week",
        hint="One missed day in a week is a rest day.",
        names=(
            "None",
            "The daily routine, every working day",
            "Walking, every day",
            "Water, every day",
        ),
    ),
    SettingSpec(
        "goals.walk",
        "goal_walk",
        float,
        "how much walking a day the goal asks for",
        5 * _M,
        2 * _H,
        label="Walking per day",
    ),
    SettingSpec(
        "goals.water",
        "goal_water",
        int,
        "how many glasses of water a day the goal asks for",
        1,
        20,
        label="Glasses of water per day",
        hint="If a doctor limits what you drink, for your heart or kidneys, follow your doctor's advice.",
    ),
    SettingSpec(
        "routine.at",
        "routine_at",
        time,
        "when the daily routine is offered, once a day",
        label="Offer the daily routine at",
        hint="Six cards in about seven minutes, for the lower back, hips, hamstrings and calves.",
    ),
    SettingSpec(
        "cards.places",
        "places",
        Place,
        "where you can do a break card",
        several=True,
        label="I can do breaks",
        hint="You'll only get cards for these places.",
        names=(
            "on my chair",
            "standing",
            "against a wall",
            "on the floor",
        ),
    ),
    SettingSpec(
        "cards.advised",
        "advised_cards",
        AdvisedCard,
        "cards that you only get if a therapist has advised them",
        several=True,
        may_be_empty=True,
        label="My therapist has advised",
        hint="They don't suit every sore back or leg. Each stays off until you tick it.",
        names=(
            "the sciatic nerve glide",
            "the figure four",
        ),
    ),
    SettingSpec(
        "help.number",
        "help_number",
        str,
        "the emergency number shown in “When to get help”; empty: “your local emergency number”",
        label="My local emergency number",
        hint="Shown in “When to get help”. NumbGuard never makes calls.",
    ),
    SettingSpec(
        "backup.folder",
        "backup_folder",
        PurePath,
        "a folder, on another disk if you have one, that gets a copy of each backup of the log",
        label="Copy each backup to",
        hint="The full path of a folder, on another disk if you have one.",
    ),
    SettingSpec(
        "appearance.language",
        "language",
        LanguageTag,
        "the language of windows, notifications and the command line; system: the one that the desktop uses",
        label="Language",
        hint="Files and JSON stay English.",
    ),
)


@dataclass(frozen=True, slots=True)
class SettingsSection:
    """A table of the settings file, shown as a page of the settings window."""

    table: str
    title: str
    about: str


SECTIONS: tuple[SettingsSection, ...] = (
    SettingsSection("breaks", "Breaks", "When and how NumbGuard reminds you to get up."),
    SettingsSection("posture", "Posture", "Small tips for sitting and standing well."),
    SettingsSection("hours", "Working hours", "Outside these hours, NumbGuard stays silent and doesn't count sitting."),
    SettingsSection("away", "Away", "What happens when the screen locks or the computer sleeps."),
    SettingsSection(
        "quiet", "Quiet", "No reminders during any of these. A break that falls due waits until afterwards."
    ),
    SettingsSection("goals", "Goals", "Your weekly goal."),
    SettingsSection("routine", "Daily routine", "A few stretches in a row, once a day."),
    SettingsSection("cards", "Cards", "Where you can exercise, and what a therapist has advised."),
    SettingsSection("help", "Help", "For emergencies."),
    SettingsSection("appearance", "Appearance", "The language of NumbGuard."),
    SettingsSection("backup", "Data", "Your log is backed up every night if it has changed."),
)
"""In the order of the window's pages. A table of ``SPECS`` that is missing here has no page."""
