"""The alarm clock: APScheduler's QtScheduler, adapted to a laptop that sleeps and a wall clock that is set.

The app imports this module once the tray is shown, never before: no other module imports APScheduler. The alarm clock
decides nothing; it only rings. Everything here runs on the GUI thread, jobs included; only adding, changing and
removing jobs is safe from another thread.

Why a subclass: the stock QtScheduler (3.11.3 under PySide6) can never stop a timer, runs jobs in a thread pool, loses
the wake-up of a job added from another thread, drops jobs that are over a second late, and measures durations by the
wall clock. ``tests/app/test_alarm_clock.py`` tests each of these; the stock class fails every one.

The job store keeps wall time, as APScheduler does, but the monotonic clock measures a *duration*. Whenever the two
clocks have drifted apart (the machine slept, or its clock was set), the scheduler shifts jobs that wait for a duration
by the drift and recalculates jobs that wait for an hour of the day.
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

from PySide6.QtCore import QTimer, Signal, Slot

from numbguard.runtime.clock import LocalZone


class _StandIn(ModuleType):
    """A module with only the names it was given; a look-up of any other name puts the real module in its place."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system and shiboken's import hook look these up for any module
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def _later(module: str, name: str) -> type:
    """Return a class that imports the real ``name`` only when called, and then calls it."""

    def call(_cls: type, *args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), name)(*args, **kwargs)

    return type(name, (), {"__new__": call})


@contextmanager
def _light_imports() -> Iterator[None]:
    """Import APScheduler without the modules it loads at the top and this app never uses: 13 of its 16 MB.

    APScheduler imports one function from asyncio (its asyncio executor calls it), a thread pool that loads
    multiprocessing, tzlocal and zoneinfo for the time zone, which we pass in, importlib.metadata to look up its version
    and its plugins by name, where we pass in objects, uuid (with platform) for ids of jobs, which we pass in, and one
    function from calendar, which loads locale for names of days. While APScheduler is imported, and only then, small
    stand-ins replace those of these modules that nothing has imported yet. The functions it imports from them load
    the real ones when called. The real module answers for any other name, even if another thread asks for it
    meanwhile: a later APScheduler that needs more of them costs memory and does not break the alarm clock. Afterwards
    ``import asyncio`` and the others find the real modules as usual. Two traces remain: APScheduler finds no plugins
    by name, and it reports its version as it does in a frozen bundle without metadata.
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
        "locale": {},
        "tzlocal": {"get_localzone": _later("tzlocal", "get_localzone")},
        "uuid": {"uuid4": _later("uuid", "uuid4")},
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
"""The id of the only job that wakes the engine."""

_LONGEST_NAP_S = 60.0
"""Seconds between two looks at the clocks while a job waits for an hour of the day: nothing reports that they jumped.

Jobs that wait for a duration need no such look: the timer runs on the monotonic clock, and a drift is corrected before
any job runs.
"""

_LONGEST_WAIT_S = 86400.0
"""Longest wait in seconds for one start of the timer; a QTimer cannot wait for a month."""

_SLACK_S = 0.005
"""Smallest difference in seconds that counts as drift; a smaller one is the time between two readings."""


class _After(DateTrigger):  # type: ignore[misc]
    """Fires once, the given number of seconds from now."""

    def __init__(self, seconds: float) -> None:
        super().__init__(datetime.now(UTC) + timedelta(seconds=max(seconds, 0.0)), timezone=UTC)


class _Every(IntervalTrigger):  # type: ignore[misc]
    """Fires repeatedly, at intervals of the given number of seconds.

    APScheduler collects every missed run before it coalesces them into one. After a missed run this trigger gives the
    next run in the future, so that APScheduler never collects more than one, however long the machine slept.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds=seconds, timezone=UTC)

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        following: datetime = super().get_next_fire_time(previous, now)
        return following if following > now else now.astimezone(UTC) + self.interval


