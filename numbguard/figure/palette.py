"""The few calm colours of the figures and their rooms, for light and for dark windows, and black and white. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final


class FigureTheme(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    BLACK_ON_WHITE = "black on white"
    WHITE_ON_BLACK = "white on black"

    @property
    def is_in_lines(self) -> bool:
        """Whether it has no colours: figures are drawn in ink on paper, by ``line_drawing.py``."""
        return self in (FigureTheme.BLACK_ON_WHITE, FigureTheme.WHITE_ON_BLACK)


@dataclass(frozen=True, slots=True)
class FigurePalette:
    backdrop: str
    glow: str
    floor: str
    shadow: str
    skin: str
    skin_shade: str
    skin_far: str
    cheek: str
    ink: str
    hair: str
    hair_light: str
    shirt: str
    shirt_near: str
    shirt_far: str
    shirt_edge: str
    trousers: str
    trousers_edge: str
    trousers_far: str
    shoe: str
    shoe_far: str
    sole: str
    sole_far: str
    tint: str
    wood: str
    wood_dark: str
    cushion: str
    cushion_dark: str
    wall: str
    wall_edge: str
    leaf: str
    leaf_dark: str
    linen: str
    linen_dark: str
    sky: str
    sun: str
    calm: str


LIGHT: Final = FigurePalette(
    backdrop="#edf3f0", glow="#e0ebe6", floor="#d3e1db", shadow="#1f3b3a",
    skin="#ecb992", skin_shade="#d99f78", skin_far="#cf9671", cheek="#e2806a", ink="#3a2a2c",
    hair="#47302c", hair_light="#65463d",
    shirt="#2f8a86", shirt_near="#43a29c", shirt_far="#226864", shirt_edge="#1f6461",
    trousers="#465682", trousers_edge="#37456c", trousers_far="#323e63",
    shoe="#e6b65c", shoe_far="#bd934a", sole="#fdfbf6", sole_far="#dedad2",
    tint="#ff8a5c",
    wood="#cda677", wood_dark="#ad875b", cushion="#b9cfc0", cushion_dark="#9db8a7",
    wall="#dbe6e1", wall_edge="#c3d3cc", leaf="#a9c9b4", leaf_dark="#8fb59d", linen="#fbf8f0", linen_dark="#ddd5c6",
    sky="#d6e9f0", sun="#f7dc9c", calm="#8cc7bd",
)  # fmt: skip

DARK: Final = FigurePalette(
    backdrop="#202b31", glow="#28363c", floor="#324249", shadow="#05090b",
    skin="#eab893", skin_shade="#cf9874", skin_far="#bd8766", cheek="#dd7c66", ink="#33262a",
    hair="#6a4a3f", hair_light="#876153",
    shirt="#3a9c96", shirt_near="#53b5ae", shirt_far="#2a7470", shirt_edge="#2a716d",
    trousers="#6a7cb0", trousers_edge="#56669a", trousers_far="#4a5988",
    shoe="#e3b45c", shoe_far="#ae8847", sole="#f6f2ea", sole_far="#c4c0b8",
    tint="#ff8f62",
    wood="#b8946a", wood_dark="#937450", cushion="#7f9a8b", cushion_dark="#688273",
    wall="#2f3e45", wall_edge="#41535b", leaf="#46685a", leaf_dark="#3a584c", linen="#b7bfbc", linen_dark="#929d9a",
    sky="#3d5561", sun="#d9bd80", calm="#4f948b",
)  # fmt: skip


def _of_ink(ink: str, paper: str) -> FigurePalette:
    """What is ink, and what is paper without an outline; ``line_drawing.py`` replaces the other colours."""
    return replace(LIGHT, backdrop=paper, glow=paper, hair=ink, hair_light=paper, ink=ink, tint=ink, calm=ink)


def palette_of(theme: FigureTheme) -> FigurePalette:
    match theme:
        case FigureTheme.LIGHT:
            return LIGHT
        case FigureTheme.DARK:
            return DARK
        case FigureTheme.BLACK_ON_WHITE:
            return _of_ink("#000000", "#ffffff")
        case FigureTheme.WHITE_ON_BLACK:
            return _of_ink("#ffffff", "#000000")
