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

from numbguard.core.sentence import N_, sentence
from numbguard.core.when.duration import write_duration

from .choices import (
    AdvisedCard,
    AwayRule,
    GoalKind,
    HookCommand,
    KeyCombination,
    Place,
    SoundChoice,
    Stills,
    Style,
    Theme,
)
from .language_tag import LanguageTag
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
            least, most = map(write_duration, self.bounds)
            return sentence("{least} to {most}", least=least, most=most)
        if self.kind is int:
            return sentence("{least:g} to {most:g}", least=self.bounds[0], most=self.bounds[1])
        if self.kind is bool:
            return sentence("true or false")
        if self.kind is str:
            return (
                sentence("a list of names")
                if self.several
                else sentence("a telephone number (2 to 20 digits, spaces and +), or empty")
            )
        if self.kind is PurePath:
            return sentence("the full path of a folder, or empty")
        if self.kind is SoundChoice:
            return sentence("ours, theme, none, or the full path of a sound file")
        if self.kind is LanguageTag:
            return sentence("system, or a language such as en, de, pt_BR")
        if self.kind is KeyCombination:
            return sentence("keys such as Ctrl+Alt+N, or empty")
        if self.kind is HookCommand:
            return sentence("a program and its arguments, as a list or as text, or empty")
        if self.kind is time:
            return sentence("a time such as 10:30, or off")
        words = ", ".join(str(one.value) for one in self.choices)
        if not self.several:
            return words
        if self.may_be_empty:
            return sentence("a list of: {words}; it may be empty", words=words)
        return sentence("a list of: {words}", words=words)

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
        N_("how long you can sit before a reminder"),
        10 * _M,
        120 * _M,
        (30 * _M, 60 * _M),
        label=N_("Remind me after sitting for"),
        hint=N_("You'll then get a reminder. Most people choose 30 to 60 minutes."),
    ),
    SettingSpec(
        "breaks.duration", "duration", float, N_("how long a card runs"), 20.0, 20 * _M, label=N_("A break lasts")
    ),
    SettingSpec(
        "breaks.patience",
        "patience",
        float,
        N_("how long a reminder stays up before the card opens on its own"),
        10.0,
        30 * _M,
        label=N_("Reminder stays up for"),
        hint=N_("Then the card opens on its own. This is also the longest a break waits for you to stop typing."),
    ),
    SettingSpec(
        "breaks.snooze",
        "snooze",
        float,
        N_("how long “In 5 minutes” puts a break off"),
        1 * _M,
        30 * _M,
        label=N_("Snooze for"),
    ),
    SettingSpec(
        "breaks.max_snoozes",
        "max_snoozes",
        int,
        N_("how many times in a row you can snooze a break"),
        0,
        10,
        label=N_("Snooze limit"),
        hint=N_("In a row. After that you can only start or skip the break."),
    ),
    SettingSpec(
        "breaks.max_skips",
        "max_skips",
        int,
        N_("how many breaks in a row you can skip before you are offered a 20-second one instead; 0: no limit"),
        0,
        10,
        label=N_("Skip limit"),
        hint=N_("In a row. After that you are offered a 20-second break instead. 0 means no limit."),
    ),
    SettingSpec(
        "breaks.natural_break",
        "natural_break",
        float,
        N_("away this long counts as a break"),
        1 * _M,
        30 * _M,
        label=N_("Time away counts as a break after"),
    ),
    SettingSpec(
        "breaks.settle",
        "settle",
        float,
        N_("no reminders for this long after the computer wakes, or a call or another reason to stay silent ends"),
        0.0,
        10 * _M,
        label=N_("Stay silent for"),
        hint=N_("After your computer wakes, or a call or presentation ends."),
    ),
    SettingSpec(
        "breaks.standing_for",
        "standing_for",
        float,
        N_("after standing this long, NumbGuard silently reminds you once that it still counts you as standing"),
        10 * _M,
        4 * _H,
        label=N_("Ask if I'm still standing after"),
        hint=N_("Once, without a sound. After time away you count as sitting again."),
    ),
    SettingSpec(
        "breaks.style",
        "style",
        Style,
        "gentle: notification only; standard: a card in a window; firm: a card over every screen, and the keyboard",
        label=N_("How breaks appear"),
        hint=N_("You can leave a break at any time, whatever you choose here."),
        names=(
            N_("Gentle: notification only"),
            N_("Standard: a card in a window"),
            N_("Firm: a card over every screen, with a way out"),
        ),
    ),
    SettingSpec(
        "posture.enabled",
        "posture_enabled",
        bool,
        N_("whether you get posture tips between breaks"),
        label=N_("Give me posture tips between breaks"),
        hint=N_("A small, silent tip that disappears on its own."),
    ),
    SettingSpec(
        "posture.interval",
        "posture_interval",
        float,
        N_("how long between posture tips"),
        10 * _M,
        60 * _M,
        label=N_("A tip every"),
    ),
    SettingSpec(
        "away.lock",
        "away_lock",
        AwayRule,
        N_("what locking the screen means: away (counts towards a break), pause (the timer stops), ignore"),
        label=N_("When I lock the screen"),
        hint=N_("Locking briefly makes no difference."),
        names=(
            N_("Counts as time away (towards a break)"),
            N_("Pause the timer until I'm back"),
            N_("Ignore it: the timer keeps running"),
        ),
    ),
    SettingSpec(
        "away.sleep",
        "away_sleep",
        AwayRule,
        N_("the same for when the computer sleeps"),
        label=N_("When the computer sleeps"),
        names=(
            N_("Counts as time away (towards a break)"),
            N_("Pause the timer until it wakes"),
            N_("Ignore it: the timer keeps running"),
        ),
    ),
    SettingSpec(
        "quiet.dnd",
        "quiet_dnd",
        bool,
        N_("no reminders while Do Not Disturb is on"),
        label=N_("Do Not Disturb is on"),
    ),
    SettingSpec(
        "quiet.fullscreen",
        "quiet_fullscreen",
        bool,
        N_("no reminders while a window fills the screen"),
        label=N_("A window fills the screen"),
        hint=N_("A film, a game or slides."),
    ),
    SettingSpec(
        "quiet.call",
        "quiet_call",
        bool,
        N_("no reminders while the microphone or camera is in use"),
        label=N_("The microphone or camera is in use"),
        hint=N_("NumbGuard only sees that it is in use and by which program, never sound or video."),
    ),
    SettingSpec(
        "quiet.sharing",
        "quiet_sharing",
        bool,
        N_("no reminders while you share your screen, on desktops that report it"),
        label=N_("The screen is shared"),
        hint=N_("On desktops that support it."),
    ),
    SettingSpec(
        "quiet.programs",
        "quiet_programs",
        str,
        N_("no reminders while one of these programs is the active window"),
        several=True,
        label=N_("One of these programs is the active window"),
        hint=N_("Choose from those that are running, or type names with commas, e.g. zoom, obs."),
    ),
    SettingSpec(
        "quiet.not_calls",
        "quiet_not_calls",
        str,
        N_(
            "programs whose use of the microphone or camera doesn't count as a call, such as voice control that "
            "listens all day"
        ),
        several=True,
        label=N_("Ignore these programs' use of the microphone"),
        hint=N_("For example, voice control that listens all day."),
    ),
    SettingSpec(
        "quiet.longest",
        "quiet_longest",
        float,
        N_("after a due break has been on hold this long, the tray icon shows that one is waiting"),
        10 * _M,
        12 * _H,
        label=N_("Show a waiting break on the tray icon after"),
    ),
    SettingSpec(
        "quiet.untouched",
        "quiet_untouched",
        float,
        N_("without keyboard or mouse, a call or a full screen counts as sitting for this long, then as unknown"),
        10 * _M,
        12 * _H,
        label=N_("If I touch nothing, a call or full screen counts for"),
        hint=(
            N_(
                "After that, the timer stops until you use the keyboard or mouse. It counts neither as sitting nor as "
                "a break."
            )
        ),
    ),
    SettingSpec(
        "sound.enabled",
        "sound_enabled",
        bool,
        N_("whether breaks have soft sounds and, if you like, a voice; the first break asks once"),
        label=N_("Play a soft sound at breaks"),
        hint=N_("Always silent during a call, and whenever reminders are off."),
    ),
    SettingSpec(
        "sound.announcement",
        "sound_announcement",
        SoundChoice,
        N_("the sound of the reminder that a break is due"),
        label=N_("When a break is due"),
    ),
    SettingSpec(
        "sound.start",
        "sound_start",
        SoundChoice,
        N_("the sound when the card opens"),
        label=N_("When the card opens"),
    ),
    SettingSpec(
        "sound.step",
        "sound_step",
        SoundChoice,
        N_("the sound at each new step of the card"),
        label=N_("At each new step"),
    ),
    SettingSpec(
        "sound.end",
        "sound_end",
        SoundChoice,
        N_("the sound when the card is over"),
        label=N_("When the card is over"),
    ),
    SettingSpec(
        "sound.volume",
        "sound_volume",
        int,
        N_("how loud sounds and voice are, from 0 (silent) to 100"),
        0,
        100,
        label=N_("Volume"),
        hint=N_("From 0 (silent) to 100. Your computer's own volume applies too."),
    ),
    SettingSpec(
        "sound.read_aloud",
        "sound_read_aloud",
        bool,
        N_("whether a voice reads each step aloud, while sounds are on"),
        label=N_("Read each step aloud"),
        hint=N_("With your computer's own voice, so you can look away from the screen."),
    ),
    SettingSpec(
        "goals.week",
        "goal",
        GoalKind,
        N_("the week's goal: routine (the daily routine every working day), walk or water (an amount every day)"),
        label=N_("My goal for the week"),
        hint=N_("One missed day in a week is a rest day."),
        names=(
            N_("None"),
            N_("The daily routine, every working day"),
            N_("Walking, every day"),
            N_("Water, every day"),
        ),
    ),
    SettingSpec(
        "goals.walk",
        "goal_walk",
        float,
        N_("how much walking a day the goal asks for"),
        5 * _M,
        2 * _H,
        label=N_("Walking per day"),
    ),
    SettingSpec(
        "goals.water",
        "goal_water",
        int,
        N_("how many glasses of water a day the goal asks for"),
        1,
        20,
        label=N_("Glasses of water per day"),
        hint=N_("If a doctor limits what you drink, for your heart or kidneys, follow your doctor's advice."),
    ),
    SettingSpec(
        "goals.monday",
        "monday_message",
        bool,
        N_("on Mondays, a notification says how last week went"),
        label=N_("On Mondays, tell me about last week"),
        hint=N_("A silent notification, once. The panel shows the same all Monday."),
    ),
    SettingSpec(
        "routine.at",
        "routine_at",
        time,
        N_("when the daily routine is offered, once a day"),
        label=N_("Offer the daily routine at"),
        hint=N_("Six cards in about seven minutes, for the lower back, hips, hamstrings and calves."),
    ),
    SettingSpec(
        "cards.places",
        "places",
        Place,
        N_("where you can do a break card"),
        several=True,
        label=N_("I can do breaks"),
        hint=N_("You'll only get cards for these places."),
        names=(
            N_("On a chair"),
            N_("Standing"),
            N_("Against a wall"),
            N_("On the floor"),
        ),
    ),
    SettingSpec(
        "cards.advised",
        "advised_cards",
        AdvisedCard,
        N_("cards that you only get if a therapist has advised them"),
        several=True,
        may_be_empty=True,
        label=N_("My therapist has advised"),
        hint=N_("They don't suit every sore back or leg. Each stays off until you tick it."),
        names=(
            N_("the sciatic nerve glide"),
            N_("the figure four"),
        ),
    ),
    SettingSpec(
        "cards.favourites",
        "favourite_cards",
        str,
        N_("cards that you get twice as often, by the names that “numbguard cards” lists"),
        several=True,
        label=N_("My favourites"),
        hint=N_("They come twice as often. You choose them with the heart in Stretches."),
    ),
    SettingSpec(
        "cards.never",
        "never_cards",
        str,
        N_("cards that you never get at a break, by the names that “numbguard cards” lists"),
        several=True,
        label=N_("Never show me"),
        hint=N_("You choose them in Stretches."),
    ),
    SettingSpec(
        "help.number",
        "help_number",
        str,
        "the emergency number shown in “When to get help”; empty: “your local emergency number”",
        label=N_("My local emergency number"),
        hint=N_("Shown in “When to get help”. NumbGuard never makes calls."),
    ),
    SettingSpec(
        "backup.folder",
        "backup_folder",
        PurePath,
        N_("a folder, on another disk if you have one, that gets a copy of each backup of the log"),
        label=N_("Copy each backup to"),
        hint=N_("The full path of a folder, on another disk if you have one."),
    ),
    SettingSpec(
        "appearance.language",
        "language",
        LanguageTag,
        "the language of windows, notifications and the command line; system: the one that the desktop uses",
        label=N_("Language"),
        hint=N_("Files and JSON stay English."),
    ),
    SettingSpec(
        "appearance.theme",
        "theme",
        Theme,
        "the colours of the windows; system: as the desktop is; high_contrast: black and white, with thick outlines",
        label=N_("Colours"),
        hint=N_("The icon in the tray always follows the desktop."),
        names=(N_("As the desktop is"), N_("Light"), N_("Dark"), N_("High contrast: black and white")),
    ),
    SettingSpec(
        "appearance.text_size",
        "text_size",
        int,
        N_("the size of the text in every window, in percent of the size that the desktop uses"),
        100,
        200,
        label=N_("Text size, in percent"),
        hint=N_("100 is the size that your desktop uses."),
    ),
    SettingSpec(
        "appearance.tray_minutes",
        "tray_minutes",
        bool,
        N_("whether the tray icon shows the minutes to your next break while you sit"),
        label=N_("Show the minutes to my next break in the tray icon"),
        hint=N_("From 99 minutes down. Otherwise, a ring fills up."),
    ),
    SettingSpec(
        "appearance.stills",
        "stills",
        Stills,
        "when pictures are stills instead of moving; system: when the system is set to reduce motion or animations",
        label=N_("Show still pictures instead of moving ones"),
        hint=N_("Each step then shows one clear pose."),
        names=(N_("When the system reduces motion"), N_("Always"), N_("Never")),
    ),
    SettingSpec(
        "hot_keys.log",
        "hot_key_log",
        KeyCombination,
        N_("the keys that log numbness from within any program"),
        label=N_("Log numbness"),
        hint=N_("Logs one episode, as a click in the tray does."),
    ),
    SettingSpec(
        "hot_keys.break_now",
        "hot_key_break",
        KeyCombination,
        N_("the keys that start a break from within any program"),
        label=N_("Start a break"),
        hint=N_("Opens a card at once, or answers the reminder with Start."),
    ),
    SettingSpec(
        "hooks.on_announcement",
        "hook_announcement",
        HookCommand,
        N_("the program that runs when a reminder appears"),
        label=N_("When a reminder appears"),
    ),
    SettingSpec(
        "hooks.on_start",
        "hook_start",
        HookCommand,
        N_("the program that runs when a break's card opens"),
        label=N_("When a break starts"),
    ),
    SettingSpec(
        "hooks.on_end",
        "hook_end",
        HookCommand,
        N_("the program that runs when a break is over, however it ended"),
        label=N_("When a break ends"),
    ),
    SettingSpec(
        "hooks.on_log",
        "hook_log",
        HookCommand,
        N_("the program that runs when an episode is logged"),
        label=N_("When an episode is logged"),
    ),
)


