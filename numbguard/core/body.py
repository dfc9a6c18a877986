"""Sides and regions of the legs, named as in the log, the leg map and the card files. Pure data, on any thread."""

from __future__ import annotations

from enum import Enum


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Region(Enum):
    """A part of the leg that the leg map shows and a card can serve."""

    LOWER_BACK = "lower_back"
    BUTTOCK = "buttock"
    HIP = "hip"
    THIGH_FRONT = "thigh_front"
    THIGH_OUTER = "thigh_outer"
    THIGH_BACK = "thigh_back"
    KNEE = "knee"
    SHIN = "shin"
    CALF = "calf"
    ANKLE = "ankle"
    FOOT_TOP = "foot_top"
    SOLE = "sole"
    TOES = "toes"
