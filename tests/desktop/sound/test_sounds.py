"""Which player plays which sound, and what happens where none can."""

from __future__ import annotations

import io
import os
import wave
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.choices import NO_SOUND, OUR_SOUND, THEME_SOUND, SoundChoice, SoundMoment
from numbguard.core.settings.settings import Settings
from numbguard.desktop import Unavailable, sound
from numbguard.desktop.short_program import ShortProgram
from numbguard.desktop.sound import programs, xdg_theme
from numbguard.desktop.sound.desktop_sounds import DesktopSounds
from numbguard.desktop.sound.programs import players_of
from numbguard.desktop.sound.wav_volume import at_volume, loudness
from numbguard.desktop.sound.windows import WindowsPlayer
from numbguard.resources import resource
from tests.desktop.programs import StandInPrograms, children
from tools.chimes import CHIMES, RATE, wav

ON = Settings(sound_enabled=True, sound_volume=50)
START = str(resource("sounds", "start.wav"))


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandInPrograms:
    """A system without a player, whose sound servers run and which has a sound card."""
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH", "PIPEWIRE_REMOTE", "PIPEWIRE_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "system"))
    monkeypatch.setattr(programs, "CARDS", tmp_path)
    (tmp_path / "pcmC0D0p").touch()
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()
    (tmp_path / "pipewire-0").touch()
    return StandInPrograms(tmp_path / "bin", monkeypatch)


Sounds = Callable[..., DesktopSounds]


@pytest.fixture
def sounds(qtbot: QtBot) -> Iterator[Sounds]:
    """Makes the sounds of the desktop, which end with the test."""
    made: list[DesktopSounds] = []

    def make(settings: Settings = ON) -> DesktopSounds:
        made.append(sound.choose(settings))
        return made[-1]

    yield make
    for one in made:
        one.stop()


# --- our chimes ------------------------------------------------------------------------------------------------------


def test_the_chimes_are_what_the_script_makes_and_they_are_soft_short_and_small() -> None:
    assert {moment.value for moment in SoundMoment} == set(CHIMES)
    for name, chime in CHIMES.items():
        file = resource("sounds", f"{name}.wav")
        assert file.read_bytes() == wav(chime), f"{name}: run python -m tools.chimes"
        with wave.open(str(file)) as reader:
            assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (1, 2, RATE)
            assert 0.2 <= reader.getnframes() / RATE <= 0.8
            numbers = array("h", reader.readframes(reader.getnframes()))
        assert 0.3 < max(map(abs, numbers)) / 32_767 < 0.75
        assert max(map(abs, numbers[:20])) < 5_000, "it begins without a click"
        assert max(map(abs, numbers[-20:])) < 200, "it ends without a click"
        assert file.stat().st_size < 40_000
    assert "CC0-1.0" in resource("sounds", "LICENCE.md").read_text(encoding="utf-8")


# --- players ---------------------------------------------------------------------------------------------------------


def test_the_first_player_plays_our_chime_as_loud_as_asked(
    system: StandInPrograms, sounds: Sounds, qtbot: QtBot
) -> None:
    for name in ("aplay", "pw-play", "paplay"):
        system.add(name)
    sounds().play(SoundMoment.START)
    qtbot.waitUntil(lambda: len(system.asked()) == 1)
    assert system.asked() == [f"paplay --volume=32768 --client-name=NumbGuard --property=media.role=event -- {START}"]


def test_nothing_is_looked_for_until_the_first_sound(system: StandInPrograms, sounds: Sounds, qtbot: QtBot) -> None:
    early = sounds()
    early.configure(ON)
    system.add("paplay")
    early.play(SoundMoment.END)
    qtbot.waitUntil(lambda: system.names() == ["paplay"])


def test_a_player_that_fails_gives_way_to_the_next_and_is_passed_over_for_a_while(
    system: StandInPrograms, sounds: Sounds, qtbot: QtBot
) -> None:
    system.add("paplay", "exit 1")
    system.add("pw-play", "exit 1")
    system.add("canberra-gtk-play")
    unlucky = sounds()
    unlucky.play(SoundMoment.START)
    qtbot.waitUntil(lambda: system.names() == ["paplay", "pw-play", "canberra-gtk-play"])
    unlucky.play(SoundMoment.END)
    qtbot.waitUntil(lambda: len(system.names()) == 4)
    assert system.names()[3] == "canberra-gtk-play"


def test_a_player_that_cannot_be_started_gives_way_too(
    system: StandInPrograms, sounds: Sounds, qtbot: QtBot, tmp_path: Path
) -> None:
    system.add("paplay")
    (tmp_path / "bin" / "paplay").write_text("#!/nowhere\n")
    system.add("pw-play")
    sounds().play(SoundMoment.STEP)
    qtbot.waitUntil(lambda: system.names() == ["pw-play"])
    assert "--volume=0.1250 " in system.asked()[0]


