"""The guide's advice on an episode, on its own and as one of several: relief, a professional, or help at once.

Pure rules, called on the GUI thread by the episode book and the advice window. They make no diagnosis: the advice
repeats what the person recorded and what the guide says about it. *When to get help* stays one click away whatever the
advice, and the person need not answer any question to reach it.

The rules rest on the guide's sections named with them. Where the guide gives no figure, the threshold is ours. The
guide says that feeling returns "within seconds to a couple of minutes", so half an hour counts as lasting; five times
in a fortnight counts as recurring; twice the usual length counts as longer than it used to be. An episode counts as
stronger than it used to be after a rise of two points of ten, which people who rate pain on this scale call a
difference that matters (Farrar et al., Pain 2001; 94: 149–158), and only if the order of at least six severities
confirms the rise (the Mann–Kendall test for a trend, beyond two standard deviations).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations
from statistics import median
from typing import Final

from numbguard.core.guide.pages import GuidePage, GuidePlace, place_of
from numbguard.core.guide.sections import GuideSection
from numbguard.core.sites import Region, Side, single_sites

from .insights import MEDIAN_FROM, spread
from .records import Episode, Onset, Posture, Seat, Sensation
from .red_flags import WarningSign

LASTING_S: Final = 30 * 60.0
"""An episode of this many seconds or more counts as lasting."""
LONGER_S: Final = 5 * 60.0
"""An episode of up to this many seconds never counts as longer than usual."""
FORTNIGHT: Final = timedelta(days=14)
RECURRING_FROM: Final = 5
"""This many episodes within a fortnight, the present one included, count as recurring."""
STRONGER_BY: Final = 2.0
"""Least rise in severity, in points of the scale 0–10, that counts as stronger."""
STRENGTHS_BACK: Final = 6 * FORTNIGHT
"""Earlier severities are compared as far back as this."""
STRENGTHS: Final = 16
"""At most this many severities are compared, the latest ones, the present episode's included."""
SHORT_SITTING_S: Final = 10 * 60.0
"""Sitting for less than this many seconds, in no awkward position, does not explain numbness."""


class AdviceKind(StrEnum):
    """How urgent the advice is, from least to most."""

    RELIEF = "relief"
    PROFESSIONAL = "professional"
    HELP_NOW = "help_now"


@dataclass(frozen=True, slots=True)
class EpisodePattern:
    """The episodes before a given one, in figures. The default means that none are known."""

    fortnight: int = 0
    """Episodes in the fortnight before it."""
    former_fortnight: int = 0
    """Episodes in the fortnight before that."""
    usual_s: float | None = None
    """Median length of the earlier episodes in seconds; `None` where there are too few for a median."""
    strengths: tuple[int, ...] = ()
    """Severities (0–10) of the earlier episodes that have one, oldest first."""


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice on one episode."""

    kind: AdviceKind
    sentences: tuple[str, ...]
    """Shown in this order; the first says most."""
    section: GuideSection
    """The section of the guide that the advice rests on."""
    questions: tuple[WarningSign, ...] = ()
    """Signs still to ask about: relevant to the episode and not yet answered. `WarningSign.question` has the words."""

    @property
    def place(self) -> GuidePlace:
        """The place in the guide at which the reader opens for more."""
        return (
            GuidePlace(GuidePage.HELP, "get-help-at-once")
            if self.kind is AdviceKind.HELP_NOW
            else place_of(self.section)
        )


def pattern(episode: Episode, others: Iterable[Episode]) -> EpisodePattern:
    """The pattern of the episodes that began before `episode`; `others` may be in any order and contain later ones.

    The last four weeks suffice for everything but the severities, which go back `STRENGTHS_BACK`, or less far where
    that time has more than `STRENGTHS` of them.
    """
    before = sorted(
        (
            (episode.started_at - other.started_at, other)
            for other in others
            if other.id != episode.id and other.started_at <= episode.started_at
        ),
        key=lambda one: one[0],
    )
    recent = [(ago, other) for ago, other in before if ago <= 2 * FORTNIGHT]
    lengths = [length for _, other in recent if (length := lasted_s(other)) is not None]
    severities = [other.severity for ago, other in before if other.severity is not None and ago <= STRENGTHS_BACK]
    return EpisodePattern(
        fortnight=sum(ago <= FORTNIGHT for ago, _ in recent),
        former_fortnight=sum(ago > FORTNIGHT for ago, _ in recent),
        usual_s=spread((length, 1) for length in lengths).median_s,
        strengths=tuple(reversed(severities[: STRENGTHS - 1])),
    )


def lasted_s(episode: Episode, now: datetime | None = None) -> float | None:
    """Seconds from the episode's beginning to its end, or to `now` while it is open; `None` where neither is known."""
    end = now if episode.ended_at is None and now is not None and episode.is_open(now) else episode.ended_at
    return None if end is None else max(0.0, (end - episode.started_at).total_seconds())


