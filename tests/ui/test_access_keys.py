"""In every language, no two buttons of the panel have the same access key."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from numbguard.core.breaks.messages import Phase, State
from numbguard.ui.tray.panel import Panel
from numbguard.wording import catalogue
from tools.fakes import FakeControls, FakeHabits, app_snapshot, episode
from tools.translations.compiled import catalogue_of, language_of, mo_bytes, po_files

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

LANGUAGES = ["en", *map(language_of, po_files())]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for po in po_files():
        mo = tmp_path / f"{language_of(po)}.mo"
        mo.write_bytes(mo_bytes(catalogue_of(po)))
    monkeypatch.setattr("numbguard.wording.catalogue.compiled", lambda name: tmp_path / f"{name}.mo")
    catalogue.use(request.param)
    assert catalogue.language() == request.param
    yield request.param
    catalogue.forget()


def doubled(texts: list[str]) -> list[str]:
    letters = Counter(letter.lower() for text in texts for letter in re.findall(r"&([^\W_])", text))
    return sorted(letter for letter, count in letters.items() if count > 1)


MOMENTS = {
    "sitting": (State.SITTING, Phase.NONE),
    "announced": (State.ANNOUNCED, Phase.ANNOUNCED),
    "card": (State.BREAK, Phase.CARD),
    "after": (State.BREAK, Phase.AFTER),
    "standing": (State.STANDING, Phase.NONE),
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("numb", [False, True])
def test_the_panel(language: str, moment: str, numb: bool, qtbot) -> None:
    state, phase = MOMENTS[moment]
    logged = {"open_episode": episode(), "undoable": episode()} if numb else {}
    controls = FakeControls(app_snapshot(state, phase=phase, **logged))
    panel = Panel(controls, controls, popup=False, habits=FakeHabits())
    qtbot.addWidget(panel)
    panel.present()
    buttons = [button.text() for button in panel.findChildren(QPushButton) if button.isVisible()]
    assert len(buttons) > 5
    assert doubled(buttons) == []
