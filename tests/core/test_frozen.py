"""A record made without ``dataclasses`` cannot be told from one made with it."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from typing import Any

import pytest

from numbguard.core import frozen


@frozen.dataclass(frozen=True, slots=True)
class Light:
    """Made here."""

    id: str
    amount: int = 1
    words: tuple[str, ...] = ()

    @property
    def doubled(self) -> int:
        return self.amount * 2


@dataclasses.dataclass(frozen=True, slots=True)
class Stock:
    """Made by the standard library."""

    id: str
    amount: int = 1
    words: tuple[str, ...] = ()


@frozen.dataclass(frozen=True, slots=True)
class Other:
    id: str
    amount: int = 1
    words: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("given", "named"),
    [(("a",), {}), (("a", 2), {}), (("a", 2, ("x",)), {}), ((), {"words": ("x",), "id": "a"}), (("a",), {"amount": 3})],
)
def test_it_takes_what_a_dataclass_takes_and_holds_the_same(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    light, stock = Light(*given, **named), Stock(*given, **named)
    assert repr(light) == repr(stock).replace("Stock", "Light")
    assert dataclasses.astuple(light) == dataclasses.astuple(stock)
    assert hash(light) == hash(stock)


@pytest.mark.parametrize(
    ("given", "named"),
    [((), {}), ((), {"amount": 1}), (("a", 1, (), 4), {}), (("a",), {"id": "b"}), (("a",), {"colour": "red"})],
)
def test_it_refuses_what_a_dataclass_refuses(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for kind in (Light, Stock):
        with pytest.raises(TypeError):
            kind(*given, **named)


def test_it_is_equal_to_its_like_alone() -> None:
    assert Light("a", 2) == Light("a", 2) != Light("a", 3)
    assert Light("a") != Other("a")
    assert len({Light("a"), Light("a"), Light("b")}) == 2


def test_it_cannot_be_changed_but_made_anew_with_a_change() -> None:
    light: Any = Light("a", 2)
    for change in (lambda: setattr(light, "amount", 3), lambda: delattr(light, "id"), lambda: setattr(light, "x", 1)):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert not hasattr(light, "__dict__")
    for replace in (frozen.replace, dataclasses.replace):
        assert replace(light, amount=3) == Light("a", 3)
        with pytest.raises(TypeError):
            replace(light, colour="red")
    assert (light.amount, light.doubled) == (2, 4)


def test_a_default_that_can_change_is_made_anew_each_time() -> None:
    @frozen.dataclass(frozen=True, slots=True)
    class Holder:
        id: str
        found: dict[str, int] = frozen.field(default_factory=dict)

    one, other = Holder("a"), Holder("a")
    assert one == other == dataclasses.replace(one)
    assert one.found is not other.found
    assert Holder("a", {"x": 1}).found == {"x": 1}
    assert dataclasses.fields(Holder)[1].default_factory is dict


def test_it_is_copied_and_sent_to_another_process() -> None:
    light = Light("a", 2, ("x",))
    assert copy.copy(light) == copy.deepcopy(light) == pickle.loads(pickle.dumps(light)) == light


def test_who_asks_for_its_fields_and_parts_gets_them() -> None:
    asked = [[(one.name, one.type, one.default) for one in dataclasses.fields(kind)] for kind in (Light, Stock)]
    assert asked[0] == asked[1]
    match Light("a", 5):
        case Light(id, amount):
            assert (id, amount) == ("a", 5)


def test_its_fields_are_made_once() -> None:
    """The engine changes records with the stock ``replace``; as slow as making a class, that would be felt."""
    assert dataclasses.replace(Other("a"), amount=3) == Other("a", 3)
    assert dataclasses.fields(Other)[0] is dataclasses.fields(Other)[0]