class _Bell(QTimer):
    """The only timer. Any thread may emit ``asked``; only the timer's own thread touches the timer."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSingleShot(True)
        # Qt.TimerType.PreciseTimer by its number: PySide would create all enums of Qt with it, a megabyte.
        self.setProperty("timerType", 0)
        self.asked.connect(self._ring_soon)

    @Slot()
    def _ring_soon(self) -> None:
        self.start(0)


class _InlineExecutor(BaseExecutor):  # type: ignore[misc]
    """Runs jobs on the GUI thread, right after the scheduler has finished its round.

    Jobs do not run during the round, because the round would remove the next alarm that a job sets under its own id.
    If the alarm of a job goes off while the job still runs (because it opened a menu, for example), the job runs again
    afterwards; the stock executors skip it, and the engine's wake-up would be lost.
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
        # A job may set, cancel or stop others, and another thread may cancel one: check again each time.
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
    """QtScheduler with a single timer, jobs on the GUI thread, and a check of both clocks."""

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
        # Correct any drift first: a job added after the drift must not be shifted by it.
        with self._jobstores_lock:
            self._follow_the_clocks()
            return super().add_job(*args, **kwargs)

    def _start_timer(self, wait_seconds: float | None) -> None:
        if wait_seconds is None:
            self._bell.stop()
        else:
            any_wait_for_an_hour = any(not isinstance(job.trigger, _After | _Every) for job in self.get_jobs())
            longest_s = self._longest_nap_s if any_wait_for_an_hour else _LONGEST_WAIT_S
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
        """Return the seconds by which the wall clock leads the monotonic clock, and the UTC offset in seconds."""
        if sys.platform != "win32":
            time.tzset()  # without it the C library never notices a change of zone
        mono = self._mono()  # read first: a pause between the readings may make an alarm late, never early
        return time.time() - mono, time.localtime().tm_gmtoff

    def _follow_the_clocks(self) -> None:
        if self.state != STATE_RUNNING:
            return
        lead, offset = self._read_clocks()
        drift = lead - self._lead
        if abs(drift) < _SLACK_S and offset == self._offset:
            return  # the baseline stays, so that small drifts add up until they are corrected
        self._lead, self._offset = lead, offset
        now = datetime.now(self.timezone)
        for job in self.get_jobs():
            if isinstance(job.trigger, _After | _Every):
                self.modify_job(job.id, next_run_time=job.next_run_time + timedelta(seconds=drift))
            elif job.next_run_time > now:  # a job already due still has to ring once
                self.modify_job(job.id, next_run_time=job.trigger.get_next_fire_time(None, now))


class AlarmClock:
    """The app's interface to the scheduler: at most one alarm for each id; callbacks run on the GUI thread.

    Callbacks take no arguments. ``on_crash`` receives the exception that a job raised.
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
        """Stop all alarms, even those that are due; a second call does nothing."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    def wake_in(self, seconds: float, callback: Callable[[], object]) -> None:
        """Set the engine's only alarm, replacing the former one: once, ``seconds`` from now by the monotonic clock."""
        self._set(_ENGINE, callback, _After(seconds))

    def every(self, seconds: float, callback: Callable[[], object], *, id: str) -> None:
        """Ring every ``seconds``, the first time ``seconds`` from now; missed rings become one.

        Raises ``ValueError`` unless ``seconds`` is positive.
        """
        if seconds <= 0:
            raise ValueError(f"An alarm cannot ring every {seconds} seconds.")
        self._set(id, callback, _Every(seconds))

    def cron(
        self, id: str, callback: Callable[[], object], *, hour: int, minute: int = 0, day_of_week: str = "*"
    ) -> None:
        """Ring at a local time of day, daily or on the days named (``"mon"``, ``"mon,wed"``, ``"mon-fri"``).

        If the machine sleeps through that time, the alarm rings once when it wakes. Where the start of summer time
        skips the hour, the alarm rings an hour later; where its end repeats the hour, it rings twice.
        """
        zone = self._scheduler.timezone
        self._set(id, callback, CronTrigger(hour=hour, minute=minute, day_of_week=day_of_week, timezone=zone))

    def cancel(self, id: str) -> None:
        """Cancel an alarm, even one that is about to ring; an unknown id is not an error."""
        self._scheduler.executor.forget(id)
        with suppress(JobLookupError):
            self._scheduler.remove_job(id)

    def _set(self, id: str, callback: Callable[[], object], trigger: Any) -> None:
        self.cancel(id)  # replaces an alarm that is about to ring, too
        self._scheduler.add_job(callback, trigger, id=id, replace_existing=True)
