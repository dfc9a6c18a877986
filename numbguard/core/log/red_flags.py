"""The warning signs of numbness: in a few words, as questions, and how urgent each one is.

Pure data, on any thread; the only place for these words beside the reader's first page
(`resources/guide/when-to-get-help.md`), whose lists it follows. `docs/HEALTH.md` has the source of each sign. The
relief window shows all of them; the room `advice` says which are asked about an episode, and what they mean together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Final

from numbguard.core.sentence import N_


class AdviceTier(Enum):
    """How urgent the advice is, from least to most."""

    RELIEF = "relief"
    """Change position; nothing that is known asks for more."""
    SOON = "soon"
    """A doctor in the next days or weeks."""
    TODAY = "today"
    """A doctor, an urgent care line or an emergency department today."""
    NOW = "now"
    """The emergency number."""

    @property
    def rank(self) -> int:
        """0 for relief, up to 3 for now."""
        return _RANKS[self]


_RANKS: Final = {tier: rank for rank, tier in enumerate(AdviceTier)}


class WarningSign(StrEnum):
    """In the order of the page."""

    SADDLE = "saddle"
    BLADDER_BOWEL = "bladder_bowel"
    BOTH_LEGS = "both_legs"
    PAIN_BOTH_LEGS = "pain_both_legs"
    TRUNK_LEVEL = "trunk_level"
    FEVER_CANCER_WEIGHT = "fever_cancer_weight"
    FACE_SPEECH_SIGHT = "face_speech_sight"
    SPREADING = "spreading"
    WEAKNESS = "weakness"
    COLD_LEG = "cold_leg"
    INJURY = "injury"
    CLOT_BREATH = "clot_breath"
    WHOLE_SIDE = "whole_side"
    FOOT_DROP = "foot_drop"
    SWOLLEN = "swollen"
    SKIN = "skin"

    @property
    def words(self) -> str:
        """The sign in a few words, which are true of a *yes* to every version of the question."""
        return _WORDS[self][0]

    @property
    def listed(self) -> str:
        """The sign as a list of signs names it, where it has to be exact about what counts."""
        return _LISTED.get(self, self.words)

    @property
    def question(self) -> str:
        """A yes-or-no question; yes is the bad answer."""
        return _WORDS[self][1]

    @property
    def tier(self) -> AdviceTier:
        """How urgent the sign is on its own; another sign beside it can make it more urgent."""
        return _TIERS.get(self, AdviceTier.NOW)

    @property
    def version(self) -> int:
        """The version of the question, from 1; it rises whenever the question asks for more, or for less."""
        return max(_WIDENED.get(self, 1), _NARROWED.get(self, 1))

    def is_answered_by(self, present: bool, version: int) -> bool:
        """Whether the answer to a version of the question answers today's question too.

        A *no* to an earlier, narrower question does not, nor a *yes* to an earlier, wider one.
        """
        return version >= (_NARROWED if present else _WIDENED).get(self, 1)


_WIDENED: Final[Mapping[WarningSign, int]] = {
    WarningSign.SADDLE: 2,  # buttocks, wiping, sex
    WarningSign.BLADDER_BOWEL: 2,  # losing control of the bowel, in plain words
    WarningSign.WHOLE_SIDE: 2,  # even if it has passed
    WarningSign.FACE_SPEECH_SIGHT: 2,  # arm, confusion, headache, walking; even if it has passed
    WarningSign.SWOLLEN: 2,  # warm, painful or discoloured, where it was warm and painful
    WarningSign.WEAKNESS: 2,  # asked also where nobody has said that a leg is weak
}
"""The version in which a question last began to ask for more: an earlier *no* counts as not asked."""

_NARROWED: Final[Mapping[WarningSign, int]] = {
    WarningSign.BOTH_LEGS: 2,  # only if it is still there after standing up
    WarningSign.INJURY: 2,  # only if it is recent and the numbness began with it
}
"""The version in which a question last began to ask for less: an earlier *yes* counts as not asked."""

_TIERS: Final[Mapping[WarningSign, AdviceTier]] = {
    WarningSign.WHOLE_SIDE: AdviceTier.TODAY,
    WarningSign.FOOT_DROP: AdviceTier.TODAY,
    WarningSign.SWOLLEN: AdviceTier.TODAY,
    WarningSign.SKIN: AdviceTier.SOON,
}
"""The tiers of the signs that are less urgent than *now*."""

PASSED_STROKE: Final = frozenset({WarningSign.FACE_SPEECH_SIGHT, WarningSign.WHOLE_SIDE})
"""Signs of a stroke, which are as urgent when they have passed."""

_WORDS: Final[Mapping[WarningSign, tuple[str, str]]] = {
    WarningSign.SADDLE: (
        N_("New numbness between the legs, on the inner thighs or buttocks, or around the genitals or back passage"),
        N_(
            "Do you have new numbness, not just from the seat, between your legs, on your inner thighs or buttocks, or "
            "around your genitals or back passage? For example, does wiping or sex feel different?"
        ),
    ),
    WarningSign.BLADDER_BOWEL: (
        N_("New problems with the bladder or bowels"),
        N_(
            "Do you have new problems with your bladder or bowels: you can't go, you leak or can't hold it, or you "
            "can't feel it?"
        ),
    ),
    WarningSign.BOTH_LEGS: (
        N_("Both legs numb or weak"),
        N_("Are both your legs numb or weak, and were they still like that a few minutes after you stood up?"),
    ),
    WarningSign.PAIN_BOTH_LEGS: (N_("Pain down both legs"), N_("Do you have new pain that runs down both legs?")),
    WarningSign.TRUNK_LEVEL: (
        N_("Numbness of everything below a line on the chest, belly or waist"),
        N_("Is your body numb too, everywhere below a line on your chest, belly or waist?"),
    ),
    WarningSign.FEVER_CANCER_WEIGHT: (
        N_("Back pain with a fever, with cancer now or in the past, or with weight loss for no reason"),
        N_("Do you have back pain, and also a fever, cancer now or in the past, or weight loss for no reason?"),
    ),
    WarningSign.FACE_SPEECH_SIGHT: (
        N_(
            "A drooping face, a weak arm, slurred or muddled speech, confusion, trouble seeing or walking, or a sudden "
            "severe "
            "headache, even if it has passed"
        ),
        N_(
            "Have you had any of these, even if it has passed: a drooping face, a weak arm, slurred or muddled speech, "
            "confusion, trouble seeing or walking, or a sudden severe headache?"
        ),
    ),
    WarningSign.SPREADING: (N_("Numbness spreading fast"), N_("Is the numbness spreading fast?")),
    WarningSign.WEAKNESS: (
        N_("Weakness that is severe or getting worse"),
        N_("Is a leg very weak, or getting weaker? For example, does it give way under you?"),
    ),
    WarningSign.COLD_LEG: (
        N_("A leg or foot suddenly cold, pale or blue compared with the other one, numb and often painful"),
        N_("Has a leg or foot suddenly turned cold, pale or blue compared with the other one?"),
    ),
    WarningSign.INJURY: (
        N_("A fall, a blow or another injury before it started"),
        N_("Did it start with an injury in the last few days, such as a fall, a blow or an accident?"),
    ),
    WarningSign.CLOT_BREATH: (
        N_("Chest pain or breathlessness, especially with a swollen leg"),
        N_("Do you have chest pain or new shortness of breath?"),
    ),
    WarningSign.WHOLE_SIDE: (
        N_(
            "A whole leg, or one side of the body, suddenly numb or weak in a way that no position explains, even if "
            "it has passed"
        ),
        N_(
            "Did a whole leg, or one side of your body, suddenly go numb or weak in a way that no position explains, "
            "even if it has passed?"
        ),
    ),
    WarningSign.FOOT_DROP: (
        N_("A foot that you can no longer lift at the ankle"),
        N_(
            "Are you no longer able to lift a foot at the ankle? For example, do the toes drag, or does the foot slap "
            "as you walk?"
        ),
    ),
    WarningSign.SWOLLEN: (
        N_("One leg swollen, and also warm, painful or a different colour"),
        N_("Is one leg swollen, and also warm, painful, or redder or darker than the other?"),
    ),
    WarningSign.SKIN: (
        N_("A sore, a blister or a rash on a numb foot"),
        N_("Is there a sore, a blister or a rash on the numb foot?"),
    ),
}


_LISTED: Final[Mapping[WarningSign, str]] = {
    WarningSign.SADDLE: (
        N_(
            "New numbness, not just from the seat, between the legs, on the inner thighs or buttocks, or around the "
            "genitals or back passage"
        )
    ),
    WarningSign.BOTH_LEGS: N_("Both legs numb or weak, even after standing up"),
    WarningSign.INJURY: N_("A fall, a blow or another injury in the last few days, if the numbness started with it"),
}


def signs_of(tier: AdviceTier) -> tuple[str, ...]:
    """The signs that have this tier on their own, as a list names them."""
    return tuple(sign.listed for sign in WarningSign if sign.tier is tier)


@dataclass(frozen=True, slots=True)
class SignAnswers:
    """What is known from the answers about one episode."""

    today: Mapping[WarningSign, bool] = field(default_factory=dict)
    """The answers to today's questions."""
    before: frozenset[WarningSign] = frozenset()
    """Signs to which the answer was *yes* in an earlier, wider question, and today's is still to be asked."""


NO_ANSWERS: Final = SignAnswers()


def read_answers(given: Iterable[tuple[WarningSign, bool, int]]) -> SignAnswers:
    """What the answers say, oldest first; each is a sign, whether it was there, and the version of the question.

    A later answer replaces an earlier one, even where it does not answer today's question.
    """
    last = {sign: (present, version) for sign, present, version in given}
    counted = {sign for sign, (present, version) in last.items() if sign.is_answered_by(present, version)}
    return SignAnswers(
        {sign: present for sign, (present, _) in last.items() if sign in counted},
        frozenset(sign for sign, (present, _) in last.items() if present and sign not in counted),
    )
