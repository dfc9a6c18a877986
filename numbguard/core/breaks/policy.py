"""When NumbGuard may speak: what each reason to keep quiet means, and how long a due break waits for the right second.

Constants only, used by the engine. Working hours are in ``hours``.
"""

from __future__ import annotations

from .messages import CALL, FULLSCREEN, HOURS, PAUSED, SHARING

WORKED_THROUGH = 0.5
"""Input during at least this share of a card (0–1) means that the person worked through it."""

RAN_WHOLE = 0.5
"""A card that was turned on to its end has run whole if it ran for at least this share of its length (0–1)."""
SHORT_S = 20.0
"""Length in seconds of the short break that is offered in place of one skip more than the settings allow."""

HOLDS_SEAT = frozenset({CALL, FULLSCREEN, SHARING})
"""While one of these is on, a person without input is sitting: a call, a talk or a film needs no keys."""

TALKS = frozenset({CALL, SHARING})
"""These show that somebody is there although nothing was touched since the machine woke. A full screen does not."""

CLOSES_CARD = frozenset({CALL, PAUSED})
"""These close an open card; the others let it run to its end."""

OWN_WISH = frozenset({HOURS, PAUSED})
"""Reasons that the person chose: they hold a break back for as long as they last. A sensed reason may not."""

PAUSE_S = 3.0
"""Seconds without input that are a pause in typing, in which a due break is announced."""

FRESH_S = 1.0
"""Age in seconds from which a reading of idleness says nothing about what the hands do now."""

UNHEARD_S = 10.0
"""If polling every other second gets no answer for this many seconds, idleness counts as unknown."""

RESTS_S = 20.0
"""Hands that had rested for this many seconds at the last reading rest until a touch is reported; fewer is typing."""

LATELY_S = 60.0
"""A card opens by itself only within this many seconds after a touch of key or pointer; else at the next touch."""

INSISTS_S = 30.0
"""Seconds for which our own window announces a break, if the announcement may be unseen; then the card opens."""

HUNG_S = 60.0
"""Seconds beyond ``natural_break`` after which the card no longer waits for a sense that reports nothing."""

AWAKE_ASK_S = (5.0, 15.0, 35.0, 120.0)
"""Seconds after a waking at which idleness is queried, to learn of the first touch."""

EARLY_S = 60.0
"""A touch within this many seconds after a waking is taken to be by the person who woke the machine."""

START_S = 5.0
"""Seconds after the start in which nothing is announced, however short ``settle`` is: no sense has reported yet."""

BLINKS = 20
"""After a reason has come and gone this often while one break was due, the icon says that a break waits."""

TOLD_APART_S = 10.0
"""Seconds by which a reading of idleness may exceed the last one plus the time since then."""

RISING_S = 120.0
"""Numbness logged within this many seconds after a break with a card belongs to the sitting before it."""

LOOKS_APART_S = 40.0
"""Two readings of idleness at most this many seconds apart fix a touch between them well enough. A polled sense is
queried more often than this."""
