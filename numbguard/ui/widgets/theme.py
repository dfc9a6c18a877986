"""NumbGuard's look: its palettes, one style sheet, fonts relative to the system's, and the ring.

Every window uses it, on the GUI thread. ``apply_theme(window)`` gives a window its colours and updates them when the
desktop switches between light and dark, or the person chooses other colours. Text has a contrast of at least 4.5 : 1 on
every background it is used on (WCAG AA), and of at least 7 : 1 in high contrast (AAA).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from numbguard.core.settings.choices import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by their use in a window, as ``#rrggbb``."""

    dark: bool
    window: str
    surface: str
    hover: str
    line: str
    edge: str
    """The outline of a control, with a contrast of 3 : 1 to the window."""
    text: str
    quiet: str
    accent: str
    """For fills and rings; for text only on ``surface``."""
    accent_hover: str
    accent_pressed: str
    on_accent: str
    warm: str
    """For a due break and the muscle being stretched: fills and rings, never text."""
    warm_text: str
    warm_surface: str
    track: str
    """The unfilled part of a ring."""
    high_contrast: bool = False
    """Whether outlines are thick, what is chosen is inverted, and no text is grey."""

    @property
    def outline(self) -> int:
        """The width of a control's outline in pixels."""
        return 2 if self.high_contrast else 1

    @property
    def focus_outline(self) -> int:
        """The width in pixels of the outline of what has the keyboard focus."""
        return 3 if self.high_contrast else 2


LIGHT = Palette(
    dark=False,
    window="#f5f8f7",
    surface="#ffffff",
    hover="#e8f1f0",
    line="#d6e0de",
    edge="#7d8f92",
    text="#1c2a2c",
    quiet="#55666a",
    accent="#2f7f86",
    accent_hover="#286f75",
    accent_pressed="#215d63",
    on_accent="#ffffff",
    warm="#cd7c5b",
    warm_text="#944a2c",
    warm_surface="#fbeee8",
    track="#dbe6e4",
)

DARK = Palette(
    dark=True,
    window="#1b2426",
    surface="#243033",
    hover="#2e3d40",
    line="#35464a",
    edge="#7c9094",
    text="#e7efee",
    quiet="#a6b8ba",
    accent="#6fc3c8",
    accent_hover="#86d0d4",
    accent_pressed="#5bb0b6",
    on_accent="#0c2123",
    warm="#e39b7b",
    warm_text="#f0b59b",
    warm_surface="#3b2d28",
    track="#35464a",
)


BLACK_ON_WHITE = Palette(
    dark=False,
    window="#ffffff",
    surface="#ffffff",
    hover="#dddddd",
    line="#000000",
    edge="#000000",
    text="#000000",
    quiet="#000000",
    accent="#000000",
    accent_hover="#333333",
    accent_pressed="#444444",
    on_accent="#ffffff",
    warm="#000000",
    warm_text="#000000",
    warm_surface="#ffffff",
    track="#b3b3b3",
    high_contrast=True,
)

WHITE_ON_BLACK = Palette(
    dark=True,
    window="#000000",
    surface="#000000",
    hover="#333333",
    line="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    quiet="#ffffff",
    accent="#ffffff",
    accent_hover="#dddddd",
    accent_pressed="#cccccc",
    on_accent="#000000",
    warm="#ffffff",
    warm_text="#ffffff",
    warm_surface="#000000",
    track="#555555",
    high_contrast=True,
)


class _Switch(QObject):
    turned = Signal()
    """Other colours are chosen."""


class _Choice:
    """The colours that the person chose; one for the process."""

    theme = Theme.SYSTEM
    portal_wants_contrast = False
    switch: _Switch | None = None


def choose(theme: Theme) -> None:
    """Use these colours in every window, open ones included."""
    if theme is not _Choice.theme:
        _Choice.theme = theme
        _follow_choice()


def tell_contrast(wanted: bool) -> None:
    """Whether the desktop's portal reports that high contrast is wanted."""
    _Choice.portal_wants_contrast = wanted
    _follow_choice()


def _follow_choice() -> None:
    if _Choice.switch is not None:
        _Choice.switch.turned.emit()


