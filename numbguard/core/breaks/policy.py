"""When NumbGuard may speak: what each reason to keep quiet means, and how long a due break waits for the right second.

Figures only; used by the engine. Working hours are in ``hours``.
"""

from __future__ import annotations

from .messages import CALL, FULLSCREEN, HOURS, PAUSED, SHARING

WORKED_THROUGH = 0.5
"""Input during at least this share of a card means the person worked on through it."""

HOLDS_SEAT = frozenset({CALL, FULLSCREEN, SHARING})
"""While one of these is on, no input is still sitting: a call, a talk or a film needs no keys."""

TALKS = frozenset({CALL, SHARING})
"""Somebody is there although nothing was touched since the machine woke. A window that was left open shows nobody."""

CLOSES_CARD = frozenset({CALL, PAUSED})
"""These take a card off the screen that is already up; the others let it run out."""

OWN_WISH = frozenset({HOURS, PAUSED})
"""What the person asked for themselves: it holds a break back for as long as it lasts. What is sensed does not."""

PAUSE_S = 3.0
"""No input for this long is a pause in typing: a due break is announced into it."""

FRESH_S = 1.0
"""A sample older than this says nothing of what the hands do now."""

UNHEARD_S = 10.0
"""Nothing heard of idleness for so long, while it is asked for every other second: it is not known."""

RESTS_S = 20.0
"""Hands that were last seen at rest for this long go on resting until a touch is heard of: a shorter rest is typing."""

LATELY_S = 60.0
"""A card opens by itself only where key or pointer was touched this lately; else at the next touch."""

HUNG_S = 60.0
"""A sense that has said nothing for this much longer than a natural break takes is not waited for any more."""

AWAKE_ASK_S = (5.0, 15.0, 35.0, 120.0)
"""How long after waking the machine is asked whether somebody has touched it; by then a sense reports by itself."""

EARLY_S = 60.0
"""A touch heard of this soon after waking is taken for the person who woke the machine: they are back since then."""

START_S = 5.0
"""Nothing is announced this soon after the start, however short ``settle`` is: the senses have yet to report."""

BLINKS = 20
"""A reason that has come and gone this often while one break was due tells nothing: the icon says that it waits."""

TOLD_APART_S = 10.0
"""A reading of idleness may be this much longer than the last one and the time since then allow."""

RISING_S = 120.0
"""Numbness noticed this soon after a break that a card asked for is of the sitting before it."""

LOOKS_APART_S = 40.0
"""Looks at idleness this close together, or closer, leave little doubt when a touch between them was. A polled sense
is asked more often than this."""