def test_a_sound_takes_the_place_of_the_one_before(system: StandInPrograms, sounds: Sounds, qtbot: QtBot) -> None:
    before = set(children())
    system.add("paplay", "exec /bin/sleep 60")
    both = sounds()
    both.play(SoundMoment.START)
    qtbot.waitUntil(lambda: len(system.asked()) == 1)
    both.play(SoundMoment.STEP)
    qtbot.waitUntil(lambda: len(system.asked()) == 2)
    assert len({*children()} - before) == 1
    both.configure(Settings())
    assert {*children()} - before == set(), "muted at once"


def test_a_program_that_hangs_is_killed_and_leaves_no_zombie(system: StandInPrograms, qtbot: QtBot) -> None:
    before = set(children())
    system.add("hangs", "exec /bin/sleep 60")
    ends: list[bool] = []
    program = ShortProgram()
    program.run("hangs", [], limit_s=0.3, ended=ends.append)
    qtbot.waitUntil(lambda: len({*children()} - before) == 1)
    qtbot.waitUntil(lambda: ends == [True])
    assert {*children()} - before == set()
    program.run("hangs", [], limit_s=60.0, ended=ends.append)
    qtbot.waitUntil(lambda: len({*children()} - before) == 1)
    program.stop()
    assert ({*children()} - before, ends) == (set(), [True])


def test_aplay_gets_the_file_made_quieter(
    system: StandInPrograms, sounds: Sounds, qtbot: QtBot, tmp_path: Path
) -> None:
    system.add("aplay", f"/bin/cat >{tmp_path}/played.wav && /bin/mv {tmp_path}/played.wav {tmp_path}/whole.wav")
    sounds().play(SoundMoment.START)
    qtbot.waitUntil((tmp_path / "whole.wav").exists)
    assert (tmp_path / "whole.wav").read_bytes() == at_volume(Path(START), 50)
    assert system.asked() == ["aplay -q -"]


def test_without_a_player_breaks_are_silent_and_check_says_why(system: StandInPrograms, sounds: Sounds) -> None:
    silent = sounds()
    silent.play(SoundMoment.START)
    status = silent.status()
    assert (status.backend, status.works) == ("none", False)
    assert {name: one.detail for name, one in status.sources.items()} == {
        name: f"The program {name} isn't installed." for name in ("paplay", "pw-play", "canberra-gtk-play", "aplay")
    }
    assert silent.try_out(SoundMoment.START, OUR_SOUND, 50) == status.detail


