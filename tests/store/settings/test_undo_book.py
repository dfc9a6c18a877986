"""A window changes settings one by one and undoes each change; the person's comments stay."""

from __future__ import annotations

from datetime import time

import pytest

from numbguard.core.settings.choices import Style
from numbguard.core.settings.settings import Settings, WorkingSpan
from numbguard.core.settings.table import SPECS
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from numbguard.store.settings.file import SettingsError
from numbguard.store.settings.undo_book import SettingsBook

OWN = """# Written by hand.
[breaks]
interval = "50m"   # the doctor says so
snooze = "10m"

[hours]
monday = ["9:00 - 12:30", "13:30-18:00"]   # short day
"""


class Desk:
    """Stands in for the app: has the settings in force and loads a changed file."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.loaded = settings_file.load(profile)
        self.book = SettingsBook(profile, loaded=lambda: self.loaded, follow=self.follow)

    def follow(self) -> None:
        if settings_file.changed(self.profile, self.loaded):
            self.loaded = settings_file.load(self.profile, before=self.loaded.settings)

    @property
    def text(self) -> str:
        return self.profile.settings.read_text(encoding="utf-8")


@pytest.fixture
def desk(profile: Profile) -> Desk:
    profile.settings.write_text(OWN, encoding="utf-8")
    return Desk(profile)


def test_several_changes_and_all_the_way_back(desk: Desk) -> None:
    book = desk.book
    book.change("breaks.interval", 3600.0)
    book.change("breaks.style", Style.FIRM)
    book.change_hours({0: (WorkingSpan(time(22), time(6)),), 4: (WorkingSpan(time(9), time(0)),)})
    assert book.settings.interval == 3600.0
    assert book.settings.hours == {0: (WorkingSpan(time(22), time(6)),), 4: (WorkingSpan(time(9), time(0)),)}
    assert 'interval = "1h"   # the doctor says so' in desk.text
    assert 'friday = ["09:00-24:00"]' in desk.text
    book.undo()
    assert (book.settings.style, sorted(book.settings.hours)) == (Style.FIRM, [0])
    book.undo()
    book.undo()
    assert desk.text == OWN
    assert not book.can_undo
    book.undo()
    assert desk.text == OWN


def test_back_to_the_default_takes_the_key_away_but_no_word_of_the_person(desk: Desk) -> None:
    desk.book.reset("breaks.snooze")
    desk.book.reset("breaks.interval")
    assert "snooze" not in desk.text
    assert 'interval = "45m"   # the doctor says so' in desk.text
    assert desk.book.settings == Settings(hours=desk.book.settings.hours)
    assert all(desk.book.is_default(spec) for spec in SPECS)


def test_no_hours_at_all_and_back_with_every_comment(desk: Desk) -> None:
    desk.book.change_hours({})
    assert desk.book.settings.hours == {}
    assert "# Written by hand." in desk.text
    desk.book.undo()
    assert desk.text == OWN


def test_a_day_that_stays_as_it_was_keeps_its_form(desk: Desk) -> None:
    monday = desk.book.settings.hours[0]
    desk.book.change_hours({0: monday, 1: monday})
    assert 'monday = ["9:00 - 12:30", "13:30-18:00"]   # short day' in desk.text
    assert 'tuesday = ["09:00-12:30", "13:30-18:00"]' in desk.text
    desk.book.change_hours({0: (), 1: ()})
    assert desk.book.settings.hours == {0: (), 1: ()}


def test_what_was_changed_elsewhere_is_never_undone(desk: Desk) -> None:
    desk.book.change("breaks.interval", 3600.0)
    by_hand = desk.text.replace('snooze = "10m"', 'snooze = "7m"')
    desk.profile.settings.write_text(by_hand, encoding="utf-8")
    desk.book.look()
    assert desk.book.settings.snooze == 420.0
    assert not desk.book.can_undo
    desk.book.undo()
    assert desk.text == by_hand
    desk.book.change("breaks.max_snoozes", 1)
    desk.book.undo()
    assert desk.text == by_hand


def test_the_first_change_makes_the_file_and_undo_takes_it_away(profile: Profile) -> None:
    desk = Desk(profile)
    desk.book.change("breaks.interval", desk.book.settings.interval)
    assert not profile.settings.exists()
    desk.book.change("breaks.interval", 3000.0)
    assert desk.text == '[breaks]\ninterval = "50m"\n'
    desk.book.undo()
    assert not profile.settings.exists()
    assert desk.book.settings == Settings()


def test_a_refusal_changes_nothing_and_says_why(desk: Desk) -> None:
    with pytest.raises(SettingsError, match=r"breaks\.interval takes 10m to 2h"):
        desk.book.change("breaks.interval", 60.0)
    desk.profile.settings.write_text("[breaks\n", encoding="utf-8")
    desk.book.look()
    with pytest.raises(SettingsError, match="Please fix it first"):
        desk.book.change("breaks.interval", 3600.0)
    assert desk.text == "[breaks\n"
    assert desk.book.settings.interval == 3000.0
    assert len(desk.book.problems) == 1


WRONG = """[breaks]
interval = "5 hours"   # as the doctor says
snooze = 3
colour = "blue"

