"""A card that the person chose, in place of the one whose turn it is."""

from __future__ import annotations

from numbguard.core.breaks.messages import Action, Announce, AskAfter, ChangeCard, CloseCard, OpenCard, Withdraw
from numbguard.core.log.records.sitting import Outcome
from tests.scenario import Scenario


def test_a_break_begins_with_it(scenario: Scenario) -> None:
    scenario.sits(minutes=10).starts_card("quad").expects(OpenCard)
    assert scenario.last(OpenCard).card == "quad"
    scenario.leaves(minutes=3).answers(Action.MOVED)
    assert [(one.card, one.outcome) for one in scenario.breaks] == [("quad", Outcome.MOVED)]


def test_it_takes_the_place_of_the_one_that_was_announced(scenario: Scenario) -> None:
    scenario.sits(minutes=45).expects(Announce)
    announced = scenario.last(Announce).card
    scenario.starts_card("quad").expects(Withdraw, OpenCard).leaves(minutes=3).answers(Action.MOVED)
    assert scenario.breaks[-1].card == "quad"
    scenario.sits(minutes=45)
    assert scenario.last(Announce).card == announced, "the one that was not shown is still next"


def test_a_break_that_is_on_goes_on_with_it(scenario: Scenario) -> None:
    scenario.sits(minutes=45).answers(Action.START).rests(seconds=30).expects(Announce, Withdraw, OpenCard)
    scenario.starts_card("quad").expects(ChangeCard).rests(seconds=89).expects_nothing()
    scenario.rests(seconds=2).expects(AskAfter)
    scenario.answers(Action.MOVED).expects(CloseCard)
    assert scenario.breaks[-1].card == "quad"


def test_a_routine_goes_its_own_way(scenario: Scenario) -> None:
    scenario.starts_routine(minutes=7).starts_card("quad").expects_refusal()


def test_the_question_is_answered_first(scenario: Scenario) -> None:
    scenario.sits(minutes=45).answers(Action.START).rests(minutes=2.1).starts_card("quad").expects_refusal()
