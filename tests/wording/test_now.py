"""The words of the tray, the panel and the announcements, for each state."""

from __future__ import annotations

from datetime import timedelta

import pytest

from numbguard.core.breaks.messages import Action, Announce, Phase, State, Suppression
from numbguard.core.cards.routines import RoutinePart
from numbguard.core.ports import AppSnapshot
from numbguard.wording import now as words
from numbguard.wording.now import IconFace
from tools.fakes import MORNING, app_snapshot, episode

CALL = Suppression("call", "microphone in use")
SCREEN = Suppression("fullscreen", "a window fills the screen")
PAUSED = Suppression("paused", "paused", MORNING.replace(hour=14, minute=30))
HOURS = Suppression("hours", "outside working hours", MORNING + timedelta(days=1, hours=-1))


@pytest.mark.parametrize(
    ("shown", "face", "tip", "line"),
    [
        (
            app_snapshot(minutes=23),
            IconFace.SITTING,
            "Sitting for 23 minutes, next break in 22 minutes",
            "Next break in 22 min",
        ),
        (
            app_snapshot(minutes=0.5),
            IconFace.SITTING,
            "Just sat down, next break in 45 minutes",
            "Next break in 45 min",
        ),
        (
            app_snapshot(minutes=44.5),
            IconFace.SITTING,
            "Sitting for 44 minutes, next break in 1 minute",
            "Next break in 1 min",
        ),
        (
            app_snapshot(minutes=10, interval=90),
            IconFace.SITTING,
            "Sitting for 10 minutes, next break in 1 h 20 min",
            "Next break in 1 h 20 min",
        ),
        (
            app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED),
            IconFace.DUE,
            "Sitting for 45 minutes: time to move your legs",
            "A break is due",
        ),
        # A break is due, but the machine has only just woken: the icon shows it before the announcement does.
        (app_snapshot(minutes=46), IconFace.DUE, "Sitting for 46 minutes: time to move your legs", "A break is due"),
        (
            app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=118),
            IconFace.BREAK,
            "On a break; 2 minutes left",
            "On a break",
        ),
        (
            app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=20),
            IconFace.BREAK,
            "On a break; 20 seconds left",
            "On a break",
        ),
        (
            app_snapshot(State.BREAK, phase=Phase.AFTER),
            IconFace.BREAK,
            "Break over; did you get up?",
            "Did you get up?",
        ),
        (
            app_snapshot(minutes=30, suppressed=(CALL,)),
            IconFace.QUIET,
            "Reminders off: microphone in use; next break in 15 minutes",
            "Next break in 15 min. Reminders off: microphone in use",
        ),
        (
            app_snapshot(minutes=50, suppressed=(CALL,)),
            IconFace.QUIET,
            "Reminders off: microphone in use; your break will start when the call ends",
            "Break due, on hold: microphone in use",
        ),
        (
            app_snapshot(minutes=50, suppressed=(CALL, SCREEN)),
            IconFace.QUIET,
            "Reminders off: microphone in use and a window fills the screen; your break will start when all of "
            "these are over",
            "Break due, on hold: microphone in use and a window fills the screen",
        ),
        (
            app_snapshot(minutes=170, suppressed=(CALL,), overdue=True),
            IconFace.DUE,
            "Sitting for 2 h 50 min, and a break has been waiting since 08:10; reminders off: microphone in use; "
            "your break will start when the call ends",
            "Break waiting (microphone in use)",
        ),
        (
            app_snapshot(State.PAUSED, suppressed=(PAUSED,), paused_until=PAUSED.until),
            IconFace.PAUSED,
            "Paused until 14:30; sitting for 23 minutes",
            "Paused until 14:30",
        ),
        (
            app_snapshot(State.PAUSED, minutes=0, suppressed=(PAUSED,), paused_until=MORNING + timedelta(days=1)),
            IconFace.PAUSED,
            "Paused until tomorrow, 10:15",
            "Paused until tomorrow, 10:15",
        ),
        (
            app_snapshot(State.PAUSED, minutes=0, suppressed=(PAUSED,), paused_until=MORNING + timedelta(days=3)),
            IconFace.PAUSED,
            "Paused until Thursday, 10:15",
            "Paused until Thursday, 10:15",
        ),
        (
            app_snapshot(State.PAUSED, minutes=0, suppressed=(PAUSED,)),
            IconFace.PAUSED,
            "Paused until you turn it back on",
            "Paused until you turn it back on",
        ),
        (
            app_snapshot(State.STANDING),
            IconFace.STANDING,
            "Standing; sitting timer paused",
            "Standing – no break needed",
        ),
        (
            app_snapshot(State.AWAY),
            IconFace.AWAY,
            "Away from the desk; your sitting time picks up again when you're back",
            "Away from the desk",
        ),
        (
            app_snapshot(State.OFF, suppressed=(HOURS,)),
            IconFace.OFF,
            "Outside your working hours; reminders resume tomorrow at 09:15",
            "Outside your working hours",
        ),
        (
            app_snapshot(State.OFF, suppressed=(Suppression("hours", "outside working hours"),)),
            IconFace.OFF,
            "Outside your working hours",
            "Outside your working hours",
        ),
    ],
)
def test_each_moment_has_its_words(shown: AppSnapshot, face: IconFace, tip: str, line: str) -> None:
    assert words.face(shown.snapshot) is face
    assert words.tool_tip(shown) == tip
    assert words.status_line(shown) == line


