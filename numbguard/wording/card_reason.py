"""Why a card was chosen, in words: a line on the card and a few words in the announcement. Pure, no Qt.

Called by ``app/card_choice.py`` on the GUI thread. Nothing here names a symptom, because others may see the
announcement.
"""

from __future__ import annotations

from numbguard.core.cards.choosing import ChoiceCause, ChoiceReason, LoggedSince
from numbguard.wording import formats
from numbguard.wording.catalogue import _, ngettext

from .log.sites import part


def on_card(reason: ChoiceReason) -> str:
    """``For your left calf, which you logged twice this week.``"""
    if reason.cause is ChoiceCause.WAITED:
        return _("You haven't done this one in a while.")
    if reason.cause is ChoiceCause.NEW:
        return _("A new one for you.")
    if reason.since is LoggedSince.MONDAY:
        said = {
            1: _("For {part}, which you logged once this week."),
            2: _("For {part}, which you logged twice this week."),
        }.get(reason.times) or ngettext(
            "For {part}, which you logged {count} time this week.",
            "For {part}, which you logged {count} times this week.",
            reason.times,
        )
    else:
        said = {
            1: _("For {part}, which you logged once in the last two weeks."),
            2: _("For {part}, which you logged twice in the last two weeks."),
        }.get(reason.times) or ngettext(
            "For {part}, which you logged {count} time in the last two weeks.",
            "For {part}, which you logged {count} times in the last two weeks.",
            reason.times,
        )
    return said.format(part=part(reason.region, reason.side), count=formats.number(reason.times))


def in_announcement(reason: ChoiceReason) -> str:
    """``for your left calf, twice this week``; empty for any reason but a logged region."""
    if reason.cause is not ChoiceCause.LOGGED:
        return ""
    if reason.since is LoggedSince.MONDAY:
        said = {1: _("for {part}, once this week"), 2: _("for {part}, twice this week")}.get(reason.times) or ngettext(
            "for {part}, {count} time this week", "for {part}, {count} times this week", reason.times
        )
    else:
        said = {
            1: _("for {part}, once in the last two weeks"),
            2: _("for {part}, twice in the last two weeks"),
        }.get(reason.times) or ngettext(
            "for {part}, {count} time in the last two weeks",
            "for {part}, {count} times in the last two weeks",
            reason.times,
        )
    return said.format(part=part(reason.region, reason.side), count=formats.number(reason.times))
