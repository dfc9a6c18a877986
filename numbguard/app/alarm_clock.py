"""The alarm clock: APScheduler's QtScheduler, made fit for a laptop that sleeps and a clock that is set.

Called by the app once the tray is shown, never before: it is the only module that imports APScheduler. It decides
nothing; it rings. Everything here lives on the GUI thread, and so do the jobs; only adding, changing and removing
jobs is safe from another thread.

Why a subclass: the stock QtScheduler (3.11.3 under PySide6) can never stop a timer, runs jobs in a thread pool, loses
the wake-up of a job added from another thread, drops jobs that are over a second late, and takes the wall clock for a
measure of durations. ``tests/app/test_alarm_clock.py`` has a test for each, which the stock class fails.

The job store speaks wall time, as APScheduler does. The truth about a *duration* is the monotonic clock: whenever the
two have drifted apart (sleep, or the clock was set), jobs that wait for a duration are moved along with the wall clock
and jobs that wait for an hour of the day are worked out anew.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from importlib import import_module
from math import ceil
from types import ModuleType
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot

from numbguard.runtime.clock import LocalZone


class _StandIn(ModuleType):
    """A module with only the names it was given; asked for any other, it gives way to the real one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system and shiboken's import hook look these up in passing
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _later(module: str, name: str) -> type:
    """A class that, when called, imports the real ``name`` and calls that: import deferred to first use."""

    def call(_cls: type, *args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), name)(*args, **kwargs)

    return type(name, (), {"__new__": call})


@contextmanager
def _light_imports() -> Iterator[None]:
    """Spare the process what APScheduler imports at its top and this app never calls: 13 of its 16 MB.

    It takes one function from asyncio (a question its asyncio executor asks), a thread pool that brings
    multiprocessing, tzlocal and zoneinfo for a zone we hand in, and importlib.metadata to find its own version and
    plugins by name, where we hand in objects. While APScheduler is imported, and only then, small stand-ins take the
    place of those modules that nobody has imported yet. What it takes from them fetches the real thing when called;
    any other name, even asked by another thread meanwhile, is answered by the real module: so a later APScheduler
    that wants more of them costs memory, not the alarm clock. Afterwards ``import asyncio`` and the rest find the
    real modules as ever. The only lasting traces: APScheduler knows no plugins by name, and reports its version as
    it does in a frozen bundle without metadata.
    """
    not_found = type("PackageNotFoundError", (ModuleNotFoundError,), {})

    def version(_name: str) -> str:
        raise not_found

    names: dict[str, dict[str, object]] = {
        "asyncio": {"iscoroutinefunction": _later("asyncio", "iscoroutinefunction")},
        "apscheduler.executors.pool": {
            "ThreadPoolExecutor": _later("apscheduler.executors.pool", "ThreadPoolExecutor")
        },
        "importlib.metadata": {
            "PackageNotFoundError": not_found,
            "version": version,
            "entry_points": lambda **_group: (),
        },
        "tzlocal": {"get_localzone": _later("tzlocal", "get_localzone")},
        "zoneinfo": {"ZoneInfo": _later("zoneinfo", "ZoneInfo")},
    }
    stand_ins = {name: _StandIn(name) for name in names if name not in sys.modules}
    for name, module in stand_ins.items():
        vars(module).update(names[name])
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


with _light_imports():
    from apscheduler.events import EVENT_JOB_ERROR
    from apscheduler.executors.base import BaseExecutor, run_job
    from apscheduler.jobstores.base import JobLookupError
    from apscheduler.jobstores.memory import MemoryJobStore
    from apscheduler.schedulers.base import STATE_RUNNING
    from apscheduler.schedulers.qt import QtScheduler
    from apscheduler.triggers.cron import CronTrigger
    from apscheduler.triggers.date import DateTrigger
    from apscheduler.triggers.interval import IntervalTrigger

_ENGINE = "engine"
"""The id of the one job that wakes the engine."""