@dataclass(frozen=True, slots=True)
class SettingsSection:
    """A table of the settings file, shown as a page of the settings window."""

    table: str
    title: str
    about: str


SECTIONS: tuple[SettingsSection, ...] = (
    SettingsSection("breaks", N_("Breaks"), N_("When and how NumbGuard reminds you to get up.")),
    SettingsSection("posture", N_("Posture"), N_("Small tips for sitting and standing well.")),
    SettingsSection(
        "hours", N_("Working hours"), N_("Outside these hours, NumbGuard stays silent and doesn't count sitting.")
    ),
    SettingsSection("away", N_("Away"), N_("What happens when the screen locks or the computer sleeps.")),
    SettingsSection(
        "quiet", "Quiet", N_("No reminders during any of these. A break that falls due waits until afterwards.")
    ),
    SettingsSection("sound", N_("Sound"), N_("Soft sounds for a break, and a voice that reads the steps.")),
    SettingsSection("goals", N_("Goals"), N_("Your weekly goal.")),
    SettingsSection("routine", N_("Daily routine"), N_("A few stretches in a row, once a day.")),
    SettingsSection("cards", N_("Cards"), N_("Where you can stretch, and what a therapist has advised.")),
    SettingsSection("help", N_("Help"), N_("For emergencies.")),
    SettingsSection(
        "appearance", N_("Appearance"), N_("Language, colours and text size, the tray icon, and whether pictures move.")
    ),
    SettingsSection(
        "hot_keys", N_("Hot keys"), N_("Keys that work while any program is in front. Click a field and press them.")
    ),
    SettingsSection(
        "hooks",
        N_("Hooks"),
        N_(
            "Programs of yours that NumbGuard runs, without a shell and for at most 10 seconds. They learn what "
            "happened and an id, never a word of what you logged."
        ),
    ),
    SettingsSection("backup", N_("Data"), N_("Your log is backed up every night if it has changed.")),
)
"""In the order of the window's pages. A table of ``SPECS`` that is missing here has no page."""
