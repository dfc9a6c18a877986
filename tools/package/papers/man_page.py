"""The man page numbguard(1), made from the words of the command line. `tools.package.deb` calls it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tools.package.papers.command_words import Kind, VerbWords, Word

_ABOUT = (
    "NumbGuard sits in the system tray, counts how long you sit, and gets you up before your legs go numb. "
    "When a leg goes numb all the same, one click writes an episode into a private log.",
    "Without a verb, numbguard starts the tray app, or shows the panel of the one that runs.",
)
_STATUSES = (
    ("0", "Done."),
    ("1", "It failed; one line on standard error says what failed and what to do."),
    ("2", "The words were wrong."),
    ("3", "The app is not running, and the verb needs it."),
)
_FILES = (
    ("~/.local/share/numbguard/settings.toml", "The settings."),
    ("~/.local/share/numbguard/numbguard.db", "The log. It is yours: no package touches it, not even when purged."),
    ("~/.local/share/numbguard/backups/", "Checked copies of the log."),
)
_VARIABLES = (("NUMBGUARD_PROFILE", "The profile folder, as with --profile."),)


def man_page(words: VerbWords, *, version: str, day: date) -> str:
    """The page as troff, with the macros of man(7)."""
    common = {option.flags for option in words.options}
    lines = [
        f'.TH NUMBGUARD 1 {day:%Y-%m-%d} "NumbGuard {_escaped(version)}" "User Commands"',
        ".SH NAME",
        "numbguard \\- movement breaks and a private log of numbness",
        ".SH SYNOPSIS",
        ".B numbguard",
        '.RI [ VERB " [" words ]]',
        ".SH DESCRIPTION",
    ]
    for number, paragraph in enumerate(_ABOUT):
        lines += [".PP"] * (number > 0) + [_escaped(paragraph)]
    lines += [".SH OPTIONS", "These stand before or after any verb."]
    for option in words.options:
        lines += _word(option)
    lines.append(".SH VERBS")
    for path, verb in words.walk():
        if len(path) == 1:
            continue
        lines += [f'.SS "{_escaped(" ".join((*path[1:], *_synopsis(verb, common))))}"', _sentence(verb.help)]
        for word in verb.options:
            if word.flags not in common:
                lines += _word(word)
        for word in verb.operands:
            if word.help or word.choices:
                lines += _word(word)
    for title, rows in (("EXIT STATUS", _STATUSES), ("FILES", _FILES), ("ENVIRONMENT", _VARIABLES)):
        lines.append(f".SH {title}")
        for term, meaning in rows:
            lines += [".TP", f".B {_escaped(term)}", _escaped(meaning)]
    return "\n".join([*lines, ""])


def _synopsis(verb: VerbWords, common: set[tuple[str, ...]]) -> Iterator[str]:
    if any(option.flags not in common for option in verb.options):
        yield "[options]"
    if verb.verbs:
        yield "…"
    for operand in verb.operands:
        shown = "|".join(operand.choices) if operand.kind is Kind.CHOICE else operand.placeholder
        yield f"[{shown}]" if operand.optional else shown


def _word(word: Word) -> list[str]:
    placeholder = "|".join(word.choices) if word.kind is Kind.CHOICE and len(word.choices) < 8 else word.placeholder
    value = "" if word.kind is Kind.FLAG or not word.flags else f" \\fI{_escaped(placeholder)}\\fR"
    head = ", ".join(f"\\fB{_escaped(flag)}\\fR{value}" for flag in word.flags) or f"\\fI{_escaped(placeholder)}\\fR"
    return [".TP", head, _sentence(word.help) if word.help else "\\&"]


def _sentence(text: str) -> str:
    return _escaped(f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else "."))


def _escaped(text: str) -> str:
    """Text in which troff sees no command: no backslash, no hyphen as a dash, no dot or quote at the beginning."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq").replace("…", "\\&...")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
