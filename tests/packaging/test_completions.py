"""Completions and the man page come from the program's own parser, so they know every verb and every option."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from numbguard.cli.dispatch import VERBS
from tools.package.papers import completions
from tools.package.papers.command_words import Kind, VerbWords, read
from tools.package.papers.man_page import man_page

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def words() -> VerbWords:
    """The words as the packages get them: from a process that imports the program alone."""
    program = CHECKOUT / "tools" / "package" / "papers" / "command_words.py"
    command = [sys.executable, str(program), "numbguard.cli.main", "main"]
    return read(json.loads(subprocess.run(command, cwd="/", capture_output=True, text=True, check=True).stdout))


def every_word(words: VerbWords) -> Iterator[str]:
    for path, verb in words.walk():
        yield from path[1:]
        yield from (flag for option in verb.options for flag in option.flags if flag.startswith("--"))


def test_the_words_are_those_of_the_parser(words: VerbWords) -> None:
    assert [verb.name for verb in words.verbs] == list(VERBS)
    log = next(verb for verb in words.verbs if verb.name == "log")
    onset = next(option for option in log.options if option.flags == ("--onset",))
    assert (onset.kind, onset.choices) == (Kind.CHOICE, ("sudden", "gradual"))
    assert next(option for option in log.options if option.flags == ("--site",)).repeats
    report = next(verb for verb in words.verbs if verb.name == "report")
    assert [(operand.kind, operand.optional) for operand in report.operands] == [(Kind.FILE, False)]
    habit = next(verb for verb in words.verbs if verb.name == "habit")
    assert [kind.name for kind in habit.verbs] == ["water", "walk", "stretch", "goal"]


def bash_offers(script: str, *line: str) -> list[str]:
    """What bash offers for the last word of a command line."""
    program = f'{script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _numbguard; printf "%s\\n" "${{COMPREPLY[@]}}"'
    # `compopt` works only within a completion that a person asked for.
    command = ["bash", "-c", f"compopt() {{ :; }}\n{program}", "bash", *line]
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (["numbguard", "re"], {"resume", "report", "restore", "repair", "red-flags"}),
        (["numbguard", "--prof"], {"--profile"}),
        (["numbguard", "log", "--onset", ""], {"sudden", "gradual"}),
        (["numbguard", "log", "--onset", "s"], {"sudden"}),
        (["numbguard", "log", "--we"], {"--weakness"}),
        (["numbguard", "break", "s"], {"start", "snooze", "skip"}),
        (["numbguard", "habit", "w"], {"water", "walk"}),
        (["numbguard", "habit", "goal", "n"], {"none"}),
        (["numbguard", "export", "--format", ""], {"csv", "json", "fhir"}),
        (["numbguard", "import", "READ"], {"README.md"}),
        (["numbguard", "--profile", "doc"], {"docs"}),
        (["numbguard", "log", "--at", ""], set()),
        (["numbguard", "cards", "ex"], {"export"}),
    ],
)
def test_bash_offers_what_fits(words: VerbWords, line: list[str], offered: set[str]) -> None:
    assert set(bash_offers(completions.bash(words), *line)) == offered


def test_zsh_and_fish_know_every_word_too(words: VerbWords) -> None:
    zsh, fish = completions.zsh(words), completions.fish(words)
    for word in every_word(words):
        assert word in zsh
        assert word.removeprefix("--") in fish
    assert zsh.startswith("#compdef numbguard\n")


def test_the_man_page_has_every_word_and_no_stray_command(words: VerbWords) -> None:
    page = man_page(words, version="1.0.0", day=date(2026, 12, 1))
    shown = page.replace("\\-", "-")
    assert [word for word in every_word(words) if word not in shown] == []
    assert page.startswith('.TH NUMBGUARD 1 2026-12-01 "NumbGuard 1.0.0"')
    macros = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert macros == {".TH", ".SH", ".SS", ".B", ".RI", ".PP", ".TP"}
    assert {f".SH {title}" for title in ("NAME", "SYNOPSIS", "EXIT STATUS", "FILES")} <= set(page.splitlines())
