"""The seams: what the runtime needs of the desktop, the store and the windows, as Protocols.

Adapters implement these without importing one another; the composition root joins them. Everything here is called on
the GUI thread. An adapter never raises into the runtime: what fails is a log line and a changed ``SenseStatus``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # verbs of the command line that need no engine do not pay for its words
    from numbguard.core.breaks.instant import Instant
    from numbguard.core.breaks.messages import Action
    from numbguard.core.breaks.snapshot import Snapshot
    from numbguard.core.log.habits import HabitDay
    from numbguard.core.log.records import BreakRecord, Episode, HabitKind, HabitTick, SittingBout
    from numbguard.core.log.relief import ReliefMethod
    from numbguard.core.settings.choices import GoalKind, Style
    from numbguard.core.settings.settings import Settings


class Clock(Protocol):
    def now(self) -> Instant: ...

    def suspended_s(self) -> float | None:
        """Seconds the machine has slept since boot, or ``None`` where the system does not say."""


@dataclass(frozen=True, slots=True)
class SenseStatus:
    """What serves a sense on this desktop, for ``numbguard check`` and ``status``."""

    backend: str
    works: bool
    detail: str = ""
    seconds: float | None = None
    sources: Mapping[str, SenseStatus] = field(default_factory=dict)
    """Of a sense with several: what serves each, by the id of the reason it gives."""


class IdleSource(Protocol):
    """How long no key was pressed and no pointer moved, in seconds; ``None`` where nobody can tell."""

    @property
    def needs_asking(self) -> bool:
        """True: ``ask`` has to be called every 30 s. False: the source reports by itself when something changes.

        It may change whenever something is reported, for another way of sensing may serve from then on. By itself a
        source reports that nobody was there for half a minute, and at the return the whole length and then 0.
        """

    def start(self, report: Callable[[float | None], None]) -> None: ...

    def ask(self) -> None:
        """Have ``report`` called with the present figure, at once or as soon as the desktop answers.

        Some desktops do not tell a figure but that a pause began or ended. There the answer is 0 until a pause of half
        a minute is known of; and for four minutes after an ``ask``, until one of three seconds is. So whoever waits
        for a pause in typing asks every few seconds, and has it after the second or third time.
        """

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class SessionEvent(Enum):
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    FALLING_ASLEEP = "falling_asleep"
    WOKE = "woke"


class SessionWatch(Protocol):
    def start(self, report: Callable[[SessionEvent], None]) -> None: ...

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class QuietWatch(Protocol):
    """Reasons to keep quiet that the desktop knows: a call, a full screen, do-not-disturb …"""

    def start(self, report: Callable[[str, str | None], None]) -> None:
        """``report`` takes the id of a reason and its words, which go in the middle of a sentence; ``None``: it is
        over. It is called only when something changes."""

    def configure(self, settings: Settings) -> None:
        """Other settings from now on: what they no longer ask for is let go and reported as over."""

    def catch_up(self) -> None:
        """Report now what has changed and was to be reported some seconds later: a break may be announced next, or the
        present moment shown."""

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """A notification in words. ``answers`` maps an action to its label, in the order shown."""

    title: str
    body: str
    answers: tuple[tuple[Action, str], ...] = ()
    quiet: bool = False
    """Without a sound, and gone by itself after a moment."""


class Notifier(Protocol):
    """Shows one announcement at a time and plain messages beside it."""

    def start(self, answered: Callable[[Action], None]) -> None: ...

    def announce(self, notice: Notice) -> None:
        """Show or replace the announcement; it stays until answered or withdrawn."""

    def withdraw(self) -> None: ...

    def say(self, notice: Notice) -> None:
        """A message that goes by itself, with answers where it has some and the desktop shows them."""

    def unsay(self) -> None:
        """Take down the messages with answers: they no longer hold."""

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class CardStage(Protocol):
    """The card window."""

    def open(self, card: str, *, duration_s: float, style: Style, can_snooze: bool) -> None: ...

    def change(self, card: str) -> None: ...

    def ask_after(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AutostartState:
    """Whether the desktop starts NumbGuard at log-in, as the system itself has it."""

    on: bool
    possible: bool = True
    """It can be changed here."""
    detail: str = ""
    """A sentence, where there is something to say about it."""


class Autostart(Protocol):
    """Being started with the desktop. Nothing of it is kept by NumbGuard: the system is asked each time."""

    def state(self) -> AutostartState: ...

    def set(self, on: bool) -> None:
        """Raises ``AutostartError`` where that could not be."""


class AutostartError(Exception):
    """Starting at log-in could not be changed. The message is a sentence: what happened and what to do."""


class Alarm(Protocol):
    def wake_in(self, seconds: float, callback: Callable[[], None]) -> None:
        """Ring once, ``seconds`` of real time from now; a later call replaces the former."""

    def every(self, seconds: float, callback: Callable[[], None], *, id: str) -> None:
        """Ring every ``seconds`` of real time."""

    def cancel(self, id: str) -> None: ...


class BreakLog(Protocol):
    """The part of the log that breaks and sitting bouts go to; as durable as that of the episodes."""

    def keep_break(self, record: BreakRecord) -> None: ...

    def keep_bout(self, bout: SittingBout) -> None: ...


class HabitLog(Protocol):
    """The part of the log that habits need; as durable as that of the episodes."""

    def add_tick(self, tick: HabitTick) -> None: ...

    def habit_ticks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[HabitTick]: ...


class HabitControls(Protocol):
    """What a window may ask of the habits."""

    def today(self) -> HabitDay | None:
        """What today holds; ``None`` where the log cannot be read."""

    def tick(self, kind: HabitKind, amount: int | None = None) -> object:
        """Add to a habit, or take back with an amount below nought; raises ``TickError`` where that cannot be."""

    def pick(self, goal: GoalKind, amount: int | None = None) -> None:
        """Make this the week's goal; raises ``GoalError`` where it could not be kept."""


