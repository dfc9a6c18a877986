"""Inputs -> engine -> effects -> ports. No Qt.

Every sense and every click comes through here, on the GUI thread: it gets its moment, goes through the engine, each
effect goes to one port, and whoever subscribed gets the new ``AppSnapshot``. Windows reach it as ``Controls``.
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
    IdleSeen,
    Input,
    Locked,
    Pause,
    Release,
    SkipAhead,
    StartRoutine,
    Suppress,
    Suppression,
    Tick,
    Unlocked,
    Woke,
)
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.core.errors import JournalError
from numbguard.core.ports import AppSnapshot, Clock, Notice, SenseStatus, SessionEvent
from numbguard.core.settings.settings import Settings

from .clock import Timekeeper
from .effects import Ports, carry_out
from .episode_book import Change, EpisodeBook

SENSE_EVERY_S = 30.0
ANSWER_WITHIN_S = 1.0
"""How long the alarm waits for an answer about idleness before it goes on without one."""
SAVE_EVERY_S, KEEP_EVERY_S = 90.0, 125.0
"""Kept by whoever comes by after the first (the tray does each minute), at the latest after the second."""
LOOK_APART_S, LOOK_APART_REAL_S = 1.0, 0.05
"""At least so far apart idleness is asked for while a due break waits for a pause; the second in real time."""
FINE_UP_TO, GIVE_UP_S = 10.0, 0.8
"""Up to which speed pauses in typing can be seen; the longest wait for one at more than that, in real time."""


def longest_wait(speed: float) -> float:
    """How long a due break may wait for a pause in typing, in seconds of an app that runs ``speed`` times as fast.

    On a fast clock somebody who stirs the mouse every second may never be seen to rest: not for long then.
    """
    return GIVE_UP_S * speed if speed > FINE_UP_TO else float("inf")


class Runtime:
    """Implements ``core.ports.Controls``. ``begin`` joins the ports and the episodes; before, only ``app_snapshot``
    works."""

    def __init__(self, engine: BreakEngine, clock: Clock, *, speed: float = 1.0) -> None:
        self._engine = engine
        self._clock = clock
        self._speed = speed
        self._ports: Ports | None = None
        self._episodes: EpisodeBook | None = None
        self._redraws: list[Callable[[AppSnapshot], None]] = []
        self._time = Timekeeper(clock, speed=speed)
        self._last = self._time.last
        self._rings_at: float | None = None
        self._looked_at = float("-inf")
        self._sampling = False
        self._unanswered = False
        """Idleness was asked for, and the answer is not here yet."""
        self._saved_at = self._last.mono

    def begin(self, ports: Ports, episodes: EpisodeBook) -> None:
        """Join the ports, do what the engine wanted done at its start, and let the senses report.

        From then on the ``AppSnapshot`` shows which episode is open, and comes anew whenever one has been changed.
        """
        self._ports, self._episodes = ports, episodes
        episodes.reread()
        episodes.watch(self._episode_changed)
        ports.notifier.start(self._answered)
        self._carry_out(self._engine.start())
        # Before idleness is known: a break that is due is not announced into a call.
        ports.quiet.start(self._quiet_changed)
        ports.alarm.every(KEEP_EVERY_S / self._speed, self._keep, id="keep")
        ports.session.start(self._session_changed)
        ports.idle.start(self._idle_seen)
        self._follow_the_sense(ports)
        self.feed(Tick(self._moment()))

    def _keep(self) -> None:
        self.feed(Tick(self._moment()))

    def end(self) -> None:
        """Keep where the engine is and let go of every port."""
        if self._ports:
            self._engine.step(Tick(self._moment()))
            self._ports.state.save(self._engine.to_table())
            self._ports.idle.stop()
            self._ports.session.stop()
            self._ports.quiet.stop()
            self._ports.notifier.stop()

    # --- inputs -------------------------------------------------------------------------------------------------

    def feed(self, given: Input) -> str | None:
        """Put one input through; gives the sentence of a refusal."""
        effects = self._engine.step(given)
        refusal = self._carry_out(effects)
        if not effects and isinstance(given, Pause | Answer):
            self._save(self._last)  # The person's own word: a crash must not bring an earlier pause back.
        self._arm()  # first: a window that cannot be drawn must not keep the next break from coming
        self._redraw()
        return refusal

    def _moment(self) -> Instant:
        """Now. A sleep or a clock that was set since the last moment becomes an input of its own first."""
        now, passed_over = self._time.now()
        self._last = now
        for given in passed_over:
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
        """Samples are taken only as long as the sense that serves does not report by itself."""
        if ports.idle.needs_asking is not self._sampling:
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
                    # Where it was unlocked from afar, or its lock screen crashed, still nobody is there.
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
        """The person left at the last key, which may have been minutes before.

        Asked only once the engine knows that they have: an answer that shows hands at rest would call for a due break.
        """
        if self._ports:
            self._ports.idle.ask()

    def _quiet_changed(self, id: str, reason: str | None) -> None:
        now = self._moment()
        self.feed(Suppress(now, Suppression(id, reason)) if reason else Release(now, id))

    def _answered(self, action: Action) -> None:
        """A notification's button: whatever does not fit the moment by now is said, not lost."""
        refusal = self.act(action)
        if refusal and self._ports:
            self._ports.notifier.say(Notice("NumbGuard", refusal))

    def ring(self) -> None:
        """The alarm clock rang: idleness first, so that no absence is counted as sitting and nothing said to nobody."""
        self._rings_at, self._looked_at = None, self._clock.now().mono
        if self._ports:
            self._ports.quiet.catch_up()
            self._unanswered = True
            self._ports.idle.ask()
            if self._unanswered:
                # The answer is on its way over a bus, and brings the time with it.
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
        if effects or self._last.mono - self._saved_at >= SAVE_EVERY_S * self._speed:
            self._save(self._last)
        return refusal

    def _save(self, now: Instant) -> None:
        if self._ports:
            self._saved_at = now.mono
            self._ports.state.save(self._engine.to_table())
            self._ports.alarm.every(KEEP_EVERY_S / self._speed, self._keep, id="keep")

    def _arm(self) -> None:
        """Have the alarm ring when the engine next wants it; leave it alone when that has not moved."""
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
            # What is known may be old, then at once; but no sooner after the last look, which may be unanswered.
            apart_s = max(LOOK_APART_S, LOOK_APART_REAL_S * self._speed)
            look_in_s = max(self._engine.look_in_s, self._looked_at + apart_s - snapshot.at.mono)
            wake_in_s = min(wake_in_s, look_in_s)
        rings_at = snapshot.at.mono + wake_in_s
        if self._rings_at is None or abs(rings_at - self._rings_at) > 0.05 * self._speed:
            self._rings_at = rings_at
            self._ports.alarm.wake_in(wake_in_s / self._speed, self.ring)

    # --- Controls -----------------------------------------------------------------------------------------------

    def subscribe(self, redraw: Callable[[AppSnapshot], None]) -> Callable[[], None]:
        self._redraws.append(redraw)
        return lambda: self._redraws.remove(redraw)

    def now(self) -> Instant:
        """Both clocks, without a step of the engine."""
        return self._clock.now()

    def moment(self) -> Snapshot:
        """What the engine knows of the present moment. Time that passed unnoticed is counted first."""
        self._catch_up()
        return self._engine.snapshot()

    def app_snapshot(self) -> AppSnapshot:
        """The same, with all else that windows show."""
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
            return AppSnapshot(snapshot, speed=self._speed)
        undoable = self._episodes.undoable(snapshot.at)
        return AppSnapshot(
            snapshot,
            open_episode=self._episodes.open_episode,
            undoable=undoable.after if undoable else None,
            undoes_change=undoable is not None and undoable.before is not None,
            notes=self._notes(self._ports),
            speed=self._speed,
            unwritten=self._ports.app.unwritten(),
        )

    @staticmethod
    def _notes(ports: Ports) -> tuple[str, ...]:
        idle = ports.idle.status()
        unknown = () if idle.works or not idle.detail else (idle.detail,)
        return (*ports.app.troubles(), *unknown)

    def _redraw(self) -> None:
        if self._redraws:
            app_snapshot = self._app_snapshot()
            for redraw in tuple(self._redraws):
                redraw(app_snapshot)

    def configure(self, settings: Settings) -> None:
        """Other settings from now on."""
        self._engine.configure(settings)
        if self._ports:
            self._ports.quiet.configure(settings)
        self.feed(Tick(self._moment()))

    def refresh(self) -> None:
        """Something outside the engine changed what is shown: draw again."""
        self._redraw()

    def act(self, action: Action) -> str | None:
        ports, episodes = self._joined(), self._episodes_joined()
        try:
            match action:
                case Action.GONE:
                    return None if episodes.gone() else "No episode is open."
                case Action.UNDO:
                    return None if episodes.undo_last() else "There is no episode to take back."
                case Action.RELIEF:
                    ports.windows.show_relief()
                    return None
                case Action.POSTURE:
                    ports.windows.check_posture()
                    return None
                case Action.ROUTINE:
                    return ports.app.start_routine()
        except JournalError as error:
            return str(error)
        return self.feed(Answer(self._moment(), action))

    def elapsed(self) -> float:
        """Seconds of the break that is on by the engine's clock; what was left out of a routine counts as run."""
        current = self.moment().current
        return current.ran_s + current.ahead_s if current else self._engine.settings.duration

    def snooze_s(self) -> float:
        """How long a break is put off."""
        return self._engine.settings.snooze

    def start_routine(self, card: str, duration_s: float) -> str | None:
        return self.feed(StartRoutine(self._moment(), card, duration_s))

    def skip_ahead(self, by_s: float) -> str | None:
        """Leave out the next ``by_s`` seconds of the routine that is on."""
        return self.feed(SkipAhead(self._moment(), by_s))

    def pause(self, *, for_s: float | None = None, until: datetime | None = None) -> None:
        self.feed(Pause(self._moment(), for_s, until))

    def pause_until_tomorrow(self) -> None:
        now = self._moment()
        self.feed(Pause(now, until=hours.tomorrow(now)))

    def pause_until_workday(self) -> None:
        now = self._moment()
        self.feed(Pause(now, until=hours.next_workday(self._engine.settings.hours, now)))

    def pause_until_clock(self, clock: time) -> None:
        """Until the local clock next stands there."""
        now = self._moment()
        self.feed(Pause(now, until=hours.next_time(now, clock)))

    def _episode_changed(self, change: Change | None) -> None:
        if change is not None and change.ends_it:
            self._joined().notifier.unsay()
        self._redraw()

    def _joined(self) -> Ports:
        assert self._ports, "asked before the ports were joined"
        return self._ports

    def _episodes_joined(self) -> EpisodeBook:
        assert self._episodes, "asked before the episodes were joined"
        return self._episodes

    # --- what works ---------------------------------------------------------------------------------------------

    def senses(self) -> Mapping[str, SenseStatus]:
        """Which backend serves each sense, by its name in ``numbguard status``."""
        ports = self._joined()
        return {
            "idle": ports.idle.status(),
            "session": ports.session.status(),
            "quiet": ports.quiet.status(),
            "notify": ports.notifier.status(),
        }
