"""A moving figure: its room is painted once, and nobody can tell."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.svg import animated_svg, layers_of, noticed_frames_in, still_svg
from numbguard.store.cards.library import Library
from numbguard.ui.picture.player import SvgPlayer
from numbguard.ui.picture.view import PictureView

CARDS = Library(Path(__file__).parents[3] / "resources" / "cards")
AT = 47
"""A frame in the middle of every loop."""


def painted(*documents: str, at: int = AT) -> QImage:
    """The documents one above the other, at one frame."""
    image = QImage(240, 210, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for svg in documents:
        renderer = QSvgRenderer()
        renderer.setFramesPerSecond(30)
        renderer.setAnimationEnabled(False)
        assert renderer.load(QByteArray(svg.encode()))
        renderer.setCurrentFrame(at)
        renderer.render(painter, QRectF(0, 0, 240, 210))
    painter.end()
    return image


def unlike(one: QImage, other: QImage) -> int:
    """The largest difference of any channel of any pixel."""
    pairs = [] if one == other else zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return max((abs(a - b) for a, b in pairs if a != b), default=0)


@pytest.mark.parametrize("slug", [card.slug for card in CARDS.cards()])
def test_the_layers_are_the_picture(slug: str, qapp: QApplication) -> None:
    card = CARDS.card(slug)
    assert card is not None
    motion = next(iter(card.motions.values()))
    look = FigureTheme.DARK if len(slug) % 2 else FigureTheme.LIGHT
    svg = animated_svg(motion, mirrored=len(slug) % 3 == 0, theme=look)
    layers = layers_of(svg)
    assert all("<animate" not in still and " class=" not in still for still in layers[::2])
    # Qt reads a clock when it loads a fading part, so two loads may differ by a moment.
    assert min(unlike(painted(*layers), painted(svg)) for _ in range(5)) <= 2


@pytest.mark.parametrize("slug", ["breathing", "quad", "calf-wall", "chin-tuck"])
def test_a_frame_that_is_left_out_would_have_looked_the_same(slug: str, qapp: QApplication) -> None:
    motion = next(iter(CARDS.card(slug).motions.values()))
    svg = animated_svg(motion)
    drawn = noticed_frames_in(svg)
    assert drawn[0] == 0
    assert len(drawn) < drawn[-1], "no frame is left out"
    left_out = [frame for frame in range(drawn[-1]) if frame not in drawn]
    for frame in left_out[:: max(1, len(left_out) // 6)]:
        before = max(one for one in drawn if one < frame)
        assert min(moved(painted(svg, at=before), painted(svg, at=frame)) for _ in range(3)) < 0.1


def moved(one: QImage, other: QImage) -> float:
    """The mean difference of all channels of all pixels."""
    pairs = [] if one == other else zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return sum(abs(a - b) for a, b in pairs if a != b) / one.sizeInBytes()


def test_the_player_draws_a_frame_only_if_it_looks_different(qapp: QApplication) -> None:
    svg = animated_svg(next(iter(CARDS.card("breathing").motions.values())))
    drawn = noticed_frames_in(svg)
    player = SvgPlayer(svg.encode(), frames=drawn)
    shown = sum(player.play_to(frame / 30) for frame in range(1, 2 * drawn[-1] + 1))
    assert shown == 2 * (len(drawn) - 1)


def test_what_is_still_has_no_room_of_its_own() -> None:
    motion = next(iter(CARDS.card("quad").motions.values()))
    still = still_svg(motion, at=0)
    assert layers_of(still) == ["", still]


@pytest.mark.parametrize("slug", ["quad", "ankle-circles", "breathing"])
@pytest.mark.parametrize("size", [(480, 420), (459, 396), (300, 400)], ids=["whole", "usual", "narrow"])
def test_the_view_shows_what_one_picture_would_show(size: tuple[int, int], slug: str, qtbot: QtBot) -> None:
    motion = next(iter(CARDS.card(slug).motions.values()))
    svg = animated_svg(motion)
    assert len(layers_of(svg)) > 2, "nothing is still over what moves"
    shown = []
    for room, figure, *over in (layers_of(svg), ["", svg]):
        view = PictureView(None)  # type: ignore[arg-type]  # a window of its own
        qtbot.addWidget(view)
        view.resize(*size)
        player = SvgPlayer(figure.encode(), room=room.encode(), over=[layer.encode() for layer in over])
        view._put_up(player, palette_of(FigureTheme.LIGHT).backdrop)
        view._player.play_to(AT / 30)
        shown.append(view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
        view.release()
        assert view._room is None
    assert unlike(*shown) <= 8  # as above
