"""The rows of answers under a card: for a break, for a routine, and for a card opened to look at.

The ``CardHost`` of a ``CardPage`` creates them, on the GUI thread. Each function returns the row and sets its tab
order, with the likeliest answer first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from numbguard.core.breaks.messages import Action
from numbguard.ui.widgets.buttons import answer, button_for, with_key
from numbguard.wording.catalogue import _, pgettext
from numbguard.wording.labels import SHORT

if TYPE_CHECKING:
    from .page import CardPage


def break_answers(
    page: CardPage,
    *,
    say: Callable[[Action], None],
    choose: Callable[[], None] | None,
    snooze: str | None,
    way_out: Action | None,
) -> QHBoxLayout:
    """The answers to a break.

    ``choose`` opens the library, for *Another*; ``None``: it shows the next card in turn. ``snooze``: the words on the
    snooze button; ``None`` if the break cannot be snoozed. ``way_out``: the last button's answer; see ``OpenCard``.
    """
    done = answer(page, _("&Done"), _("End the break, then answer one question"), Action.DONE, say, kind="primary")
    if choose is None:
        another = answer(page, _("&Another"), _("Show a different card for the time left"), Action.ANOTHER, say)
    else:
        another = button_for(page, _("&Another…"), choose, means=_("Choose a different card for the time left"))
    left = []
    if way_out is Action.SKIP:
        left.append(answer(page, _("&Skip"), _("Skip this break. The next is a full interval away."), way_out, say))
    elif way_out is Action.SHORT:
        left.append(
            answer(
                page,
                with_key(_(SHORT), pgettext("access key of “Just 20 seconds”", "J")),
                _("End this break after 20 seconds"),
                way_out,
                say,
            )
        )
    if snooze is not None:
        left.append(answer(page, snooze, _("Remind me again shortly"), Action.SNOOZE, say))
    return _row(page, left, [another, done], turns=[done, another, *reversed(left)])


def routine_answers(page: CardPage, *, say: Callable[[Action], None], skip: Callable[[], None] | None) -> QHBoxLayout:
    """The answers to a card of a routine. ``skip`` skips the rest of the card; ``None`` for the last one."""
    done = answer(page, _("&Done"), _("End the break, then answer one question"), Action.DONE, say, kind="primary")
    stop = answer(page, _("&Stop"), _("End the routine here"), Action.CLOSE, say)
    if skip is None:
        return _row(page, [stop], [done], turns=[done, stop])
    following = button_for(page, _("&Next card"), skip, means=_("Skip the rest of this card"))
    return _row(page, [stop], [following, done], turns=[done, following, stop])


def viewer_answers(page: CardPage, *, close: Callable[[], object]) -> QHBoxLayout:
    """The only answer to a card opened to look at: close it."""
    leave = button_for(page, _("&Close"), close, means=_("Close this window"), kind="primary")
    return _row(page, [], [leave], turns=[leave])


def _row(
    page: CardPage, left: Sequence[QWidget], right: Sequence[QWidget], *, turns: Sequence[QPushButton]
) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(round(page.unit * 0.6))
    for button in left:
        line.addWidget(button)
    line.addStretch(1)
    for button in right:
        line.addWidget(button)
    for before, after in pairwise(turns):
        QWidget.setTabOrder(before, after)
    return line
