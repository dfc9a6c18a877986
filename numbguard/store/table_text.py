"""Tables written as TOML text, for card, routine and pack files that NumbGuard writes itself. Pure; any thread.

Not for the settings, whose comments are the person's own (see ``config.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

_BARE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def as_toml(table: Mapping[str, object]) -> str:
    """A table of texts, numbers, truths, lists and tables as TOML, in its own order."""
    return "\n".join(_lines(table, "")).strip("\n") + "\n"


def _lines(table: Mapping[str, object], where: str) -> Iterator[str]:
    below = {key: value for key, value in table.items() if isinstance(value, Mapping) or _is_tables(value)}
    for key, value in table.items():
        if key not in below:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in below.items():
        path = f"{where}.{_key(key)}" if where else _key(key)
        if isinstance(value, Mapping):
            yield from ("", f"[{path}]", *_lines(value, path))
        elif isinstance(value, list):
            for each in value:
                yield from ("", f"[[{path}]]", *_lines(each, path))


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)


def _key(key: str) -> str:
    return key if key and _BARE.issuperset(key) else _text(key)


def _value(value: object) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return f"[{', '.join(_value(each) for each in value)}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(key)} = {_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value)


def _text(text: str) -> str:
    # JSON's escapes are TOML's too, but for one letter that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
