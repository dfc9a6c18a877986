"""Step-by-step relief: what to do about a leg that is numb now, and the person's progress through it.

Pure data and arithmetic, used on the GUI thread. The relief window shows the steps and keeps a `ReliefProgress` on the
runtime's clock; the log records the step at which the numbness went as what helped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from numbguard.core.guide.sections import GuideSection
from numbguard.core.sentence import N_

from ..records.episode import Episode
from .leg_limits import LegLimits


class ReliefMethod(StrEnum):
    """What helped, as `Episode.relief` stores it."""

    POSITION = "position"
    MOVEMENT = "movement"
    MASSAGE = "massage"
    ELEVATE = "elevate"
    WATER = "water"


@dataclass(frozen=True, slots=True)
class CardMotion:
    """A motion of a card: the card's slug and the motion's name in it."""

    card: str
    motion: str


@dataclass(frozen=True, slots=True)
class ReliefPart:
    """One thing to do, and for how many seconds; without a figure, the step has a picture of its own."""

    text: str
    seconds: int
    figure: CardMotion | None = None


@dataclass(frozen=True, slots=True)
class ReliefStep:
    """One of the guide's steps of relief, with its parts in order."""

    relief: ReliefMethod
    section: GuideSection
    title: str
    why: str
    parts: tuple[ReliefPart, ...]

    @property
    def seconds(self) -> int:
        return sum(part.seconds for part in self.parts)


STEPS: Final = (
    ReliefStep(
        ReliefMethod.POSITION,
        GuideSection.RELIEF_POSITION,
        N_("Change your position"),
        N_(
            "This takes the pressure off the nerve. Feeling usually comes back in a few seconds, or a couple of "
            "minutes."
        ),
        (
            ReliefPart(
                N_("Uncross your legs, put both feet flat, and shift your weight."),
                12,
                CardMotion("desk-posture", "legs"),
            ),
            ReliefPart(
                N_("If the leg will hold you, stand up, hold on to something firm, and shake the leg gently."),
                28,
                CardMotion("shake-leg", "shake"),
            ),
            ReliefPart(N_("Once you can feel it again, take a few steps."), 20, CardMotion("short-walk", "walk")),
        ),
    ),
    ReliefStep(
        ReliefMethod.MOVEMENT,
        GuideSection.RELIEF_MOVEMENT,
        N_("Move it gently"),
        N_("Small movements get the blood moving, and may free a slightly trapped nerve."),
        (
            ReliefPart(N_("Sit down, and slowly bend the foot up and down."), 20, CardMotion("ankle-pumps", "pump")),
            ReliefPart(N_("Draw slow circles with the foot."), 15, CardMotion("ankle-circles", "circle")),
            ReliefPart(N_("Now circle the other way."), 15, CardMotion("ankle-circles", "back")),
            ReliefPart(
                N_("Numb further up? Slide that heel forward and gently reach for your toes."),
                20,
                CardMotion("seated-hamstring", "reach"),
            ),
            ReliefPart(
                N_("If the leg will hold you, do slow knee bends with a hand on the desk."),
                20,
                CardMotion("knee-bends", "bend"),
            ),
        ),
    ),
    ReliefStep(
        ReliefMethod.MASSAGE,
        GuideSection.RELIEF_MASSAGE,
        N_("Rub it lightly"),
        N_(
            "It helps the blood flow and feels good as the feeling comes back. Keep it light. Don't rub a leg that is "
            "swollen, warm or sore."
        ),
        (
            ReliefPart(
                N_("Lay your palm on the numb part and rub in slow circles. Stop if it hurts."),
                40,
                CardMotion("rub", "rub"),
            ),
            ReliefPart(N_("Then tap it lightly with your fingertips."), 20, CardMotion("tap", "tap")),
        ),
    ),
    ReliefStep(
        ReliefMethod.ELEVATE,
        GuideSection.RELIEF_ELEVATE,
        N_("Put the leg up"),
        N_(
            "Raising the leg helps blood drain back. It works best for a foot or lower leg. If the leg is cold or "
            "pale, or hurts more when raised, lower it and get help at once."
        ),
        (
            ReliefPart(
                N_("Lie down with your leg on one or two pillows, a little above your heart."),
                40,
                CardMotion("elevate", "raise"),
            ),
            ReliefPart(
                N_("Let the leg relax. Move your foot up and down now and then."),
                140,
                CardMotion("elevate", "raise"),
            ),
        ),
    ),
    ReliefStep(
        ReliefMethod.WATER,
        GuideSection.RELIEF_WATER,
        N_("Water and a snack"),
        N_(
            "This is not a quick cure. It rules out too little water, which can make nerves more sensitive, and low "
            "blood sugar, which can feel like nerve trouble."
        ),
        (
            ReliefPart(
                N_("Had nothing to drink for a while? Have some water, unless a doctor limits your drinks."), 30
            ),
            ReliefPart(N_("Light-headed, or missed a meal? Eat some fruit or a few nuts."), 30),
        ),
    ),
)

