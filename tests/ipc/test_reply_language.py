"""The app answers the command line in the language of the request, and in English where it names none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from numbguard.ipc.requests import RequestHandler
from numbguard.wording import catalogue

ENGLISH = "The running app does not know “dance”. Restart it after an update."


@pytest.fixture(autouse=True)
def windows_in_the_pseudo_language() -> Iterator[None]:
    catalogue.use("qps")
    yield
    catalogue.forget()


@pytest.mark.parametrize("language", [{}, {"language": "en"}, {"language": 5}, {"language": "x" * 1000}])
def test_scripts_get_english(language: dict[str, object]) -> None:
    assert ask(language)["error"] == ENGLISH


def test_people_get_their_language() -> None:
    assert str(ask({"language": "qps"})["error"]).startswith("⟦The running app does not know “dance”.")
    assert catalogue.language() == "qps"


def ask(request: dict[str, object]) -> dict[str, object]:
    no_app = cast(Any, object())  # the verb does not exist, so nothing is asked of the app
    return RequestHandler(no_app)({"verb": "dance", **request})