[hours]
monday = ["9-12", "13:30-18:00"]
tuesday = ["late"]
funday = []

[posture]
interval = "90m"

"a.b" = 1
[nothing]
at = 1
"""


def test_what_cannot_be_used_is_mended_in_the_file_one_by_one_and_comes_back(profile: Profile) -> None:
    profile.settings.write_text(WRONG, encoding="utf-8")
    desk = Desk(profile)
    told = len(desk.book.problems)
    assert told == 9
    assert sorted(desk.book.mends[said][1].value for said in desk.book.problems) == [
        *["default"] * 3,
        *["keep"] * 2,
        *["remove"] * 4,
    ]
    in_force = desk.book.settings
    for left in reversed(range(told)):
        key, _ = desk.book.mends[desk.book.problems[0]]
        desk.book.mend(key)
        assert len(desk.book.problems) == left
        assert desk.book.settings == in_force, "what holds does not change by being mended"
    assert 'interval = "45m"   # as the doctor says' in desk.text
    assert 'monday = ["13:30-18:00"]' in desk.text
    assert 'tuesday = ["00:00-24:00"]' in desk.text
    assert not any(word in desk.text for word in ("snooze", "colour", "funday", "90m", "a.b", "nothing"))
    while desk.book.can_undo:
        desk.book.undo()
    assert desk.text == WRONG


@pytest.mark.parametrize("text", ['breaks = 3\n[posture]\ninterval = "30m"\n', "hours = true\n", '"x.y" = 1\n'])
def test_what_is_not_even_a_table_is_mended_too(profile: Profile, text: str) -> None:
    profile.settings.write_text(text, encoding="utf-8")
    desk = Desk(profile)
    (said,) = desk.book.problems
    desk.book.mend(desk.book.mends[said][0])
    assert desk.book.problems == ()
    assert desk.book.settings == settings_file.load(profile).settings


def test_the_default_picked_by_hand_takes_the_place_of_a_wrong_value(profile: Profile) -> None:
    profile.settings.write_text('[breaks]\nsnooze = "9 hours"\n', encoding="utf-8")
    desk = Desk(profile)
    desk.book.change("breaks.snooze", desk.book.settings.snooze)
    assert (desk.text, desk.book.problems) == ('[breaks]\nsnooze = "5m"\n', ())


def test_a_file_that_cannot_be_read_as_a_whole_is_for_the_person_to_mend(profile: Profile) -> None:
    profile.settings.write_text("[breaks\n", encoding="utf-8")
    book = Desk(profile).book
    assert len(book.problems) == 1
    assert book.mends == {}
