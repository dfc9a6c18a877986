"""What a numb leg must not be asked to do, by what the person said of it.

Pure rules; `relief.py` leaves out steps by them, and `core/cards/choosing.py` cards. `docs/HEALTH.md` has the sources.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from numbguard.core.sites import Side

from ..records.episode import Episode
from ..red_flags import SignAnswers, WarningSign
from .questions import EpisodeFacts

WEAK_FOR: Final = timedelta(days=1)
"""How long a leg counts as weak after an episode in which it was."""


@dataclass(frozen=True, slots=True)
class LegLimits:
    """What to leave out for a leg. The default means that nothing is known against anything."""

    may_not_hold: bool = False
    """It is weak or wholly numb: no standing, shaking, walking or knee bends."""
    is_cold: bool = False
    """It is cold, pale or blue: do not raise it."""
    is_sore: bool = False
    """It is swollen, warm or painful: do not rub it."""


def limits_of(episode: Episode, answers: SignAnswers) -> LegLimits:
    """The limits that follow from one episode and the answers about it."""
    yes = {sign for sign, present in answers.today.items() if present}
    facts = EpisodeFacts(episode, episode.started_at, answers)
    return LegLimits(
        may_not_hold=is_weak(episode, answers) or facts.wholly_numb,
        is_cold=WarningSign.COLD_LEG in yes,
        is_sore=WarningSign.SWOLLEN in yes or facts.pain,
    )


def is_weak(episode: Episode, answers: SignAnswers) -> bool:
    """Whether a weak leg was told in the episode or in the answers about it."""
    said = (WarningSign.WEAKNESS, WarningSign.FOOT_DROP)
    return EpisodeFacts(episode, episode.started_at, answers).weak or any(answers.today.get(sign) for sign in said)


@dataclass(frozen=True, slots=True)
class SparedLegs:
    """Which legs a break must not need. The default means that it may need both."""

    numb: bool = False
    """A leg is numb now or was weak lately: nobody should stand on it, or kneel."""
    weak: frozenset[Side] = frozenset()
    """The legs, left and right, that were weak lately: no card should work them."""


NONE_SPARED: Final = SparedLegs()


def spared_legs(episodes: Iterable[tuple[Episode, SignAnswers]], now: datetime) -> SparedLegs:
    """What a break must not need, from the episodes of the last day and the answers about each."""
    numb, weak = False, set[Side]()
    for episode, answers in episodes:
        if now - episode.started_at <= WEAK_FOR and is_weak(episode, answers):
            leg = episode.legs
            weak |= {Side.LEFT, Side.RIGHT} if leg in (None, Side.BOTH) else {leg}
        numb = numb or episode.is_open(now)
    return SparedLegs(numb or bool(weak), frozenset(weak))
