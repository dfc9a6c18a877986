"""Prepares a card for one break: its words, its steps spread over the available time, and the pictures they need.

Pure; the break's stage and the card viewer create one for each card they show. A card that cannot be read gets a plan
with words only.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from numbguard.ui.widgets.time_ring import write_left
from numbguard.wording.catalogue import _, translated

from .step_clock import StepClock, StepMoment

if TYPE_CHECKING:
    from numbguard.core.cards.cards import Card, CardStep
    from numbguard.core.cards.motion import Motion
    from numbguard.core.cards.routines import RoutinePart
    from numbguard.figure.palette import FigureTheme
    from numbguard.ui.widgets import theme


class CardPlan:
    """A card as played from ``start_s`` to ``duration_s``, in seconds since the break began.

    ``problem``: the sentence to show with a card that cannot be used. ``reason``: why the card was chosen. ``part``:
    the card's place in a routine, which then sets its start and end.
    """

    def __init__(
        self,
        card: Card | None,
        *,
        duration_s: float,
        start_s: float = 0.0,
        problem: str | None = None,
        reason: str = "",
        part: RoutinePart | None = None,
    ) -> None:
        self._card = card
        self.own = card.image if card is not None else None
        """The person's own picture, shown instead of everything that the methods below draw."""
        self.problem = problem
        self.reason = reason
        self.duration_s = duration_s
        self.part = part
        end_s = duration_s
        if part is not None:
            start_s, end_s = part.start_s, part.end_s
        if card is None:
            self.title = _("Time to move")
            self.why = _("What matters is changing position. The picture is only a guide.")
            self.caution = ""
            self.steps: tuple[str, ...] = (_("Stand up and walk a few steps."),)
            seconds: list[float] = [max(end_s - start_s, 1.0)]
        else:
            self.title, self.why, self.caution = map(translated, (card.title, card.why, card.caution))
            self.steps = tuple(translated(step.instruction) for step in card.steps)
            seconds = [step.seconds for step in card.steps]
        self.clock = StepClock(seconds, start_s=start_s, end_s=end_s)
        self.section = card.section if card is not None else None
        """The guide section the card is based on; ``None`` where the guide has nothing of it."""
        self.source = translated(card.source) if card is not None else ""
        """What the card is based on, by name, where that is not the guide; may be empty."""
        self.heading = self.title
        if part is not None:
            # Translators: Such as “2 of 6: Seated hamstring stretch”, a card's place in a routine.
            self.title = _("{number} of {cards}: {title}").format(number=part.number, cards=part.of, title=self.title)
            # Translators: Such as “Daily routine, 2 of 6: Seated hamstring stretch”.
            self.heading = _("{routine}, {card}").format(routine=translated(part.routine), card=self.title)

    @property
    def has_figure(self) -> bool:
        return self._card is not None

    def lines(self) -> list[tuple[str, int]]:
        return list(zip(self.steps, self.clock.shown, strict=True))

    def say_place(self, now: StepMoment, *, left_s: float) -> str:
        """The position in the break: ``Step 2 of 5``, the round if there are several, and the whole time left."""
        if now.over:
            return _("Break over")
        words = []
        if len(self.steps) > 1:
            words.append(_("Step {index} of {steps}").format(index=now.index + 1, steps=len(self.steps)))
        if self.clock.rounds > 1:
            words.append(_("Round {round} of {rounds}").format(round=now.round + 1, rounds=self.clock.rounds))
        left = write_left(ceil(left_s - 1e-6))
        # Translators: {left} is a time such as “1:34”.
        words.append((_("{left} left") if self.part is None else _("{left} left in the routine")).format(left=left))
        return "\n".join(words)

    def say_next(self, now: StepMoment) -> str:
        """The step after the present one, in a line; empty after the last."""
        if now.over or (now.index + 1 == len(self.steps) and now.round + 1 == self.clock.rounds):
            return ""
        return _("Next: {step}").format(step=self.steps[(now.index + 1) % len(self.steps)])

    def turns_back(self, now: StepMoment) -> bool:
        """Whether there is a step before the present one, on this card or on the one before it."""
        return bool(now.round or now.index) or (self.part is not None and self.part.number > 1)

    def turns_on(self, now: StepMoment) -> bool:
        """Whether there is a step after the present one, on this card or on the one after it."""
        if self.part is not None and self.part.number < self.part.of:
            return True
        return not now.over and (now.index + 1 < len(self.steps) or now.round + 1 < self.clock.rounds)

    # --- pictures ------------------------------------------------------------------------------------------------

    def picture_key(self, index: int) -> tuple[str, bool] | None:
        """A key shared by the steps that share one picture; ``None`` if the step has no picture."""
        step = self._step(index)
        if self.own is not None:
            return "", False
        return (step.motion, step.mirrored) if step is not None else None

    def moving_picture(self, index: int, look: FigureTheme) -> str:
        """The animated SVG for a step. Raises ``ValueError`` or ``ArithmeticError`` if it cannot be drawn."""
        from numbguard.figure.svg import animated_svg

        motion, mirrored = self._motion(index)
        return animated_svg(motion, mirrored=mirrored, theme=look)

    def still_picture(self, index: int, look: FigureTheme, *, deepest: bool) -> str:
        """The SVG of one moment, which is quick to create: the beginning, or with ``deepest`` the deepest stretch."""
        from numbguard.figure.svg import still_svg

        motion, mirrored = self._motion(index)
        return still_svg(motion, at=deepest_s(motion) if deepest else 0.0, mirrored=mirrored, theme=look)

    def _motion(self, index: int) -> tuple[Motion, bool]:
        step = self._step(index)
        assert self._card is not None and step is not None
        return self._card.motions[step.motion], step.mirrored

    def _step(self, index: int) -> CardStep | None:
        return self._card.steps[index] if self._card is not None else None


def look_for(colours: theme.Palette) -> FigureTheme:
    """The look of the pictures in windows with these colours."""
    from numbguard.figure.palette import FigureTheme

    if colours.high_contrast:
        return FigureTheme.WHITE_ON_BLACK if colours.dark else FigureTheme.BLACK_ON_WHITE
    return FigureTheme.DARK if colours.dark else FigureTheme.LIGHT


def ground_of(look: FigureTheme) -> str:
    """The background colour of the pictures, for filling the panel around them."""
    from numbguard.figure.palette import palette_of

    return palette_of(look).backdrop


def deepest_s(motion: Motion) -> float:
    """The key moment of a motion, in seconds: where the muscle glows most, otherwise halfway through the loop."""
    from numbguard.core.cards.motion import Joint

    warmest, at = 0.0, motion.loop / 2
    for key in motion.keys:
        glow = key.pose.get(Joint.GLOW, 0.0)
        if glow > warmest:
            warmest, at = glow, key.at
    return at
