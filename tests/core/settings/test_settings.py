"""Settings: the accepted values, the problems reported for others, and a meaning for every key."""

from __future__ import annotations

import ast
import sys
from dataclasses import fields, replace
from datetime import time
from enum import Enum
from pathlib import Path, PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

import numbguard.core.settings.settings
from numbguard.core.settings.choices import HookCommand, KeyCombination, SoundChoice, Style
from numbguard.core.settings.hook_command import read_command, write_command
from numbguard.core.settings.key_combination import parts_of, read_combination
from numbguard.core.settings.language_tag import LanguageTag
from numbguard.core.settings.reading import read_settings
from numbguard.core.settings.settings import MIDNIGHT, WEEKDAYS, WHOLE_DAY, Settings, WorkingSpan
from numbguard.core.settings.table import SECTIONS, SPECS, SettingSpec


def problems(table: dict[str, object]) -> list[str]:
    settings, found = read_settings(table)
    assert settings == Settings(), "what is wrong changes nothing"
    return [f"{one.key}: {one.sentence}" for one in found]


def test_an_empty_table_gives_everything_as_it_comes() -> None:
    assert read_settings({}) == (Settings(), ())


def test_every_setting_has_its_key_and_its_default_is_in_its_range() -> None:
    assert [spec.field for spec in SPECS] == [one.name for one in fields(Settings) if one.name != "hours"]
    for spec in SPECS:
        assert read_settings(as_table(spec.key, written(spec.default))) == (Settings(), ()), spec.key
        if spec.offered:
            assert spec.bounds[0] <= spec.offered[0] < spec.offered[1] <= spec.bounds[1]


def as_table(key: str, value: object) -> dict[str, object]:
    table, name = key.split(".")
    return {table: {name: value}}


def written(value: object) -> object:
    if isinstance(value, tuple):
        return [one.value if isinstance(one, Enum) else one for one in value]
    if isinstance(value, Enum):
        return value.value
    if value is None:
        return "off"
    return f"{value:.0f}s" if isinstance(value, float) else value


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.key)
def test_the_edges_of_a_range_are_accepted_and_what_lies_beyond_is_not(spec: SettingSpec) -> None:
    if spec.kind is str and spec.several:
        settings, found = read_settings(as_table(spec.key, [" zoom ", "Impress", "zoom"]))
        assert (getattr(settings, spec.field), found) == (("zoom", "Impress"), ())
        refused: tuple[object, ...] = ("zoom", 7, None, [""], [7], {})
    elif spec.kind is str:
        for value, read in (("112", "112"), (" +49 112 ", "+49 112"), ("", ""), ("1" * 20, "1" * 20)):
            settings, found = read_settings(as_table(spec.key, value))
            assert (getattr(settings, spec.field), found) == (read, ())
        refused = ("1", "+1", "12a", "1" * 21, "1\n2", "١١٢", "<b>112</b>", 112, None, ["112"])
    elif spec.kind is LanguageTag:
        for value, read in (("system", "system"), (" de ", "de"), ("pt_BR", "pt_BR"), ("zh_Hant", "zh_Hant")):
            settings, found = read_settings(as_table(spec.key, value))
            assert (getattr(settings, spec.field), found) == (read, ())
        refused = ("", "Deutsch", "de-DE", "../de", "d", 7, None, ["de"])
    elif spec.kind is SoundChoice:
        file = "D:/bell.wav" if sys.platform == "win32" else "/media/disk/bell.oga"
        for value in ("ours", "theme", "none", file, "~/bell.wav"):
            settings, found = read_settings(as_table(spec.key, f" {value} "))
            assert (getattr(settings, spec.field), found) == (value, ())
        refused = ("", "loud", "bell.wav", "./bell.wav", "/a\0b", 7, None, True, ["ours"])
    elif spec.kind is KeyCombination:
        for value, read in (("ctrl+alt+n", "Ctrl+Alt+N"), (" Super + F5 ", "Super+F5"), ("Pause", "Pause"), ("", "")):
            settings, found = read_settings(as_table(spec.key, value))
            assert (getattr(settings, spec.field), found) == (read, ())
        refused = ("n", "Shift+N", "Ctrl+Alt", "Ctrl+Ctrl+N", "Ctrl+N+M", "Ctrl++", "Ctrl+ß", "+", 7, None, ["Ctrl+N"])
    elif spec.kind is HookCommand:
        for value, read in (
            (["notify-send", "A break"], ("notify-send", "A break")),
            ("notify-send 'A break'", ("notify-send", "A break")),
            ([], ()),
            (" ", ()),
        ):
            settings, found = read_settings(as_table(spec.key, value))
            assert (getattr(settings, spec.field), found) == (read, ())
        refused = ("say 'hello", [""], ["", "x"], ["a\0b"], ["x"] * 201, ["x", 7], 7, None, {})
    elif spec.kind is PurePath:
        disk = "D:/backups" if sys.platform == "win32" else "/media/disk"
        for value, read in ((disk, disk), (" ~/backups ", "~/backups"), ("", "")):
            settings, found = read_settings(as_table(spec.key, value))
            assert (getattr(settings, spec.field), found) == (read, ())
        refused = ("backups", "./here", 7, None, [disk])
    elif spec.kind is time:
        for value, read in (("10:30", time(10, 30)), (" 7:05 ", time(7, 5)), (time(9), time(9)), ("off", None)):
            settings, found = read_settings(as_table(spec.key, value))
            assert (getattr(settings, spec.field), found) == (read, ())
        refused = ("24:00", "10:60", "half past ten", "", 10.3, None, ["10:30"])
    elif spec.kind not in (int, float):
        accepted = spec.choices or (True, False)
        for choice in accepted:
            value = (choice,) if spec.several else choice
            settings, found = read_settings(as_table(spec.key, written(value)))
            assert (getattr(settings, spec.field), found) == (value, ())
        refused = ("perhaps", 7, None, ["x"], [["x"]], *([] if spec.may_be_empty else [[]]))
    else:
        low, high = (spec.kind(bound) for bound in spec.bounds)
        for value in (low, high):
            settings, found = read_settings(as_table(spec.key, written(value)))
            assert (getattr(settings, spec.field), found) == (value, ())
        refused = (written(low - 1), written(high + 1), "soon", None, True)
        refused += (45,) if spec.kind is float else (3.0, "3")
    for value in refused:
        (sentence,) = problems(as_table(spec.key, value))
        assert sentence.startswith(f"{spec.key}: ")
        assert sentence.endswith(f"; the default {spec.default_words()} is used")


