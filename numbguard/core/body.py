"""Sides and regions of the legs, as the log, the leg map and the card files name them. Pure data; any thread."""

from __future__ import annotations

from enum import Enum


class Side(Enum):
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


class Region(Enum):
    """Where on the leg, as the body map and the card library name it."""

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
