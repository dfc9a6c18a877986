"""Checks a card's `[motion.NAME]` tables and turns each into a `Motion`.

Pure; called by `cards.py`, on the thread that reads the card.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Final, TypeVar

from numbguard.core.sentence import N_, sentence

from .motion import (
    Bone,
    Callout,
    Camera,
    Inset,
    Joint,
    Keyframe,
    Limb,
    Motion,
    Pin,
    Prop,
    StartPose,
    ViewAngle,
    WarmMuscle,
    exists_in,
    marks_of,
)
from .table_reader import REACH, TableReader

_WHOLE_ROOM: Final = Camera()
MAX_KEYS: Final = 48
"""Most keyframes of a motion."""
MAX_LOOP: Final = 60.0
"""Longest loop in seconds."""


def motions_from(reading: TableReader) -> dict[str, Motion]:
    """The motions of a card's `[motion]` table, by name. A motion `like` another inherits every key it does not set.

    Raises CardError with a sentence that names the card and the key.
    """
    return {name: _motion(name, _with_inherited_keys(name, reading)) for name in reading.table}


def _with_inherited_keys(name: str, motions: TableReader) -> TableReader:
    own = motions.part(name)
    if "like" not in own.table:
        return own
    model = own.text("like", limit=40)
    if model not in motions.table:
        own.fail("like", sentence("is “{model}”, which the card does not describe", model=model))
    if "like" in motions.part(model).table:
        own.fail("like", sentence("is “{model}”, which is itself like another", model=model))
    table = {**motions.part(model).table, **own.table}
    del table["like"]
    return TableReader(own.card, table, own.where)


def _motion(name: str, reading: TableReader) -> Motion:
    reading.only(
        "view", "base", "loop", "props", "tint", "other_tint", "inset", "marks", "camera", "flowing", "travel",
        "behind", "before", "eyes_shut", "keys",
    )  # fmt: skip
    view = reading.word("view", ViewAngle)
    loop = reading.number("loop", low=0.5, high=MAX_LOOP)
    camera = reading.part("camera")
    camera.only("x", "y", "zoom")
    keys = tuple(_keyframe(each, view) for each in reading.parts("keys", most=MAX_KEYS))
    if keys[0].at != 0:
        reading.fail("keys 1.at", N_("must be 0, where the movement starts"))
    if view is ViewAngle.FRONT and any(not each.hold.keys() <= keys[0].hold.keys() for each in keys):
        reading.fail("keys", N_("must hold the same hands and feet throughout in front view"))
    for earlier, later in pairwise(keys):
        if later.at <= earlier.at:
            reading.fail(
                "keys",
                sentence(
                    "must be in order of time: {later:g} comes after {earlier:g}", later=later.at, earlier=earlier.at
                ),
            )
    if keys[-1].at >= loop:
        reading.fail("keys", sentence("must end before the loop does, at {loop:g} s", loop=loop))
    _refuse_undrawable(view, reading)
    return Motion(
        name=name,
        view=view,
        base=reading.word("base", StartPose),
        loop=loop,
        keys=keys,
        props=reading.words("props", Prop, may_be_empty=True),
        tint=reading.word("tint", WarmMuscle) if "tint" in reading.table else None,
        other_tint=reading.word("other_tint", WarmMuscle) if "other_tint" in reading.table else None,
        inset=reading.word("inset", Inset) if "inset" in reading.table else None,
        marks=reading.words("marks", Callout, may_be_empty=True),
        camera=Camera(
            x=camera.number("x", low=-REACH, high=REACH, default=_WHOLE_ROOM.x),
            y=camera.number("y", low=-REACH, high=REACH, default=_WHOLE_ROOM.y),
            zoom=camera.number("zoom", low=0.25, high=6.0, default=_WHOLE_ROOM.zoom),
        ),
        flowing=reading.flag("flowing", default=False),
        travel=reading.number("travel", low=0.0, high=REACH, default=0.0),
        behind=reading.words("behind", Limb, may_be_empty=True),
        before=reading.words("before", Limb, may_be_empty=True),
        eyes_shut=reading.flag("eyes_shut", default=False),
    )


def _refuse_undrawable(view: ViewAngle, reading: TableReader) -> None:
    """Refuse anything that this view cannot draw."""
    if view is not ViewAngle.SIDE and reading.word("base", StartPose) not in (StartPose.STANDING, StartPose.SITTING):
        reading.fail("base", sentence("must be standing or sitting in {view} view", view=view))
    for key in ("inset", "other_tint"):
        if view is not ViewAngle.SIDE and key in reading.table:
            reading.fail(key, sentence("is not shown in {view} view", view=view))
    for mark in reading.words("marks", Callout, may_be_empty=True):
        if mark not in marks_of(view):
            reading.fail("marks", sentence("has “{mark}”, which is not shown in {view} view", mark=mark, view=view))
    for key in ("behind", "before"):
        for limb in reading.words(key, Limb, may_be_empty=True):
            if view is not ViewAngle.FRONT or not exists_in(limb, view):
                reading.fail(
                    key, sentence("has “{limb}”, which isn't part of the figure in {view} view", limb=limb, view=view)
                )


def _keyframe(reading: TableReader, view: ViewAngle) -> Keyframe:
    reading.only("at", "pose", "hold")
    pose = reading.part("pose")
    hold = reading.part("hold")
    return Keyframe(
        at=reading.number("at", low=0.0, high=MAX_LOOP),
        pose={_suited(pose, key, Joint, view): pose.number(key, low=-REACH, high=REACH) for key in pose.table},
        hold={_suited(hold, key, Limb, view): _pin(hold, key, view) for key in hold.table},
    )


_Named = TypeVar("_Named", Joint, Limb, Bone)


def _suited(reading: TableReader, key: str, kind: Callable[[str], _Named], view: ViewAngle) -> _Named:
    try:
        name = kind(key)
    except ValueError:
        reading.fail(key, N_("isn't part of the figure"))
    if not exists_in(name, view):
        reading.fail(key, sentence("isn't part of the figure in {view} view", view=view))
    return name


def _pin(hold: TableReader, key: str, view: ViewAngle) -> Pin | None:
    if hold.table[key] == "free":
        if view is ViewAngle.FRONT:
            hold.fail(key, N_("cannot be let go in front view"))
        return None
    pin = hold.part(key)
    pin.only("at", "on", "along", "off", "across", "turn")
    turn = pin.number("turn", low=-360, high=360) if "turn" in pin.table else None
    if "on" in pin.table:
        if Limb(key).is_foot:
            pin.fail("on", N_("holds hands only; a foot is held to the room by “at”"))
        return Pin(
            on=_suited(pin, pin.word("on", Bone), Bone, view),
            along=pin.number("along", low=-1.0, high=2.0, default=0.5),
            off=pin.number("off", low=-100.0, high=100.0, default=0.0),
            across=pin.number("across", low=-100.0, high=100.0, default=0.0),
            turn=turn,
        )
    return Pin(at=pin.numbers("at", least=2, most=3), turn=turn)
