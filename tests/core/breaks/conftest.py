from __future__ import annotations

import pytest

from tests.scenario import Scenario


@pytest.fixture
def scenario() -> Scenario:
    """Somebody who sits down on a Monday at nine, with every setting as it comes."""
    return Scenario()