def current() -> Palette:
    """The palette that the person chose, or the one that suits the desktop."""
    chosen = _Choice.theme
    if chosen is Theme.HIGH_CONTRAST or (chosen is Theme.SYSTEM and desktop_wants_contrast()):
        return WHITE_ON_BLACK if desktop_is_dark() else BLACK_ON_WHITE
    is_dark = desktop_is_dark() if chosen is Theme.SYSTEM else chosen is Theme.DARK
    return DARK if is_dark else LIGHT


def desktop_is_dark() -> bool:
    """Whether the desktop's colour scheme is dark; if it has none, whether its windows are.

    Under Linux, Qt takes its windows' colours from the scheme or the scheme from them, so the tray icon needs no ``Qt``
    there, which is a megabyte of enums.
    """
    if sys.platform in ("win32", "darwin"):
        from PySide6.QtCore import Qt

        scheme = QGuiApplication.styleHints().colorScheme()
        if scheme != Qt.ColorScheme.Unknown:
            return scheme == Qt.ColorScheme.Dark
    return QGuiApplication.palette().window().color().lightness() < 128


def desktop_wants_contrast() -> bool:
    """Whether the system asks for high contrast.

    Qt knows this on Windows, macOS and GNOME, and ``tell_contrast`` passes on what the portal reports. Where neither
    knows, the colours tell: pure black and pure white are those of high-contrast schemes.
    """
    if _Choice.portal_wants_contrast:
        return True
    from PySide6.QtCore import Qt

    hints = QGuiApplication.styleHints()
    access = hints.accessibility()  # PySide deletes it with ``hints``, which therefore has a name
    if access.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return True
    colours = QGuiApplication.palette()
    drawn = {part.color().name() for part in (colours.window(), colours.windowText(), colours.base(), colours.text())}
    return drawn == {"#000000", "#ffffff"} and colours.button().color().name() in drawn


def stroke(width: float) -> float:
    """The width of an outline in pixels: ``width``, and at least 2 in high contrast."""
    return max(width, 2.0) if current().high_contrast else width


def font(scale: float = 1.0, *, bold: bool = False) -> QFont:
    """The system's font, scaled, so that a large system font applies to every window."""
    from PySide6.QtGui import QFont

    chosen = QFont(QApplication.font())
    if chosen.pointSizeF() > 0:
        chosen.setPointSizeF(chosen.pointSizeF() * scale)
    else:
        chosen.setPixelSize(max(1, round(chosen.pixelSize() * scale)))
    if bold:
        chosen.setWeight(QFont.Weight.DemiBold)
    return chosen


def unit() -> float:
    """The height of a line of text in device-independent pixels. Layouts use multiples of it instead of pixels."""
    from PySide6.QtGui import QFontMetricsF

    return QFontMetricsF(QApplication.font()).height()


