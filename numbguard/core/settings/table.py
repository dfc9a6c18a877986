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
        "how long you may sit before a break is announced",
        10 * _M,
        120 * _M,
        (30 * _M, 60 * _M),
        label="Sit for at most",
        hint="Then a break is announced. 30 to 60 minutes is usual.",
    ),
    SettingSpec("breaks.duration", "duration", float, "how long a card runs", 20.0, 20 * _M, label="A break lasts"),
    SettingSpec(
        "breaks.patience",
        "patience",
        float,
        "how long an announcement waits before the card opens by itself",
        10.0,
        30 * _M,
        label="An announcement waits",
        hint="Then the card opens by itself. So long, at most, a due break waits for a pause in your typing, too.",
    ),
    SettingSpec(
        "breaks.snooze",
        "snooze",
        float,
        "how long “in 5 minutes” puts a break off",
        1 * _M,
        30 * _M,
        label="“A little later” means",
    ),
    SettingSpec(
        "breaks.max_snoozes",
        "max_snoozes",
        int,
        "how often in a row a break can be put off",
        0,
        10,
        label="Put off at most",
        hint="Times in a row. After that, only Start and Skip are offered.",
    ),
    SettingSpec(
        "breaks.natural_break",
        "natural_break",
        float,
        "away this long counts as a break",
        1 * _M,
        30 * _M,
        label="Being away counts as a break after",
    ),
    SettingSpec(
        "breaks.settle",
        "settle",
        float,
        "nothing is announced this soon after waking or after a reason to keep quiet has gone",
        0.0,
        10 * _M,
        label="Say nothing for",
        hint="After the machine wakes, and after a call or another reason to keep quiet ends.",
    ),
    SettingSpec(
        "breaks.standing_for",
        "standing_for",
        float,
        "after standing this long, NumbGuard says once, without a sound, that it still counts you as standing",
        10 * _M,
        4 * _H,
        label="Ask whether I still stand after",
        hint="Once, without a sound. After a time away you are counted as sitting again.",
    ),
    SettingSpec(
        "breaks.style",
        "style",
        Style,
        "gentle: the announcement only; standard: a card window; firm: a card that covers every screen",
        label="How a break shows itself",
        names=(
            "Gentle: only the announcement",
            "Standard: a card in a window",
            "Firm: a card over every screen, with a way out",
        ),
    ),
    SettingSpec(
        "posture.enabled",
        "posture_enabled",
        bool,
        "whether posture is nudged between breaks",
        label="Nudge my posture between breaks",
        hint="A small tip, without a sound, gone by itself.",
    ),
    SettingSpec(
        "posture.interval",
        "posture_interval",
        float,
        "how far apart posture nudges are",
        10 * _M,
        60 * _M,
        label="A nudge every",
    ),
    SettingSpec(
        "away.lock",
        "away_lock",
        AwayRule,
        "what locking the screen means: away (towards a natural break), pause (the clock only stops), ignore",
        label="When I lock the screen",
        hint="A short lock never costs you anything.",
        names=(
            "I am away: it counts towards a break",
            "The clock stops until I am back",
            "Nothing: the clock runs on",
        ),
    ),
    SettingSpec(
        "away.sleep",
        "away_sleep",
        AwayRule,
        "the same for the machine's sleep",
        label="When the machine sleeps",
        names=(
            "I was away: it counts towards a break",
            "The clock stops until it wakes",
            "Nothing: the clock runs on",
        ),
    ),
    SettingSpec(
        "quiet.dnd",
        "quiet_dnd",
        bool,
        "keep quiet while the desktop's do-not-disturb is on",
        label="Do not disturb is on",
    ),
    SettingSpec(
        "quiet.fullscreen",
        "quiet_fullscreen",
        bool,
        "keep quiet while a window fills the screen",
        label="A window fills the screen",
        hint="A film, a game or slides.",
    ),
    SettingSpec(
        "quiet.call",
        "quiet_call",
        bool,
        "keep quiet while the microphone or camera is in use",
        label="The microphone or camera is in use",
        hint="Only the fact and the program’s name are read, never sound or picture.",
    ),
    SettingSpec(
        "quiet.sharing",
        "quiet_sharing",
        bool,
        "keep quiet while the screen is shared, where that can be known",
        label="The screen is shared",
        hint="Where the desktop lets that be known.",
    ),
    SettingSpec(
        "quiet.programs",
        "quiet_programs",
        str,
        "keep quiet while a window of one of these programs is in front",
        several=True,
        label="One of these programs is in front",
        hint="Names with commas between, such as zoom, obs.",
    ),
    SettingSpec(
        "quiet.not_calls",
        "quiet_not_calls",
        str,
        "programs whose use of the microphone or camera is no call, such as voice control that listens all day",
        several=True,
        label="Programs that are no call, though they listen",
        hint="Voice control that uses the microphone all day, for one. Names with commas between.",
    ),
    SettingSpec(
        "quiet.longest",
        "quiet_longest",
        float,
        "after a due break has been held back this long, the icon says that one is waiting",
        10 * _M,
        12 * _H,
        label="Tell me by the icon that a break waits after",
    ),
    SettingSpec(
        "quiet.untouched",
        "quiet_untouched",
        float,
        "a call or a full screen without a touch counts as sitting this long, then as unknown",
        10 * _M,
        12 * _H,
        label="Without a touch, believe a call or full screen for",
        hint="Then the clock stops until you touch something: it counts neither as sitting nor as a break.",
    ),
    SettingSpec(
        "goals.week",
        "goal",
        GoalKind,
        "the week's goal: routine (the stretching routine every working day), walk or water (so much every day)",
        label="My goal for the week",
        hint="One missed day in a week is a rest day.",
        names=(
            "None",
            "The stretching routine, every working day",
            "Walking, every day",
            "Water, every day",
        ),
    ),
    SettingSpec(
        "goals.walk", "goal_walk", float, "how much walking a day the goal asks for", 5 * _M, 2 * _H, label="Walk a day"
    ),
    SettingSpec(
        "goals.water",
        "goal_water",
        int,
        "how many glasses of water a day the goal asks for",
        1,
        20,
        label="Glasses of water a day",
        hint="If a doctor limits what you drink, for the heart or the kidneys, follow the doctor.",
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
        label="I can do a break",
        hint="Only cards for these places come.",
        names=(
            "on my chair",
            "standing",
            "at a wall",
            "on the floor",
        ),
    ),
    SettingSpec(
        "cards.advised",
        "advised_cards",
        AdvisedCard,
        "cards that come only where a therapist has advised you to do them",
        several=True,
        may_be_empty=True,
        label="A therapist has advised me to do",
        hint="Not right for every sore back or leg: each stays off until you tick it.",
        names=(
            "the sciatic nerve glide",
            "the figure four",
        ),
    ),
    SettingSpec(
        "help.number",
        "help_number",
        str,
        "the emergency number that “When to get help” names; empty: “your local emergency number”",
        label="The emergency number where I live",
        hint="Named by “When to get help”. NumbGuard itself never calls anybody.",
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
    SettingsSection("breaks", "Breaks", "When you are asked to get up, and how."),
    SettingsSection("posture", "Posture", "Small tips for sitting and standing well."),
    SettingsSection("hours", "Working hours", "Outside them nothing shows and nothing counts."),
    SettingsSection("away", "Away", "What a locked screen and a sleeping machine mean."),
    SettingsSection(
        "quiet", "Quiet", "Nothing pops up while one of these holds. A break that is due comes when it ends."
    ),
    SettingsSection("goals", "Goals", "What you would like to reach each week."),
    SettingsSection("routine", "Daily routine", "A few stretches in a row, once a day."),
    SettingsSection("cards", "Cards", "Where you can move, and what a therapist has advised."),
    SettingsSection("help", "Help", "For when numbness should not wait."),
    SettingsSection("appearance", "Appearance", "How NumbGuard speaks to you."),
    SettingsSection("backup", "Data", "Your log is backed up every night on which it has changed."),
)
"""In the order of the window's pages. A table of ``SPECS`` that is missing here has no page."""