def test_a_player_without_its_server_or_card_is_none(
    system: StandInPrograms, sounds: Sounds, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("aplay", "pw-play", "paplay"):
        system.add(name)
    (tmp_path / "pulse" / "native").unlink()
    (tmp_path / "pipewire-0").unlink()
    (tmp_path / "pcmC0D0p").unlink()
    status = sounds().status()
    assert not status.works
    assert status.sources["paplay"].detail == "No sound server runs in this session."
    assert status.sources["pw-play"].detail == "PipeWire doesn't run in this session."
    assert status.sources["aplay"].detail == "This computer has no sound card that ALSA can play on."
    monkeypatch.setenv("PULSE_SERVER", "tcp:elsewhere")
    assert sounds().status().backend == "paplay", "it may reach a server on another computer"


def test_a_file_of_the_person_s_is_played_or_gives_way_to_our_chime(
    system: StandInPrograms, sounds: Sounds, qtbot: QtBot, tmp_path: Path
) -> None:
    system.add("aplay")
    bell = tmp_path / "bell.oga"
    bell.touch()
    asked = sounds(Settings(sound_enabled=True, sound_end=SoundChoice(bell)))
    assert asked.try_out(SoundMoment.END, SoundChoice(bell), 50) == (
        "Nothing here plays “bell.oga”, so you hear NumbGuard's own sound."
    )
    qtbot.waitUntil(lambda: system.names() == ["aplay"])
    assert "bell.oga" in asked.status().detail
    system.add("paplay", "exit 1")
    both = sounds()
    assert both.try_out(SoundMoment.END, SoundChoice("~/bell.oga"), 100) == ""
    qtbot.waitUntil(lambda: system.names()[1:] == ["paplay", "paplay", "aplay"])
    assert system.asked()[1].endswith(str(bell)), "first the file, then our chime, then our chime by the next"
    gone = both.try_out(SoundMoment.END, SoundChoice("/gone/bell.wav"), 50)
    assert gone == "There is no file “/gone/bell.wav”, so you hear NumbGuard's own sound."
    assert both.try_out(SoundMoment.END, NO_SOUND, 50) == ""


def test_no_sound_is_no_process(system: StandInPrograms, sounds: Sounds, qtbot: QtBot) -> None:
    system.add("paplay")
    sounds(Settings(sound_enabled=True, sound_start=NO_SOUND)).play(SoundMoment.START)
    qtbot.wait(200)
    assert system.asked() == []


def test_every_player_of_macos_and_windows_is_asked_for_in_its_own_words(system: StandInPrograms, qtbot: QtBot) -> None:
    system.add("afplay")
    ((name, make),) = players_of("darwin")
    player = make()
    player.play(Path(START), 50, lambda _well: None)
    qtbot.waitUntil(lambda: system.asked() == [f"afplay -v 0.1250 {START}"])
    player.stop()
    assert name == "afplay"
    with pytest.raises(Unavailable, match="not Windows"):
        WindowsPlayer()


# --- the theme -------------------------------------------------------------------------------------------------------


def lay(base: Path, theme: str, *names: str, index: str = "") -> None:
    folder = base / "sounds" / theme
    (folder / "stereo").mkdir(parents=True, exist_ok=True)
    if index:
        (folder / "index.theme").write_text(f"[Sound Theme]\nName={theme}\n{index}", encoding="utf-8")
    for name in names:
        (folder / "stereo" / name).touch()


def test_the_theme_is_followed_with_what_it_inherits_and_a_name_is_shortened(
    system: StandInPrograms, tmp_path: Path
) -> None:
    shared = tmp_path / "system"
    lay(shared, "freedesktop", "complete.oga", "message.oga", "bell.oga")
    assert xdg_theme.theme_sound(SoundMoment.END) == shared / "sounds/freedesktop/stereo/complete.oga"
    assert xdg_theme.theme_sound(SoundMoment.ANNOUNCEMENT) == shared / "sounds/freedesktop/stereo/message.oga"
    assert xdg_theme.theme_sound(SoundMoment.START) is None
    (tmp_path / "kdeglobals").write_text("[Sounds]\nTheme=ocean\n", encoding="utf-8")
    lay(shared, "ocean", "bell.wav", index="Directories=stereo\nInherits=birds,ocean\n")
    lay(tmp_path, "birds", "complete.ogg", "message-new-instant.disabled", index="Directories=stereo\n")
    assert xdg_theme.theme_sound(SoundMoment.STEP) == shared / "sounds/ocean/stereo/bell.wav"
    assert xdg_theme.theme_sound(SoundMoment.END) == tmp_path / "sounds/birds/stereo/complete.ogg"
    silenced = xdg_theme.theme_sound(SoundMoment.ANNOUNCEMENT)
    assert silenced is not None and silenced.suffix == ".disabled"


def test_a_broken_theme_or_settings_file_falls_back_to_the_one_that_everybody_has(
    system: StandInPrograms, tmp_path: Path
) -> None:
    lay(tmp_path / "system", "freedesktop", "complete.oga")
    (tmp_path / "gtk-3.0").mkdir()
    (tmp_path / "gtk-3.0" / "settings.ini").write_text("[Settings]\ngtk-sound-theme-name=odd\n", encoding="utf-8")
    (tmp_path / "kdeglobals").write_bytes(b"\xff\x00[[")
    lay(tmp_path, "odd")
    (tmp_path / "sounds" / "odd" / "index.theme").write_bytes(b"\xff")
    assert xdg_theme.theme_sound(SoundMoment.END) == tmp_path / "system/sounds/freedesktop/stereo/complete.oga"


def test_the_theme_is_played_and_where_it_is_silent_so_is_the_break(
    system: StandInPrograms, sounds: Sounds, qtbot: QtBot, tmp_path: Path
) -> None:
    system.add("paplay")
    lay(tmp_path / "system", "freedesktop", "complete.oga", "bell.disabled")
    themed = sounds()
    assert themed.try_out(SoundMoment.STEP, THEME_SOUND, 50) == "The system's sound theme is silent for this."
    assert themed.try_out(SoundMoment.END, THEME_SOUND, 50) == ""
    qtbot.waitUntil(lambda: len(system.asked()) == 1)
    assert system.asked()[0].endswith("complete.oga")
    assert "so you hear NumbGuard's own" in themed.try_out(SoundMoment.START, THEME_SOUND, 50)
    qtbot.waitUntil(lambda: len(system.asked()) == 2)
    assert system.asked()[1].endswith(START)


# --- volume ----------------------------------------------------------------------------------------------------------


def test_a_volume_is_a_share_of_what_is_heard(tmp_path: Path) -> None:
    assert [round(loudness(volume), 3) for volume in (-1, 0, 50, 100, 101)] == [0.0, 0.0, 0.125, 1.0, 1.0]
    half = array("h", _frames(at_volume(Path(START), 50)))
    full = array("h", _frames(Path(START).read_bytes()))
    assert max(map(abs, half)) == pytest.approx(max(map(abs, full)) / 8, abs=1)
    broken = tmp_path / "broken.wav"
    for content in (b"", b"RIFF", os.urandom(100)):
        broken.write_bytes(content)
        with pytest.raises(ValueError, match="WAV"):
            at_volume(broken, 50)
    with broken.open("wb") as file:
        file.truncate(9 << 20)
    with pytest.raises(ValueError, match="8 MB"):
        at_volume(broken, 50)


def test_samples_of_another_size_stay_as_loud_as_they_are(tmp_path: Path) -> None:
    eight = tmp_path / "eight.wav"
    with wave.open(str(eight), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(1)
        writer.setframerate(8_000)
        writer.writeframes(bytes(range(256)))
    assert at_volume(eight, 10) == eight.read_bytes()


def _frames(content: bytes) -> bytes:
    with wave.open(io.BytesIO(content)) as reader:
        return reader.readframes(reader.getnframes())
