"""A small part of ``./dev fuzz``: each reader uses or refuses files and messages with odd values in them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tools.fuzz.targets import TARGETS, Reader

EXAMPLES = 25


@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_uses_or_refuses_whatever_it_is_given(name: str) -> None:
    target = TARGETS[name]
    with target.open() as read:
        _try_all(name, read)


def _try_all(name: str, read: Reader) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(TARGETS[name].given)
    def try_it(content: bytes) -> None:
        read(content)

    try_it()