def style_sheet(colours: Palette) -> str:
    """The style sheet of every window. It sets no font, so that ``setFont`` keeps working.

    Buttons accept ``kind`` (``primary``, ``plain``: no outline, ``flush``: no indent either, ``step``, ``link``,
    ``chip``, ``choice``: a large chip, ``digit``: a narrow large one, ``fold``: opens what is folded away, ``sign``:
    a line of a list to press, ``symbol``: a picture of our own without words, ``counter``: room for more below its
    words, ``title``: a heading to press, ``dots``: opens a menu, ``warm``: on a warm ground), labels accept ``role``
    (``quiet``, ``warm``, ``note``: a tinted line for something that does not work), frames accept ``frame``
    (``popup``, ``box``: what belongs together), and any widget accepts ``ground`` (``surface``).
    """
    c = colours
    return f"""
    QWidget {{ background: {c.window}; color: {c.text}; }}
    QLabel, QCheckBox, QRadioButton {{ background: transparent; }}
    QLabel[role="quiet"] {{ color: {c.quiet}; }}
    QLabel[role="warm"] {{ color: {c.warm_text}; }}
    QLabel[role="note"] {{ background: {c.warm_surface}; color: {c.text}; border-radius: 6px; padding: 0.4em 0.6em; }}
    QWidget[ground="surface"] {{ background: {c.surface}; }}
    QFrame[frame="popup"] {{ background: {c.window}; border: 1px solid {c.edge}; }}
    QFrame[frame="box"] {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: 8px; }}
    QPushButton {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px;
        padding: 0.4em 0.9em; outline: none;
    }}
    QPushButton:hover {{ background: {c.hover}; }}
    QPushButton:pressed, QPushButton:open {{ background: {c.track}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 0.35em 0.85em; }}
    QPushButton:disabled {{ color: {c.quiet}; border-color: {c.line}; }}
    QPushButton[kind="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QPushButton[kind="primary"]:hover {{ background: {c.accent_hover}; border-color: {c.accent_hover}; }}
    QPushButton[kind="primary"]:pressed {{ background: {c.accent_pressed}; border-color: {c.accent_pressed}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {c.text}; }}
    QPushButton[kind="primary"]:disabled {{ background: {c.track}; color: {c.quiet}; border-color: {c.track}; }}
    QPushButton[kind="plain"] {{ background: transparent; border-color: transparent; color: {c.text}; }}
    QPushButton[kind="plain"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="plain"]:focus {{ border: 2px solid {c.accent}; }}
    QPushButton[kind="counter"] {{ padding: 0.35em 0.5em 1.85em 0.5em; }}
    QPushButton[kind="counter"]:focus {{ border: 2px solid {c.accent}; padding: 0.3em 0.45em 1.8em 0.45em; }}
    QPushButton[kind="flush"] {{
        background: transparent; border-color: transparent; padding: 0.4em 0; text-align: left;
    }}
    QPushButton[kind="flush"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="flush"]:focus {{ border: 2px solid {c.accent}; padding: 0.35em 0; }}
    QPushButton[kind="symbol"] {{ background: transparent; border-color: transparent; padding: 0; }}
    QPushButton[kind="symbol"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="symbol"]:pressed, QPushButton[kind="symbol"]:open {{ background: {c.track}; }}
    QPushButton[kind="symbol"]:focus {{ border: 2px solid {c.accent}; padding: 0; }}
    QPushButton[kind="symbol"]::menu-indicator, QPushButton[kind="flush"]::menu-indicator {{ image: none; width: 0; }}
    QPushButton[kind="title"] {{
        background: transparent; border-color: transparent; padding: 0.15em 0.35em; text-align: left;
    }}
    QPushButton[kind="title"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="title"]:focus {{ border: 2px solid {c.accent}; padding: 0.1em 0.3em; }}
    QPushButton[kind="dots"]::menu-indicator {{ image: none; width: 0; }}
    QPushButton[kind="step"] {{ padding: 0; font-weight: bold; }}
    QPushButton[kind="step"]:focus {{ padding: 0; }}
    QPushButton[kind="link"] {{
        background: transparent; border-color: transparent; color: {c.quiet}; padding: 0.1em 0; text-align: left;
        text-decoration: underline;
    }}
    QPushButton[kind="link"]:hover {{ color: {c.text}; }}
    QPushButton[kind="link"]:focus {{ border: 2px solid {c.accent}; padding: 0.05em 0; }}
    QPushButton[kind="warm"] {{
        background: transparent; border-color: transparent; color: {c.warm_text}; padding: 0.25em 0.45em;
    }}
    QPushButton[kind="warm"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="warm"]:focus {{ border: 2px solid {c.warm_text}; padding: 0.2em 0.4em; }}
    QAbstractSpinBox, QPlainTextEdit, QLineEdit[role="field"] {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; border-radius: 6px; padding: 0.2em 0.5em;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; height: 0; border: none; }}
    QAbstractSpinBox:focus, QPlainTextEdit:focus, QLineEdit[role="field"]:focus {{
        border: 2px solid {c.accent}; padding: 0.15em 0.45em;
    }}
    QAbstractSpinBox:disabled, QLineEdit[role="field"]:disabled {{ color: {c.quiet}; border-color: {c.line}; }}
    QListWidget[role="contents"] {{ background: {c.surface}; border: none; outline: none; padding: 0.4em; }}
    QListWidget[role="contents"]::item {{ padding: 0.45em 0.6em; border-radius: 6px; color: {c.text}; }}
    QListWidget[role="contents"]::item:hover {{ background: {c.hover}; }}
    QListWidget[role="contents"]::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QFrame[role="line"] {{ background: {c.line}; border: none; }}
    QScrollArea {{ border: none; }}
    QGroupBox {{ border: none; margin: 0; padding: 0; background: transparent; }}
    QPushButton[kind="chip"] {{ border-radius: 0.75em; padding: 0.25em 0.8em; }}
    QPushButton[kind="chip"]:focus {{ border: 2px solid {c.text}; padding: 0.2em 0.75em; }}
    QPushButton[kind="choice"] {{ border-radius: 0.6em; padding: 0.5em 0.9em; }}
    QPushButton[kind="choice"]:focus {{ border: 2px solid {c.text}; padding: 0.45em 0.85em; }}
    QPushButton[kind="digit"] {{ border-radius: 0.6em; padding: 0.5em 0.35em; min-width: 1.2em; }}
    QPushButton[kind="digit"]:focus {{ border: 2px solid {c.text}; padding: 0.45em 0.3em; }}
    QPushButton[kind="chip"]:checked, QPushButton[kind="choice"]:checked, QPushButton[kind="digit"]:checked {{
        background: {c.accent}; color: {c.on_accent}; border-color: {c.accent};
    }}
    QPushButton[kind="chip"]:checked:focus, QPushButton[kind="choice"]:checked:focus,
    QPushButton[kind="digit"]:checked:focus {{ border-color: {c.text}; }}
    QPushButton[kind="fold"] {{
        background: transparent; border-color: transparent; font-weight: bold; text-align: left; padding: 0.35em 0.3em;
    }}
    QPushButton[kind="fold"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="fold"]:focus {{ border: 2px solid {c.accent}; padding: 0.3em 0.25em; }}
    QPushButton[kind="sign"] {{ border-color: {c.line}; text-align: left; padding: 0; }}
    QPushButton[kind="sign"]:hover {{ border-color: {c.edge}; }}
    QPushButton[kind="sign"]:focus {{ border: 2px solid {c.accent}; padding: 0; }}
    QTextBrowser {{
        background: {c.surface}; color: {c.text}; border: none; selection-background-color: {c.accent};
        selection-color: {c.on_accent};
    }}
    QTableWidget {{
        background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; selection-background-color: {c.accent};
        selection-color: {c.on_accent};
    }}
    QTableWidget:focus {{ border: 1px solid {c.accent}; }}
    QTableWidget QHeaderView::section {{
        background: {c.window}; color: {c.quiet}; border: none; padding: 0.2em 0.3em;
    }}
    QScrollBar:vertical {{ background: transparent; width: 0.7em; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {c.edge}; border-radius: 0.2em; min-height: 2em; margin: 0.12em; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QScrollBar:horizontal {{ background: transparent; height: 0.7em; margin: 0; }}
    QScrollBar::handle:horizontal {{ background: {c.edge}; border-radius: 0.2em; min-width: 2em; margin: 0.12em; }}
    QScrollBar::add-line:horizontal, QScrollBar::sub-line:horizontal {{ width: 0; }}
    QScrollBar::add-page:horizontal, QScrollBar::sub-page:horizontal {{ background: transparent; }}
    QMenu {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; padding: 0.3em 0; }}
    QMenu::item {{ padding: 0.35em 1.6em; background: transparent; }}
    QMenu::item:selected {{ background: {c.accent}; color: {c.on_accent}; }}
    QMenu::item:disabled {{ color: {c.quiet}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 0.3em 0; }}
    QToolTip {{ background: {c.surface}; color: {c.text}; border: 1px solid {c.edge}; }}
    {_contrast_sheet(c) if c.high_contrast else ""}
    """


