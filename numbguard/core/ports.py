"""The ports: what the runtime needs from the desktop, the store and the windows, as Protocols.

Adapters implement these without importing one another; the composition root connects them. All of it is called on the
GUI thread. An adapter never raises into the runtime: it logs a failure in a line and changes its ``SenseStatus``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # command-line verbs that need no engine should not have to load its messages
    from numbguard.core.breaks.instant import Instant
    from numbguard.core.breaks.messages import Action
    from numbguard.core.breaks.snapshot import Snapshot
    from numbguard.core.log.advice.advice import Advice
    from numbguard.core.log.advice.relief import ReliefMethod
    from numbguard.core.log.habits import HabitDay
    from numbguard.core.log.records.episode import Episode
    from numbguard.core.log.records.habits import HabitKind, HabitTick
    from numbguard.core.log.records.sitting import BreakRecord, SittingBout
    from numbguard.core.log.red_flags import SignAnswers, WarningSign
    from numbguard.core.settings.choices import GoalKind, SoundMoment, Style
    from numbguard.core.settings.settings import Settings


class Clock(Protocol):
    """The wall clock and the monotonic clock of the machine, scaled with ``--speed``."""

    def now(self) -> Instant: ...

    def suspended_s(self) -> float | None:
        """Seconds that the machine has slept since boot, or ``None`` where the system does not say."""


@dataclass(frozen=True, slots=True)
class SenseStatus:
    """The backend of a sense on this desktop, for ``numbguard check`` and ``status``."""

    backend: str
    works: bool
    detail: str = ""
    seconds: float | None = None
    sources: Mapping[str, SenseStatus] = field(default_factory=dict)
    """For a sense with several sources: the status of each, by the id of the reason it gives."""


class IdleSource(Protocol):
    """Seconds since the last key press or pointer movement; ``None`` where the desktop cannot tell."""

    @property
    def needs_polling(self) -> bool:
        """True: the caller must call ``ask`` every 30 s. False: the source reports changes by itself.

        The value may change with any report, because another backend may serve from then on. A source that reports by
        itself does so after half a minute without input; on the person's return it reports the whole length, then 0.
        """

    def start(self, report: Callable[[float | None], None]) -> None:
        """Begin; ``report`` receives each figure in seconds, or ``None`` while it is unknown."""

    def ask(self) -> None:
        """Request a report of the present figure, which comes at once or as soon as the desktop answers.

        Some desktops give no figure and only signal that a pause began or ended. There the answer is 0 until the
        desktop signals a pause of half a minute, or of three seconds during the four minutes after an ``ask``. A caller
        that waits for a pause in typing therefore asks every few seconds, and learns of it from the second or third
        answer.
        """

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class SessionEvent(Enum):
    """An event of the desktop session or of the machine."""

    LOCKED = "locked"
    UNLOCKED = "unlocked"
    FALLING_ASLEEP = "falling_asleep"
    WOKE = "woke"


class SessionWatch(Protocol):
    """Reports when the screen is locked and unlocked, and when the machine sleeps and wakes."""

    def start(self, report: Callable[[SessionEvent], None]) -> None: ...

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class QuietWatch(Protocol):
    """Watches for reasons to keep quiet that the desktop knows: a call, a full screen, do-not-disturb …"""

    def start(self, report: Callable[[str, str | None], None]) -> None:
        """Call ``report`` at each change, with the id of a reason and its words for the middle of a sentence.

        ``None`` in place of the words means that the reason has ended.
        """

    def configure(self, settings: Settings) -> None:
        """Use these settings from now on; stop watching what they no longer ask for, and report it as ended."""

    def catch_up(self) -> None:
        """Report at once the changes that the watch would report some seconds later: the caller is about to announce a
        break or to show the present moment."""

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class NoticePicture:
    """A picture beside the words of a notification, which also say what it shows."""

    width: int
    height: int
    rgba: bytes
    """Four bytes a pixel (red, green, blue, opacity), row by row from the top."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of a notification. ``answers`` pairs each action with its label, in the order shown."""

    title: str
    body: str
    answers: tuple[tuple[Action, str], ...] = ()
    quiet: bool = False
    """Shown without a sound, and only for a moment."""
    stays: bool = False
    """Kept in the desktop's list of notifications, even if it is quiet."""
    about: str | None = None
    """The id of the episode that it is about, and that its answers mean."""
    picture: NoticePicture | None = None
    """Shown where the desktop shows pictures."""
    has_own_sound: bool = False
    """NumbGuard plays a sound itself, so that the desktop's notification service must not."""


