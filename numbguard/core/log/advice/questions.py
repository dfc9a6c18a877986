"""Which warning signs are asked about, given what is known of an episode.

Pure rules; `advice.py` calls them. A sign is asked about only where something that was told points to it, so that an
ordinary foot that fell asleep is asked nothing. `docs/HEALTH.md` has the rules with their sources.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from numbguard.core.sites import Region, Side, Site, single_sites

from ..records.episode import Episode, Onset, Posture, Sensation
from ..red_flags import PASSED_STROKE, SignAnswers, WarningSign
from .episode_pattern import is_lasting

RECENT: Final = timedelta(days=1)
"""*Now* and *today* are for an episode that is open or began within this time …"""
STROKE_RECENT: Final = timedelta(days=7)
"""… and for a sign of a stroke that began within this time, even if it has passed."""

NEAR_SADDLE: Final = frozenset({Region.LOWER_BACK, Region.BUTTOCK, Region.HIP, Region.THIGH_BACK, Region.THIGH_FRONT})
"""Regions that a person may mark for numbness near the saddle: on the leg map, the front of the thigh reaches round to
its inner side."""
_UPPER_LEG: Final = frozenset({Region.THIGH_FRONT, Region.THIGH_OUTER, Region.THIGH_BACK})
_LOWER_LEG: Final = frozenset({Region.CALF, Region.SHIN, Region.ANKLE, Region.KNEE})
_FOOT: Final = frozenset({Region.FOOT_TOP, Region.SOLE, Region.TOES})
_PRESSED: Final = frozenset({Posture.LEGS_CROSSED, Posture.FOOT_TUCKED})
"""Postures in which a leg is sat on or crossed, which explains that a whole leg goes numb at once."""
_AWKWARD: Final = _PRESSED | {Posture.SLOUCHED, Posture.SEAT_EDGE, Posture.PERCHED}
"""Postures that press on a leg, or may do so."""


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What the record of an episode says, in the terms of the rules."""

    episode: Episode
    now: datetime
    answers: SignAnswers

    @property
    def is_recent(self) -> bool:
        return self.episode.is_open(self.now) or self.now - self.episode.started_at <= RECENT

    def in_time_for(self, sign: WarningSign) -> bool:
        """Whether the episode is recent enough for the sign to mean *now* or *today*."""
        return self.is_recent or (sign in PASSED_STROKE and self.now - self.episode.started_at <= STROKE_RECENT)

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing that the rules can read; a note is for people."""
        one = self.episode
        return not (one.sites or one.leg or one.sensations or one.posture or one.onset) and (
            one.severity is None and one.weakness is None and one.back_pain is None
        )

    @property
    def weak(self) -> bool:
        return self.episode.weakness is True or Sensation.WEAK in self.episode.sensations

    @property
    def back_pain(self) -> bool:
        return self.episode.back_pain is True or (
            Sensation.PAIN in self.episode.sensations and Region.LOWER_BACK in self.episode.regions
        )

    @property
    def pain(self) -> bool:
        return Sensation.PAIN in self.episode.sensations

    @property
    def sudden(self) -> bool:
        return self.episode.onset is Onset.SUDDEN

    @property
    def both(self) -> bool:
        """Both legs, as the places say or as an earlier form of the question was answered."""
        return self.episode.legs is Side.BOTH or WarningSign.BOTH_LEGS in self.answers.before

    @property
    def lasting(self) -> bool:
        return is_lasting(self.episode, self.now)

    @property
    def woke_as_it_moved(self) -> bool:
        """A leg that was sat on or crossed and is no longer numb: pressure explains it."""
        return self.episode.posture in _PRESSED and not self.episode.is_open(self.now) and not self.lasting

    @property
    def whole_leg(self) -> bool:
        """Thigh, lower leg and foot of one leg, or a leg of which no part was named."""
        if self.episode.legs is Side.BOTH:
            return False
        return self.episode.leg is not None or any(
            on_leg & _UPPER_LEG and on_leg & _LOWER_LEG and on_leg & _FOOT
            for on_leg in _regions_by_leg(self.episode.sites)
        )

    @property
    def suddenly_whole_leg(self) -> bool:
        """A whole leg, suddenly, and no posture was told that may explain it."""
        return self.sudden and self.whole_leg and self.episode.posture not in _AWKWARD

    @property
    def wholly_numb(self) -> bool:
        """Whether a leg may not hold the person because all of it is numb."""
        return self.whole_leg and self.episode.leg is None


def _regions_by_leg(sites: Collection[Site]) -> Iterator[set[Region]]:
    """The regions of the left leg, of the right one, and those without a side."""
    single = single_sites(sites)
    for side in (Side.LEFT, Side.RIGHT, None):
        yield {site.region for site in single if site.side is side}


def asked(facts: EpisodeFacts, yes: Collection[WarningSign]) -> frozenset[WarningSign]:
    """The signs to ask about; `yes` contains those that are known, which lead to further questions."""
    if facts.is_bare and facts.is_recent and not yes:
        return frozenset(WarningSign)
    episode = facts.episode
    where, what = set(episode.regions), set(episode.sensations)
    calm = facts.woke_as_it_moved
    both = facts.both and not (calm and not facts.weak and not facts.back_pain and not facts.pain)
    sudden = facts.sudden and not calm
    lasting, weak, back_pain, pain = facts.lasting, facts.weak, facts.back_pain, facts.pain
    cauda = both or weak or back_pain or (bool(where & NEAR_SADDLE) and (lasting or sudden))
    on_leg = not where or bool(where - {Region.LOWER_BACK})
    far_down = bool(where & (_LOWER_LEG | _FOOT))
    sore = pain or Sensation.CRAMP in what or Sensation.HEAVY in what
    side_unknown = episode.legs is None and not facts.both
    still_on = episode.is_open(facts.now)
    drop = WarningSign.FOOT_DROP in yes
    perhaps_whole = facts.whole_leg and episode.leg is None and episode.onset is None
    relevant = {
        WarningSign.SADDLE: cauda,
        WarningSign.BLADDER_BOWEL: cauda,
        WarningSign.BOTH_LEGS: both or (side_unknown and (weak or back_pain or drop)),
        WarningSign.PAIN_BOTH_LEGS: back_pain or (pain and (both or side_unknown)),
        WarningSign.TRUNK_LEVEL: back_pain or (both and (weak or lasting or sudden)) or (weak and lasting),
        WarningSign.FEVER_CANCER_WEIGHT: back_pain,
        WarningSign.FACE_SPEECH_SIGHT: sudden
        or (weak and lasting)
        or WarningSign.WHOLE_SIDE in yes
        or (perhaps_whole and episode.posture not in _AWKWARD),
        WarningSign.SPREADING: (still_on and (lasting or sudden)) or drop,
        WarningSign.WEAKNESS: weak or both,
        WarningSign.COLD_LEG: on_leg and (pain or (still_on and (sudden or (lasting and far_down and not both)))),
        WarningSign.INJURY: sudden or pain or back_pain,
        WarningSign.CLOT_BREATH: WarningSign.SWOLLEN in yes,
        WarningSign.WHOLE_SIDE: (sudden and not both) or (perhaps_whole and episode.posture not in _AWKWARD),
        WarningSign.FOOT_DROP: weak or (lasting and far_down),
        WarningSign.SWOLLEN: sore and on_leg,
        WarningSign.SKIN: bool(where & _FOOT) and Sensation.BURNING in what,
    }
    return frozenset(sign for sign, wanted in relevant.items() if wanted)