class StateKeeper(Protocol):
    """Where the engine was, between runs."""

    def load(self) -> Mapping[str, object] | None: ...

    def save(self, state: Mapping[str, object]) -> None: ...


@dataclass(frozen=True, slots=True)
class AppSnapshot:
    """All that the tray, the panel and the other windows show of the present moment."""

    snapshot: Snapshot
    open_episode: Episode | None = None
    undoable: Episode | None = None
    """The episode logged last, as long as one click may still take back its log, or what was told of it since."""
    notes: tuple[str, ...] = ()
    """Sentences on what does not work just now: idleness not sensed, an episode not yet on disk …"""
    speed: float = 1.0
    unwritten: str | None = None
    """One of the notes: what the log could not take yet, and where it is kept."""
    log_damaged: bool = False
    """Whether the log has to be repaired; one of the notes says so."""
    undoes_change: bool = False
    """What that click takes back is the last change to the episode, and not yet its log."""


class Controls(Protocol):
    """What a window may ask for. The runtime answers with a new ``AppSnapshot`` to whoever subscribed."""

    def app_snapshot(self) -> AppSnapshot:
        """The present moment, with the clocks brought up to date."""

    def act(self, action: Action) -> str | None:
        """Answer or say something; gives a sentence when it does not fit the moment."""

    def pause(self, *, for_s: float | None = None, until: datetime | None = None) -> None: ...

    def pause_until_tomorrow(self) -> None: ...

    def pause_until_workday(self) -> None:
        """Not today: until the next working day begins, or until tomorrow where there are no working hours."""

    def subscribe(self, redraw: Callable[[AppSnapshot], None]) -> Callable[[], None]:
        """Have each new ``AppSnapshot`` handed to ``redraw``; gives what ends that."""


class EpisodeControls(Protocol):
    """What the tray, the panel and the relief window may do with episodes; a new ``AppSnapshot`` shows what came of it.

    Raises ``JournalError`` where the log cannot be read or written.
    """

    def log_numbness(self) -> Episode:
        """The one click: on disk, or kept to be written again, when the call returns."""

    def gone(self) -> Episode | None:
        """End the open episode begun last; ``None`` where there is none."""

    def relieved(self, id: str, relief: ReliefMethod | None) -> Episode | None:
        """That episode is over, and this is what helped, if one knows."""

    def undo_last(self) -> Episode | None:
        """Take back what the ``AppSnapshot`` says can be undone."""
