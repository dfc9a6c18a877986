"""The words for why NumbGuard keeps quiet, for any number of reasons at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from numbguard.core.breaks.messages import State, Suppression
from numbguard.core.breaks.snapshot import Snapshot
from numbguard.wording.quiet import deferred, reasons, waiting
from tools.fakes import MORNING, snapshot

CALL = Suppression("call", "microphone in use by Firefox")
DND = Suppression("dnd", "Do Not Disturb is on")
PAUSE = Suppression("paused", "paused", MORNING.replace(hour=14, minute=30))
HOURS = Suppression("hours", "outside your working hours", MORNING + timedelta(days=7, hours=-1))
OTHER = Suppression("something-new", "the kettle is on", MORNING + timedelta(hours=1))


@pytest.mark.parametrize(
    ("now", "lines", "next_break"),
    [
        (snapshot(minutes=50, suppressed=(CALL,)), (), "Your break will start when the call ends"),
        (snapshot(minutes=20, suppressed=(CALL,)), (), ""),
        (
            snapshot(minutes=50, suppressed=(CALL, DND, OTHER)),
            ("Microphone in use by Firefox", "Do Not Disturb is on", "The kettle is on until 11:15"),
            "Your break will start when all of these are over",
        ),
        (snapshot(minutes=50, suppressed=(OTHER,)), (), "Your break will start when this is over"),
        (
            snapshot(State.PAUSED, minutes=50, suppressed=(PAUSE,), paused_until=PAUSE.until),
            (),
            "Your break will start when the pause ends",
        ),
        (
            snapshot(State.PAUSED, minutes=50, suppressed=(PAUSE, HOURS), paused_until=PAUSE.until),
            ("Outside your working hours until Monday, 09:15",),
            "Your break will start when all of these are over",
        ),
        (
            snapshot(State.OFF, minutes=0, suppressed=(HOURS, CALL)),
            ("Microphone in use by Firefox",),
            "",
        ),
        (snapshot(State.AWAY, suppressed=(CALL, DND)), (), ""),
        (
            snapshot(minutes=200, suppressed=(CALL, DND), overdue=True),
            (),
            "Your break will start when all of these are over",
        ),
    ],
)
def test_each_reason_has_a_line_unless_the_heading_says_it_all(
    now: Snapshot, lines: tuple[str, ...], next_break: str
) -> None:
    assert reasons(now) == lines
    assert deferred(now) == next_break


def test_a_break_that_waits_says_since_when() -> None:
    assert waiting(snapshot(minutes=45 + 125, suppressed=(CALL,))) == "a break has been waiting since 08:10"
    overnight = snapshot(minutes=45 + 12 * 60, suppressed=(CALL,))
    assert waiting(overnight) == "a break has been waiting since yesterday, 22:15"