def test_a_combination_of_keys_has_one_spelling_and_its_parts_can_be_told_apart() -> None:
    combination = read_combination("shift+Win+control+PageUp")
    assert combination == "Super+Ctrl+Shift+PgUp"
    assert parts_of(combination) == (frozenset({"Ctrl", "Shift", "Super"}), "PgUp")
    assert parts_of(read_combination("F12")) == (frozenset(), "F12")
    assert read_combination(combination) == combination


def test_a_command_that_was_written_is_read_again() -> None:
    command = HookCommand(("my program", "it's", "", "--x=$HOME"))
    assert read_command(write_command(command)) == command


def test_the_words_for_ranges_and_defaults() -> None:
    words = {spec.key: (spec.range_words(), spec.default_words()) for spec in SPECS}
    assert words["breaks.interval"] == ("10m to 2h", '"45m"')
    assert words["breaks.settle"] == ("0s to 10m", '"30s"')
    assert words["breaks.max_snoozes"] == ("0 to 10", "3")
    assert words["breaks.max_skips"] == ("0 to 10", "0")
    assert words["breaks.style"] == ("gentle, standard, firm", '"standard"')
    assert words["cards.places"] == ("a list of: seated, standing, wall, floor", '["seated", "standing", "wall"]')
    assert words["routine.at"] == ("a time such as 10:30, or off", '"off"')
    assert words["hot_keys.log"] == ("keys such as Ctrl+Alt+N, or empty", '""')
    assert words["hooks.on_log"] == ("a program and its arguments, as a list or as text, or empty", "[]")
    assert words["quiet.call"] == ("true or false", "true")
    assert words["quiet.programs"] == ("a list of names", "[]")


def test_every_setting_is_on_a_page_and_each_of_its_choices_has_a_name_of_its_own() -> None:
    assert {spec.section for spec in SPECS} | {"hours"} == {section.table for section in SECTIONS}
    for spec in SPECS:
        assert spec.title[0] == spec.title[0].upper()
        names = [spec.name_of(choice) for choice in spec.choices]
        assert all(names), spec.key
        assert len(set(names)) == len(names) == len(spec.names or names), spec.key
    bare = replace(SPECS[0], label="", kind=Style)
    assert bare.title == "How long you can sit before a reminder"
    assert bare.name_of(Style.FIRM) == "Firm"


