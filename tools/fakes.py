"""Stand-ins for the parts a window uses: they record requests and show what the caller sets.

Tests, the bench and the pictures use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from PySide6.QtCore import QObject

from numbguard.app.windows.log_windows import InsightWays
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import Action, Phase, State, Suppression
from numbguard.core.breaks.snapshot import BreakView, Snapshot
from numbguard.core.log.advice.advice import Advice, advise
from numbguard.core.log.advice.relief import ReliefMethod
from numbguard.core.log.break_days import BreakDay
from numbguard.core.log.habits import GUIDE_AMOUNTS, GoalProgress, HabitDay
from numbguard.core.log.records.episode import Episode, Seat
from numbguard.core.log.records.habits import HabitKind
from numbguard.core.log.records.sitting import BoutEnd, BreakRecord, Outcome, SittingBout
from numbguard.core.log.red_flags import SignAnswers, WarningSign
from numbguard.core.ports import AppSnapshot
from numbguard.core.sentence import N_
from numbguard.core.settings.choices import GoalKind, HookCommand
from numbguard.desktop.hook_run import HookEnd, HookResult
from numbguard.runtime.episode_book import EpisodeBook, EpisodeLog
from numbguard.runtime.ids import new_id as random_id
from numbguard.store.log.journal import ended_form
from numbguard.store.log.queries.break_days import TodayLog
from numbguard.store.log.queries.history import DayLog

MORNING = datetime(2026, 3, 9, 10, 15, tzinfo=timezone(timedelta(hours=1)))
"""A Monday morning."""
NO_WAYS = InsightWays(
    show_settings=lambda: None,
    check_posture=lambda: None,
    read_about=lambda _section: None,
    show_stretch=lambda _region: None,
)
"""Insights whose actions open nothing."""


def snapshot(
    state: State = State.SITTING,
    *,
    minutes: float = 23,
    interval: float = 45,
    due_in: float | None = None,
    suppressed: tuple[Suppression, ...] = (),
    paused_until: datetime | None = None,
    phase: Phase = Phase.NONE,
    remaining_s: float = 0.0,
    can_snooze: bool = True,
    skips: int = 0,
    overdue: bool = False,
    is_away: bool = False,
    wall: datetime = MORNING,
) -> Snapshot:
    """Return a snapshot: by default, of sitting for ``minutes`` of an ``interval``, also in minutes."""
    current = None
    if phase is not Phase.NONE:
        current = BreakView("seated-hamstring", phase, remaining_s, 0, can_snooze, skips=skips)
    return Snapshot(
        at=Instant(wall, 1000.0 + minutes * 60),
        state=state,
        seat=Seat.STANDING if state is State.STANDING else Seat.SITTING,
        seated_s=minutes * 60,
        interval_s=interval * 60,
        due_in_s=(interval - minutes if due_in is None else due_in) * 60,
        since_break_s=minutes * 60,
        skipped_today=0,
        suppressed=suppressed,
        paused_until=paused_until,
        current=current,
        idle_known=True,
        wake_in_s=None,
        seated_today_s=minutes * 60,
        longest_today_s=minutes * 60,
        is_away=is_away,
        overdue=overdue,
    )


def app_snapshot(state: State = State.SITTING, **rest: object) -> AppSnapshot:
    """Return an ``AppSnapshot`` around ``snapshot``; arguments that are not its own go to ``snapshot``."""
    own = {
        key: rest.pop(key)
        for key in ("open_episode", "undoable", "undoes_change", "fresh", "notes", "speed", "waiting_entries")
        if key in rest
    }
    return AppSnapshot(snapshot(state, **rest), **own)  # type: ignore[arg-type]


def episode(began: datetime = MORNING) -> Episode:
    return Episode(id="6c1b0f9e-6d3f-4a53-9a3b-0a8b9a3d5d10", started_at=began.astimezone(UTC))


def advise_alone(about: Episode, answers: Mapping[WarningSign, bool], now: datetime = MORNING) -> Advice:
    """The advice on an episode without those before it, as the form asks for it."""
    return advise(about, now=now, answers=SignAnswers(answers))


class FakeControls:
    """Returns the ``AppSnapshot`` that the test set and records every request.

    It serves as ``Controls``, as ``EpisodeControls`` and as the ``Desk`` of a real ``EpisodeBook``.
    """

    def __init__(self, shown: AppSnapshot | None = None) -> None:
        self.shown = shown or app_snapshot()
        self.requests: list[object] = []
        self.snapshots_read = 0
        self.refusal: str | None = None
        self.signs: dict[WarningSign, bool] = {}
        """The answers to the questions about warning signs, of whatever episode."""
        self._subscribers: list[Callable[[AppSnapshot], None]] = []

    def show(self, shown: AppSnapshot) -> None:
        """Set a new snapshot and pass it to every subscriber."""
        self.shown = shown
        for redraw in tuple(self._subscribers):
            redraw(shown)

    def app_snapshot(self) -> AppSnapshot:
        self.snapshots_read += 1
        return self.shown

    def now(self) -> Instant:
        return self.shown.snapshot.at

    def moment(self) -> Snapshot:
        return self.shown.snapshot

    def act(self, action: Action) -> str | None:
        self.requests.append(action)
        return self.refusal

    def pause(self, *, for_s: float | None = None, until: datetime | None = None) -> None:
        self.requests.append(("pause", for_s if until is None else until))

    def pause_until_tomorrow(self) -> None:
        self.requests.append(("pause", "tomorrow"))

    def pause_until_workday(self) -> None:
        self.requests.append(("pause", "workday"))

    def log_numbness(self) -> Episode:
        self.requests.append("log")
        logged = episode(self.shown.snapshot.at.wall)
        self.show(replace(self.shown, open_episode=logged, undoable=logged))
        return logged

    def end(self) -> Episode | None:
        self.requests.append("end")
        ended = self.shown.open_episode
        self.show(replace(self.shown, open_episode=None))
        return ended

    def end_with_relief(self, id: str, relief: ReliefMethod | None) -> Episode | None:
        self.requests.append(("end with relief", id, relief))
        found, now = self.shown.open_episode, self.shown.snapshot.at.wall
        self.show(replace(self.shown, open_episode=None))
        return found and ended_form(found, now, relief and relief.value)

    def undo_last(self) -> Episode | None:
        self.requests.append("undo")
        taken = self.shown.undoable
        self.show(replace(self.shown, open_episode=None, undoable=None))
        return taken

    help_number = ""

    def advice(self, about: Episode, answers: SignAnswers | None = None) -> Advice:
        return advise(
            about, now=self.shown.snapshot.at.wall, answers=self.answers(about) if answers is None else answers
        )

    def answers(self, about: Episode) -> SignAnswers:
        return SignAnswers(dict(self.signs))

    def answer(self, about: Episode, sign: WarningSign, *, present: bool) -> None:
        self.signs[sign] = present

    def subscribe(self, redraw: Callable[[AppSnapshot], None]) -> Callable[[], None]:
        self._subscribers.append(redraw)
        return lambda: self._subscribers.remove(redraw)


def book_on(log: EpisodeLog, controls: FakeControls, new_id: Callable[[], str] = random_id) -> EpisodeBook:
    """Return a real book on ``log``; as with the runtime, each change redraws what subscribes to the controls."""
    book = EpisodeBook(log, controls, new_id=new_id)
    book.watch(lambda _change: controls.show(replace(controls.shown, open_episode=book.open_episode)))
    return book


class FakeHabits:
    """Returns the day that the test set and records every request."""

    def __init__(self) -> None:
        self.requests: list[object] = []
        self.error: Exception | None = None
        self.day: HabitDay | None = None
        self.set_day(water=3, walk=10)

    def set_day(self, *, water: int = 0, walk: int = 0, stretch: int = 0, goal: GoalProgress | None = None) -> None:
        own = {goal.goal.kind: goal.goal.amount} if goal else {}
        amounts = {HabitKind.WATER: water, HabitKind.WALK: walk, HabitKind.STRETCH: stretch}
        self.day = HabitDay(amounts, goal, {**GUIDE_AMOUNTS, **own})

    def today(self) -> HabitDay | None:
        return self.day

    def tick(self, kind: HabitKind, amount: int | None = None) -> None:
        self._record((kind, amount))

    def pick(self, goal: GoalKind, amount: int | None = None) -> None:
        self._record((goal, amount))

    def _record(self, what: object) -> None:
        if self.error is not None:
            raise self.error
        self.requests.append(what)


class FakeToday:
    """Gives the figures of today that the test set, at once, and counts how often they were asked for."""

    def __init__(self, log: TodayLog | None = None) -> None:
        self.log = log
        self.asked = 0

    def ask(self, _asker: QObject, today: date, done: Callable[[TodayLog | None], object]) -> None:
        self.asked += 1
        done(self.log or TodayLog(DayLog(today)))


def busy_today(now: datetime = MORNING) -> TodayLog:
    """Return a day since seven o'clock with four of five breaks taken and one episode, and the weeks before it."""

    def at(minutes: float) -> datetime:
        return now.replace(hour=7, minute=0) + timedelta(minutes=minutes)

    until = (now - at(0)) / timedelta(minutes=1)
    bouts, breaks, begins = [], [], 0.0
    outcomes = (Outcome.MOVED, Outcome.NATURAL, Outcome.SKIPPED, Outcome.MOVED, Outcome.MOVED)
    step = max(12.0, (until - 23) / len(outcomes))
    for number, outcome in enumerate(outcomes):
        ends = begins + step * (0.94 if outcome is not Outcome.SKIPPED else 1.0)
        length_s = (ends - begins) * 60
        bouts.append(SittingBout(f"bout-{number}", at(begins), at(ends), length_s, BoutEnd.MOVED))
        breaks.append(BreakRecord(f"break-{number}", outcome, at(ends), at(begins + step), "quad", None, length_s))
        begins += step
    numb = Episode("numb", at(until * 0.6), ended_at=at(until * 0.6 + 9))
    today = now.date()
    days = {today: BreakDay(4, 5, 1)}
    for ago in range(1, 25):
        day = today - timedelta(days=ago)
        if day.weekday() < 5:
            days[day] = BreakDay(5 + ago % 3, 8, episodes=1 if ago in (4, 6, 9, 10, 13) else 0)
    return TodayLog(DayLog(today, tuple(bouts), tuple(breaks), (numb,)), days)