WALKING: Final = N_(
    "A weak or completely numb leg may not hold you. Stay sitting, and don't walk on it until the feeling is back."
)
"""A warning shown at every step."""


_NEED_THE_LEG: Final = frozenset({"shake-leg", "short-walk", "knee-bends"})
"""Cards whose motions a leg must hold the person for."""
_STAY_SEATED: Final = ReliefPart(
    N_("Stay sitting, take your weight off the numb side, and wait for the feeling to come back."),
    33,
    CardMotion("desk-posture", "legs"),
)


def steps_for(limits: LegLimits) -> tuple[ReliefStep, ...]:
    """The steps without what could harm a leg with these limits."""
    steps = []
    for step in STEPS:
        parts = step.parts
        if limits.may_not_hold:
            parts = tuple(part for part in parts if part.figure is None or part.figure.card not in _NEED_THE_LEG)
            if step.relief is ReliefMethod.POSITION:
                parts = (*parts, _STAY_SEATED)
        rubs, raises = step.relief is ReliefMethod.MASSAGE, step.relief is ReliefMethod.ELEVATE
        if not (limits.is_sore and rubs) and not (limits.is_cold and raises):
            steps.append(replace(step, parts=parts))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class ReliefPlace:
    """The person's place in the steps: a part of a step, and the seconds left of that step."""

    step: int
    part: int
    left_s: float


@dataclass(frozen=True, slots=True)
class ReliefProgress:
    """The person's progress through the steps. Moments are seconds of one monotonic clock."""

    step: int
    began: float
    """When this step began."""
    held: float | None = None
    """When the person stopped the time; `None` while it runs."""
    steps: tuple[ReliefStep, ...] = STEPS

    @classmethod
    def begin(cls, now: float, steps: tuple[ReliefStep, ...] = STEPS) -> ReliefProgress:
        """The start of the first step."""
        return cls(0, now, steps=steps)

    def at(self, now: float) -> ReliefProgress:
        """The progress at `now`: steps follow one another by time, but the person has to end the last one."""
        if self.held is not None:
            return self
        course = self
        while course.step < len(self.steps) - 1 and now >= course.began + self.steps[course.step].seconds:
            course = replace(course, step=course.step + 1, began=course.began + self.steps[course.step].seconds)
        return course

    def go(self, by: int, now: float) -> ReliefProgress:
        """Move `by` steps and start that step, its time running; `by` of 0 restarts the present one."""
        step = min(max(self.at(now).step + by, 0), len(self.steps) - 1)
        return ReliefProgress(step, now, steps=self.steps)

    def hold(self, now: float) -> ReliefProgress:
        """Stop the time until `go_on`: not everybody can lie down within a minute."""
        course = self.at(now)
        return course if course.held is not None else replace(course, held=now)

    def go_on(self, now: float) -> ReliefProgress:
        """Let the time run again, from where `hold` stopped it."""
        return self if self.held is None else replace(self, began=self.began + now - self.held, held=None)

    def place(self, now: float) -> ReliefPlace:
        """The step and part to show at `now`."""
        course = self.at(now)
        step = self.steps[course.step]
        since = max(0.0, (now if course.held is None else course.held) - course.began)
        part, ends = 0, step.parts[0].seconds
        while since >= ends and part < len(step.parts) - 1:
            part += 1
            ends += step.parts[part].seconds
        return ReliefPlace(course.step, part, max(0.0, step.seconds - since))


def still_open(episode: Episode, open_now: Episode | None) -> bool:
    """Whether an episode is still open, judged by the open episode that began last.

    One that began later hides it, so it counts as open; one that began earlier, or none, shows that it was ended or
    undone elsewhere.
    """
    return open_now is not None and open_now.started_at >= episode.started_at
