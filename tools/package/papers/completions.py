"""Completions of the command line for bash, zsh and fish, made from its words. `tools.package.deb` calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tools.package.papers.command_words import Kind, VerbWords, Word

_ZSH_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\:[]'"})


def bash(words: VerbWords) -> str:
    """The script for `/usr/share/bash-completion/completions/`."""
    descend, values, offers, files = [], [], [], []
    for path, verb in words.walk():
        where = " ".join(path)
        descend += [
            f"            {_case(f'{where}|{sub.name}')} path={_quoted(f'{where} {sub.name}')} ;;" for sub in verb.verbs
        ]
        for option in _with_value(verb.options):
            for flag in option.flags:
                values.append(f"        {_case(f'{where}|{flag}')} {_bash_values(option)}; return ;;")
        flags = [flag for option in verb.options for flag in option.flags]
        choices = [choice for operand in verb.operands for choice in operand.choices]
        offered = [*(sub.name for sub in verb.verbs), *choices, *flags]
        offers.append(f"        {_case(where)} offered={_quoted(' '.join(offered))} ;;")
        if any(operand.kind is Kind.FILE for operand in verb.operands):
            files.append(f"        {_case(where)} {_FILES}; return ;;")
    return "\n".join(
        (
            "# bash completion for numbguard, made from the program's own parser",
            "",
            "_numbguard() {",
            '    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path=numbguard offered="" i',
            "    COMPREPLY=()",
            "    for ((i = 1; i < COMP_CWORD; i++)); do",
            '        case "$path|${COMP_WORDS[i]}" in',
            *descend,
            "        esac",
            "    done",
            '    case "$path|$prev" in',
            *values,
            "    esac",
            '    case "$path" in',
            *offers,
            "    esac",
            "    if [[ $cur != -* ]]; then",
            '        case "$path" in',
            *(f"    {line}" for line in files),
            "        *) ;;",
            "        esac",
            "    fi",
            '    mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$cur")',
            "}",
            "complete -F _numbguard numbguard",
            "",
        )
    )


_FILES = 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur")'
_FOLDERS = 'compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur")'


def _bash_values(option: Word) -> str:
    if option.kind is Kind.FILE:
        return _FILES
    if option.kind is Kind.FOLDER:
        return _FOLDERS
    if option.kind is Kind.CHOICE:
        return f'mapfile -t COMPREPLY < <(compgen -W {_quoted(" ".join(option.choices))} -- "$cur")'
    return ":"


def _case(text: str) -> str:
    return f"{_quoted(text)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def zsh(words: VerbWords) -> str:
    """The script for `/usr/share/zsh/vendor-completions/`; each verb with verbs of its own is a function."""
    functions = []
    for path, verb in words.walk():
        if verb.verbs or len(path) == 1:
            functions += ["", *_zsh_function(path, verb)]
    return "\n".join(
        ("#compdef numbguard", "# Made from the program's own parser.", *functions, "", '_numbguard "$@"', "")
    )


def _zsh_function(path: Sequence[str], verb: VerbWords) -> list[str]:
    lines = [f"{_zsh_name(path)}() {{", "    local context state state_descr line", "    typeset -A opt_args"]
    lines += [_continued("    _arguments -C", [*map(_zsh_option, verb.options), "'1: :->verb'", "'*:: :->words'"])]
    lines += ["    case $state in", "    verb)", "        local -a verbs", "        verbs=("]
    lines += [f"            {_quoted(f'{sub.name}:{sub.help}')}" for sub in verb.verbs]
    lines += ["        )", "        _describe verb verbs", "        ;;", "    words)", "        case $line[1] in"]
    for sub in verb.verbs:
        if sub.verbs:
            lines.append(f"        {sub.name}) {_zsh_name((*path, sub.name))} ;;")
        else:
            arguments = [*map(_zsh_option, sub.options), *(_zsh_operand(one) for one in sub.operands)]
            lines.append(f"        {sub.name})")
            lines.append(_continued("            _arguments", arguments))
            lines.append("            ;;")
    return [*lines, "        esac", "        ;;", "    esac", "}"]


def _zsh_name(path: Iterable[str]) -> str:
    return "_" + "_".join(part.replace("-", "_") for part in path)


def _continued(start: str, words: Sequence[str]) -> str:
    return " \\\n                ".join((start, *words))


def _zsh_option(option: Word) -> str:
    explained = f"[{option.help.translate(_ZSH_SPECIAL)}]" if option.help else ""
    value = "" if option.kind is Kind.FLAG else f":{option.placeholder.translate(_ZSH_SPECIAL)}:{_zsh_values(option)}"
    repeats = "\\*" if option.repeats else ""
    others = "" if option.repeats else f"({' '.join(option.flags)})"
    if len(option.flags) == 1:
        return f"{repeats}{_zsh_quoted(others + option.flags[0] + explained + value)}"
    flags = ",".join(option.flags)
    return f"{_zsh_quoted(others)}{{{flags}}}{_zsh_quoted(explained + value)}"


def _zsh_operand(operand: Word) -> str:
    colon = "::" if operand.optional else ":"
    return _zsh_quoted(f"{colon}{operand.placeholder.translate(_ZSH_SPECIAL)}:{_zsh_values(operand)}")


def _zsh_values(word: Word) -> str:
    if word.kind is Kind.CHOICE:
        return f"({' '.join(word.choices)})"
    return {Kind.FILE: "_files", Kind.FOLDER: "_files -/"}.get(word.kind, " ")


def _zsh_quoted(text: str) -> str:
    return "'" + text.replace("\\'", "'").replace("'", "'\\''") + "'" if text else ""


def fish(words: VerbWords) -> str:
    """The script for `/usr/share/fish/vendor_completions.d/`."""
    lines = ["# Made from the program's own parser.", "complete -c numbguard -f"]
    for path, verb in words.walk():
        condition = _fish_condition(path, verb)
        for sub in verb.verbs:
            lines.append(f"complete -c numbguard -n {condition} -a {sub.name} -d {_fish_quoted(sub.help)}")
        for operand in verb.operands:
            if operand.choices:
                lines.append(f"complete -c numbguard -n {condition} -a {_fish_quoted(' '.join(operand.choices))}")
            if operand.kind is Kind.FILE:
                lines.append(f"complete -c numbguard -n {condition} -F")
        lines += [f"complete -c numbguard -n {condition}{_fish_option(option)}" for option in verb.options]
    return "\n".join([*lines, ""])


def _fish_condition(path: Sequence[str], verb: VerbWords) -> str:
    tests = [f"__fish_seen_subcommand_from {word}" for word in path[1:]]
    if verb.verbs:
        names = " ".join(sub.name for sub in verb.verbs)
        tests.append(f"not __fish_seen_subcommand_from {names}")
    return _fish_quoted("; and ".join(tests))


def _fish_option(option: Word) -> str:
    words = []
    for flag in option.flags:
        words.append(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}")
    if option.kind is not Kind.FLAG:
        words.append("-r" if option.kind is Kind.FILE else "-x")
    if option.kind is Kind.CHOICE:
        words.append(f"-a {_fish_quoted(' '.join(option.choices))}")
    if option.kind is Kind.FOLDER:
        words.append("-a '(__fish_complete_directories)'")
    if option.help:
        words.append(f"-d {_fish_quoted(option.help)}")
    return " " + " ".join(words)


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _with_value(options: Iterable[Word]) -> Iterable[Word]:
    return (option for option in options if option.kind is not Kind.FLAG)
