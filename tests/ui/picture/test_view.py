"""A moving figure: its room is painted once, and nobody can tell."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from numbguard.figure.palette import FigureTheme, palette_of
from numbguard.figure.svg import (
    animated_svg,
    changing_area_in,
    layers_of,
    marks_of,
    noticed_frames_in,
    still_svg,
)  # fmt: skip
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


def in_layers(svg: str) -> QImage:
    """The same of one document, as the player paints it."""
    room, figure, *over = (layer.encode() for layer in layers_of(svg))
    player = SvgPlayer(figure, room=room, over=over, marks=marks_of(svg))
    place = QRectF(0, 0, 240, 210)
    image = QImage(240, 210, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    player.paint_room(painter, place)
    player.play_to(AT / 30)
    player.paint(painter, place)
    painter.end()
    return image


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
    assert min(unlike(in_layers(svg), painted(svg)) for _ in range(5)) <= 2


def left_over(view: PictureView, shown: QImage) -> int:
    """Paint again, on what was shown, only what changes; return by how much it differs from painting everything."""
    changing: QRect = view._room.changing
    whole = QImage(view.size(), QImage.Format.Format_RGB32)
    view.render(whole)
    view.render(shown, changing.topLeft(), QRegion(changing))
    return unlike(shown, whole)


@pytest.mark.parametrize("scale", [1.0, 1.6])
@pytest.mark.parametrize("slug", [card.slug for card in CARDS.cards()])
def test_nothing_changes_outside_of_what_is_painted_again(slug: str, scale: float, qtbot: QtBot) -> None:
    """Every motion of every card, on both sides of the body: what is left of the last frame is as it has to be."""
    view = PictureView(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(view)
    view.resize(round(240 * scale), round(209 * scale))
    for number, motion in enumerate(CARDS.card(slug).motions.values()):
        svg = animated_svg(motion, mirrored=number % 2 == 0)
        view.show_picture(svg, ground=palette_of(FigureTheme.LIGHT).backdrop)
        shown = QImage(view.size(), QImage.Format.Format_RGB32)
        view.render(shown)
        assert view.rect().contains(view._room.changing)
        for seconds in [motion.loop * share / 7 for share in range(1, 8)]:
            view._player.play_to(seconds)
            # Qt reads a clock when it draws, too. A shape that the edge cuts is rounded a little differently.
            assert min(left_over(view, shown) for _ in range(5)) <= 3, f"{seconds:.1f} s into the loop"
    view.release()


def test_most_of_a_card_is_left_as_it_is() -> None:
    motion = next(iter(CARDS.card("seated-twist").motions.values()))
    left, top, right, bottom = changing_area_in(animated_svg(motion))
    assert (right - left) * (bottom - top) < 0.2 * 480 * 420
    mirrored = changing_area_in(animated_svg(motion, mirrored=True))
    assert mirrored == pytest.approx((480 - right, top, 480 - left, bottom))


@pytest.mark.parametrize("slug", ["breathing", "quad", "calf-wall", "chin-tuck", "seated-twist", "desk-posture"])
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


@pytest.mark.parametrize("slug", ["breathing", "seated-twist", "short-walk"])
def test_a_player_rests_until_it_looks_different(slug: str, qapp: QApplication) -> None:
    svg = animated_svg(next(iter(CARDS.card(slug).motions.values())))
    player = SvgPlayer(svg.encode(), frames=noticed_frames_in(svg))
    seconds = 0.0
    for _ in range(400):
        rest_s = player.rests_for(seconds)
        assert not player.play_to(seconds + rest_s - 0.03) or rest_s == 0
        seconds += rest_s or 1 / 30
        assert player.play_to(seconds)


def test_what_never_moves_rests_for_ever(qapp: QApplication) -> None:
    motion = next(iter(CARDS.card("quad").motions.values()))
    assert SvgPlayer(still_svg(motion, at=0).encode()).rests_for(1.0) == inf


def test_what_is_still_has_no_room_of_its_own() -> None:
    motion = next(iter(CARDS.card("quad").motions.values()))
    still = still_svg(motion, at=0)
    assert layers_of(still) == ["", still]


@pytest.mark.parametrize("slug", ["quad", "ankle-circles", "breathing", "seated-twist"])
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
        marks = marks_of(svg) if over else None
        player = SvgPlayer(figure.encode(), room=room.encode(), over=[layer.encode() for layer in over], marks=marks)
        view._put_up(player, palette_of(FigureTheme.LIGHT).backdrop)
        view._player.play_to(AT / 30)
        shown.append(view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32))
        view.release()
        assert view._room is None
    assert unlike(*shown) <= 8  # as above
