"""The guide's sections by name, which cards, advice and habits cite and the reader opens. Pure data, on any thread."""

from __future__ import annotations

from enum import StrEnum


class GuideSection(StrEnum):
    """A section of the guide that a card, advice or a page can rest on."""

    CAUSES = "causes"
    CAUSES_COMPRESSION = "causes.compression"
    CAUSES_NERVES = "causes.nerves"
    CAUSES_SPINE = "causes.spine"
    CAUSES_CIRCULATION = "causes.circulation"
    CAUSES_OTHER = "causes.other"
    RELIEF_POSITION = "relief.position"
    RELIEF_MOVEMENT = "relief.movement"
    RELIEF_MASSAGE = "relief.massage"
    RELIEF_ELEVATE = "relief.elevate"
    RELIEF_WATER = "relief.water"
    PREVENTION_POSTURE = "prevention.posture"
    PREVENTION_MOVEMENT = "prevention.movement"
    PREVENTION_WEIGHT = "prevention.weight"
    PREVENTION_NUTRITION = "prevention.nutrition"
    PREVENTION_WATER = "prevention.water"
    PREVENTION_FOOTWEAR = "prevention.footwear"
    HELP = "help"
    HELP_EVALUATION = "help.evaluation"
    HELP_THERAPY = "help.therapy"
    HELP_MEDICINES = "help.medicines"
    HELP_INJECTIONS = "help.injections"
    HELP_SURGERY = "help.surgery"
    HELP_CONDITIONS = "help.conditions"
    MIND_FEELINGS = "mind.feelings"
    MIND_SUPPORT = "mind.support"
    MIND_CALM = "mind.calm"
    MIND_GOALS = "mind.goals"
    MIND_ENJOYMENT = "mind.enjoyment"
    MIND_THERAPIST = "mind.therapist"
