"""Posture: the tips and their order, their clock beside the breaks, and the five points of a check.

Pure functions. The engine calls ``advance`` and ``nudges`` in each step, ``view`` calls ``wait`` for the alarm, the
runtime finds a tip's words by ``tip``, and the window of the check makes a record by ``checked``. A nudge is small: it
keeps away from breaks and from times in which NumbGuard must keep quiet. A nudge that has to wait waits, and two never
pile up.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final, Literal

from numbguard.core.log.records.episode import Seat
from numbguard.core.log.records.habits import PostureCheck
from numbguard.core.sentence import N_
from numbguard.core.settings.settings import Settings

from ..messages import HOURS, NudgePosture
from ..presence import away, counting
from ..state.engine_state import EngineState

APART_S: Final = 5 * 60.0
"""Seconds before a due break, and after one, in which there is no posture tip."""

REMEMBERED: Final = 60


@dataclass(frozen=True, slots=True)
class PostureTip:
    """One piece of advice. The motion of the card illustrates it."""

    slug: str
    seat: Seat
    title: str
    body: str
    card: Literal["desk-posture", "standing-posture"]
    motion: str
    section: Literal["prevention.posture"] = "prevention.posture"
    """The section of the guide that it is based on: the value of a ``core.cards.cards.Section``, as the engine does not
    know cards."""


def _desk(slug: str, motion: str, title: str, body: str) -> PostureTip:
    return PostureTip(slug, Seat.SITTING, title, body, "desk-posture", motion)


def _standing(slug: str, motion: str, title: str, body: str) -> PostureTip:
    return PostureTip(slug, Seat.STANDING, title, body, "standing-posture", motion)


TIPS: Final = (
    _desk(
        "uncross",
        "legs",
        N_("Legs side by side"),
        N_("Crossing them for a moment is fine. Crossing them for long isn't. Uncross them now."),
    ),
    _desk("feet-flat", "feet", N_("Both feet flat?"), N_("Put your whole foot on the floor, heels and toes.")),
    _desk(
        "screen-level",
        "screen",
        N_("Where is your screen?"),
        N_("It should be at eye level, so you don't have to bend your neck."),
    ),
    _desk(
        "sit-back", "back", N_("Sit back"), N_("Lean back and let the chair support the natural curve of your spine.")
    ),
    _desk(
        "right-angle",
        "knees",
        N_("Knees at a right angle"),
        N_("Aim for about 90°. Move your feet until you get there."),
    ),
    _desk("footrest", "feet", N_("Feet in the air?"), N_("If you can't reach the floor, use a footrest.")),
    _desk(
        "hold-nothing-long",
        "sit",
        N_("The same position for a while?"),
        N_("Sitting awkwardly for long presses on nerves. Shift about."),
    ),
    _desk(
        "set-it-down",
        "legs",
        N_("One leg over the other?"),
        N_("Put it down. Steady pressure on a nerve is what makes your foot go to sleep."),
    ),
    _desk(
        "neck-to-legs",
        "screen",
        N_("Ease your neck"),
        N_("Neck strain can indirectly affect the nerves in your legs. Look straight ahead."),
    ),
    _desk(
        "meet-the-chair",
        "back",
        N_("Is your back on the chair?"),
        N_("Your chair can only support you if you lean on it. Slide right back."),
    ),
    _desk(
        "feet-forward",
        "knees",
        N_("Feet tucked under the chair?"),
        N_("Bring them forward, flat on the floor, with your knees at 90°."),
    ),
    _desk(
        "five-points",
        "sit",
        N_("From the ground up"),
        N_("Feet flat, knees at 90°, back supported, screen at eye level, legs uncrossed."),
    ),
    _desk(
        "legs-drawn-in",
        "knees",
        N_("Legs stretched far out?"),
        N_("Bring your feet in until your knees are at 90° again."),
    ),
    _standing("even-weight", "weight", N_("Even on both feet"), N_("Put the same weight on each foot.")),
    _standing(
        "shift",
        "weight",
        N_("Shift your weight"),
        N_("A little more on the left foot, then the right. It makes standing easier."),
    ),
    _standing("soft-mat", "weight", N_("Something soft underfoot"), N_("If you often stand for long, use a soft mat.")),
    _standing(
        "one-hip",
        "weight",
        N_("Hanging on one hip?"),
        (N_("Come back to the middle and put your weight on both feet again.")),
    ),
    _standing(
        "other-foot", "weight", N_("The other foot's turn"), N_("Give the foot that has been doing the work a rest.")
    ),
    _standing(
        "screen-standing",
        "line",
        N_("Is your screen still at eye level?"),
        N_("Standing or sitting, it should be at eye level."),
    ),
    _standing(
        "still-long",
        "weight",
        N_("Standing still for a while?"),
        (N_("Shift your weight from one foot to the other now and then.")),
    ),
)

_BY_SLUG: Final = {each.slug: each for each in TIPS}


def tip(slug: str) -> PostureTip:
    """Return the tip with that slug; raises ``KeyError`` if there is none."""
    return _BY_SLUG[slug]


def next_tip(shown: Sequence[str], seat: Seat) -> PostureTip:
    """Return the tip for that seat that was shown longest ago or never. ``shown``: slugs, the last one last."""
    last = {slug: place for place, slug in enumerate(shown)}
    return min((each for each in TIPS if each.seat is seat), key=lambda each: last.get(each.slug, -1))


# --- the clock -------------------------------------------------------------------------------------------------------


def advance(state: EngineState, settings: Settings, passed: float) -> None:
    """Let ``passed`` seconds pass on the posture clock, which runs while somebody sits or stands at the desk."""
    if _at_desk(state, settings) and HOURS not in state.suppressions:
        state.posture_s += passed
    state.rest_s = APART_S if state.current else max(0.0, state.rest_s - passed)


def rest(state: EngineState) -> None:
    """Begin the quiet after a break."""
    state.rest_s = APART_S


def nudges(state: EngineState, settings: Settings) -> tuple[NudgePosture, ...]:
    """Return the nudge to give now, if any; it restarts the posture clock."""
    if wait(state, settings) != 0:
        return ()
    chosen = next_tip(state.tips, state.seat)
    state.posture_s = 0.0
    state.tips = [*state.tips[1 - REMEMBERED :], chosen.slug]
    return (NudgePosture(chosen.slug),)


def wait(state: EngineState, settings: Settings) -> float:
    """Return the seconds until a nudge; infinite if a break comes first or NumbGuard must keep quiet."""
    if not settings.posture_enabled or not may_speak(state, settings):
        return math.inf
    left = max(0.0, settings.posture_interval - state.posture_s, state.rest_s, state.settle_s)
    return math.inf if near_break(state, settings, left) else left


def near_break(state: EngineState, settings: Settings, in_s: float) -> bool:
    """Whether a break is due, or waits, within five minutes after something said in ``in_s`` seconds."""
    return state.due_at_s - state.seated_s - (in_s if counting(state, settings) else 0.0) < APART_S


def _at_desk(state: EngineState, settings: Settings) -> bool:
    return not (state.locked or state.asleep or away(state, settings))


def may_speak(state: EngineState, settings: Settings) -> bool:
    """Whether somebody is at the desk and neither a break nor a reason to keep quiet is on."""
    seen = state.unseen_s is None
    return seen and state.current is None and not state.suppressions and _at_desk(state, settings)


# --- Check my posture ------------------------------------------------------------------------------------------------


class PosturePoint(Enum):
    """The five points of sitting well at a desk. The value is the motion of ``desk-posture`` that marks it."""

    FEET = "feet"
    KNEES = "knees"
    SCREEN = "screen"
    BACK = "back"
    LEGS = "legs"


def checked(held: Collection[PosturePoint], *, id: str, at: datetime) -> PostureCheck:
    """Return the record of one check of the five points; ``held`` are those that were right."""
    return PostureCheck(
        id,
        at,
        feet_supported=PosturePoint.FEET in held,
        knees_level=PosturePoint.KNEES in held,
        screen_level=PosturePoint.SCREEN in held,
        back_supported=PosturePoint.BACK in held,
        legs_uncrossed=PosturePoint.LEGS in held,
    )