def advise(
    episode: Episode,
    pattern: EpisodePattern = EpisodePattern(),
    *,
    now: datetime | None = None,
    answers: Mapping[WarningSign, bool] = {},
    number: str = "",
) -> Advice:
    """What to do about an episode.

    `now` gives the length of an open episode. `answers` contains the replies to the questions asked so far. `number` is
    the emergency number that the person has set, if any; NumbGuard never makes one up.
    """
    signs = tuple(
        sign
        for sign in WarningSign
        if answers.get(sign) or (sign is WarningSign.BOTH_LEGS and episode.legs is Side.BOTH)
    )
    questions = tuple(sign for sign in _relevant_signs(episode, now) if sign not in answers and sign not in signs)
    if signs:
        return Advice(AdviceKind.HELP_NOW, (*_help_at_once(signs, number), _NO_DIAGNOSIS), GuideSection.HELP, questions)
    reasons = tuple(_reasons(episode, pattern, now))
    if reasons:
        return Advice(
            AdviceKind.PROFESSIONAL,
            (f"Have this looked at by a doctor in the next days: {_listed(reasons)}.", _BRING, _NO_DIAGNOSIS),
            GuideSection.HELP,
            questions,
        )
    return Advice(AdviceKind.RELIEF, _RELIEF, GuideSection.RELIEF_POSITION, questions)


# --- help at once: the reader's first page, "Get help at once" --------------------------------------------------------


def _help_at_once(signs: tuple[WarningSign, ...], number: str) -> tuple[str, ...]:
    named = "; ".join(sign.words[0].lower() + sign.words[1:] for sign in signs)
    return (
        f"Get help at once: {named}.",
        f"Call {number or 'your local emergency number'}, or have somebody take you to an emergency department. "
        "Do not drive yourself, and do not wait to see whether it passes.",
    )


_HIGH_UP: Final = frozenset({Region.LOWER_BACK, Region.BUTTOCK, Region.HIP, Region.THIGH_BACK, Region.THIGH_FRONT})
"""Regions that a person may mark for numbness near the saddle: on the leg map, the front of the thigh reaches round to
its inner side."""
_LOWER_LEG: Final = frozenset({Region.CALF, Region.SHIN, Region.ANKLE, Region.KNEE})
_UPPER_LEG: Final = frozenset({Region.THIGH_FRONT, Region.THIGH_OUTER, Region.THIGH_BACK})
_FOOT: Final = frozenset({Region.FOOT_TOP, Region.SOLE, Region.TOES})


def _relevant_signs(episode: Episode, now: datetime | None) -> list[WarningSign]:
    """The signs that are relevant to the episode, in the order of the page."""
    where, what = set(episode.regions), set(episode.sensations)
    weak = _weak(episode)
    sudden = episode.onset is Onset.SUDDEN
    lasting = (lasted_s(episode, now) or 0.0) >= LASTING_S
    whole_leg = any(
        on_leg & _UPPER_LEG and on_leg & _LOWER_LEG and on_leg & _FOOT for on_leg in _regions_by_leg(episode)
    )
    sore = Sensation.PAIN in what or Sensation.CRAMP in what or Sensation.HEAVY in what
    near_spine = bool(where & _HIGH_UP) or episode.back_pain is True
    relevant = {
        WarningSign.SADDLE: near_spine
        and (weak or lasting or sudden or episode.back_pain is True or episode.legs is Side.BOTH),
        WarningSign.BLADDER_BOWEL: weak or episode.back_pain is True or episode.legs is Side.BOTH,
        WarningSign.BOTH_LEGS: episode.legs is None and (weak or episode.back_pain is True),
        WarningSign.WHOLE_SIDE: sudden or whole_leg,
        WarningSign.SPREADING: lasting or sudden,
        WarningSign.WEAKNESS: weak,
        WarningSign.FACE_SPEECH_SIGHT: sudden or (weak and lasting),
        WarningSign.INJURY: sudden or Sensation.PAIN in what or episode.back_pain is True,
        WarningSign.SWOLLEN: sore and (not where or bool(where & _LOWER_LEG)),
    }
    return [sign for sign in WarningSign if relevant[sign]]


