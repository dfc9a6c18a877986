"""Inputs -> engine -> effects -> ports. No Qt.

Every sense and every click passes through the runtime, on the GUI thread: it stamps the input with the present moment,
runs the engine, passes each effect to one port and the new ``AppSnapshot`` to each subscriber. Windows see it as
``Controls``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import assert_never

from numbguard.core.breaks import hours
from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import (
    Action,
    Answer,
    ClockSet,
    Effect,
    FallingAsleep,
    HoldCard,
    IdleSeen,
    Input,
    KeepBreak,
    Locked,
    Pause,
    Release,
    StartCard,
    StartRoutine,
    StepShown,
    Suppress,
    Suppression,
    Tick,
    TurnCard,
    Unlocked,
    Woke,
)
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.errors import JournalError
from numbguard.core.log.records.sitting import BreakRecord
from numbguard.core.ports import AppSnapshot, Clock, Notice, SenseStatus, SessionEvent
from numbguard.core.sentence import N_
from numbguard.core.settings.settings import Settings

from .clock import Timekeeper
from .effects import Ports, carry_out
from .episode_book import Change, EpisodeBook
from .subscribers import Subscribers

SENSE_EVERY_S = 30.0
"""Seconds between two idle queries, where the desktop does not report idleness by itself."""
ANSWER_WITHIN_S = 1.0
"""Seconds that the alarm waits for an answer about idleness before it goes on without one; real time."""
SAVE_EVERY_S, KEEP_EVERY_S = 90.0, 125.0
"""The first step after ``SAVE_EVERY_S`` seconds saves the state (the tray causes one each minute); an alarm saves it
after ``KEEP_EVERY_S`` at the latest."""
QUERY_GAP_S, QUERY_GAP_REAL_S = 1.0, 0.05
"""Minimum seconds between idle queries while a due break waits for a pause; the second value is real time."""
PAUSES_SEEN_UP_TO, LONGEST_WAIT_REAL_S = 10.0, 0.8
"""The highest speed at which pauses in typing can be seen; above it, the longest wait for one, in real seconds."""


def longest_wait(speed: float) -> float:
    """Return how long a due break may wait for a pause in typing, in seconds of the app's clock.

    On a fast clock, a person who moves the mouse every second may never seem to rest, so the wait is short.
    """
    return LONGEST_WAIT_REAL_S * speed if speed > PAUSES_SEEN_UP_TO else float("inf")


class Runtime:
    """Implements ``core.ports.Controls``.

    ``begin`` joins the ports and the episodes; until then ``app_snapshot`` works, but calls that need a port fail.
    """

    def __init__(self, engine: BreakEngine, clock: Clock, *, speed: float = 1.0) -> None:
        self._engine = engine
        self._clock = clock
        self._speed = speed
        self._ports: Ports | None = None
        self._episodes: EpisodeBook | None = None
        self._redraws = Subscribers[AppSnapshot]()
        self._break_watchers = Subscribers[BreakRecord]()
        self._time = Timekeeper(clock, speed=speed)
        self._last = self._time.last
        self._rings_at: float | None = None
        self._queried_at = float("-inf")
        self._sampling = False
        self._unanswered = False
        """An idle query has been sent and not answered yet."""
        self._saved_at = self._last.mono
        self._saved_off_chair = False
        """Whether the person was off the chair by the state that was saved last. A crash must not restore an absence
        that is over, which a late restart would take for a break."""

    def begin(self, ports: Ports, episodes: EpisodeBook) -> None:
        """Join the ports, carry out the engine's first effects, and start the senses.

        From then on the ``AppSnapshot`` shows the open episode, and each change of an episode triggers a new one.
        """
        self._ports, self._episodes = ports, episodes
        episodes.reread()
        episodes.watch(self._episode_changed)
        ports.notifier.start(self._answered)
        self._carry_out(self._engine.start())
        # Before the idle sense starts, so that a due break is not announced during a call.
        ports.quiet.start(self._quiet_changed)
        ports.alarm.every(KEEP_EVERY_S / self._speed, self._keep, id="keep")
        ports.session.start(self._session_changed)
        ports.idle.start(self._idle_seen)
        self._follow_the_sense(ports)
        self.feed(Tick(self._moment()))

    def _keep(self) -> None:
        self.feed(Tick(self._moment()))

    def end(self) -> None:
        """Save the engine's state and stop the ports."""
        if self._ports:
            self._engine.step(Tick(self._moment()))
            self._ports.state.save(self._engine.to_table())
            self._ports.idle.stop()
            self._ports.session.stop()
            self._ports.quiet.stop()
            self._ports.notifier.stop()
            self._ports.sounds.stop()
            self._ports.voice.stop()

    # --- inputs -------------------------------------------------------------------------------------------------

    def feed(self, given: Input) -> str | None:
        """Process one input; returns the sentence of a refusal, or ``None``."""
        effects = self._engine.step(given)
        refusal = self._carry_out(effects)
        if not effects and isinstance(given, Pause | Answer):
            self._save(self._last)  # The person asked: a crash must not restore an earlier pause.
        self._arm()  # first: an error in drawing must not prevent the next break
        self._redraw()
        return refusal

    def _moment(self) -> Instant:
        """Return the present moment, after feeding the engine any sleep or set clock since the last one."""
        now, missed = self._time.now()
        self._last = now
        for given in missed:
            self._carry_out(self._engine.step(given))
            if isinstance(given, ClockSet) and self._episodes:
                self._episodes.clock_set(given.by_s, at=now, bout_s=self._engine.snapshot().bout_s)
        return now

    def _idle_seen(self, seconds: float | None) -> None:
        self._unanswered = False
        if self._ports:
            self._follow_the_sense(self._ports)
        self.feed(IdleSeen(self._moment(), seconds))

    def _follow_the_sense(self, ports: Ports) -> None:
        """Poll idleness only while the active sense does not report it by itself."""
        if ports.idle.needs_polling is not self._sampling:
            self._sampling = not self._sampling
            if self._sampling:
                ports.alarm.every(SENSE_EVERY_S / self._speed, ports.idle.ask, id="sense")
            else:
                ports.alarm.cancel("sense")

    def _session_changed(self, event: SessionEvent) -> None:
        now = self._moment()
        match event:
            case SessionEvent.LOCKED:
                self.feed(Locked(now))
                self._ask_when_they_left()
            case SessionEvent.UNLOCKED:
                self.feed(Unlocked(now))
                if self._ports:
                    # After a remote unlock or a crash of the lock screen, the person may still be away.
                    self._ports.idle.ask()
            case SessionEvent.FALLING_ASLEEP:
                self.feed(FallingAsleep(now))
                self._ask_when_they_left()
                self._save(now)
            case SessionEvent.WOKE:
                self.feed(Woke(now, 0.0))
                if self._ports:
                    self._ports.idle.ask()  # A machine may wake by itself.
            case _ as never:
                assert_never(never)

    def _ask_when_they_left(self) -> None:
        """Query idleness: the person left at their last key press, which may be minutes ago.

        Query only after the engine knows that they have left: otherwise hands at rest would trigger a due break.
        """
        if self._ports:
            self._ports.idle.ask()

    def _quiet_changed(self, id: str, reason: str | None) -> None:
        now = self._moment()
        self.feed(Suppress(now, Suppression(id, reason)) if reason else Release(now, id))

    def _answered(self, action: Action, about: str | None = None) -> None:
        """Handle a notification's button; if the action no longer fits, say so.

        ``about`` is the id of the episode that the notification is about.
        """
        refusal = self.act(action, about)
        if refusal and self._ports:
            self._ports.notifier.say(Notice("NumbGuard", refusal))

    def ring(self) -> None:
        """Handle the alarm: query idleness first, so that absence is not counted as sitting or announced to."""
        self._rings_at, self._queried_at = None, self._clock.now().mono
        if self._ports:
            self._ports.quiet.catch_up()
            self._unanswered = True
            self._ports.idle.ask()
            if self._unanswered:
                # The answer arrives later over a bus and feeds the engine the time; the alarm covers a lost answer.
                self._rings_at = self._last.mono + ANSWER_WITHIN_S * self._speed
                self._ports.alarm.wake_in(ANSWER_WITHIN_S, self._go_on)

    def _go_on(self) -> None:
        self._rings_at, self._unanswered = None, False
        self.feed(Tick(self._moment()))

    # --- effects ------------------------------------------------------------------------------------------------

    def _carry_out(self, effects: tuple[Effect, ...]) -> str | None:
        assert self._ports or not effects, "an effect before the ports were joined"
        if self._ports is None:
            return None
        refusal = carry_out(self._ports, effects)
        for effect in effects:
            if isinstance(effect, KeepBreak) and effect.record.ended_at is not None:
                self._break_watchers.call(effect.record)
        came_or_went = self._engine.is_off_chair is not self._saved_off_chair
        if effects or came_or_went or self._last.mono - self._saved_at >= SAVE_EVERY_S * self._speed:
            self._save(self._last)
        return refusal

    def _save(self, now: Instant) -> None:
        if self._ports:
            self._saved_at, self._saved_off_chair = now.mono, self._engine.is_off_chair
            self._ports.state.save(self._engine.to_table())
            self._ports.alarm.every(KEEP_EVERY_S / self._speed, self._keep, id="keep")

    def _arm(self) -> None:
        """Set the alarm to the engine's next wake-up; leave it alone if that has not changed."""
        if not self._ports:
            return
        snapshot = self._engine.snapshot()
        if snapshot.wake_in_s is None:
            if self._rings_at is not None:
                self._ports.alarm.cancel("engine")
                self._rings_at = None
            return
        wake_in_s = snapshot.wake_in_s
        if snapshot.awaits_pause:
            # An old reading calls for a query at once, but not too soon after the last one, which may be unanswered.
            gap_s = max(QUERY_GAP_S, QUERY_GAP_REAL_S * self._speed)
            look_in_s = max(self._engine.look_in_s, self._queried_at + gap_s - snapshot.at.mono)
            wake_in_s = min(wake_in_s, look_in_s)
        rings_at = snapshot.at.mono + wake_in_s
        if self._rings_at is None or abs(rings_at - self._rings_at) > 0.05 * self._speed:
            self._rings_at = rings_at
            self._ports.alarm.wake_in(wake_in_s / self._speed, self.ring)

    # --- Controls -----------------------------------------------------------------------------------------------

    def subscribe(self, redraw: Callable[[AppSnapshot], None]) -> Callable[[], None]:
        return self._redraws.add(redraw)

    def watch_breaks(self, ended: Callable[[BreakRecord], None]) -> None:
        """Call ``ended`` with each break once it is over and recorded, before the ``AppSnapshot`` that shows that."""
        self._break_watchers.add(ended)

    def now(self) -> Instant:
        """Return both clocks, without a step of the engine."""
        return self._clock.now()

    def moment(self) -> Snapshot:
        """Return the engine's present state, after counting the time passed since the last step."""
        self._catch_up()
        return self._engine.snapshot()

    def app_snapshot(self) -> AppSnapshot:
        """Return the same, with everything else that windows show."""
        self._catch_up()
        return self._app_snapshot()

    def _catch_up(self) -> None:
        if self._ports:
            self._ports.quiet.catch_up()
            if self._carry_out_due(self._engine.step(Tick(self._moment()))):
                self._redraw()
                self._arm()
            elif self._engine.awaits_pause:
                self._arm()

    def _carry_out_due(self, effects: tuple[Effect, ...]) -> bool:
        self._carry_out(effects)
        return bool(effects)

    def _app_snapshot(self) -> AppSnapshot:
        snapshot = self._engine.snapshot()
        if self._ports is None or self._episodes is None:
            return AppSnapshot(snapshot, speed=self._speed, snooze_s=self._engine.settings.snooze)
        undoable = self._episodes.undoable(snapshot.at)
        return AppSnapshot(
            snapshot,
            open_episode=self._episodes.open_episode,
            undoable=undoable.after if undoable else None,
            undoes_change=undoable is not None and undoable.before is not None,
            fresh=self._episodes.fresh(snapshot.at),
            notes=self._notes(self._ports),
            speed=self._speed,
            waiting_entries=self._ports.app.waiting_entries(),
            log_damaged=self._ports.app.log_damaged(),
            snooze_s=self._engine.settings.snooze,
        )

    @staticmethod
    def _notes(ports: Ports) -> tuple[str, ...]:
        idle = ports.idle.status()
        unknown = () if idle.works or not idle.detail else (idle.detail,)
        return (*ports.app.faults(), *unknown)

    def _redraw(self) -> None:
        if self._redraws:
            self._redraws.call(self._app_snapshot())

    def configure(self, settings: Settings) -> None:
        """Use other settings from now on."""
        self._engine.configure(settings)
        if self._ports:
            self._ports.quiet.configure(settings)
            self._ports.sounds.configure(settings)
            self._ports.voice.configure(settings)
        self.feed(Tick(self._moment()))

    def refresh(self) -> None:
        """Redraw after something outside the engine changed what is shown."""
        self._redraw()

    def act(self, action: Action, about: str | None = None) -> str | None:
        """Carry out an action; returns a sentence if it does not fit the moment, else ``None``.

        ``about``: the id of the episode that the action means; otherwise *Gone* means the open one and *Undo* the one
        logged last.
        """
        ports, episodes = self._ports_joined(), self._episodes_joined()
        try:
            match action:
                case Action.GONE:
                    return None if episodes.end(about) else N_("No episode is open.")
                case Action.UNDO:
                    return None if episodes.undo_last(about) else N_("There is no episode to undo.")
                case Action.DETAILS | Action.ADD_TO_IT | Action.ANOTHER_ONE:
                    return self._act_on_logged(action, about)
                case Action.RELIEF:
                    ports.windows.show_relief()
                    return None
                case Action.HELP:
                    ports.windows.show_help()
                    return None
                case Action.POSTURE:
                    ports.windows.check_posture()
                    return None
                case Action.PANEL:
                    ports.windows.show_panel()
                    return None
                case Action.LOG:
                    episodes.log_numbness()
                    return None
                case Action.NOT_AGAIN:
                    ports.app.not_again()
                    return None
                case Action.ROUTINE:
                    return ports.app.start_routine()
        except JournalError as error:
            return str(error)
        return self.feed(Answer(self._moment(), action))

    def _act_on_logged(self, action: Action, about: str | None) -> str | None:
        ports, episodes = self._ports_joined(), self._episodes_joined()
        if about is None or not episodes.contains(about):
            return N_("That episode is no longer in the log.")
        if action is Action.ANOTHER_ONE:
            ports.app.say_logged(about)
        elif action is Action.DETAILS:
            ports.windows.add_details(about)
        else:
            ports.windows.keep_answers(about)
            ports.windows.add_details(episodes.add_to_open(about).id)
        return None

    def elapsed(self) -> float:
        """Return how far the current card or routine is, in seconds after its beginning.

        Without a break, return the set length of one.
        """
        current = self.moment().current
        return current.ran_s + current.ahead_s if current else self._engine.settings.duration

    def snooze_s(self) -> float:
        """Return the seconds that a snooze postpones a break."""
        return self._engine.settings.snooze

    def start_routine(self, card: str, duration_s: float) -> str | None:
        return self.feed(StartRoutine(self._moment(), card, duration_s))

    def start_card(self, slug: str) -> str | None:
        """Begin a break with a card, or go on with it; returns the sentence of a refusal, or ``None``."""
        return self.feed(StartCard(self._moment(), slug))

    def turn_card(self, to_s: float) -> str | None:
        """Turn the open card to that many seconds after its beginning; returns a refusal as a sentence, or ``None``."""
        return self.feed(TurnCard(self._moment(), to_s))

    def hold_card(self, *, held: bool) -> str | None:
        """Pause the open card, or go on with it; returns the sentence of a refusal, or ``None``."""
        return self.feed(HoldCard(self._moment(), held))

    def is_card_held(self) -> bool:
        """Whether the person has paused the open card."""
        current = self.moment().current
        return current is not None and current.held

    def step_shown(self, step: str, words: str) -> None:
        """Let the engine know of the step that the card shows, by what tells it apart from the others and in words."""
        if self._carry_out_due(self._engine.step(StepShown(self._moment(), step, words))):
            self._arm()
            self._redraw()

    def pause(self, *, for_s: float | None = None, until: datetime | None = None) -> None:
        self.feed(Pause(self._moment(), for_s, until))

    def pause_until_tomorrow(self) -> None:
        now = self._moment()
        self.feed(Pause(now, until=hours.tomorrow(now)))

    def pause_until_workday(self) -> None:
        now = self._moment()
        self.feed(Pause(now, until=hours.next_workday(self._engine.settings.hours, now)))

    def pause_until_clock(self, clock: time) -> None:
        """Pause until the local clock next shows this time."""
        now = self._moment()
        self.feed(Pause(now, until=hours.next_time(now, clock)))

    def _episode_changed(self, change: Change | None) -> None:
        if change is not None and change.ends_it:
            self._ports_joined().notifier.withdraw_messages(change.id)
        self._redraw()

    def _ports_joined(self) -> Ports:
        assert self._ports, "asked before the ports were joined"
        return self._ports

    def _episodes_joined(self) -> EpisodeBook:
        assert self._episodes, "asked before the episodes were joined"
        return self._episodes

    # --- status --------------------------------------------------------------------------------------------------

    def senses(self) -> Mapping[str, SenseStatus]:
        """Return the status of each sense and of notifications, by its name in ``numbguard status``."""
        ports = self._ports_joined()
        return {
            "idle": ports.idle.status(),
            "session": ports.session.status(),
            "quiet": ports.quiet.status(),
            "notify": ports.notifier.status(),
        }

    def sound_status(self) -> Mapping[str, SenseStatus]:
        """Return what plays sounds and what reads aloud, by the names in ``numbguard check``."""
        ports = self._ports_joined()
        return {"sound": ports.sounds.status(), "speech": ports.voice.status()}
