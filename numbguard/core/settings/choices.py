"""The choices of some settings, as enums. Pure data, on any thread.

A module apart from ``core.breaks.messages``, so that reading the settings does not load the messages.
"""

from __future__ import annotations

from enum import Enum, StrEnum


class Style(Enum):
    """How insistently a break presents itself."""

    GENTLE = "gentle"
    """Only the announcement."""
    STANDARD = "standard"
    """A card in a window."""
    FIRM = "firm"
    """A card over every screen."""


class AwayRule(Enum):
    """What locking the screen, or the machine's sleep, means for the seated clock."""

    AWAY = "away"
    """The time counts towards a natural break."""
    PAUSE = "pause"
    """The clock only stops."""
    IGNORE = "ignore"
    """The clock runs on."""


class GoalKind(Enum):
    """The person's goal for the week."""

    NONE = "none"
    ROUTINE = "routine"
    WALK = "walk"
    WATER = "water"


class AdvisedCard(StrEnum):
    """The cards that stay off until the person says that a therapist has advised them, by their slugs."""

    SCIATIC_GLIDE = "sciatic-glide"
    FIGURE_FOUR = "figure-four"


class Stills(Enum):
    """When figures stand still."""

    SYSTEM = "system"
    """When the system's setting asks for less motion."""
    ALWAYS = "always"
    NEVER = "never"


class Theme(Enum):
    """The colours of the windows."""

    SYSTEM = "system"
    """Light, dark or high contrast, as the desktop is."""
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"
    """Black and white, with thick outlines."""


class SoundMoment(Enum):
    """A moment of a break that has a sound."""

    ANNOUNCEMENT = "announcement"
    START = "start"
    STEP = "step"
    """Another step begins; the first one begins with ``START``."""
    END = "end"
    """The card is over, and NumbGuard asks whether the person got up."""


class SoundChoice(str):
    """The sound for a moment: ``ours``, ``theme``, ``none``, or the full path of a sound file."""

    __slots__ = ()


OUR_SOUND = SoundChoice("ours")
"""The chime that comes with NumbGuard."""
THEME_SOUND = SoundChoice("theme")
"""A sound of the system's sound theme."""
NO_SOUND = SoundChoice("none")


class KeyCombination(str):
    """The keys of a hot key in one spelling, such as ``Ctrl+Alt+N``; empty for none. ``key_combination`` reads them."""

    __slots__ = ()


NO_KEYS = KeyCombination()


class HookCommand(tuple[str, ...]):
    """A program of the person's and its arguments; empty for none. It runs without a shell."""

    __slots__ = ()


NO_COMMAND = HookCommand()


class Place(StrEnum):
    """Where a break card can be done."""

    SEATED = "seated"
    STANDING = "standing"
    WALL = "wall"
    FLOOR = "floor"
