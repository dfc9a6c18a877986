"""The command line speaks the language of the settings, or else the system's; argparse's own words included."""

from __future__ import annotations

import argparse
import gettext
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from numbguard.cli.main import main
from numbguard.wording import catalogue


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    vars(argparse).update(_=gettext.gettext, ngettext=gettext.ngettext)
    catalogue.forget()


def test_language_of_the_environment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANGUAGE", "qps")
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "⟦options ~~~⟧" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--profile", "{profile}"], ["--profile={profile}"]])
def test_language_of_the_settings(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "settings.toml").write_text('[appearance]\nlanguage = "qps"\n', encoding="utf-8")
    tmp_path.chmod(0o700)
    with pytest.raises(SystemExit):
        main([*(word.format(profile=tmp_path) for word in words), "--help"])
    assert "⟦show this help message and exit" in capsys.readouterr().out


def test_english_looks_nothing_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """argparse itself would look in every locale folder of the system for each of its words."""
    asked: list[object] = []
    monkeypatch.setattr(gettext, "find", lambda *given, **_: asked.append(given))
    with pytest.raises(SystemExit):
        main(["--help"])
    assert "\noptions:\n" in capsys.readouterr().out
    assert not asked


def test_a_verb_speaks_the_language_and_its_json_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "qps")
    monkeypatch.delenv("DISPLAY", raising=False)
    profile = ["--profile", str(tmp_path / "profile")]
    assert main([*profile, "habit", "goal", "water", "6"]) == 0
    assert "⟦6 glasses of water a day" in capsys.readouterr().out
    assert main([*profile, "--json", "habit", "goal", "water", "6"]) == 0
    assert '"said": "6 glasses of water a day: 0 of ' in capsys.readouterr().out


def test_a_time_is_read_and_refused_in_the_language(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    profile = ["--profile", str(tmp_path / "profile")]

    def episodes(*since: str) -> list[dict[str, str]]:
        assert main([*profile, "episodes", "--json", *since]) == 0
        found: list[dict[str, str]] = json.loads(capsys.readouterr().out)
        return found

    assert main([*profile, "log", "--at", "vorgestern gegen drei", "--ended", "20 Minuten"]) == 0
    assert main([*profile, "log", "--at", "yesterday at 14:30"]) == 0
    capsys.readouterr()
    (german, english) = episodes()
    assert "T15:00:00" in german["started_at"]
    assert "T15:20:00" in german["ended_at"]
    assert "T14:30:00" in english["started_at"]
    assert episodes("--since", "gestern") == [english]
    assert main([*profile, "log", "--at", "vorhin"]) == 2
    assert "gestern gegen drei" in capsys.readouterr().err
    assert episodes() == [german, english]
