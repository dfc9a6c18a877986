"""The advice on an episode of numbness: four tiers, and the questions that may still change the tier.

Pure rules, called by the episode book on the GUI thread and by the command line. They make no diagnosis: the advice
repeats what the person recorded, and `wording/log/advice.py` puts it into words. *When to get help* stays one click
away whatever the advice, and the person need not answer any question to reach it.

`docs/HEALTH.md` has each rule with its source; `tests/core/log/advice/advice_table.toml` has what comes of the rules,
pattern by pattern.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from numbguard.core.guide.pages import GuidePage, GuidePlace, place_of
from numbguard.core.guide.sections import GuideSection

from ..records.episode import Episode, Posture
from ..red_flags import NO_ANSWERS, AdviceTier, SignAnswers, WarningSign
from .episode_pattern import NOTHING_BEFORE, RECURRENCE, AdviceReason, EpisodePattern, reasons_of_pattern
from .questions import EpisodeFacts, asked


@dataclass(frozen=True, slots=True)
class Advice:
    """The advice on one episode."""

    tier: AdviceTier
    """By what is known."""
    could_be: AdviceTier
    """The highest tier to which the open questions may still raise it."""
    signs: tuple[WarningSign, ...] = ()
    """The signs that are known to have been there."""
    reasons: tuple[AdviceReason, ...] = ()
    """Other reasons to see a doctor."""
    questions: tuple[WarningSign, ...] = ()
    """Signs still to ask about, because the answer may change the tier. `WarningSign.question` has the words."""
    is_late: bool = False
    """Whether the signs would be more urgent if the episode had not begun so long ago."""
    tells_nothing: bool = False
    """Whether the person said nothing of the episode but that it was there: all signs are offered as one list."""

    @property
    def is_settled(self) -> bool:
        """Whether no open question may raise the tier. Until then nothing may be said that reassures."""
        return self.could_be is self.tier

    @property
    def only_recurs(self) -> bool:
        """Whether nothing but how often it comes asks for a doctor."""
        return self.tier is AdviceTier.SOON and not self.signs and set(self.reasons) <= RECURRENCE

    @property
    def place(self) -> GuidePlace:
        """The place in the guide at which the reader opens for more."""
        if self.tier is AdviceTier.RELIEF and self.is_settled:
            return place_of(GuideSection.RELIEF_POSITION)
        return GuidePlace(GuidePage.HELP, _ANCHORS[self.tier if self.is_settled else AdviceTier.NOW])


_ANCHORS: Final = {
    AdviceTier.NOW: "get-help-at-once",
    AdviceTier.TODAY: "be-seen-today",
    AdviceTier.SOON: "see-a-doctor-soon",
}


def advise(
    episode: Episode,
    pattern: EpisodePattern = NOTHING_BEFORE,
    *,
    now: datetime,
    answers: SignAnswers = NO_ANSWERS,
) -> Advice:
    """What to do about an episode; `pattern` is that of the episodes before it, `answers` those given so far."""
    facts = EpisodeFacts(episode, now, answers)
    yes = frozenset(sign for sign, present in answers.today.items() if present)
    no = frozenset(answers.today) - yes
    reasons = (*reasons_of_pattern(episode, pattern, now), *_reasons_told(facts))
    tier = _tier(facts, yes, no, reasons)
    open_now = asked(facts, _present(facts, yes, no)) - yes - no
    if tier is AdviceTier.NOW:
        open_now = frozenset()
    could_be = max((_reach(facts, yes, no, sign, reasons) for sign in open_now), key=lambda one: one.rank, default=tier)
    present = _present(facts, yes, no)
    return Advice(
        tier=tier,
        could_be=could_be,
        signs=tuple(sign for sign in WarningSign if sign in present),
        reasons=reasons,
        questions=tuple(
            sign
            for sign in WarningSign
            if sign in open_now
            and (
                _reach(facts, yes, no, sign, reasons).rank > tier.rank
                or _tier(facts, yes, no | {sign}, reasons).rank < tier.rank
            )
        ),
        is_late=any(not facts.in_time_for(sign) and sign.tier.rank > AdviceTier.SOON.rank for sign in present),
        tells_nothing=facts.is_bare and not answers.today,
    )


def _present(facts: EpisodeFacts, yes: frozenset[WarningSign], no: frozenset[WarningSign]) -> frozenset[WarningSign]:
    """The signs that were answered with yes, or that the record shows unless the answer was no."""
    shown = set[WarningSign]()
    if facts.suddenly_whole_leg:
        shown.add(WarningSign.WHOLE_SIDE)
    if facts.both and facts.weak and facts.lasting:
        shown.add(WarningSign.BOTH_LEGS)
    return yes | (shown - no)


def _tier(
    facts: EpisodeFacts, yes: frozenset[WarningSign], no: frozenset[WarningSign], reasons: Collection[AdviceReason]
) -> AdviceTier:
    present = _present(facts, yes, no)
    tiers = [AdviceTier.SOON if reasons else AdviceTier.RELIEF]
    for sign in present:
        tier = AdviceTier.NOW if _is_worse(sign, facts, yes, present) else sign.tier
        tiers.append(tier if facts.in_time_for(sign) else AdviceTier.SOON)
    return max(tiers, key=lambda tier: tier.rank)


def _is_worse(
    sign: WarningSign, facts: EpisodeFacts, yes: frozenset[WarningSign], present: frozenset[WarningSign]
) -> bool:
    """Whether something beside a sign makes it an emergency."""
    match sign:
        case WarningSign.WHOLE_SIDE:
            # A leg that is suddenly weak in no position that explains it is a sign of a stroke by itself.
            return sign in yes and (facts.weak or WarningSign.WEAKNESS in yes)
        case WarningSign.FOOT_DROP:
            return facts.both or not present.isdisjoint({WarningSign.SPREADING, WarningSign.BOTH_LEGS})
        case _:
            return False


def _reach(
    facts: EpisodeFacts,
    yes: frozenset[WarningSign],
    no: frozenset[WarningSign],
    sign: WarningSign,
    reasons: Collection[AdviceReason],
) -> AdviceTier:
    """The highest tier that a yes to an open question can lead to, together with the questions that only it raises."""
    before = asked(facts, _present(facts, yes, no))
    then = yes | {sign}
    further = asked(facts, _present(facts, then, no)) - before - no
    return _tier(facts, then | further, no, reasons)


def _reasons_told(facts: EpisodeFacts) -> tuple[AdviceReason, ...]:
    """The reasons that the record of the episode itself gives, apart from its length and strength."""
    told = {
        AdviceReason.PAIN: facts.pain or facts.back_pain,
        AdviceReason.WEAKNESS: facts.weak,
        AdviceReason.UNEXPLAINED: facts.episode.posture is Posture.STANDING,
    }
    return tuple(reason for reason, holds in told.items() if holds)
