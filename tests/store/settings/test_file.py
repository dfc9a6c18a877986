"""Each mistake in the settings file is reported with its line; the rest is used; the file is left alone."""

from __future__ import annotations

import os
import time as time_module
from datetime import time
from pathlib import Path

import pytest

from numbguard.core.settings.choices import Style
from numbguard.core.settings.settings import WHOLE_DAY, Settings, WorkingSpan
from numbguard.store.profile import Profile
from numbguard.store.settings import file as settings_file
from tests.only_on_unix import ON_WINDOWS
from tests.store.locked import as_somebody_else, fill, small_disk

WITH_MISTAKES = """\
# My own words stay here.
[breaks]
interval = "5m"       # too short
"patience" = 3
snooze = \"\"\"
7m\"\"\"
intervall = "45m"
max_snoozes = true
style = "loud"

[posture]
enabled = "yes"
interval = "20 minutes"

[away]
lock = "pause"

[hours]
monday = [
  "09:00-12:30",
  "13-18",
]
tuesday = "quarter past nine"
funday = []

[sounds.loud]
volume = 3
"""


def write(profile: Profile, text: str) -> None:
    profile.settings.write_text(text, encoding="utf-8")


def test_without_a_file_everything_is_as_it_comes_and_none_is_made(profile: Profile) -> None:
    assert settings_file.load(profile) == settings_file.LoadedSettings(Settings(), (), None)
    assert not profile.settings.exists()


def test_each_mistake_is_named_with_its_line_and_the_rest_is_used(profile: Profile) -> None:
    write(profile, WITH_MISTAKES)
    loaded = settings_file.load(profile)
    assert loaded.problems == (
        'settings.toml, line 3: breaks.interval takes 10m to 2h; the default "45m" is used.',
        'settings.toml, line 4: breaks.patience takes 10s to 30m, written like "45m"; the default "3m" is used.',
        "settings.toml, line 7: there is no setting “breaks.intervall”; it is ignored.",
        "settings.toml, line 8: breaks.max_snoozes takes 0 to 10, as a whole number; the default 3 is used.",
        'settings.toml, line 9: breaks.style takes gentle, standard, firm; the default "standard" is used.',
        "settings.toml, line 12: posture.enabled takes true or false; the default true is used.",
        "settings.toml, line 13: “20 minutes” is not a duration; write it like 90s, 45m or 1h30m; "
        'the default "25m" is used.',
        'settings.toml, line 19: hours.monday takes ranges like "09:00-12:30"; “13-18” is ignored.',
        'settings.toml, line 23: hours.tuesday takes ranges like "09:00-12:30"; “quarter past nine” is ignored, '
        "and all of tuesday counts as working hours.",
        "settings.toml, line 24: “funday” is not a day of the week; it is ignored.",
        "settings.toml, line 26: there is no setting “sounds”; it is ignored.",
    )
    assert loaded.settings == Settings(
        snooze=420.0,
        away_lock=type(Settings().away_lock)("pause"),
        hours={0: (WorkingSpan(time(9), time(12, 30)),), 1: (WHOLE_DAY,)},
    )
    assert profile.settings.read_text(encoding="utf-8") == WITH_MISTAKES


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('breaks.interval = "5m"', 1),
        ('\r\nbreaks = { interval = "5m" }\r\n', 2),
        ('# one\n\n[ breaks ]\n\n  "interval"\t=  "5m"', 5),
        ("[posture]\nenabled = false\n[breaks]\nduration='''\n2m'''\ninterval = 45", 6),
        ('"breaks.interval" = "45m"', 1),
        ("[posture]\n[[breaks]]\ninterval = 1", 2),
        ('\n"a.b" = 1', 2),
    ],
)
def test_a_key_is_found_however_it_is_written(profile: Profile, text: str, line: int) -> None:
    profile.settings.write_bytes(text.encode())
    (problem,) = settings_file.load(profile).problems
    assert problem.startswith(f"settings.toml, line {line}: "), problem


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'[breaks]\ninterval = "45m\n', "settings.toml, line 2: this is not valid TOML (Illegal character '\\n')"),
        (b"\n\nwhat\n", "settings.toml, line 3: this is not valid TOML"),
        (b"a = 1\na = 2\n", "settings.toml, line 2: this is not valid TOML (Cannot overwrite a value)"),
        (b"a = [1,\n2,", "settings.toml, line 2: this is not valid TOML"),
        (b"[breaks]\n# caf\xe9\n", "settings.toml, line 2: this is not UTF-8 text"),
        (b"#" * 300_000, "settings.toml is far too long for a settings file"),
        (b"a = " + b"[" * 5_000, "settings.toml"),
    ],
)
def test_a_file_that_breaks_as_a_whole_leaves_the_former_settings_in_force(
    profile: Profile, content: bytes, sentence: str
) -> None:
    profile.settings.write_bytes(content)
    former = Settings(interval=1800.0)
    running = settings_file.load(profile, before=former)
    assert running.settings == former
    assert running.problems[0].startswith(sentence), running.problems
    assert running.problems[0].endswith("; the previous settings stay in use.")
    fresh = settings_file.load(profile)
    assert fresh.settings == Settings()
    assert fresh.problems[0].endswith("; the defaults are used.")
    assert profile.settings.read_bytes() == content


def test_a_mark_at_the_beginning_as_some_editors_leave_it_is_no_mistake(profile: Profile) -> None:
    profile.settings.write_bytes(b'\xef\xbb\xbf[breaks]\r\ninterval = "50m"\r\n')
    loaded = settings_file.load(profile)
    assert (loaded.settings.interval, loaded.problems) == (3000.0, ())