class Notifier(Protocol):
    """Shows one announcement at a time and plain messages beside it."""

    def start(self, answered: Callable[[Action, str | None], None]) -> None:
        """Begin; ``answered`` receives the action of each button that the person presses.

        It also receives what the notice is ``about``.
        """

    def announce(self, notice: Notice) -> None:
        """Show or replace the announcement; it stays until answered or withdrawn."""

    def may_be_unseen(self) -> bool:
        """Whether the announcement may never have been shown: by a do-not-disturb that nobody tells of."""

    def insist(self, notice: Notice) -> None:
        """Show the announcement in a window of NumbGuard's own, in place of the former one."""

    def withdraw(self) -> None: ...

    def say(self, notice: Notice) -> None:
        """Show a message that disappears by itself, with its answers, if any, where the desktop shows them.

        It replaces a message that is about the same episode.
        """

    def withdraw_messages(self, about: str) -> None:
        """Withdraw the messages about that episode: they no longer apply."""

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class CardStage(Protocol):
    """The card window."""

    def open(self, card: str, *, duration_s: float, style: Style, can_snooze: bool, way_out: Action | None) -> None:
        """Show a card, or a routine by its `break_name`, in place of any other; ``way_out``: see `OpenCard`."""

    def change(self, card: str) -> None:
        """Show another card in the open window; its time runs on."""

    def ask_after(self) -> None:
        """Ask whether the person got up."""

    def close(self, *, got_up: bool = False) -> None:
        """Close the window; ``got_up``: after a word to somebody who has just said that they got up."""


class Sounds(Protocol):
    """Plays the sounds of a break. It never waits for one, and never plays two at a time."""

    def play(self, moment: SoundMoment) -> None:
        """Play the sound that the settings choose for a moment, in place of one that is still being played."""

    def configure(self, settings: Settings) -> None:
        """Use these settings from now on; where they switch sounds off, stop at once."""

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


class Voice(Protocol):
    """Reads steps aloud, one at a time. It never waits for the end of one."""

    def read(self, words: str, *, after_s: float) -> None:
        """Read these words in ``after_s`` seconds, in place of any others."""

    def hush(self) -> None:
        """Stop at once, and forget what has not been read yet."""

    def configure(self, settings: Settings) -> None:
        """Use these settings from now on; where they switch the voice off, stop at once."""

    def status(self) -> SenseStatus: ...

    def stop(self) -> None: ...


@dataclass(frozen=True, slots=True)
class AutostartState:
    """Whether the desktop starts NumbGuard at log-in, as the system itself reports it."""

    on: bool
    possible: bool = True
    """Whether it can be changed here."""
    detail: str = ""
    """A sentence about it; may be empty."""
    declined: bool = False
    """Whether somebody has switched it off on purpose, here or in the system's own list of such programs."""


class Autostart(Protocol):
    """Starting with the desktop. NumbGuard stores nothing about it and asks the system each time."""

    def state(self) -> AutostartState: ...

    def set(self, on: bool) -> None:
        """Switch it on or off. Raises ``AutostartError`` where that failed."""


class ProgramEntry(Protocol):
    """An entry of the person's that starts NumbGuard: at log-in, or from among their applications."""

    def gone_program(self) -> str | None:
        """The program that it starts, if that is not there any more; else ``None``."""

    def put_right(self) -> None:
        """Let it start this installation. Raises ``AutostartError`` or ``LauncherError`` where that failed."""


class HotKeyControls(Protocol):
    """What the settings window shows of the hot keys. A name is that of a key in ``[hot_keys]``."""

    def trouble(self, name: str) -> str:
        """A sentence on why a hot key does not work; empty if it works or is not set."""

    def note(self, name: str) -> str:
        """A sentence about a hot key that works; mostly empty."""

    def may_work(self) -> bool:
        """Whether this desktop gives hot keys, as far as that is known."""

    def summary(self) -> str:
        """A sentence on how this desktop gives hot keys, or on what to do instead."""

    def suspend(self, on: bool) -> None:
        """Give the keys back while the person records new ones, where that asks them nothing."""

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call ``changed`` after each change of the above; returns a function that ends that."""


class AutostartError(Exception):
    """Starting at log-in could not be changed. The message is a sentence: what happened and what to do."""


class LauncherError(Exception):
    """The launcher could not be written or deleted. The message is a sentence: what happened and what to do."""


class LauncherOffer(Protocol):
    """The launcher entry of this installation, in the person's own folder."""

    def is_found(self) -> bool:
        """Whether the desktop has a launcher of NumbGuard already."""

    def install(self) -> object:
        """Write it. Raises ``LauncherError``."""


class Alarm(Protocol):
    """Calls back on the GUI thread after a time."""

    def wake_in(self, seconds: float, callback: Callable[[], None]) -> None:
        """Call ``callback`` once, ``seconds`` of real time from now; a later call replaces an earlier one."""

    def every(self, seconds: float, callback: Callable[[], None], *, id: str) -> None:
        """Call ``callback`` every ``seconds`` of real time, until ``cancel``."""

    def cancel(self, id: str) -> None: ...


