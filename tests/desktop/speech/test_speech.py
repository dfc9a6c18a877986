"""Who reads a step aloud: Speech Dispatcher, by a stand-in that speaks its protocol and really, or a program."""

from __future__ import annotations

import os
import shutil
import subprocess
from array import array
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from numbguard.core.settings.settings import Settings
from numbguard.desktop import speech
from numbguard.desktop.quiet.call import media_sockets
from numbguard.desktop.speech.desktop_voice import DesktopVoice
from numbguard.desktop.speech.programs import speakers_of
from numbguard.desktop.speech.speech_dispatcher import service_socket
from tests.desktop.programs import StandInPrograms, children
from tests.desktop.speech.service import Service
from tests.desktop.stand_ins import Process

ALOUD = Settings(sound_enabled=True, sound_read_aloud=True, sound_volume=70)


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandInPrograms:
    """A session of its own, without a voice."""
    for name in ("SPEECHD_ADDRESS", "PULSE_SERVER", "PULSE_RUNTIME_PATH", "DBUS_SESSION_BUS_ADDRESS", "DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    tmp_path.chmod(0o700)
    for name in ("XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    return StandInPrograms(tmp_path / "bin", monkeypatch)


@pytest.fixture
def service(session: StandInPrograms) -> Iterator[Service]:
    made = Service(service_socket())
    yield made
    made.drop()


Voices = Callable[..., DesktopVoice]


@pytest.fixture
def voices(qtbot: QtBot) -> Iterator[Voices]:
    """Makes the voice of the desktop, which ends with the test."""
    made: list[DesktopVoice] = []

    def make(language: str = "en") -> DesktopVoice:
        made.append(speech.choose(ALOUD, language=lambda: language))
        return made[-1]

    yield make
    for one in made:
        one.stop()


# --- Speech Dispatcher -----------------------------------------------------------------------------------------------


def test_a_step_is_read_in_the_person_s_language_as_loud_as_asked(
    service: Service, voices: Voices, qtbot: QtBot
) -> None:
    voice = voices("pt_BR")
    voice.read("Levante-se.\n.Caminhe.", after_s=0.0)
    qtbot.waitUntil(lambda: service.lines[-1:] == ["."])
    assert service.lines == [
        "SET SELF CLIENT_NAME user:NumbGuard:main",
        "SET SELF PRIORITY MESSAGE",
        "CANCEL SELF",
        "SET SELF LANGUAGE pt-BR",
        "SET SELF VOLUME -30",
        "SPEAK",
        "Levante-se.",
        "..Caminhe.",
        ".",
    ]
    assert voice.status().backend == "speech-dispatcher"


def test_a_new_step_cancels_the_one_before_and_hush_cancels_it_too(
    service: Service, voices: Voices, qtbot: QtBot
) -> None:
    voice = voices()
    voice.read("Sit tall.", after_s=0.0)
    qtbot.waitUntil(lambda: service.lines[-1:] == ["."])
    voice.read("Lean.", after_s=0.0)
    qtbot.waitUntil(lambda: service.said().count(".") == 2)
    voice.hush()
    qtbot.waitUntil(lambda: service.lines[-1] == "CANCEL SELF")
    once = [line for line, _same in groupby(service.said())]
    assert once == ["CANCEL SELF", "SPEAK", "Sit tall.", ".", "CANCEL SELF", "SPEAK", "Lean.", ".", "CANCEL SELF"]
    voice.stop()
    qtbot.waitUntil(lambda: service.lines[-1] == "QUIT")


def test_a_step_that_waits_for_its_sound_is_forgotten_when_the_next_one_or_silence_comes(
    service: Service, voices: Voices, qtbot: QtBot
) -> None:
    voice = voices()
    voice.read("Sit tall.", after_s=0.3)
    voice.read("Lean.", after_s=0.05)
    qtbot.waitUntil(lambda: "Lean." in service.lines)
    voice.read("Stand.", after_s=0.1)
    voice.configure(Settings())
    qtbot.wait(400)
    assert not {"Sit tall.", "Stand."} & set(service.lines)


def test_words_hushed_before_they_were_sent_are_never_sent(service: Service, voices: Voices, qtbot: QtBot) -> None:
    voice = voices()
    for _ in range(20):
        voice.read("Sit tall.", after_s=0.0)
        qtbot.wait(3)
        voice.hush()
    voice.read("At last.", after_s=0.0)
    qtbot.waitUntil(lambda: "At last." in service.lines and service.lines[-1] == ".")
    assert service.lines.count("SPEAK") == service.lines.count("."), "every SPEAK got its words, if only none"


def test_a_service_that_refuses_or_goes_gives_way_to_the_next_voice(
    service: Service, session: StandInPrograms, voices: Voices, qtbot: QtBot
) -> None:
    session.add("espeak-ng")
    service.refuses = "SPEAK"
    voice = voices("de")
    voice.read("Aufstehen.", after_s=0.0)
    qtbot.waitUntil(lambda: session.asked() == ["espeak-ng -v de -a 70 --stdin"])
    service.refuses = ""
    other = voices("de")
    other.read("Gehen.", after_s=0.0)
    qtbot.waitUntil(lambda: "Gehen." in service.lines)
    service.drop()
    qtbot.wait(100)
    other.read("Sitzen.", after_s=0.0)
    qtbot.waitUntil(lambda: len(session.asked()) == 2)


def test_a_service_that_does_not_run_is_started_first(
    session: StandInPrograms, voices: Voices, qtbot: QtBot, tmp_path: Path
) -> None:
    session.add("speech-dispatcher", f": >{tmp_path}/started")
    session.add("espeak-ng")
    voice = voices()
    voice.read("Sit tall.", after_s=0.0)
    qtbot.waitUntil(lambda: session.names() == ["speech-dispatcher", "espeak-ng"])
    assert session.asked()[0] == "speech-dispatcher --spawn"


# --- programs --------------------------------------------------------------------------------------------------------


def test_a_program_gets_the_words_on_its_input_and_dies_with_the_step(
    session: StandInPrograms, voices: Voices, qtbot: QtBot, tmp_path: Path
) -> None:
    session.add("espeak", f"/bin/cat >{tmp_path}/words; exec /bin/sleep 60")
    voice = voices()
    before = children()
    voice.read("Größe zeigen.", after_s=0.0)
    qtbot.waitUntil(lambda: (tmp_path / "words").exists() and (tmp_path / "words").read_bytes() != b"")
    assert (tmp_path / "words").read_text(encoding="utf-8") == "Größe zeigen.\n"
    assert len(children()) == len(before) + 1
    voice.hush()
    assert children() == before
    status = voice.status()
    assert (status.backend, status.works) == ("espeak", True)
    assert status.sources["speech-dispatcher"].detail == "Speech Dispatcher isn't installed."


def test_without_a_voice_nothing_is_read_and_a_try_says_so(
    session: StandInPrograms, voices: Voices, qtbot: QtBot
) -> None:
    voice = voices()
    voice.read("Sit tall.", after_s=0.0)
    qtbot.wait(50)
    assert not voice.status().works
    assert voice.try_out("Sit tall.") == voice.status().detail != ""
    session.add("espeak-ng")
    heard = voices()
    assert heard.try_out("Sit tall.") == ""
    qtbot.waitUntil(lambda: session.names() == ["espeak-ng"])


def test_macos_and_windows_are_asked_in_their_own_words(session: StandInPrograms, qtbot: QtBot) -> None:
    session.add("say")
    session.add("powershell")
    for platform in ("darwin", "win32"):
        ((_name, make),) = speakers_of(platform)
        make().say("Lean.", language="pt_BR'; calc; '", volume=70, failed=lambda: None)
        qtbot.wait(100)
    qtbot.waitUntil(lambda: len(session.asked()) == 2)
    say, powershell = session.asked()
    assert say == "say -f -"
    assert "$voice.Volume = 70" in powershell
    assert "CultureInfo]'pt'" in powershell, "only letters reach the command"


# --- the real service ------------------------------------------------------------------------------------------------

_REAL = ("pulseaudio", "parec", "speech-dispatcher", "espeak-ng")
_MISSING = [name for name in _REAL if shutil.which(name) is None]
_PATH = os.environ.get("PATH", "")


@pytest.mark.skipif(bool(_MISSING), reason=f"no real voice to listen to: {', '.join(_MISSING)} not installed")
def test_the_real_speech_dispatcher_is_started_heard_and_hushed(
    session: StandInPrograms, voices: Voices, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", _PATH)
    server = Process(
        "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "-L", "module-native-protocol-unix",
        "-L", "module-null-sink sink_name=loudspeaker", log=tmp_path / "pulseaudio.log",
    )  # fmt: skip
    recording = tmp_path / "voice.raw"
    recorder: subprocess.Popen[bytes] | None = None
    try:
        qtbot.waitUntil(lambda: media_sockets.is_listening(tmp_path / "pulse" / "native"), timeout=10_000)
        with recording.open("wb") as file:
            recorder = subprocess.Popen(
                ["parec", "-d", "loudspeaker.monitor", "--raw", "--format=s16le", "--rate=8000", "--channels=1"],
                stdout=file,
            )

        def loudness() -> int:
            """The greatest amplitude of the last half second."""
            content = recording.read_bytes()
            return max(map(abs, array("h", content[: len(content) // 2 * 2][-8000:])), default=0)

        voice = voices()
        voice.read("Put one hand on the wall, bend your right knee, take hold of your foot and breathe.", after_s=0.0)
        qtbot.waitUntil(lambda: loudness() > 2000, timeout=20_000)
        voice.hush()
        qtbot.waitUntil(lambda: loudness() == 0, timeout=3_000)
        voice.read("Stand.", after_s=0.0)
        qtbot.waitUntil(lambda: loudness() > 2000, timeout=5_000)
    finally:
        if recorder is not None:
            recorder.kill()
            recorder.wait()
        server.end()
