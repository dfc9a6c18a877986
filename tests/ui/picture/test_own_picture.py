"""A card with a picture of the person's own: what the card window shows of each kind."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from numbguard.core.cards.picture_rules import OwnPicture, PictureKind, checked_picture
from numbguard.ui.picture.player import player_of
from tests.core.cards.test_picture_rules import GIF, PNG, VP8X, svg
from tests.ui.card.card_stage import CARDS, Stage


def picture(kind: PictureKind) -> OwnPicture:
    """A red square."""
    if kind is PictureKind.SVG:
        red = b"<rect width='90' height='90' fill='red'/>"
        data = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 90'>" + red + b"</svg>"
    elif kind is PictureKind.GIF:  # Qt reads but does not write it
        data = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\x00\x00\x00\x00\x00"
        data += b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
    else:
        image = QImage(90, 90, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        held, buffer = QByteArray(), QBuffer()
        buffer.setBuffer(held)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        assert image.save(buffer, kind.upper())  # type: ignore[call-overload]
        data = held.data()
    return checked_picture(kind, data)


def moving(colours: str) -> bytes:
    """A GIF of one pixel, with a frame of a twentieth of a second for each letter of ``colours``: r, g or b."""
    table = b"\xff\x00\x00\x00\xff\x00\x00\x00\xff\x00\x00\x00"
    data = b"GIF89a\x01\x00\x01\x00\x81\x00\x00" + table
    for colour in colours:
        data += b"!\xf9\x04\x00\x05\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00"
        data += b"\x02\x02" + {"r": b"\x44", "g": b"\x4c", "b": b"\x54"}[colour] + b"\x01\x00"
    return data + b";"


def test_a_picture_that_moves_plays_and_begins_again(qapp: QApplication) -> None:
    film = player_of(checked_picture(PictureKind.GIF, moving("rgb")))
    seen = []
    for tick in range(8):
        image = QImage(1, 1, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        film.paint(painter, QRectF(0, 0, 1, 1))
        painter.end()
        seen.append(image.pixelColor(0, 0).name())
        assert film.play_to(tick * 0.05 + 0.051)
    assert seen == ["#ff0000", "#00ff00", "#0000ff"] * 2 + ["#ff0000", "#00ff00"]
    assert not film.play_to(0.41)


def test_a_film_that_was_not_looked_at_goes_on_from_where_it_is(qapp: QApplication) -> None:
    film = player_of(checked_picture(PictureKind.GIF, moving("rg")))
    caught_up = 0
    while film.play_to(3600.0):
        caught_up += 1
        assert caught_up < 60, "it plays through the whole hour"


def test_a_picture_that_is_hard_to_draw_leaves_time_for_the_rest(qapp: QApplication) -> None:
    turning = "<animateTransform attributeName='transform' type='rotate' values='0;90' dur='2s'/>"
    many = f"<g>{turning}" + "<rect width='300' height='200' fill='red'/>" * 60 + "</g>"
    film = player_of(checked_picture(PictureKind.SVG, svg(many)))
    image = QImage(900, 600, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    began = perf_counter()
    film.paint(painter, QRectF(0, 0, 900, 600))
    took = perf_counter() - began
    painter.end()
    assert not film.play_to(took * 1.5), "the next frame comes at once"
    assert film.play_to(took * 4 + 0.1)


TURNING = "<animateTransform attributeName='transform' type='rotate' values='0;90' dur='2s'/>"
ACROSS = "M" + "L".join(f"{at * 7919 % 300} {at * 104729 % 200}" for at in range(2500))
TRACED = "".join(f"M{at * 7 % 290} {at * 3 % 190}l2 3 4-5c1 2 3 4 5 6z" for at in range(400))
WIDE = "stroke='red' stroke-width='90' stroke-linejoin='round'"


@pytest.mark.parametrize(
    "inside",
    [
        f"<path d='{ACROSS}'/>",
        f"<path d='{ACROSS}' fill='none' {WIDE}/>",
        f"<polyline points='{ACROSS[1:].replace('L', ' ')}' fill='none' {WIDE}/>",
        "<style>circle { fill: red; fill-opacity: .5 }</style>" + "<circle cx='150' cy='100' r='150'/>" * 1900,
        f"<g>{TURNING}<path d='{ACROSS}'/></g>",
        "<g transform='scale(3)'>" + "<rect width='300' height='200' rx='9' opacity='.5'/>" * 390 + "</g>",
        "<text y='150' font-size='200' stroke='red'>W@B8</text>" * 120,
    ],
    ids=["edges", "wide lines", "points", "a style", "moving", "much of it", "letters"],
)
def test_what_would_keep_a_click_waiting_is_not_drawn(inside: str, qapp: QApplication) -> None:
    film = player_of(checked_picture(PictureKind.SVG, svg(inside)))
    assert film.size().isEmpty()


@pytest.mark.parametrize(
    "inside",
    [
        f"<path d='{TRACED}'/>",
        "<linearGradient id='g'><stop offset='0'/><stop offset='1' stop-color='red'/></linearGradient>"
        + "<rect width='300' height='200' fill='url(#g)'/>" * 4,
        "<circle cx='40' cy='40' r='9' fill='#80f8' stroke='red'/>" * 300 + "<text y='90'>Heels down</text>",
        f"<g>{TURNING}<ellipse rx='40' ry='20' opacity='.4'/></g>",
    ],
    ids=["a traced outline", "runs of colour", "many small things", "moving"],
)
def test_what_people_draw_is_drawn(inside: str, qapp: QApplication) -> None:
    assert not player_of(checked_picture(PictureKind.SVG, svg(inside))).size().isEmpty()


@pytest.mark.parametrize("kind", PictureKind)
def test_what_cannot_be_drawn_is_known_to_be_so(kind: PictureKind, qapp: QApplication) -> None:
    head = {
        PictureKind.PNG: PNG, PictureKind.GIF: GIF, PictureKind.WEBP: VP8X, PictureKind.SVG: svg("<g/>"),
    }  # fmt: skip
    drawn = not player_of(checked_picture(kind, head[kind])).size().isEmpty()
    assert drawn is (kind is PictureKind.SVG)


@pytest.mark.parametrize("kind", PictureKind)
def test_each_kind_of_picture_is_seen(kind: PictureKind, qapp: QApplication) -> None:
    quad = CARDS.card("quad")
    assert quad
    steps = tuple(replace(step, motion="", repetitions=3) for step in quad.steps)
    own = replace(quad, steps=steps, motions={}, image=picture(kind))
    stage = Stage()
    stage.deck.card_of = lambda _slug: own
    try:
        stage.open("quad")
        QTest.qWait(100)
        shot = stage.shown().grab().toImage()
        seen = QColor(shot.pixel(shot.width() // 4, shot.height() // 3))
        assert (seen.red() > 240, seen.green() < 20) == (True, True), seen.name()
        assert f"{quad.steps[0].text} (3 times)" in stage.words()
    finally:
        stage.window.close()
        QTest.qWait(10)
