"""When a break is heard: a sound at its moments, and a voice that reads its steps.

Pure functions of the state, called by ``BreakLifecycle``. Nothing is heard while anything suppresses breaks (a call,
do-not-disturb, a pause, the time outside working hours …), nor while the screen is locked or the machine sleeps.
"""

from __future__ import annotations

from collections.abc import Iterator

from numbguard.core.settings.choices import NO_SOUND, SoundMoment
from numbguard.core.settings.settings import Settings

from .messages import Effect, PlaySound, ReadAloud, StopReading
from .state.engine_state import CurrentBreak, EngineState

SOUND_S = 0.8
"""The length of our longest sound in seconds; the voice waits for that long after a sound has begun."""


def is_silent(state: EngineState, settings: Settings) -> bool:
    """Whether nothing may be heard at present."""
    off = not settings.sound_enabled or settings.sound_volume == 0
    return off or bool(state.suppressions) or state.locked or state.asleep


def at(moment: SoundMoment, state: EngineState, settings: Settings) -> Iterator[Effect]:
    """Give the sound of a moment, if it is to be heard."""
    if settings.sound_at(moment) != NO_SOUND and not is_silent(state, settings):
        yield PlaySound(moment)


def step(words: str, current: CurrentBreak, state: EngineState, settings: Settings, *, first: bool) -> Iterator[Effect]:
    """Give the sound and the voice of a step that has begun. The ``first`` one has the sound of the card's start."""
    moment = SoundMoment.START if first else SoundMoment.STEP
    if not first:
        yield from at(moment, state, settings)
    if settings.sound_read_aloud and not is_silent(state, settings):
        current.is_read = True
        yield ReadAloud(words, 0.0 if settings.sound_at(moment) == NO_SOUND else SOUND_S)
    else:
        yield from stop_reading(current)


def stop_reading(current: CurrentBreak | None) -> Iterator[Effect]:
    """Stop the voice, if it may be heard."""
    if current and current.is_read:
        current.is_read = False
        yield StopReading()