class BreakLog(Protocol):
    """The part of the log that stores breaks and sitting bouts, as durably as episodes."""

    def keep_break(self, record: BreakRecord) -> None:
        """Store a break, or replace the record with its id."""

    def keep_bout(self, bout: SittingBout) -> None:
        """Store a sitting bout, or replace the one with its id."""


class HabitLog(Protocol):
    """The part of the log that stores habit ticks, as durably as episodes."""

    def add_tick(self, tick: HabitTick) -> None: ...

    def habit_ticks(self, *, since: datetime | None = None, until: datetime | None = None) -> Iterable[HabitTick]:
        """The ticks made in ``[since, until)``, oldest first."""


class HabitControls(Protocol):
    """What a window may do with habits."""

    def today(self) -> HabitDay | None:
        """Today's amounts and the progress of the goal; ``None`` where the log cannot be read."""

    def tick(self, kind: HabitKind, amount: int | None = None) -> object:
        """Add to a habit, or undo ticks with a negative amount; raises ``TickError`` where the amount does not fit."""

    def pick(self, goal: GoalKind, amount: int | None = None) -> None:
        """Make this the week's goal; raises ``GoalError`` where it could not be saved."""


class StateKeeper(Protocol):
    """Stores the engine's state between runs."""

    def load(self) -> Mapping[str, object] | None:
        """The state saved last; ``None`` where there is none or it cannot be read."""

    def save(self, state: Mapping[str, object]) -> None: ...


@dataclass(frozen=True, slots=True)
class AppSnapshot:
    """Everything that the tray, the panel and the other windows show of the present moment."""

    snapshot: Snapshot
    open_episode: Episode | None = None
    undoable: Episode | None = None
    """The episode logged last, while one click can still undo its logging or the last change to it."""
    notes: tuple[str, ...] = ()
    """Sentences about what does not work at present: idleness not sensed, an episode not yet on disk …"""
    speed: float = 1.0
    waiting_entries: str | None = None
    """One of ``notes``: what could not be written to the log yet, and where it is kept meanwhile."""
    log_damaged: bool = False
    """Whether the log has to be repaired; one of ``notes`` says so."""
    undoes_change: bool = False
    """True while that click undoes the last change to the episode; False if it undoes the logging itself."""
    fresh: Episode | None = None
    """The episode logged last, as it is now, during the first ten minutes, while details are easily added."""
    snooze_s: float = 300.0
    """How long *In 5 minutes* puts a break off, in seconds."""


class Controls(Protocol):
    """What a window may request. The runtime answers with a new ``AppSnapshot`` to every subscriber."""

    def app_snapshot(self) -> AppSnapshot:
        """The present moment, with the clocks brought up to date."""

    def act(self, action: Action) -> str | None:
        """Carry out an action; returns a sentence if it does not fit the moment, else ``None``."""

    def pause(self, *, for_s: float | None = None, until: datetime | None = None) -> None:
        """Pause for some seconds, until a moment, or, without either, until the person resumes."""

    def pause_until_tomorrow(self) -> None: ...

    def pause_until_workday(self) -> None:
        """Pause until the next working day begins, or until tomorrow where there are no working hours."""

    def subscribe(self, redraw: Callable[[AppSnapshot], None]) -> Callable[[], None]:
        """Call ``redraw`` with each new ``AppSnapshot``; returns a function that ends the subscription."""


class EpisodeControls(Protocol):
    """What the tray, the panel and the relief window may do with episodes; a new ``AppSnapshot`` shows the result.

    The methods raise ``JournalError`` where the log cannot be read or written.
    """

    def log_numbness(self) -> Episode:
        """Log an episode by one click. On return it is on disk, or kept for another attempt at writing it."""

    def end(self) -> Episode | None:
        """End the open episode that began last; ``None`` where no episode is open."""

    def end_with_relief(self, id: str, relief: ReliefMethod | None) -> Episode | None:
        """End that episode and record what helped, if that is known."""

    def undo_last(self) -> Episode | None:
        """Undo what the ``AppSnapshot`` says can be undone."""

    @property
    def help_number(self) -> str:
        """The emergency number in the settings; may be empty."""

    def advice(self, episode: Episode, answers: SignAnswers | None = None) -> Advice:
        """The advice on an episode; ``answers`` replaces those of the log. Raises nothing."""

    def answers(self, episode: Episode) -> SignAnswers:
        """What the answers about an episode say. Raises nothing."""

    def answer(self, episode: Episode, sign: WarningSign, *, present: bool) -> None:
        """Store the answer to the question about a sign."""