def test_the_contract_of_the_settings_file_holds() -> None:
    told = {
        "breaks": {
            "interval": "45m", "duration": "2m", "patience": "3m", "snooze": "5m", "max_snoozes": 3,
            "natural_break": "5m", "settle": "30s", "style": "standard",
        },
        "posture": {"enabled": True, "interval": "25m"},
        "away": {"lock": "away", "sleep": "away"},
        "quiet": {"dnd": True, "fullscreen": True, "call": True},
        "cards": {"places": ["seated", "standing", "wall", "seated"]},
        "hours": {"monday": ["09:00-12:30", "13:30-18:00"]},
    }  # fmt: skip
    settings, found = read_settings(told)
    assert found == ()
    monday = (WorkingSpan(time(9), time(12, 30)), WorkingSpan(time(13, 30), time(18)))
    assert settings == Settings(hours={0: monday})


def test_what_is_unknown_or_stands_in_the_wrong_place_is_named() -> None:
    assert problems({"sounds": {}, "breaks": 5, "posture": {"speed": 1}, "quiet": [{}]}) == [
        "sounds: there is no setting “sounds”; it is ignored",
        "breaks: “breaks” is a table: write it as [breaks]; it is ignored",
        "posture.speed: there is no setting “posture.speed”; it is ignored",
        "quiet: “quiet” is a table: write it as [quiet]; it is ignored",
    ]


def test_one_mistake_spoils_nothing_else() -> None:
    settings, found = read_settings({"breaks": {"interval": "50m", "snooze": "soon", "style": "firm"}})
    assert (settings.interval, settings.snooze, settings.style) == (3000.0, 300.0, Style.FIRM)
    assert len(found) == 1


def test_working_hours_are_read_as_people_write_them() -> None:
    settings, found = read_settings(
        {"hours": {"monday": ["9:00 - 12:30", " 22:00–06:00 "], "friday": "00:00-24:00", "sunday": []}}
    )
    assert found == ()
    assert settings.hours == {
        0: (WorkingSpan(time(9), time(12, 30)), WorkingSpan(time(22), time(6))),
        4: (WHOLE_DAY,),
        6: (),
    }


@pytest.mark.parametrize(
    "text", ["9-5", "25:00-26:00", "09:60-10:00", "09:00-09:00", "12:00-24:01", 9, None, ["09:00"]]
)
def test_a_slip_in_one_day_silences_no_day(text: object) -> None:
    settings, (problem,) = read_settings({"hours": {"tuesday": [text]}})
    assert settings.hours == {1: (WHOLE_DAY,)}
    assert problem.key == "hours.tuesday"
    assert problem.sentence.endswith(f"“{text}” is ignored, and all of tuesday counts as working hours")


def test_a_slip_beside_a_good_range_leaves_the_good_one() -> None:
    settings, (problem,) = read_settings({"hours": {"tuesday": ["9-5", "10:00-11:00"]}})
    assert settings.hours == {1: (WorkingSpan(time(10), time(11)),)}
    assert problem.sentence.endswith("“9-5” is ignored")


def test_a_day_that_does_not_exist_is_named() -> None:
    assert problems({"hours": {"caturday": []}}) == [
        "hours.caturday: “caturday” is not a day of the week; it is ignored"
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["45m", "9:00-17:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
names = st.sampled_from([part for spec in SPECS for part in spec.key.split(".")] + ["hours", *WEEKDAYS]) | st.text()


@given(st.dictionaries(names, st.dictionaries(names, values, max_size=5) | values, max_size=5))
def test_whatever_the_file_says_usable_settings_come_out(table: dict[str, object]) -> None:
    settings, found = read_settings(table)
    for spec in SPECS:
        value = getattr(settings, spec.field)
        for one in value if spec.several else (value,):
            assert isinstance(one, str if spec.kind is PurePath else spec.kind) or (one is None and spec.kind is time)
        if spec.low is not None:
            assert spec.bounds[0] <= value <= spec.bounds[1]
    for spans in settings.hours.values():
        assert all(span.start != span.end or span.end == MIDNIGHT for span in spans)
    for problem in found:
        assert problem.sentence


def test_settings_know_the_standard_library_and_their_neighbours_only() -> None:
    for name in ("settings/settings", "settings/reading", "settings/choices", "when/duration"):
        path = Path(numbguard.core.settings.settings.__file__).parents[1] / f"{name}.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {one.name for one in node.names} <= sys.stdlib_module_names
            if isinstance(node, ast.ImportFrom) and not node.level:
                assert str(node.module).split(".")[0] in sys.stdlib_module_names or str(node.module).startswith(
                    "numbguard.core."
                )