def _contrast_sheet(c: Palette) -> str:
    """What high contrast adds: thick outlines, a thicker one for the focus, dashes for what cannot be used."""
    filled = ", ".join(
        f'QPushButton[kind="{kind}"]{state}'
        for kind, state in (("primary", ""), ("chip", ":checked"), ("choice", ":checked"), ("digit", ":checked"))
    )
    focused = ", ".join(
        f'QPushButton[kind="{kind}"]{state}:focus'
        for kind, state in (("primary", ""), ("chip", ":checked"), ("choice", ":checked"), ("digit", ":checked"))
    )
    kinds = ("plain", "counter", "flush", "symbol", "title", "step", "link", "warm", "fold", "sign", "chip", "choice")
    all_focused = ", ".join(f'QPushButton[kind="{kind}"]:focus' for kind in (*kinds, "digit", "small"))
    return f"""
    QFrame[frame="popup"], QFrame[frame="box"], QFrame[row="true"], QMenu, QToolTip {{ border: 2px solid {c.edge}; }}
    QLabel[role="note"] {{ border: 2px solid {c.edge}; }}
    QPushButton, QAbstractSpinBox, QPlainTextEdit, QLineEdit, QComboBox, QTableWidget, QTextBrowser {{
        border-width: 2px; border-style: solid; border-color: {c.edge};
    }}
    QPushButton[kind="plain"], QPushButton[kind="warm"] {{ border-color: {c.edge}; }}
    QPushButton[kind="flush"], QPushButton[kind="symbol"], QPushButton[kind="title"], QPushButton[kind="link"],
    QPushButton[kind="fold"], QPushButton[kind="small"] {{
        border-color: transparent;
    }}
    QPushButton:hover, QPushButton[kind]:hover {{ border: 2px solid {c.edge}; }}
    QPushButton:disabled, QPushButton[kind]:disabled {{
        border: 2px dashed {c.edge}; background: {c.window}; color: {c.text};
    }}
    QAbstractSpinBox:disabled, QLineEdit:disabled, QComboBox:disabled {{ border-style: dashed; }}
    QPushButton:focus, {all_focused}, QAbstractSpinBox:focus, QPlainTextEdit:focus, QLineEdit:focus, QComboBox:focus,
    QLineEdit[role="field"]:focus, QTableWidget:focus, QTextBrowser:focus {{ border: 3px solid {c.text}; }}
    {filled} {{ background: {c.accent}; color: {c.on_accent}; }}
    {focused} {{ border: 6px double {c.accent}; background-clip: padding; padding: 0.1em 0.6em; }}
    QListWidget[role="contents"] {{ border-right: 2px solid {c.edge}; }}
    QLineEdit, QPlainTextEdit {{ placeholder-text-color: {c.text}; }}
    QSpinBox QLineEdit {{ border: none; }}
    """