def test_the_tool_tip_owns_up_to_a_hurried_clock() -> None:
    assert words.tool_tip(app_snapshot(speed=60.0)).endswith("22 minutes · ×60 speed")
    assert words.speed(app_snapshot()) == ""


def test_an_open_episode_is_named_with_its_age() -> None:
    fresh = words.tool_tip(app_snapshot(open_episode=episode()))
    older = words.tool_tip(app_snapshot(open_episode=episode(MORNING - timedelta(minutes=7))))
    assert fresh.splitlines()[1] == "Numbness logged at 10:15, just now"
    assert older.splitlines()[1] == "Numbness logged at 10:08, 7 minutes ago"


def test_a_snooze_lengthens_the_way_to_the_break() -> None:
    assert words.share(app_snapshot(minutes=0).snapshot) == 0
    assert words.share(app_snapshot(minutes=45, due_in=5).snapshot) == 0.9
    assert words.share(app_snapshot(minutes=45).snapshot) == 1


def test_the_announcement_is_short_and_says_how_long_it_takes() -> None:
    due = Announce(card="seated-hamstring", seated_s=45 * 60, can_snooze=True, snooze_s=300)
    notice = words.announcement(due, card_title="Seated hamstring stretch", duration_s=120)
    assert notice.title == "Time to move your legs"
    assert notice.body == "Sitting for 45 minutes. Seated hamstring stretch, 2 minutes."
    assert len(notice.body) < 65, "GNOME's banner cuts it at about fifty characters"
    assert notice.answers == (
        (Action.START, "Start"),
        (Action.SNOOZE, "In 5 minutes"),
        (Action.SKIP, "Skip"),
    )


def test_the_announcement_says_why_the_card_was_chosen() -> None:
    due = Announce(card="calf-raises", seated_s=2700, can_snooze=True, snooze_s=300)
    notice = words.announcement(due, card_title="Calf raises", duration_s=120, reason="for your calf, once this week")
    assert notice.body.endswith("Calf raises, 2 minutes: for your calf, once this week.")


def test_no_snooze_is_offered_when_none_is_left() -> None:
    due = Announce(card="walk", seated_s=20, can_snooze=False, snooze_s=60)
    notice = words.announcement(due, card_title="A short walk")
    assert [action for action, _ in notice.answers] == [Action.START, Action.SKIP]
    assert notice.body == "Sitting for a while. A short walk."
    assert words.snooze_label(60) == "In 1 minute"
    assert words.announcement(due).body == "Sitting for a while."
    assert words.announcement(due, card_title="Walk", duration_s=60).body.endswith("Walk, 1 minute.")


