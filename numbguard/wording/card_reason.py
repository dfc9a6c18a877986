"""Why a card was chosen, in words: a line on the card and a few words in the announcement. Pure; no Qt.

Called by the composition root on the GUI thread. Nothing here names a symptom: the announcement may be seen by others.
"""

from __future__ import annotations

from numbguard.core.cards.choosing import Because, Reason, Since
from numbguard.core.log.records import Region, Side


def on_card(reason: Reason) -> str:
    """``For your left calf: logged twice this week.``"""
    if reason.because is Because.WAITED:
        return "You have not done this one for a while."
    if reason.because is Because.NEW:
        return "A new one, not shown before."
    return f"For {part(reason.region, reason.side)}: logged {_how_often(reason)}."


def in_announcement(reason: Reason) -> str:
    """``for your left calf, twice this week``; empty where there is nothing worth a word."""
    if reason.because is not Because.LOGGED:
        return ""
    return f"for {part(reason.region, reason.side)}, {_how_often(reason)}"


def part(region: Region | None, side: Side | None) -> str:
    """``your left calf``, ``your calves``, ``the toes of your right foot``."""
    if region is None:
        return "your legs"
    one, both = _PARTS[region]
    if side is Side.BOTH:
        return both
    return one.format(side=f"{side.value} " if side is not None else "")


def _how_often(reason: Reason) -> str:
    times = {1: "once", 2: "twice"}.get(reason.times, f"{reason.times} times")
    return f"{times} {'this week' if reason.since is Since.MONDAY else 'in two weeks'}"


_PARTS = {
    Region.LOWER_BACK: ("your lower back", "your lower back"),
    Region.BUTTOCK: ("your {side}buttock", "your buttocks"),
    Region.HIP: ("your {side}hip", "your hips"),
    Region.THIGH_FRONT: ("the front of your {side}thigh", "the front of your thighs"),
    Region.THIGH_OUTER: ("the outer side of your {side}thigh", "the outer side of your thighs"),
    Region.THIGH_BACK: ("the back of your {side}thigh", "the back of your thighs"),
    Region.KNEE: ("your {side}knee", "your knees"),
    Region.SHIN: ("your {side}shin", "your shins"),
    Region.CALF: ("your {side}calf", "your calves"),
    Region.ANKLE: ("your {side}ankle", "your ankles"),
    Region.FOOT_TOP: ("the top of your {side}foot", "the tops of your feet"),
    Region.SOLE: ("the sole of your {side}foot", "the soles of your feet"),
    Region.TOES: ("the toes of your {side}foot", "your toes"),
}
