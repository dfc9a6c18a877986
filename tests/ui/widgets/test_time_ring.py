"""The ring with the time left, on small screens too."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from numbguard.ui.widgets import theme
from numbguard.ui.widgets.time_ring import TimeRing


def test_it_stays_round_where_it_is_given_less_height_than_it_asks_for(qapp: QApplication) -> None:
    parent = QWidget()
    ring = TimeRing(parent, size=90)
    ring.resize(90, 50)
    ring.show_left(60, of_s=60)
    image = QImage(90, 50, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    ring.render(image)
    accent = QColor(theme.current().accent).rgb()
    inked = [(x, y) for x in range(90) for y in range(50) if image.pixel(x, y) == accent]
    across, down = ({point[place] for point in inked} for place in (0, 1))
    wide, tall = max(across) - min(across), max(down) - min(down)
    assert tall > 40
    assert abs(wide - tall) <= 2
    assert abs(min(across) + max(across) - 89) <= 2, "in the middle"
