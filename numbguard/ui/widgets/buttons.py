"""Creates and names the buttons of all windows alike. The windows of ``ui`` call it, on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from numbguard.core.breaks.messages import Action
from numbguard.wording.catalogue import N_, _, ngettext
from numbguard.wording.lengths import say_minutes

from . import theme


def answer(
    parent: QWidget, words: str, means: str, action: Action, say: Callable[[Action], None], *, kind: str = ""
) -> QPushButton:
    """A button that gives one answer; screen readers and the tool tip read out ``means``."""
    return button_for(parent, words, lambda: say(action), means=means, kind=kind)


def button_for(
    parent: QWidget,
    words: str,
    pressed: Callable[[], object] | None = None,
    *,
    key: str | None = None,
    name: str = "",
    means: str = "",
    kind: str = "",
) -> QPushButton:
    """A button for any window. ``pressed`` is called on a click; the click can also be connected later.

    ``key``: the letter of ``words`` that presses the button, or ``""`` for none; if given, the accessible name stays
    ``words`` whatever text the button shows later. ``name``: the name of a button that shows only a symbol, for screen
    readers and the tool tip. ``means``: the description that they add to its words. ``kind``: its look in the style
    sheet.
    """
    button = QPushButton(with_key(words, key or ""), parent)
    if key is not None or name:
        button.setAccessibleName(name or words)
    button.setAccessibleDescription(means)
    button.setToolTip(name or means)
    # Enter presses the focused button, as in any dialogue.
    button.setAutoDefault(True)
    if kind:
        button.setProperty("kind", kind)
    if pressed is not None:
        button.clicked.connect(lambda _checked=False: pressed())
    return button


def with_key(words: str, key: str) -> str:
    """``words`` with ``&`` before the letter ``key``, its capital if need be; unchanged if they do not contain it."""
    at = words.find(key)
    if at < 0:
        at = words.lower().find(key.lower())
    return f"{words[:at]}&{words[at:]}" if key and at >= 0 else words


READ_MORE = N_("Read &more")


def read_more(parent: QWidget, read: Callable[[], object]) -> QPushButton:
    """A quiet link that opens the guide at this subject."""
    link = button_for(parent, _(READ_MORE), read, means=_("Read about this in the guide"), kind="link")
    link.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    return link


def scale_fonts(page: QWidget, zoom: float) -> None:
    """Scale the font of every part that has none of its own: under a style sheet children do not inherit fonts."""
    if zoom != 1.0:
        for part in page.findChildren(QWidget):
            if not part.testAttribute(Qt.WidgetAttribute.WA_SetFont):
                part.setFont(theme.font(zoom))


def snooze_words(seconds: float) -> str:
    """``In &5 minutes``, from the real length of a snooze in seconds."""
    if seconds < 120 and round(seconds) % 60:
        count = round(seconds)
        return ngettext("In &{count} second", "In &{count} seconds", count).format(count=count)
    count = round(seconds / 60)
    if count >= 60:
        # Translators: {length} is a length of time, such as “1 h 05 min”.
        return _("In &{length}").format(length=say_minutes(count * 60))
    return ngettext("In &{count} minute", "In &{count} minutes", count).format(count=count)
