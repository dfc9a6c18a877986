"""Rewrites a card's or routine's file and keeps the person's comments, order and spacing.

``own_cards.py`` calls it on the GUI thread.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from tomlkit import TOMLDocument, dumps, parse
from tomlkit.exceptions import TOMLKitError


def changed(text: str, table: Mapping[str, object]) -> str:
    """Return ``text`` with exactly the values of ``table``. A comment stays with its step or key.

    Where the two cannot be combined, return the table without the comments.
    """
    if "#" in text:
        try:
            document = parse(text)
            _bring_in(document, table)
            after = dumps(document)
            if tomllib.loads(after) == table:
                return after
        except (TOMLKitError, ValueError, TypeError, RecursionError):
            pass  # the values matter more than the comments
    return dumps(table)


def _bring_in(document: TOMLDocument, table: Mapping[str, object]) -> None:
    held = document.unwrap()
    for key in held.keys() - table.keys():
        del document[key]
    for key, value in table.items():
        if key in held and held[key] == value:
            continue
        place: Any = document.get(key)
        if _is_tables(held.get(key)) and _is_tables(value):
            _bring_in_rows(place, held[key], value)  # type: ignore[arg-type]
        else:
            document[key] = value


def _bring_in_rows(rows: Any, held: list[dict[str, object]], wanted: list[Mapping[str, object]]) -> None:
    """Change remaining rows in place. Rows with the same text are the same row, wherever they are now."""
    left = list(range(len(held)))
    taken: list[int | None] = []
    for row in wanted:
        same = next((number for number in left if held[number].get("text") == row.get("text")), None)
        if same is not None:
            left.remove(same)
        taken.append(same)
    for place, number in enumerate(taken):
        if number is None and place in left:  # its text was changed
            left.remove(place)
            taken[place] = place
    items = [rows[number] if number is not None else None for number in taken]
    while len(rows):
        del rows[-1]
    for item, row in zip(items, wanted, strict=True):
        if item is None:
            rows.append(dict(row))
            continue
        for key in list(item.keys() - row.keys()):
            del item[key]
        for key, value in row.items():
            if item.get(key) != value:
                item[key] = value
        rows.append(item)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, Mapping) for each in value)
