"""The style sheet of forms: text fields, spin boxes, choices and lists.

The editor's and the history window add it to ``theme.style_sheet``, on the GUI thread; it is separate so that windows
without a form do not pay for it.
"""

from __future__ import annotations

from ..theme import Palette


def choice_sheet(colours: Palette) -> str:
    """A style sheet for a ``ChoiceBox`` in a window that has no other field of a form."""
    c = colours
    return f"""
    QComboBox {{
        background: {c.surface}; color: {c.text}; border: {c.outline}px solid {c.edge}; border-radius: 6px;
        padding: 0.3em 0.45em; min-height: 1.35em;
    }}
    QComboBox:focus {{ border: {c.focus_outline}px solid {c.accent}; padding: 0.25em 0.4em; }}
    {_list_sheet(c)}
    """


def _list_sheet(c: Palette) -> str:
    return f"""
    QComboBox QAbstractItemView {{
        background: {c.surface}; color: {c.text}; border: {c.outline}px solid {c.edge};
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QComboBox::drop-down {{ border: none; width: 1.5em; }}
    QComboBox::down-arrow {{ image: none; }}"""


def form_sheet(colours: Palette) -> str:
    """A style sheet for a widget that contains a form. Frames accept ``row`` (``true``: one row of a list)."""
    c = colours
    chosen, on_chosen = (c.accent, c.on_accent) if c.high_contrast else (c.hover, c.text)
    return f"""
    QLineEdit, QSpinBox, QComboBox, QListWidget {{
        background: {c.surface}; color: {c.text}; border: {c.outline}px solid {c.edge}; border-radius: 6px;
        padding: 0.3em 0.45em; min-height: 1.35em;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QLineEdit:focus, QSpinBox:focus, QComboBox:focus, QListWidget:focus {{
        border: {c.focus_outline}px solid {c.accent}; padding: 0.25em 0.4em;
    }}
    QListWidget {{ padding: 0.3em; outline: none; }}
    QListWidget:focus {{ padding: 0.25em; }}
    QListWidget::item {{ padding: 0.35em 0.5em; border-radius: 5px; color: {c.text}; }}
    QListWidget::item:selected {{ background: {chosen}; color: {on_chosen}; }}
    QListWidget::item:disabled {{ color: {c.quiet}; }}
    {_list_sheet(c)}
    QSpinBox::up-arrow, QSpinBox::down-arrow {{ image: none; }}
    QSpinBox {{ padding-right: 1.6em; }}
    QSpinBox:focus {{ padding-right: 1.55em; }}
    QSpinBox[mirrored="true"] {{ padding-right: 0.45em; padding-left: 1.6em; }}
    QSpinBox[mirrored="true"]:focus {{ padding-right: 0.4em; padding-left: 1.55em; }}
    QSpinBox QLineEdit {{ border: none; padding: 0 0 0 0.4em; background: transparent; min-height: 0; }}
    QSpinBox::up-button, QSpinBox::down-button {{ border: none; background: transparent; width: 1.3em; }}
    QSpinBox::up-button:hover, QSpinBox::down-button:hover {{ background: {c.hover}; border-radius: 4px; }}
    QScrollArea {{ border: none; }}
    QScrollArea QScrollBar:vertical {{ background: {c.window}; }}
    QFrame[row="true"] {{ background: {c.surface}; border: {c.outline}px solid {c.line}; border-radius: 8px; }}
    QFrame[row="true"] QLabel {{ border: none; }}
    QPushButton[kind="small"] {{
        background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 0.15em 0.4em;
    }}
    QPushButton[kind="small"]:hover {{ background: {c.hover}; }}
    QPushButton[kind="small"]:focus {{ border: {c.focus_outline}px solid {c.accent}; padding: 0.1em 0.35em; }}
    QPushButton[kind="small"]:disabled {{ color: {c.line}; }}
    """
