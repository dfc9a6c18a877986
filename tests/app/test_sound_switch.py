"""Sound is asked about once, switched in the settings, and heard as a sample unless something forbids it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from numbguard.app.sound_switch import SoundSwitch
from numbguard.core.settings.choices import SoundMoment
from numbguard.core.settings.settings import Settings
from numbguard.store.settings.file import SettingsError


class StandInApp:
    def __init__(self) -> None:
        self.settings = Settings()
        self.said: set[str] = set()
        self.suppressed: tuple[str, ...] = ()
        self.calls: list[object] = []
        self.fails = False
        self.runtime = SimpleNamespace(moment=lambda: SimpleNamespace(suppressed=self.suppressed))

    def once(self, what: str) -> bool:
        first = what not in self.said
        self.said.add(what)
        return first

    def switch_sound(self, on: bool) -> None:
        if self.fails:
            raise SettingsError("The disk is full.")
        self.settings = Settings(sound_enabled=on)

    def refuse(self, sentence: str) -> None:
        self.calls.append(sentence)

    def try_sound(self, moment: SoundMoment) -> str:
        self.calls.append(moment)
        return ""


@pytest.fixture
def app() -> StandInApp:
    return StandInApp()


@pytest.fixture
def switch(app: StandInApp) -> SoundSwitch:
    return SoundSwitch(app)  # type: ignore[arg-type]  # its runtime has only what the switch asks


def test_the_question_comes_once_and_never_where_sound_is_on(app: StandInApp, switch: SoundSwitch) -> None:
    app.settings = Settings(sound_enabled=True)
    assert not switch.may_ask()
    app.settings = Settings()
    assert switch.may_ask()
    assert not switch.may_ask()


def test_a_person_who_switched_it_by_the_button_is_not_asked(app: StandInApp, switch: SoundSwitch) -> None:
    switch.switch(True)
    switch.switch(False)
    assert not switch.may_ask()


def test_a_yes_lets_the_sound_be_heard_but_not_in_a_call(app: StandInApp, switch: SoundSwitch) -> None:
    switch.switch(True)
    assert (switch.is_on, app.calls) == (True, [SoundMoment.START])
    switch.switch(False)
    app.suppressed = ("call",)
    switch.switch(True)
    assert app.calls == [SoundMoment.START]


def test_settings_that_cannot_be_written_are_said(app: StandInApp, switch: SoundSwitch) -> None:
    app.fails = True
    switch.switch(True)
    assert app.calls == ["The disk is full."]