def _regions_by_leg(episode: Episode) -> Iterator[set[Region]]:
    """The regions of the left leg, of the right one, and those without a side."""
    sites = single_sites(episode.sites)
    for side in (Side.LEFT, Side.RIGHT, None):
        yield {site.region for site in sites if site.side is side}


# --- a professional: the guide's "When to Seek Professional Guidance" -------------------------------------------------

_BRING: Final = (
    "Take the report of your log along: when it began, how often it comes, where, how long it lasts and what helps is "
    "what you will be asked. And a list of your medicines and supplements."
)
_NO_DIAGNOSIS: Final = "This is no diagnosis. If you are not sure, or worried, call and ask."
_AWKWARD: Final = frozenset(
    {Posture.LEGS_CROSSED, Posture.FOOT_TUCKED, Posture.SLOUCHED, Posture.SEAT_EDGE, Posture.PERCHED}
)


def _reasons(episode: Episode, pattern: EpisodePattern, now: datetime | None) -> Iterable[str]:
    length = lasted_s(episode, now)
    if length is not None and length >= LASTING_S:
        yield "it lasts"
    elif length is not None and pattern.usual_s is not None and length > max(2 * pattern.usual_s, LONGER_S):
        yield "it takes longer to fade than it used to"
    if episode.severity is not None and _grows((*pattern.strengths, episode.severity)):
        yield "it is stronger than it used to be"
    more, before = pattern.fortnight + 1, pattern.former_fortnight
    if more >= RECURRING_FROM and before and more - before > 2 * math.sqrt(more + before):
        yield "it comes more often"
    elif more >= RECURRING_FROM:
        yield "it keeps coming back"
    if Sensation.PAIN in episode.sensations or episode.back_pain is True:
        yield "it comes with pain"
    if _weak(episode):
        yield "it comes with weakness"
    if _unexplained(episode):
        yield "it has no clear cause, such as crossed legs or a long time in one seat"


def _grows(strengths: tuple[int, ...]) -> bool:
    """Whether severities, oldest first, rise by `STRONGER_BY` or more, and beyond chance; never for fewer than six."""
    n = len(strengths)
    if n < MEDIAN_FROM:
        return False
    usual, lately = median(strengths[: n // 2]), median(strengths[-max(3, n // 3) :])
    if lately - usual < STRONGER_BY or strengths[-1] <= usual:
        return False
    rises = sum((later > earlier) - (later < earlier) for earlier, later in combinations(strengths, 2))
    return rises > 2 * math.sqrt(n * (n - 1) * (2 * n + 5) / 18)


def _weak(episode: Episode) -> bool:
    return episode.weakness is True or Sensation.WEAK in episode.sensations


def _unexplained(episode: Episode) -> bool:
    """Whether the numbness is known to have begun without long sitting and without an awkward position.

    Unknown posture or sitting time is not a reason.
    """
    if episode.posture in _AWKWARD or episode.posture is Posture.OTHER:
        return False
    standing = episode.posture is Posture.STANDING or episode.context.seat is Seat.STANDING
    sat = episode.context.seated_s
    return standing or (sat is not None and sat < SHORT_SITTING_S)


def _listed(reasons: tuple[str, ...]) -> str:
    return reasons[0] if len(reasons) == 1 else f"{', '.join(reasons[:-1])} and {reasons[-1]}"


# --- relief: the guide's "Quick Fixes for Fleeting Numbness" ----------------------------------------------------------

_RELIEF: Final = (
    "Numbness that follows a position and is gone soon after you move is usually harmless.",
    "Change your position, stand up if the leg holds you, and shake it gently: most often the feeling is back within "
    "seconds, or a couple of minutes.",
    "If it stays, comes back often, or pain or weakness come with it, see a doctor.",
)