class _ThemeFollower(QObject):
    """Applies the style sheet again whenever the desktop's scheme changes; its window owns it."""

    def __init__(self, window: QWidget, then: Callable[[Palette], None] | None) -> None:
        super().__init__(window)
        self._window = window
        self._then = then
        self._applied: Palette | None = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        # Desktops without a colour scheme change only the palette.
        app.paletteChanged.connect(self._follow)
        self._hints = app.styleHints()
        self._access = self._hints.accessibility()
        self._access.contrastPreferenceChanged.connect(self._follow)
        if _Choice.switch is None:
            _Choice.switch = _Switch()
        _Choice.switch.turned.connect(self._follow)
        self._follow()

    def _follow(self, _change: object = None) -> None:
        colours = current()
        if colours == self._applied:
            return
        self._applied = colours
        self._window.setStyleSheet(style_sheet(colours))
        if self._then is not None:
            self._then(colours)


def apply_theme(window: QWidget, then: Callable[[Palette], None] | None = None) -> None:
    """Give a window its colours, now and after each change of scheme; ``then`` receives the palette each time.

    Call it once, after creating the window's parts: ``then`` is called before this returns.
    """
    _ThemeFollower(window, then)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet to a widget again after its ``kind`` or ``role`` has changed.

    ``widget.style()`` could do so too, but PySide creates the 566 enum members of ``QStyle`` for it, half a megabyte.
    """
    widget.setStyleSheet(widget.styleSheet())


def paint_ring(
    painter: QPainter, within: QRectF, share: float, colours: Palette, *, width: float, warm: bool = False
) -> None:
    """Draw a ring filled clockwise from the top up to ``share``, from 0 to 1."""
    from PySide6.QtCore import Qt

    inner = within.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if colours.high_contrast:
        painter.setPen(QPen(QColor(colours.edge), colours.outline))
        half = (width - colours.outline) / 2
        painter.drawEllipse(inner.adjusted(-half, -half, half, half))
        painter.drawEllipse(inner.adjusted(half, half, -half, -half))
    else:
        painter.setPen(QPen(QColor(colours.track), width))
        painter.drawEllipse(inner)
    if share > 0:
        pen = QPen(QColor(colours.warm if warm else colours.accent), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawArc(inner, 90 * 16, -round(min(share, 1.0) * 360 * 16))