_LONGEST_NAP_S = 60.0
"""While a job waits for an hour of the day, look at the clocks this often: nobody else tells us that they jumped.

Jobs that wait for a duration need no look: the bell rings by the monotonic clock, and the clocks are followed first.
"""

_LONGEST_WAIT_S = 86400.0
"""A QTimer cannot wait for a month."""

_SLACK_S = 0.005
"""Clocks this close together have not drifted; below it is only the time between two readings."""


class _After(DateTrigger):  # type: ignore[misc]
    """Once, a duration from now."""

    def __init__(self, seconds: float) -> None:
        super().__init__(datetime.now(UTC) + timedelta(seconds=max(seconds, 0.0)), timezone=UTC)


class _Every(IntervalTrigger):  # type: ignore[misc]
    """Again and again, a duration apart.

    APScheduler collects every missed run before it coalesces them into one. Once a run is missed, this names the next
    one still to come, so that there is never more than one to collect, however long the machine slept.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds=seconds, timezone=UTC)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        following: datetime = super().get_next_fire_time(previous, now)
        return following if following > now else now.astimezone(UTC) + self.interval


class _Bell(QTimer):
    """The one timer. ``asked`` may be emitted by any thread; the timer itself is only touched on its own."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSingleShot(True)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.asked.connect(self._ring_soon)

    @Slot()
    def _ring_soon(self) -> None:
        self.start(0)


class _InlineExecutor(BaseExecutor):  # type: ignore[misc]
    """Runs jobs on the GUI thread, right after the scheduler has finished its round.

    Not during the round: a job that sets its own next alarm under the same id would see the round remove it again.
    A job whose alarm goes off while it is still running (it opened a menu, say) runs again afterwards instead of
    being skipped, as the stock executors do: the engine's wake-up must not be lost.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: dict[str, tuple[Any, list[datetime]]] = {}
        self._running: set[str] = set()

    def submit_job(self, job: Any, run_times: list[datetime]) -> None:
        self._do_submit_job(job, run_times)

    def _do_submit_job(self, job: Any, run_times: list[datetime]) -> None:
        self._waiting[job.id] = (job, run_times)

    def forget(self, id: str) -> None:
        self._waiting.pop(id, None)

    def shutdown(self, wait: bool = True) -> None:
        self._waiting.clear()

    def run_waiting(self) -> None:
        # A job may set, cancel or stop others, and another thread may cancel one: look anew each time.
        while ready := [id for id in tuple(self._waiting) if id not in self._running]:
            id = ready[0]
            job, run_times = self._waiting.pop(id, (None, []))
            if job is None:
                continue
            self._running.add(id)
            try:
                events = run_job(job, "default", run_times, self._logger.name)
            finally:
                self._running.discard(id)
            for event in events:
                self._scheduler._dispatch_event(event)


class AlarmScheduler(QtScheduler):  # type: ignore[misc]
    """QtScheduler with one timer of its own, inline jobs, and an eye on both clocks."""

    def __init__(
        self,
        *,
        longest_nap_s: float = _LONGEST_NAP_S,
        mono: Callable[[], float] = time.monotonic,
    ) -> None:
        self._bell = _Bell()
        self._bell.timeout.connect(self._process_jobs)
        self._longest_nap_s = longest_nap_s
        self._mono = mono
        self._lead, self._offset = self._read_clocks()
        self.executor = _InlineExecutor()
        super().__init__(
            timezone=LocalZone(),
            executors={"default": self.executor},
            jobstores={"default": MemoryJobStore()},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self, paused: bool = False) -> None:
        self._lead, self._offset = self._read_clocks()
        super().start(paused)

    def wakeup(self) -> None:
        self._bell.asked.emit()

    def add_job(self, *args: Any, **kwargs: Any) -> Any:
        # A drift not yet noticed must not be held against a job that was set after it.
        with self._jobstores_lock:
            self._follow_the_clocks()
            return super().add_job(*args, **kwargs)

    def _start_timer(self, wait_seconds: float | None) -> None:
        if wait_seconds is None:
            self._bell.stop()
        else:
            on_the_dial = any(not isinstance(job.trigger, _After | _Every) for job in self.get_jobs())
            longest_s = self._longest_nap_s if on_the_dial else _LONGEST_WAIT_S
            self._bell.start(ceil(min(wait_seconds, longest_s) * 1000))

    def _stop_timer(self) -> None:
        self._bell.stop()

    def _process_jobs(self) -> None:
        if self.state != STATE_RUNNING:
            return
        with self._jobstores_lock:
            self._follow_the_clocks()
        super()._process_jobs()
        self.executor.run_waiting()

    def _read_clocks(self) -> tuple[float, int]:
        """How far the wall clock is ahead of the monotonic one, and the zone's present offset."""
        if sys.platform != "win32":
            time.tzset()  # or a zone changed while we run stays unseen
        mono = self._mono()  # first: a pause between the readings may make an alarm late, never early
        return time.time() - mono, time.localtime().tm_gmtoff

    def _follow_the_clocks(self) -> None:
        if self.state != STATE_RUNNING:
            return
        lead, offset = self._read_clocks()
        drift = lead - self._lead
        if abs(drift) < _SLACK_S and offset == self._offset:
            return  # the baseline stays, so that many small drifts add up and are followed in the end
        self._lead, self._offset = lead, offset
        now = datetime.now(self.timezone)
        for job in self.get_jobs():
            if isinstance(job.trigger, _After | _Every):
                self.modify_job(job.id, next_run_time=job.next_run_time + timedelta(seconds=drift))
            elif job.next_run_time > now:  # one already due still has to ring, once
                self.modify_job(job.id, next_run_time=job.trigger.get_next_fire_time(None, now))


