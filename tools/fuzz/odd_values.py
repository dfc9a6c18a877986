"""Hypothesis strategies for the values that a damaged or malicious file may contain in place of sound ones.

The targets use them. They replace one or two values of a sound document, so that it passes a reader's first checks, and
also spoil its bytes.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import tomlkit
from hypothesis import strategies as st
from tomlkit.exceptions import TOMLKitError

Path = tuple[str | int, ...]

_NUMBERS = (0, -1, 1, 10**9, 10**13, 2**31, 2**63, -(2**63), 10**40, 10**400, 1e300, -1e300, 1e-300, -0.0, 0.5)
_WORDS = (
    *("", " ", "x" * 5000, "\ud800", "\0", "NaN", "yes", "none", "../../etc/passwd", "=1+1", "9" * 5000, "1e999"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-13-01", "25:61", "2026-03-02T09:00:00"),
)


def _nested(depth: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(depth):
        value = [value]
    return value


_plain = (
    st.none()
    | st.booleans()
    | st.integers(-20, 20)
    | st.sampled_from(_NUMBERS)
    | st.floats()
    | st.sampled_from(_WORDS)
    | st.text(max_size=20)
)
odd_values = (
    _plain
    | st.lists(_plain, max_size=3)
    | st.dictionaries(st.text(max_size=5), _plain, max_size=3)
    | st.sampled_from([_nested(50), [0] * 3000])
)


def _paths(value: object, at: Path = ()) -> list[Path]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, part in parts for path in _paths(part, (*at, key)))]


@st.composite
def with_odd_values(draw: st.DrawFn, document: Any) -> Any:
    """Return the document with one or two of its values replaced, omitted or doubled."""
    changed: Any = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 2))):
        path = draw(st.sampled_from(_paths(changed)))
        if not path:
            continue
        way, last = path[:-1], path[-1]
        holder: Any = changed
        for step in way:
            holder = holder[step]
        match draw(st.sampled_from(["replace", "replace", "replace", "leave out", "double"])):
            case "replace":
                holder[last] = copy.deepcopy(draw(odd_values))  # the next round may change it
            case "leave out":
                del holder[last]
            case _ if isinstance(last, int):
                holder.append(copy.deepcopy(holder[last]))
            case _:
                holder[draw(st.text(max_size=5))] = copy.deepcopy(holder[last])
    return changed


def as_json(document: Any) -> st.SearchStrategy[bytes]:
    """Return the document as JSON with odd values in it, or with spoilt bytes."""
    whole = json.dumps(document).encode()
    return with_odd_values(document).map(lambda one: json.dumps(one).encode()) | spoilt(whole)


def as_toml(document: Any) -> st.SearchStrategy[bytes]:
    """Return the document as TOML, which has no null, with odd values in it."""
    whole = tomlkit.dumps(document).encode()
    return with_odd_values(document).map(_toml).filter(bool) | spoilt(whole)


def _toml(document: Any) -> bytes:
    try:
        return tomlkit.dumps(document).encode("utf-8", "surrogatepass")
    except (TOMLKitError, ValueError, TypeError):
        return b""


@st.composite
def spoilt(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return the content cut short, with changed bytes, or with inserted ones."""
    at = draw(st.integers(0, len(whole)))
    match draw(st.sampled_from(["cut", "change", "put between", "nest"])):
        case "cut":
            return whole[:at]
        case "change":
            return whole[:at] + draw(st.binary(min_size=1, max_size=3)) + whole[at + 3 :]
        case "nest":
            return whole[:at] + draw(st.sampled_from([b"[", b"{", b'{"a":', b"<g>", b"a=["])) * 20_000 + whole[at:]
        case _:
            return whole[:at] + draw(st.binary(max_size=20)) + whole[at:]