class FakeHotKeys:
    """Hot keys that never reach a desktop: what they say of themselves is set by the caller."""

    def __init__(self) -> None:
        self.said = N_("Hot keys work in every program: NumbGuard asks the X server for them.")
        self.troubles: dict[str, str] = {}
        self.notes: dict[str, str] = {}
        self.works = True
        self.suspensions: list[bool] = []
        self._watchers: list[Callable[[], None]] = []

    def change(self) -> None:
        """Tell the watchers that something has changed."""
        for changed in tuple(self._watchers):
            changed()

    def trouble(self, name: str) -> str:
        return self.troubles.get(name, "")

    def note(self, name: str) -> str:
        return self.notes.get(name, "")

    def may_work(self) -> bool:
        return self.works

    def summary(self) -> str:
        return self.said

    def suspend(self, on: bool) -> None:
        self.suspensions.append(on)

    def watch(self, changed: Callable[[], None]) -> Callable[[], None]:
        self._watchers.append(changed)
        return lambda: self._watchers.remove(changed)


class FakeHooks:
    """Runs nothing; ``result`` is how each trial ends."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, HookCommand]] = []
        self.result = HookResult(HookEnd.ENDED, 0, 0.12)

    def try_hook(self, name: str, command: HookCommand, done: Callable[[HookResult], None]) -> None:
        self.tried.append((name, command))
        done(self.result)
