"""Words of an episode as they appear within a list or after a colon, which in English have no capital letter.

Pure; called by the rest of the wording, the history, the insights and the report, on the thread that shows them. Each
word is an entry of its own: a translation is never lower-cased, because German keeps the capitals of its nouns.
"""

from __future__ import annotations

from numbguard.core.log.records.episode import Onset, Posture, Sensation
from numbguard.core.sites import Side
from numbguard.wording.catalogue import pgettext


def sensation(one: Sensation) -> str:
    """``pins and needles``."""
    return {
        Sensation.NUMB: pgettext("in a list", "numb"),
        Sensation.TINGLING: pgettext("in a list", "tingling"),
        Sensation.PINS_AND_NEEDLES: pgettext("in a list", "pins and needles"),
        Sensation.BURNING: pgettext("in a list", "burning"),
        Sensation.HEAVY: pgettext("in a list", "heavy"),
        Sensation.WEAK: pgettext("in a list", "weak"),
        Sensation.CRAMP: pgettext("in a list", "cramp"),
        Sensation.PAIN: pgettext("in a list", "pain"),
    }[one]


def posture(one: Posture) -> str:
    """``legs crossed``."""
    return {
        Posture.LEGS_CROSSED: pgettext("in a list", "legs crossed"),
        Posture.FOOT_TUCKED: pgettext("in a list", "foot tucked under"),
        Posture.SLOUCHED: pgettext("in a list", "slouched"),
        Posture.SEAT_EDGE: pgettext("in a list", "edge of the seat"),
        Posture.PERCHED: pgettext("in a list", "perched"),
        Posture.STANDING: pgettext("in a list", "standing"),
        Posture.OTHER: pgettext("in a list", "other"),
    }[one]


def onset(one: Onset) -> str:
    """``suddenly``, ``gradually``."""
    return {
        Onset.SUDDEN: pgettext("in a list", "suddenly"),
        Onset.GRADUAL: pgettext("in a list", "gradually"),
    }[one]


def onset_kind(one: Onset) -> str:
    """``sudden``, ``gradual``."""
    return {Onset.SUDDEN: pgettext("in a list", "sudden"), Onset.GRADUAL: pgettext("in a list", "gradual")}[one]


def leg(side: Side) -> str:
    """``left leg``, ``both legs``."""
    return {
        Side.LEFT: pgettext("in a list", "left leg"),
        Side.RIGHT: pgettext("in a list", "right leg"),
        Side.BOTH: pgettext("in a list", "both legs"),
    }[side]


def side(one: Side) -> str:
    """``left``, ``both``."""
    return {
        Side.LEFT: pgettext("leg", "left"),
        Side.RIGHT: pgettext("leg", "right"),
        Side.BOTH: pgettext("leg", "both"),
    }[one]


def relief(kind: str) -> str:
    """A kind of relief in one word, ``massage``; another program's stays as it is."""
    from numbguard.core.log.advice.relief import ReliefMethod

    return {
        ReliefMethod.POSITION.value: pgettext("in a list", "position"),
        ReliefMethod.MOVEMENT.value: pgettext("in a list", "movement"),
        ReliefMethod.MASSAGE.value: pgettext("in a list", "massage"),
        ReliefMethod.ELEVATE.value: pgettext("in a list", "elevate"),
        ReliefMethod.WATER.value: pgettext("in a list", "water"),
    }.get(kind) or kind.replace("_", " ")
