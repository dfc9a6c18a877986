"""A card's or routine's file written anew with what a person wrote beside the values kept: comments, order, spacing.

Called by ``own_cards.py`` on the GUI thread.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from tomlkit import TOMLDocument, dumps, parse
from tomlkit.exceptions import TOMLKitError


def changed(text: str, table: Mapping[str, object]) -> str:
    """``text`` with the values of ``table`` and no others. A comment goes with the step or the key that it stands by;
    where the two cannot be brought together, the table as it is."""
    if "#" in text:
        try:
            document = parse(text)
            _bring_in(document, table)
            after = dumps(document)
            if tomllib.loads(after) == table:
                return after
        except (TOMLKitError, ValueError, TypeError, RecursionError):
            pass  # the values matter more than the words beside them
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
    """Rows that stay are changed in their place; one with the same words is the same row, wherever it is now."""
    left = list(range(len(held)))
    taken: list[int | None] = []
    for row in wanted:
        same = next((number for number in left if held[number].get("text") == row.get("text")), None)
        if same is not None:
            left.remove(same)
        taken.append(same)
    for place, number in enumerate(taken):
        if number is None and place in left:  # its words were changed
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