def test_a_folder_in_its_place_is_told_and_survived(profile: Profile) -> None:
    profile.settings.mkdir()
    why = "permission denied" if ON_WINDOWS else "is a directory"
    assert settings_file.load(profile).problems == (f"settings.toml could not be read ({why}); the defaults are used.",)


def test_a_change_is_noticed_without_reading_the_file(profile: Profile) -> None:
    loaded = settings_file.load(profile)
    assert not settings_file.changed(profile, loaded)
    write(profile, '[breaks]\ninterval = "40m"\n')
    assert settings_file.changed(profile, loaded)
    loaded = settings_file.load(profile, before=loaded.settings)
    assert loaded.settings.interval == 2400.0
    assert not settings_file.changed(profile, loaded)
    os.utime(profile.settings, ns=(1, 1))
    assert settings_file.changed(profile, loaded)
    profile.settings.unlink()
    assert settings_file.load(profile, before=loaded.settings).settings == Settings()


def test_a_setting_is_written_and_everything_else_in_the_file_stays(profile: Profile) -> None:
    write(profile, WITH_MISTAKES)
    settings_file.write_value(profile, "breaks.interval", 3000.0)
    settings_file.write_value(profile, "breaks.style", Style.FIRM)
    settings_file.write_value(profile, "quiet.dnd", False)
    settings_file.write_value(profile, "hours.monday", ["22:00-24:00"])
    text = profile.settings.read_text(encoding="utf-8")
    assert 'interval = "50m"       # too short' in text
    assert "# My own words stay here." in text
    assert 'tuesday = "quarter past nine"' in text
    settings = settings_file.load(profile).settings
    assert (settings.interval, settings.style, settings.quiet_dnd) == (3000.0, Style.FIRM, False)
    assert settings.hours[0] == (WorkingSpan(time(22), time(0)),)


def test_a_first_setting_makes_the_file(profile: Profile) -> None:
    settings_file.write_value(profile, "breaks.max_snoozes", 0)
    assert profile.settings.read_text(encoding="utf-8") == "[breaks]\nmax_snoozes = 0\n"


def test_an_hour_is_written_as_a_person_would_and_off_as_off(profile: Profile) -> None:
    settings_file.write_value(profile, "routine.at", time(7, 5))
    assert 'at = "07:05"' in profile.settings.read_text(encoding="utf-8")
    assert settings_file.load(profile).settings.routine_at == time(7, 5)
    settings_file.write_value(profile, "routine.at", None)
    assert 'at = "off"' in profile.settings.read_text(encoding="utf-8")
    assert settings_file.load(profile) == settings_file.LoadedSettings(Settings(), (), settings_file.stamp_of(profile))


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("breaks.interval", 60.0, "breaks.interval was not changed: breaks.interval takes 10m to 2h."),
        ("breaks.max_snoozes", 3.5, "breaks.max_snoozes was not changed: .* as a whole number."),
        ("breaks.colour", 1, "There is no setting “breaks.colour”. Nothing was changed."),
        ("hours.funday", [], "There is no setting “hours.funday”. Nothing was changed."),
        ("hours.monday", ["9-5"], "hours.monday was not changed: hours.monday takes ranges"),
    ],
)
def test_what_a_person_may_not_write_nobody_writes(profile: Profile, key: str, value: object, sentence: str) -> None:
    with pytest.raises(settings_file.SettingsError, match=sentence):
        settings_file.write_value(profile, key, value)
    assert not profile.settings.exists()


@pytest.mark.parametrize("text", ["[breaks\n", "breaks = 3\n"])
def test_a_broken_file_is_not_written_over(profile: Profile, text: str) -> None:
    write(profile, text)
    with pytest.raises(settings_file.SettingsError, match=r"breaks.snooze was not changed: .*The file was not changed"):
        settings_file.write_value(profile, "breaks.snooze", 600.0)
    assert profile.settings.read_text(encoding="utf-8") == text


def test_a_full_disk_leaves_the_former_settings_whole() -> None:
    with small_disk("64k") as disk:
        profile = Profile(Path(disk))
        settings_file.write_value(profile, "breaks.snooze", 600.0)
        fill(disk)
        with pytest.raises(settings_file.SettingsError, match="no space left on device"):
            settings_file.write_value(profile, "breaks.snooze", 300.0)
        assert settings_file.load(profile).settings.snooze == 600.0
        assert sorted(path.name for path in disk.iterdir()) == ["filler", "settings.toml"]


def test_a_file_that_may_not_be_read_or_replaced_is_told() -> None:
    with as_somebody_else() as folder:
        profile = Profile(folder)
        settings_file.write_value(profile, "breaks.snooze", 600.0)
        folder.chmod(0o500)
        with pytest.raises(settings_file.SettingsError, match="permission denied"):
            settings_file.write_value(profile, "breaks.snooze", 300.0)
        profile.settings.chmod(0)
        assert settings_file.load(profile).problems == (
            "settings.toml could not be read (permission denied); the defaults are used.",
        )


@pytest.mark.parametrize(
    "text",
    [
        "[breaks]\nodd = [\n" + "1,\n" * 6000 + "]\n",
        "[breaks]\nodd = [\n" + "[1],\n" * 6000 + "]\n",
        "[breaks]\n" + "".join(f"odd{number} = 1\n" for number in range(6000)),
    ],
    ids=["a list over 6,000 lines", "lists within it", "6,000 keys"],
)
def test_6_000_lines_are_read_in_a_moment(profile: Profile, text: str) -> None:
    write(profile, text)
    begun = time_module.process_time()
    loaded = settings_file.load(profile)
    assert time_module.process_time() - begun < 5.0
    assert 1 <= len(loaded.problems) <= 21
    assert all(problem.startswith("settings.toml") for problem in loaded.problems)
