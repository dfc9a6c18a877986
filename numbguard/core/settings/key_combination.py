"""Reads the keys of a hot key and writes them in one spelling: ``Ctrl+Alt+N``.

Pure; called by the settings, the field that records keys, and the backends of the hot keys, on any thread.
"""

from __future__ import annotations

from .choices import KeyCombination

MODIFIERS = ("Super", "Ctrl", "Alt", "Shift")
"""In the order in which they are written. Super is the key with the Windows sign, which Qt calls Meta."""
FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 25))
NAMED_KEYS = (
    *("Space", "Return", "Backspace", "Ins", "Del", "Home", "End", "PgUp", "PgDown", "Left", "Right", "Up", "Down"),
    *("Pause", "Print", "ScrollLock"),
)
SIGNS = "-=[];',./`\\"
"""Keys that are named by the character on them, apart from letters and digits."""
_ALONE = {*FUNCTION_KEYS, "Pause", "Print", "ScrollLock"}
"""Keys that type nothing and therefore need no modifier."""
_MODIFIER_NAMES = {
    **{name.lower(): name for name in MODIFIERS},
    "control": "Ctrl",
    "meta": "Super",
    "win": "Super",
    "windows": "Super",
    "option": "Alt",
}
_KEY_NAMES = {
    **{name.lower(): name for name in (*FUNCTION_KEYS, *NAMED_KEYS, *SIGNS)},
    **{letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"},
    **{digit: digit for digit in "0123456789"},
    "enter": "Return",
    "insert": "Ins",
    "delete": "Del",
    "pageup": "PgUp",
    "pagedown": "PgDown",
}


def read_combination(text: str) -> KeyCombination:
    """The keys in their one spelling, whatever the case and order of the text; empty for an empty text.

    Raises ``ValueError`` for an unknown key, for several keys, and for a key that would get in the way of typing: a
    letter without Ctrl, Alt or Super.
    """
    words = [word.strip().lower() for word in text.split("+")]
    if words == [""]:
        return KeyCombination()
    *before, last = words
    modifiers = {_MODIFIER_NAMES[word] for word in before if word in _MODIFIER_NAMES}
    key = _KEY_NAMES.get(last)
    if key is None or len(modifiers) != len(before):
        raise ValueError(text)
    if not modifiers - {"Shift"} and key not in _ALONE:
        raise ValueError(text)
    return KeyCombination("+".join([*(name for name in MODIFIERS if name in modifiers), key]))


def parts_of(combination: KeyCombination) -> tuple[frozenset[str], str]:
    """The modifiers and the key of a combination that is not empty, by the names above."""
    *modifiers, key = combination.split("+")
    return frozenset(modifiers), key
