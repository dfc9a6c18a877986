"""The runtime with a real engine, ports that only record requests, and a clock that the test sets."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from numbguard.core.breaks.engine import BreakEngine
from numbguard.core.breaks.instant import Instant
from numbguard.core.breaks.messages import Action, Announce, State
from numbguard.core.errors import JournalError
from numbguard.core.log.advice.relief import ReliefMethod
from numbguard.core.log.records.answers import SignAnswer
from numbguard.core.log.records.episode import Episode, Seat
from numbguard.core.log.records.sitting import BreakRecord, Outcome, SittingBout
from numbguard.core.ports import Notice, SenseStatus, SessionEvent
from numbguard.core.settings.choices import SoundMoment
from numbguard.core.settings.settings import Settings
from numbguard.runtime.effects import Ports
from numbguard.runtime.episode_book import EpisodeBook
from numbguard.runtime.runtime import Runtime, longest_wait
from numbguard.store.log.journal import ended_form
from numbguard.wording.now import standing_reminder
from tests.scenario import MONDAY_9
from tools.simulation.deck import counting_ids, next_in_deck


class HeldClock:
    def __init__(self, *, knows_sleep: bool = True) -> None:
        self.wall, self.mono = MONDAY_9, 500.0
        self.suspended: float | None = 0.0 if knows_sleep else None

    def now(self) -> Instant:
        return Instant(self.wall, self.mono)

    def suspended_s(self) -> float | None:
        return self.suspended

    def passes(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.mono += seconds

    def sleeps(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        if self.suspended is not None:
            self.suspended += seconds


class Desk:
    """One object for all ports, and the runtime on top of it."""

    needs_polling = True
    answers_at_once = True

    def __init__(self, clock: HeldClock, *, speed: float = 1.0) -> None:
        self.clock = clock
        self.calls: list[str] = []
        self.said: list[Notice] = []
        self.rings_in: float | None = None
        self.idle_s: float | None = 4.0
        self.unreported: list[tuple[str, str]] = []
        """Changes that a quiet source has noticed and not reported yet."""
        self.broken = False
        self.kept: dict[str, BreakRecord] = {}
        self.bouts: list[SittingBout] = []
        self.log: list[Episode] = []
        self.saved: object = None
        self.unseen = False
        self.offer: Notice | None = Notice("The daily routine?", "")
        ids = counting_ids()
        engine = BreakEngine(
            Settings(), clock.now(), choose_card=next_in_deck, new_id=ids, longest_wait_s=longest_wait(speed),
            may_be_unseen=lambda: self.unseen,
        )  # fmt: skip
        self.runtime = Runtime(engine, clock, speed=speed)
        self.book = EpisodeBook(self, self.runtime, new_id=ids, real_now=lambda: clock.mono)
        self.runtime.begin(
            Ports(
                log=self,
                notifier=_Notifier(self),
                stage=_Stage(self),
                alarm=_Alarm(self),
                idle=_Idle(self),
                session=_Session(self),
                quiet=_Quiet(self),
                sounds=_Sounds(self),
                voice=_Voice(self),
                state=_State(self),
                windows=self,
                app=self,
            ),
            self.book,
        )

    def works(self, minutes: float) -> None:
        """Let time pass in steps of half a minute, as the sensing job does."""
        for _ in range(round(minutes * 2)):
            self.clock.passes(30)
            self.report(self.idle_s)

    # the windows, and the app
    def show_panel(self) -> None:
        self.calls.append("panel")

    def not_again(self) -> None:
        self.calls.append("not again")

    def show_relief(self) -> None:
        self.calls.append("relief")

    def show_help(self) -> None:
        self.calls.append("help")

    def check_posture(self) -> None:
        self.calls.append("posture")

    def add_details(self, id: str) -> None:
        self.calls.append(f"details of {id}")

    def keep_answers(self, id: str) -> None:
        self.calls.append(f"keep answers about {id}")

    def say_logged(self, id: str) -> None:
        self.calls.append(f"say logged {id}")

    def standing_reminder(self) -> Notice:
        return standing_reminder()

    def announcement(self, effect: Announce) -> Notice:
        return Notice("Time to move", effect.card)

    def faults(self) -> tuple[str, ...]:
        return ("The log is full.",) if self.broken else ()

    def log_damaged(self) -> bool:
        return False

    def waiting_entries(self) -> str | None:
        return None

    def start_routine(self, slug: str | None = None) -> str | None:
        return self.runtime.start_routine("routine:daily", 420.0)

    def routine_offer(self) -> Notice | None:
        return self.offer

    def routine_done(self, name: str) -> None:
        self.calls.append(f"{name} done")

    # the log
    def keep_break(self, record: BreakRecord) -> None:
        self.kept[record.id] = record

    def keep_bout(self, bout: SittingBout) -> None:
        self.bouts.append(bout)

    def add_episode(self, episode: Episode) -> None:
        if self.broken:
            raise JournalError("The disk is full.")
        self.log = [*(one for one in self.log if one.id != episode.id), episode]

    def end_episode(self, id: str | None, at: datetime, *, relief: str | None = None) -> Episode | None:
        self.calls.append(f"end {id}, {relief} helped")
        found = self.open_episode(at) if id is None else self.find_episode(id)
        if found is not None:
            self.log[self.log.index(found)] = found = ended_form(found, at, relief)
        return found

    def undo_episode(self, id: str | None) -> Episode | None:
        found = self.find_episode(id) if id is not None else self.log[-1] if self.log else None
        if found is not None:
            self.log.remove(found)
        return found

    def open_episode(self, now: datetime) -> Episode | None:
        return next((one for one in reversed(self.log) if one.is_open(now)), None)

    def answers_about(self, ids: Collection[str]) -> list[SignAnswer]:
        return []

    def episodes(self, *, since: datetime, until: datetime) -> list[Episode]:
        return [one for one in self.log if since <= one.started_at < until]

    def find_episode(self, id: str) -> Episode | None:
        return next((one for one in self.log if one.id == id), None)


class _Part:
    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def status(self) -> SenseStatus:
        return SenseStatus("held", self.desk.idle_s is not None, "" if self.desk.idle_s is not None else "No idea.")

    def stop(self) -> None:
        self.desk.calls.append(f"{type(self).__name__} stops")


class _Notifier(_Part):
    def start(self, answered: Callable[[Action, str | None], None]) -> None:
        self.desk.answered = answered

    def announce(self, notice: Notice) -> None:
        self.desk.calls.append(f"announce {notice.body}")

    def may_be_unseen(self) -> bool:
        return self.desk.unseen

    def insist(self, notice: Notice) -> None:
        self.desk.calls.append(f"insist {notice.body}")

    def withdraw(self) -> None:
        self.desk.calls.append("withdraw")

    def say(self, notice: Notice) -> None:
        self.desk.calls.append(f"say {notice.title}")
        self.desk.said.append(notice)

    def withdraw_messages(self, about: str) -> None:
        self.desk.calls.append(f"withdraw messages about {about}")


class _Stage(_Part):
    def open(self, card, *, duration_s, style, can_snooze, way_out) -> None:
        self.desk.calls.append(f"open {card}")

    def change(self, card: str) -> None:
        self.desk.calls.append(f"change {card}")

    def ask_after(self) -> None:
        self.desk.calls.append("ask after")

    def close(self, *, got_up: bool = False) -> None:
        self.desk.calls.append("close after a word" if got_up else "close")


class _Alarm(_Part):
    def wake_in(self, seconds: float, callback: Callable[[], None]) -> None:
        self.desk.calls.append("arm")
        self.desk.rings_in, self.desk.ring = seconds, callback

    def every(self, seconds: float, callback: Callable[[], None], *, id: str) -> None:
        self.desk.calls.append(f"{id} every {seconds:g} s")
        if id == "keep":
            self.desk.keep = callback

    def cancel(self, id: str) -> None:
        self.desk.calls.append(f"cancel {id}")
        self.desk.rings_in = None


class _Idle(_Part):
    @property
    def needs_polling(self) -> bool:
        return self.desk.needs_polling

    def start(self, report) -> None:
        self.desk.report = report
        report(self.desk.idle_s)

    def ask(self) -> None:
        if self.desk.answers_at_once:
            self.desk.report(self.desk.idle_s)


class _Session(_Part):
    def start(self, report) -> None:
        self.desk.session = report


class _Quiet(_Part):
    def start(self, report) -> None:
        self.desk.quiet = report

    def configure(self, settings) -> None:
        self.desk.calls.append("quiet configured")

    def catch_up(self) -> None:
        if self.desk.unreported:
            self.desk.quiet(*self.desk.unreported.pop())


class _Sounds(_Part):
    def play(self, moment: SoundMoment) -> None:
        self.desk.calls.append(f"sound of {moment.value}")

    def configure(self, settings: Settings) -> None:
        self.desk.calls.append("sounds configured")


class _Voice(_Part):
    def read(self, words: str, *, after_s: float) -> None:
        self.desk.calls.append(f"read {words}")

    def hush(self) -> None:
        self.desk.calls.append("hush")

    def configure(self, settings: Settings) -> None:
        self.desk.calls.append("voice configured")


class _State(_Part):
    def load(self):
        return None

    def save(self, state) -> None:
        self.desk.saved = state
        self.desk.calls.append("save")


@pytest.fixture
def desk() -> Desk:
    return Desk(HeldClock())


def test_the_alarm_is_set_once_and_left_alone_while_nothing_moves(desk):
    assert desk.rings_in == pytest.approx(25 * 60), "for posture, before the break"
    desk.calls.clear()
    desk.works(10)
    assert "arm" not in desk.calls


def test_each_input_saves_the_state_and_puts_off_the_alarm_for_it(desk):
    desk.calls.clear()
    desk.works(9)
    assert desk.calls == ["save", "keep every 125 s"] * 6
    desk.clock.passes(125)
    desk.calls.clear()
    desk.keep()
    assert desk.calls == ["save", "keep every 125 s"]


def test_from_due_to_moved_each_effect_reaches_its_port(desk):
    desk.works(44.5)
    desk.calls.clear()
    desk.clock.passes(30)
    desk.ring()
    desk.answered(Action.START)
    desk.runtime.act(Action.ANOTHER)
    desk.runtime.act(Action.DONE)
    desk.runtime.act(Action.MOVED)
    shown = [call for call in desk.calls if call not in ("arm", "save", "keep every 125 s")]
    assert shown == [
        "announce seated-hamstring",
        "withdraw",
        "open seated-hamstring",
        "change calf-wall",
        "ask after",
        "close after a word",
    ]
    assert [record.outcome for record in desk.kept.values()] == [Outcome.MOVED]
    assert len(desk.bouts) == 1
    assert desk.runtime.act(Action.SNOOZE) == "There is no break at the moment."


def test_a_posture_tip_is_said_without_a_sound_and_leads_to_the_check(desk):
    desk.works(25)
    said = desk.said[-1]
    assert (said.title, said.answers, said.quiet) == (
        "Legs side by side", ((Action.POSTURE, "Check my posture"),), True
    )  # fmt: skip
    desk.answered(Action.POSTURE)
    assert desk.calls[-1] == "posture"
    desk.works(19)
    assert desk.said[-1] is said


def test_a_late_ring_asks_about_idleness_first(desk):
    desk.works(44)
    desk.idle_s = 3600.0
    desk.clock.passes(3600)
    desk.calls.clear()
    desk.ring()
    assert not any(call.startswith("announce") for call in desk.calls)
    assert desk.runtime.app_snapshot().snapshot.state is State.AWAY


def test_speed_makes_the_alarm_and_the_sensing_job_faster():
    desk = Desk(HeldClock(), speed=60.0)
    assert desk.rings_in == pytest.approx(25)
    assert "sense every 0.5 s" in desk.calls


@pytest.mark.parametrize("knows_sleep", [True, False])
def test_sleep_is_found_by_the_clocks_alone(knows_sleep):
    desk = Desk(HeldClock(knows_sleep=knows_sleep))
    desk.works(30)
    desk.clock.sleeps(3600)
    desk.report(1.0)
    assert [record.outcome for record in desk.kept.values()] == [Outcome.NATURAL]
    assert desk.runtime.app_snapshot().snapshot.seated_s == 0


def test_where_sleep_is_counted_a_clock_set_forward_is_no_sleep(desk):
    desk.works(30)
    desk.clock.wall += timedelta(hours=2)
    desk.report(1.0)
    assert not desk.kept
    assert desk.runtime.app_snapshot().snapshot.seated_s == pytest.approx(30 * 60)


def test_a_pause_given_as_a_length_is_not_moved_by_setting_the_clock(desk):
    desk.runtime.pause(for_s=1800)
    desk.clock.wall -= timedelta(hours=1)
    desk.clock.passes(1801)
    assert not desk.runtime.app_snapshot().snapshot.paused


@pytest.mark.parametrize("before_s", [600, 0], ids=["before the clock is set", "after it"])
def test_a_clock_set_back_leaves_an_episode_in_its_bout(desk, before_s):
    desk.works(20)
    if before_s:
        desk.book.log_numbness()
    desk.works(10)
    desk.clock.wall -= timedelta(hours=1)
    desk.report(1.0)
    if not before_s:
        desk.book.log_numbness()
    desk.works(10)
    desk.idle_s = 0.0
    for _ in range(20):
        desk.clock.passes(30)
        desk.idle_s += 30
        desk.report(desk.idle_s)
    (bout,), (episode,) = desk.bouts, desk.log
    assert bout.started_at <= episode.started_at <= bout.ended_at
    assert episode.context.seated_s == pytest.approx((episode.started_at - bout.started_at).total_seconds(), abs=1)


def test_pausing_until_tomorrow_ends_early_in_the_morning(desk):
    desk.runtime.pause_until_tomorrow()
    until = desk.runtime.app_snapshot().snapshot.paused_until
    assert (until.day, until.hour) == (3, 4)


def test_lock_and_sleep_signals_become_inputs(desk):
    desk.works(30)
    desk.session(SessionEvent.LOCKED)
    assert desk.runtime.app_snapshot().snapshot.state is State.AWAY
    desk.session(SessionEvent.UNLOCKED)
    desk.session(SessionEvent.FALLING_ASLEEP)
    assert desk.saved
    desk.clock.sleeps(600)
    desk.session(SessionEvent.WOKE)
    desk.report(0.0)
    assert [record.outcome for record in desk.kept.values()] == [Outcome.NATURAL]


class Eventful(Desk):
    needs_polling = False


def test_where_idleness_is_told_by_event_nothing_is_sampled():
    desk = Eventful(HeldClock())
    assert not any(call.startswith("sense") for call in desk.calls)
    desk.clock.passes(45 * 60)
    desk.ring()
    assert "announce seated-hamstring" in desk.calls


def test_samples_begin_and_end_with_the_sense_that_needs_them():
    desk = Eventful(HeldClock())
    desk.needs_polling = True
    desk.report(None)
    desk.report(0.0)
    assert desk.calls.count("sense every 30 s") == 1
    desk.needs_polling = False
    desk.report(0.0)
    assert desk.calls.count("cancel sense") == 1


def test_an_absence_told_by_event_alone_is_a_break_from_the_last_key_on():
    desk = Eventful(HeldClock())
    desk.clock.passes(20 * 60)
    desk.report(30.0)
    assert desk.rings_in == pytest.approx(270), "half a minute of the five is over"
    desk.clock.passes(270)
    desk.idle_s = 300.0
    desk.ring()
    (natural,) = desk.kept.values()
    assert (natural.outcome, natural.seated_s) == (Outcome.NATURAL, pytest.approx(19.5 * 60))
    desk.clock.passes(3600)
    desk.report(3900.0)
    desk.report(0.0)
    assert desk.kept[natural.id].ended_at == desk.clock.wall
    assert desk.runtime.app_snapshot().snapshot.seated_s == 0


def test_a_card_that_was_rested_through_is_told_by_event_as_well():
    desk = Eventful(HeldClock())
    desk.clock.passes(45 * 60)
    desk.ring()
    desk.answered(Action.START)
    desk.clock.passes(30)
    desk.report(30.0)
    desk.idle_s = Settings().duration
    desk.clock.passes(desk.idle_s - 30)
    desk.ring()
    desk.clock.passes(60)
    desk.report(desk.idle_s + 60)
    desk.report(0.0)
    desk.idle_s = 5.0
    desk.clock.passes(240)
    desk.ring()
    assert [record.outcome for record in desk.kept.values()] == [Outcome.FINISHED]


def test_an_answer_that_comes_over_a_bus_is_waited_for_before_anything_is_said():
    desk = Eventful(HeldClock())
    desk.answers_at_once = False
    desk.clock.passes(45 * 60)
    desk.ring()
    assert not any(call.startswith("announce") for call in desk.calls)
    assert desk.rings_in == 1.0
    desk.report(1200.0)
    assert [record.outcome for record in desk.kept.values()] == [Outcome.NATURAL]

    desk.report(0.0)
    desk.clock.passes(45 * 60)
    desk.ring()
    asked = desk.clock.mono
    while desk.clock.mono < asked + 20:
        desk.clock.passes(desk.rings_in)
        desk.ring()
    assert "announce seated-hamstring" in desk.calls, "no answer is no reason to say nothing"


def test_a_person_who_locks_the_screen_left_at_the_last_key():
    desk = Eventful(HeldClock())
    desk.clock.passes(10 * 60)
    desk.idle_s = 240.0
    desk.session(SessionEvent.LOCKED)
    desk.clock.passes(120)
    desk.report(360.0)
    desk.report(0.0)
    desk.session(SessionEvent.UNLOCKED)
    (natural,) = desk.kept.values()
    assert (natural.outcome, natural.seated_s) == (Outcome.NATURAL, pytest.approx(6 * 60))


def test_nothing_to_wait_for_cancels_the_alarm(desk):
    desk.runtime.pause()
    assert desk.rings_in is None


def test_the_one_click_keeps_the_moment_it_was_made_in(desk):
    desk.works(20)
    episode = desk.book.log_numbness()
    assert episode.context.seated_s == pytest.approx(1200)
    assert (episode.context.seat, episode.context.skipped_today) == (Seat.SITTING, 0)
    assert desk.log == [episode]
    app_snapshot = desk.runtime.app_snapshot()
    assert app_snapshot.open_episode == app_snapshot.undoable == episode
    desk.works(11)
    assert desk.runtime.app_snapshot().undoable is None
    ended = ended_form(episode, desk.clock.wall)
    assert desk.book.end() == ended
    assert desk.book.remove() == ended
    assert desk.log == []


def test_what_helped_is_kept_with_the_end(desk):
    first = desk.book.log_numbness()
    desk.clock.passes(60)
    second = desk.book.log_numbness()
    desk.calls.clear()
    assert desk.book.end_with_relief(first.id, ReliefMethod.MASSAGE) == ended_form(first, desk.clock.wall, "massage")
    desk.book.end_with_relief(second.id, None)
    assert desk.calls == [
        f"end {first.id}, massage helped",
        f"withdraw messages about {first.id}",
        f"end {second.id}, None helped",
        f"withdraw messages about {second.id}",
    ]


def test_an_announcement_that_may_be_unseen_goes_to_a_window_of_our_own_before_the_card(desk):
    desk.unseen = True
    desk.works(49)
    shown = [call.split()[0] for call in desk.calls if call.startswith(("announce", "insist", "open"))]
    assert shown == ["announce", "insist", "open"]


def test_the_message_that_no_tray_came_opens_the_panel_logs_and_is_not_shown_again(desk):
    desk.answered(Action.PANEL, None)
    desk.answered(Action.LOG, None)
    desk.answered(Action.NOT_AGAIN, None)
    assert len(desk.log) == 1
    assert [call for call in desk.calls if call in ("panel", "not again")] == ["panel", "not again"]


def test_relief_and_help_asked_for_on_a_notification_are_shown(desk):
    desk.answered(Action.RELIEF)
    assert desk.calls[-1] == "relief"
    desk.answered(Action.HELP)
    assert desk.calls[-1] == "help"


def test_a_routine_is_begun_and_ticked_off_once_the_person_got_up(desk):
    assert desk.runtime.act(Action.ROUTINE) is None
    assert "open routine:daily" in desk.calls
    assert desk.runtime.act(Action.ROUTINE) == "A break is already running."
    assert desk.runtime.turn_card(60.0) is None
    assert desk.runtime.elapsed() == 60.0
    assert desk.runtime.hold_card(held=True) is None
    assert desk.runtime.is_card_held()
    assert desk.runtime.hold_card(held=False) is None
    assert not desk.runtime.is_card_held()
    assert desk.runtime.app_snapshot().snapshot.current.remaining_s == 360.0
    desk.runtime.act(Action.MOVED)
    assert "routine:daily done" in desk.calls
    assert [(one.outcome, one.card) for one in desk.kept.values()] == [(Outcome.MOVED, "routine:daily")]


def test_an_episode_of_yesterday_does_not_borrow_todays_moment(desk):
    yesterday = Episode("y", MONDAY_9 - timedelta(days=1))
    assert desk.book.log_numbness(yesterday).context.seated_s is None


def test_each_change_of_an_episode_draws_anew_once_and_what_no_longer_holds_is_taken_down(desk):
    seen = []
    desk.runtime.subscribe(seen.append)
    desk.calls.clear()
    episode = desk.book.log_numbness()
    desk.book.add_details(replace(episode, note="on the left"))
    assert [(one.open_episode, one.undoes_change) for one in seen] == [
        (episode, False),
        (replace(episode, note="on the left"), True),
    ]
    assert f"withdraw messages about {episode.id}" not in desk.calls, "it is still numb: the message may be answered"
    desk.book.remove()
    assert (len(seen), seen[-1].open_episode, seen[-1].undoable) == (3, None, None)
    assert desk.calls.count(f"withdraw messages about {episode.id}") == 1


def test_undo_on_the_notification_takes_back_the_last_change_and_then_the_log(desk):
    desk.answered(Action.UNDO)
    assert desk.said[-1].body == "There is no episode to undo."
    episode = desk.book.log_numbness()
    desk.book.add_details(replace(episode, note="on the left"))
    desk.answered(Action.UNDO)
    assert desk.log == [episode]
    desk.answered(Action.UNDO)
    assert desk.log == []
    desk.answered(Action.GONE)
    assert desk.said[-1].body == "No episode is open."


def test_the_answers_of_a_notification_mean_the_episode_it_is_about(desk):
    first = desk.book.log_numbness()
    desk.clock.passes(60)
    second = desk.book.log_numbness()
    desk.calls.clear()
    desk.answered(Action.GONE, first.id)
    assert desk.calls == [f"end {first.id}, None helped", f"withdraw messages about {first.id}"]
    assert desk.book.open_episode == second
    desk.answered(Action.UNDO, first.id)
    desk.answered(Action.UNDO, first.id)
    assert desk.log == [second]
    assert desk.said[-1].body == "There is no episode to undo."
    assert f"withdraw messages about {second.id}" not in desk.calls


def test_what_a_notification_offers_while_another_episode_is_open(desk):
    first = desk.book.log_numbness()
    desk.clock.passes(60)
    second = desk.book.log_numbness()
    desk.answered(Action.DETAILS, first.id)
    desk.answered(Action.ANOTHER_ONE, second.id)
    assert desk.calls[-2:] == [f"details of {first.id}", f"say logged {second.id}"]
    desk.answered(Action.ADD_TO_IT, second.id)
    assert desk.calls[-1] == f"details of {first.id}"
    assert desk.log == [first]
    desk.answered(Action.ADD_TO_IT, second.id)
    assert desk.said[-1].body == "That episode is no longer in the log."


def test_a_view_that_cannot_be_redrawn_refuses_no_click(desk, monkeypatch):
    caught, seen = [], []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: caught.append(kind))

    def breaks(_app_snapshot):
        raise RuntimeError("Internal C++ object (PySide6.QtGui.QScreen) already deleted.")

    desk.runtime.subscribe(breaks)
    desk.runtime.subscribe(seen.append)
    assert desk.runtime.act(Action.STAND) is None
    assert seen[-1].snapshot.state is State.STANDING
    desk.runtime.pause()
    assert desk.book.log_numbness() in desk.log
    assert caught == [RuntimeError] * 3


def test_a_card_that_cannot_be_closed_loses_no_break(desk, monkeypatch):
    caught = []
    monkeypatch.setattr("sys.excepthook", lambda kind, _error, _trace: caught.append(kind))
    desk.runtime.act(Action.START)

    def breaks(_stage, **_how):
        raise RuntimeError("Internal C++ object (PySide6.QtGui.QScreen) already deleted.")

    monkeypatch.setattr(_Stage, "close", breaks)
    monkeypatch.setattr(_Stage, "ask_after", breaks)
    assert desk.runtime.act(Action.DONE) is None
    assert desk.runtime.act(Action.MOVED) is None
    assert [record.outcome for record in desk.kept.values()] == [Outcome.MOVED]
    assert caught == [RuntimeError] * 2


def test_a_subscriber_sees_each_change(desk):
    seen = []
    desk.runtime.subscribe(seen.append)
    desk.runtime.act(Action.STAND)
    assert seen[-1].snapshot.state is State.STANDING
    desk.broken = True
    desk.runtime.refresh()
    assert seen[-1].notes == ("The log is full.",)


def test_a_glance_counts_the_time_nobody_noticed_and_does_what_is_due(desk):
    seen = []
    desk.runtime.subscribe(seen.append)
    desk.clock.passes(46 * 60)
    assert desk.runtime.app_snapshot().snapshot.due
    assert desk.rings_in == 0, "the hands may be typing: a look will tell"
    desk.ring()
    assert desk.runtime.app_snapshot().snapshot.state is State.ANNOUNCED
    assert seen[-1].snapshot.state is State.ANNOUNCED


def test_a_glance_ends_what_is_over(desk):
    seen = []
    desk.works(45)
    desk.answered(Action.START)
    desk.runtime.subscribe(seen.append)
    desk.clock.passes(121)
    desk.runtime.app_snapshot()
    assert "ask after" in desk.calls
    assert seen[-1].snapshot.state is State.BREAK


def test_a_due_break_looks_for_a_pause_whenever_there_can_be_one_and_gives_up_after_patience(desk):
    desk.works(44.5)
    desk.idle_s = 0.4
    desk.clock.passes(30)
    looks = 0
    while not any(call.startswith("announce") for call in desk.calls):
        desk.ring()
        looks += 1
        desk.clock.passes(desk.rings_in)
    assert looks == 71, "every 2.6 s: the last key was 0.4 s before each look"
    assert desk.rings_in == 180, "the card opens after patience, as ever"


def test_a_due_break_is_announced_at_the_first_pause(desk):
    desk.works(44.5)
    desk.idle_s = 0.4
    desk.clock.passes(30)
    desk.ring()
    desk.clock.passes(1)
    desk.report(0.5)
    assert "announce seated-hamstring" not in desk.calls
    desk.clock.passes(1)
    desk.idle_s = 3.2
    desk.ring()
    assert "announce seated-hamstring" in desk.calls


def test_at_speed_the_looks_lie_a_twentieth_of_a_second_apart_and_the_wait_is_short():
    desk = Desk(HeldClock(), speed=60.0)
    desk.works(44.5)
    desk.idle_s, began = 0.4, desk.clock.mono + 30
    desk.clock.passes(30)
    desk.ring()
    while not any(call.startswith("announce") for call in desk.calls):
        assert desk.rings_in >= 0.05 - 1e-9
        desk.clock.passes(desk.rings_in * 60)
        desk.ring()
    assert began < desk.clock.mono <= began + 60, "within a second of real time"


def test_pausing_until_a_time_and_until_the_next_working_day(desk):
    desk.runtime.pause_until_clock(time(8, 30))
    until = desk.runtime.app_snapshot().snapshot.paused_until
    assert (until.day, until.hour, until.minute) == (3, 8, 30)
    desk.runtime.pause_until_workday()
    until = desk.runtime.app_snapshot().snapshot.paused_until
    assert (until.day, until.hour) == (3, 4), "without working hours, tomorrow"


def test_unknown_idleness_is_said_and_every_sense_named(desk):
    desk.idle_s = None
    assert desk.runtime.app_snapshot().notes == ("No idea.",)
    assert set(desk.runtime.senses()) == {"idle", "session", "quiet", "notify"}


def test_a_call_holds_a_due_break_back_and_its_end_lets_it_come(desk):
    desk.works(44)
    desk.quiet("call", "microphone in use by Firefox")
    desk.works(10)
    held = desk.runtime.app_snapshot().snapshot
    assert [(one.id, one.reason, one.until) for one in held.suppressed] == [
        ("call", "microphone in use by Firefox", None)
    ]
    assert (held.state, held.due) == (State.SITTING, True)
    desk.quiet("call", None)
    assert desk.runtime.app_snapshot().snapshot.state is State.SITTING
    desk.works(1)
    assert desk.runtime.app_snapshot().snapshot.state is State.ANNOUNCED


def test_what_is_in_front_is_looked_at_before_a_break_is_announced_and_the_moment_shown(desk):
    desk.works(44.5)
    desk.unreported.append(("fullscreen", "Mpv fills the screen"))
    desk.clock.passes(30)
    desk.runtime.ring()
    assert not any(call.startswith("announce") for call in desk.calls)
    assert (desk.runtime.app_snapshot().snapshot.due, desk.runtime.app_snapshot().snapshot.state) == (
        True,
        State.SITTING,
    )
    desk.unreported.append(("call", "microphone in use by Zoom"))
    assert [one.id for one in desk.runtime.app_snapshot().snapshot.suppressed] == ["fullscreen", "call"]


def test_what_was_heard_of_the_hands_long_ago_does_not_put_the_break_after_a_call_off(desk):
    desk.runtime.configure(Settings(settle=0.0))
    desk.works(44)
    desk.quiet("call", "microphone in use by Firefox")
    desk.works(10)
    desk.idle_s = 600.0
    desk.clock.passes(5)
    desk.quiet("call", None)
    assert desk.rings_in == 0, "a look tells at once"
    desk.ring()
    assert desk.runtime.app_snapshot().snapshot.state is State.ANNOUNCED


def test_new_settings_reach_the_quiet_sense(desk):
    desk.runtime.configure(Settings(quiet_call=False))
    assert "quiet configured" in desk.calls


def test_a_break_is_heard_by_the_ports_and_new_settings_reach_them(desk):
    desk.runtime.configure(Settings(sound_enabled=True, sound_read_aloud=True))
    assert {"sounds configured", "voice configured"} < set(desk.calls)
    desk.calls.clear()
    desk.runtime.act(Action.START)
    for step, words in (("1", "Sit tall"), ("1", "Sit tall"), ("2", "Lean")):
        desk.runtime.step_shown(step, words)
    desk.runtime.act(Action.DONE)
    heard = [call for call in desk.calls if call.startswith(("open", "sound", "read", "hush", "ask"))]
    assert heard[1:] == [
        "sound of start", "read Sit tall", "sound of step", "read Lean", "ask after", "hush", "sound of end",
    ]  # fmt: skip
    assert set(desk.runtime.sound_status()) == {"sound", "speech"}


def test_a_pause_and_its_end_are_kept_at_once(desk):
    desk.works(1)
    desk.runtime.pause(for_s=3600.0)
    assert desk.saved["paused"] is True
    desk.runtime.act(Action.RESUME)
    assert desk.saved["paused"] is False


def test_the_beginning_and_the_end_of_an_absence_are_kept_at_once(desk):
    """A crash must not bring back an absence that is over: a late restart would take it for a break."""
    desk.works(1)
    desk.session(SessionEvent.LOCKED)
    assert desk.saved["off_chair"] is not None
    desk.session(SessionEvent.UNLOCKED)
    assert desk.saved["off_chair"] is None


def test_the_state_is_kept_now_and_then_and_at_the_end(desk):
    desk.calls.clear()
    desk.works(5)
    assert desk.calls.count("save") == 3
    desk.runtime.end()
    parts = ("Idle", "Session", "Quiet", "Notifier", "Sounds", "Voice")
    assert desk.calls[-7:] == ["save", *(f"_{part} stops" for part in parts)]


def test_the_daily_routine_is_offered_at_its_hour_unless_today_has_had_it(desk):
    for offer in (None, Notice("The daily routine?", "")):
        desk.offer = offer
        desk.clock.wall = desk.clock.wall.replace(hour=10) + timedelta(days=1)
        desk.runtime.configure(Settings(posture_enabled=False, routine_at=time(10, 30)))
        desk.works(minutes=31)
        assert desk.said == ([offer] if offer else [])