def test_after_the_last_skip_a_short_break_is_offered_with_a_word_in_place_of_a_reproach() -> None:
    due = Announce(card="calf-raises", seated_s=2700, can_snooze=True, snooze_s=300, skips=3)
    notice = words.announcement(due, card_title="Calf raises", duration_s=120, reason="for your calves")
    assert notice.body == "Sitting for 45 minutes. You skipped 3 breaks in a row. A short stand counts too."
    assert [label for _, label in notice.answers] == ["Start", "In 5 minutes", "Just 20 seconds"]
    assert notice.answers[2][0] is Action.SHORT
    assert words.short_counts(1) == "You skipped the last break. A short stand counts too."
    shown = app_snapshot(State.ANNOUNCED, minutes=45, phase=Phase.ANNOUNCED, skips=3)
    assert words.moment(shown).next == "You skipped 3 breaks in a row. A short stand counts too."


def test_a_logged_episode_is_confirmed() -> None:
    assert (
        words.logged(app_snapshot(), episode().started_at).body
        == "Logged at 10:15. Move about a bit, and choose “It's gone” when it wears off."
    )


def test_a_logged_episode_offers_what_a_person_may_want_next() -> None:
    notice = words.logged(app_snapshot(), MORNING, about="an-id")
    assert [label for _, label in notice.answers] == ["Undo", "It's gone", "Add details"]
    assert notice.about == "an-id"
    with_form = words.logged(app_snapshot(), MORNING, about="an-id", form_open=True)
    assert [label for _, label in with_form.answers] == ["Undo", "It's gone", "Step-by-step relief"]


def test_while_another_is_open_it_asks_whether_this_is_part_of_it() -> None:
    notice = words.logged(app_snapshot(), MORNING, about="an-id", open_since=MORNING - timedelta(minutes=40))
    assert (notice.title, notice.body) == (
        "Numbness logged",
        "Logged at 10:15. The numbness from 09:35 hasn't ended yet. Is this the same one?",
    )
    assert [label for _, label in notice.answers] == ["It's a new one", "Add to that one", "Undo"]
    for ago, says in (
        (timedelta(hours=11), "from Sunday at 23:15 hasn't"),
        (timedelta(seconds=5), "from a moment ago hasn't"),
    ):
        assert says in words.logged(app_snapshot(), MORNING, open_since=MORNING - ago).body


@pytest.mark.parametrize(
    ("ago", "says"),
    [(timedelta(hours=1), "Logged for 09:15."), (timedelta(days=1), "Logged for 10:15 on ")],
)
def test_one_that_was_told_afterwards_is_not_asked_to_move_now(ago: timedelta, says: str) -> None:
    body = words.logged(app_snapshot(), episode().started_at - ago).body
    assert body.startswith(says)
    assert "Move" not in body


def test_words_change_with_the_minute() -> None:
    assert words.seconds_to_change(app_snapshot(minutes=23.25).snapshot) == 45
    assert words.seconds_to_change(app_snapshot(State.BREAK, phase=Phase.CARD, remaining_s=80).snapshot) == 20


def test_the_daily_routine_is_offered_with_what_it_takes() -> None:
    parts = tuple(
        RoutinePart("The daily routine", "quad", number, 6, number * 70.0 - 70, number * 70.0) for number in range(1, 7)
    )
    offer = words.routine_offer(parts)
    assert (offer.title, offer.body) == (
        "The daily routine?",
        "6 cards in a row, about 7 minutes. This counts as a break.",
    )
    assert [action for action, _ in offer.answers] == [
        Action.ROUTINE,
        Action.ROUTINE_LATER,
        Action.ROUTINE_NOT_TODAY,
    ]
    assert words.routine_offer(parts[:1]).body.startswith("1 card in a row, about 1 minute")
