"""Why a card was chosen, in words: a line on the card and a few words in the announcement. Pure, no Qt.

Called by ``app/card_choice.py`` on the GUI thread. Nothing here names a symptom, because others may see the
announcement.
"""

from __future__ import annotations

from numbguard.core.cards.choosing import ChoiceCause, ChoiceReason, LoggedSince
from numbguard.wording.catalogue import _

from .sites import part


def on_card(reason: ChoiceReason) -> str:
    """``For your left calf, which you logged twice this week.``"""
    if reason.cause is ChoiceCause.WAITED:
        return _("You haven't done this one in a while.")
    if reason.cause is ChoiceCause.NEW:
        return _("A new one for you.")
    return _("For {part}, which you logged {how_often}.").format(
        part=part(reason.region, reason.side), how_often=_how_often(reason)
    )


def in_announcement(reason: ChoiceReason) -> str:
    """``for your left calf, twice this week``; empty for any reason but a logged region."""
    if reason.cause is not ChoiceCause.LOGGED:
        return ""
    return _("for {part}, {how_often}").format(part=part(reason.region, reason.side), how_often=_how_often(reason))


def _how_often(reason: ChoiceReason) -> str:
    times = {1: "once", 2: "twice"}.get(reason.times, f"{reason.times} times")
    return f"{times} {'this week' if reason.since is LoggedSince.MONDAY else 'in the last two weeks'}"
