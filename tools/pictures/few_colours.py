"""Saves pictures of windows with few colours, which makes a file a third as large as one with all of them.

The other programs of ``tools.pictures`` call ``save``. ``python -m tools.pictures.few_colours FILE…`` writes PNG files
anew; ``./dev pictures`` does so with the pictures of the tour.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage

_COLOURS: Final = 255
"""Of a picture: a window has few."""
_SMALLEST: Final = 0
"""The quality of a PNG file that Qt compresses most."""


def save(picture: QImage, out: Path) -> None:
    """Write a PNG file with the picture's most frequent colours. Raises ``OSError`` if it cannot be written."""
    if not with_few_colours(picture).save(str(out), "PNG", _SMALLEST):  # type: ignore[call-overload]  # stub: bytes
        raise OSError(f"{out} could not be written.")


def with_few_colours(picture: QImage) -> QImage:
    """The picture with its most frequent colours alone."""
    rough = picture.scaled(picture.size() * 0.5, mode=Qt.TransformationMode.FastTransformation)
    raw = bytes(rough.convertToFormat(QImage.Format.Format_RGB32).constBits())
    seen = Counter(raw[at : at + 3] for at in range(0, len(raw), 4))
    table = [QColor(red, green, blue).rgb() for blue, green, red in _apart(colour for colour, _n in seen.most_common())]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    return picture.convertToFormat(QImage.Format.Format_Indexed8, table, flags)


def _apart(colours: Iterable[bytes]) -> list[bytes]:
    """The first colours that differ by 8 or more: the shades of a letter's edge leave room for others."""
    found: dict[tuple[int, ...], bytes] = {}
    for colour in colours:
        found.setdefault(tuple(part >> 3 for part in colour), colour)
        if len(found) == _COLOURS:
            break
    return list(found.values())


def main(files: Iterable[str]) -> None:
    app = QGuiApplication.instance() or QGuiApplication([])
    for file in files:
        save(QImage(file), Path(file))
    del app


if __name__ == "__main__":
    main(sys.argv[1:])