class AlarmClock:
    """What the app sees: alarms by id, each id at most once, rung on the GUI thread with no arguments.

    ``on_crash`` gets what a job raised.
    """

    def __init__(
        self,
        *,
        on_crash: Callable[[BaseException], None],
        longest_nap_s: float = _LONGEST_NAP_S,
        mono: Callable[[], float] = time.monotonic,
    ) -> None:
        self._scheduler = AlarmScheduler(longest_nap_s=longest_nap_s, mono=mono)
        self._scheduler.add_listener(lambda event: on_crash(event.exception), EVENT_JOB_ERROR)

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Nothing rings any more, not even what is due; stopping twice is fine."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def wake_in(self, seconds: float, callback: Callable[[], object]) -> None:
        """Ring for the engine once, ``seconds`` from now by the monotonic clock, instead of when it was set for."""
        self._set(_ENGINE, callback, _After(seconds))

    def every(self, seconds: float, callback: Callable[[], object], *, id: str) -> None:
        """Ring every ``seconds``, for the first time ``seconds`` from now; rings missed become one."""
        if seconds <= 0:
            raise ValueError(f"An alarm cannot ring every {seconds} seconds.")
        self._set(id, callback, _Every(seconds))

    def cron(
        self, id: str, callback: Callable[[], object], *, hour: int, minute: int = 0, day_of_week: str = "*"
    ) -> None:
        """Ring at an hour of local time, daily or on the days named (``"mon"``, ``"mon,wed"``, ``"mon-fri"``).

        An hour that was slept through rings once, as soon as the machine is awake. Where summer time leaves the hour
        out it rings an hour later; where it repeats the hour it rings twice.
        """
        zone = self._scheduler.timezone
        self._set(id, callback, CronTrigger(hour=hour, minute=minute, day_of_week=day_of_week, timezone=zone))

    def cancel(self, id: str) -> None:
        """Take an alarm back, even one that is just about to ring; an unknown one is no mistake."""
        self._scheduler.executor.forget(id)
        with suppress(JobLookupError):
            self._scheduler.remove_job(id)

    def _set(self, id: str, callback: Callable[[], object], trigger: Any) -> None:
        self.cancel(id)  # so that one about to ring is replaced as well
        self._scheduler.add_job(callback, trigger, id=id, replace_existing=True)
