"""Checks on the person's own pictures, from their bytes alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from numbguard.core.cards.picture_rules import (
    MAX_BYTES,
    MAX_COSTLY,
    MAX_ELEMENTS,
    MAX_FRAMES,
    MAX_OUTLINES,
    MAX_STYLE,
    MAX_WORDS,
    PictureError,
    PictureKind,
    checked_picture,
)

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + (300).to_bytes(4, "big") + (200).to_bytes(4, "big")
GIF = b"GIF89a" + (300).to_bytes(2, "little") + (200).to_bytes(2, "little")


def webp(form: bytes, rest: bytes) -> bytes:
    return b"RIFF\x00\x00\x00\x00WEBP" + form + b"\x00\x00\x00\x00" + rest.ljust(12, b"\x00")


VP8X = webp(b"VP8X", bytes(4) + (299).to_bytes(3, "little") + (199).to_bytes(3, "little"))
VP8L = webp(b"VP8L", b"\x2f" + (299 | 199 << 14).to_bytes(4, "little"))
VP8 = webp(b"VP8 ", bytes(6) + (300).to_bytes(2, "little") + (200).to_bytes(2, "little"))


def svg(inside: str, *, head: str = "", attributes: str = 'viewBox="0 0 300 200"') -> bytes:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:own="urn:own"'
    return f"{head}<svg {spaces} {attributes}>{inside}</svg>".encode()


@pytest.mark.parametrize(
    ("kind", "data"),
    [("png", PNG), ("gif", GIF), ("webp", VP8X), ("webp", VP8L), ("webp", VP8), ("svg", svg("<path d='M0 0'/>"))],
)
def test_the_size_of_each_kind_is_read_without_drawing_it(kind: str, data: bytes) -> None:
    picture = checked_picture(PictureKind(kind), data)
    assert (picture.width, picture.height, picture.data) == (300, 200, data)


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("png", b"GIF89a", "isn't a PNG"),
        ("gif", PNG, "isn't a GIF"),
        ("webp", PNG, "isn't a WebP"),
        ("webp", webp(b"NOPE", b""), "isn't a WebP"),
        ("svg", PNG, "isn't an SVG"),
        ("svg", b"<html/>", "isn't an SVG"),
        ("svg", svg("<g>"), "line 1 of it is not well-formed"),
        ("png", PNG + bytes(MAX_BYTES), r"is 1\.0 MB; 1 MB is the limit"),
        ("png", PNG[:16] + bytes([0, 1, 0, 0] * 2), "is 65536 by 65536 points"),
        ("gif", GIF[:6] + bytes(4), "is 0 by 0 points"),
        ("svg", svg("", attributes=""), "doesn't say how large it is"),
        ("svg", svg("", attributes='viewBox="0 0 1e9 nan"'), "doesn't say how large it is"),
    ],
)
def test_what_is_no_such_picture_or_too_large_is_refused(kind: str, data: bytes, said: str) -> None:
    with pytest.raises(PictureError, match=said):
        checked_picture(PictureKind(kind), data)


def test_an_svg_may_give_its_size_by_width_and_height() -> None:
    picture = checked_picture(PictureKind.SVG, svg("", attributes='width="300px" height="200.4"'))
    assert (picture.width, picture.height) == (300, 200)


HARMLESS = {
    "a gradient": "<defs><linearGradient id='g'/></defs><rect fill='url(#g)'/><rect fill='url( #g )'/>",
    "a style": "<style>.a { fill: url(#g) }</style><path class='a'/>",
    "a movement": "<circle r='4'><animate attributeName='r' to='9'/></circle>",
    "notes of a drawing program": "<metadata/><own:view base='C:\\x' href='http://x/'/><path own:label='a\\b'/>",
    "many words that are not shown": f"<text>Heel</text><desc>{'Heel ' * MAX_WORDS}</desc>",
    "words": "<title>Heel</title><text>url(http://x) \\</text>",
    "a link within": "<linearGradient id='h' xlink:href='#g'/>",
}


@pytest.mark.parametrize("inside", HARMLESS.values(), ids=list(HARMLESS))
def test_what_stays_within_an_svg_is_welcome(inside: str) -> None:
    assert checked_picture(PictureKind.SVG, svg(inside))


HARMFUL = {
    "links to something outside itself (line 1": (
        "<linearGradient xlink:href='http://x/y'/>",
        "<path style='fill:url(http://x/y)'/>",
        "<path fill='url( \"file:///etc/passwd\")'/>",
        "<style>@import 'http://x/y.css';</style>",
        "<style>a { fill: u\\72l(http://x) }</style>",
        "<style><![CDATA[ a { fill: url('//x') } ]]></style>",
        "<g xml:base='http://x/'/>",
    ),
    "has a <image>": ("<image href='data:image/png;base64,AAAA'/>", "<image href='../../secret.png'/>"),
    "has a <image>, which": (
        "<own:image xlink:href='file:///secret.png'/>",
        "<own:g><own:image href='/secret.png'/></own:g>",
    ),
    "links to something outside": (
        "<own:style>@import 'x.css';</own:style>",
        "<set attributeName='xlink:href' to='http://x'/>",
        "<style>a { fill: image-set('http://x' 1x) }</style>",
        "<style>a { fill: src('http://x') }</style>",
    ),
    "has dashed lines": (
        "<path stroke-dasharray='0.001'/>",
        "<path style='stroke-dasharray: 1 2'/>",
        "<style>path { stroke-dasharray:1 }</style>",
        "<animate attributeName='stroke-dasharray' values='1'/>",
    ),
    "has a <script>": ("<script>1</script>", "<script xmlns='http://www.w3.org/1999/xhtml'/>"),
    "has a <use>": ("<use href='#a'/>",),
    "has something within its <style>": ("<style><g/></style>",),
    "has a <foreignObject>": ("<foreignObject/>",),
    "has a <filter>": ("<filter/>",),
    "has an action “onload”": ("<path onload='1'/>",),
    "is too complex": ("<g/>" * MAX_ELEMENTS, "<g>" * 50 + "</g>" * 50),
    f"has more than {MAX_WORDS} letters": (f"<g><text>{'W' * MAX_WORDS}<tspan>W</tspan></text></g>",),
    "has a style sheet that is too long": (
        f"<style>{'.a{} ' * MAX_STYLE}</style>",
        f"<style>{'.a{}' * 1024}</style>" * 5,
    ),
    "has an instruction <?xml-stylesheet?>": ("<?xml-stylesheet href='http://x'?>",),
}


@pytest.mark.parametrize(("said", "inside"), [(said, each) for said, all in HARMFUL.items() for each in all])
def test_what_reaches_out_of_an_svg_or_hides_in_it_is_refused(said: str, inside: str) -> None:
    with pytest.raises(PictureError) as caught:
        checked_picture(PictureKind.SVG, svg(inside))
    assert said in str(caught.value)


TOO_MUCH = {
    "outlines": f"<path d='{'M0 0L60 40' * (MAX_OUTLINES // 10 + 1)}'/>",
    "runs of colour": "<linearGradient id='g'/><g fill='url(#g)'>" + "<rect/>" * MAX_COSTLY + "</g>",
    "one rule for all": "<style>rect { opacity: .5 }</style>" + "<rect/>" * MAX_COSTLY,
    "each by itself": "<rect opacity='0.5'/>" * MAX_COSTLY,
}


@pytest.mark.parametrize("inside", TOO_MUCH.values(), ids=list(TOO_MUCH))
def test_an_svg_that_could_not_be_drawn_in_time_is_refused(inside: str) -> None:
    with pytest.raises(PictureError, match="too complex to draw in time"):
        checked_picture(PictureKind.SVG, svg(inside))


def test_what_drawing_programs_write_beside_every_shape_costs_nothing() -> None:
    shape = "<rect style='opacity:1;fill-opacity:0.5;stroke-dasharray:none' stroke-opacity='.3'/>"
    assert checked_picture(PictureKind.SVG, svg(shape * MAX_COSTLY))


def test_entities_are_refused_before_they_grow() -> None:
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
        f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(PictureError, match="has a DOCTYPE, in which entities can hide"):
        checked_picture(PictureKind.SVG, svg("<text>&i;</text>", head=bomb + "]>"))
    outside = "<!DOCTYPE svg SYSTEM 'file:///etc/passwd'>"
    with pytest.raises(PictureError, match="has a DOCTYPE"):
        checked_picture(PictureKind.SVG, svg("", head=outside))


def test_an_encoding_that_hides_what_is_written_does_not_help() -> None:
    hidden = svg("<script/>", head='<?xml version="1.0" encoding="utf-16"?>').decode().encode("utf-16")
    with pytest.raises(PictureError):
        checked_picture(PictureKind.SVG, hidden)
    # Qt obeys the declared encoding, and would see an element that loads a picture from elsewhere.
    seven = svg(
        "<desc>+ADw-image href=+ACI-/secret.png+ACI-/+AD4-</desc>", head='<?xml version="1.0" encoding="utf-7"?>'
    )
    with pytest.raises(PictureError, match="isn't an SVG in UTF-8"):
        checked_picture(PictureKind.SVG, seven)
    assert checked_picture(PictureKind.SVG, svg("", head='<?xml version="1.0" encoding="UTF-8"?>'))


def gif(frames: int, *, width: int = 300, height: int = 200) -> bytes:
    """The structure of a GIF: a colour table, and for each frame a delay, an image and its own colour table."""
    head = b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x80\x00\x00" + bytes(6)
    pause = b"\x21\xf9\x04\x00\x0a\x00\x00\x00"
    picture = b"\x2c" + bytes(8) + b"\x81" + bytes(12) + b"\x02\x02\x44\x01\x00"
    return head + (pause + picture) * frames + b";"


def moving_webp(frames: int) -> bytes:
    frame = b"ANMF" + (17).to_bytes(4, "little") + bytes(18)
    return VP8X[:16] + (12).to_bytes(4, "little") + VP8X[20:] + frame * frames


@pytest.mark.parametrize("make", [gif, moving_webp])
def test_how_many_frames_a_picture_has_is_counted(make: Callable[[int], bytes]) -> None:
    kind = PictureKind.GIF if make is gif else PictureKind.WEBP
    assert checked_picture(kind, make(12)).frames == 12
    assert checked_picture(kind, make(12)[:-40]).frames in (10, 11, 12)
    with pytest.raises(PictureError, match="has more than 600 frames"):
        checked_picture(kind, make(MAX_FRAMES + 1))


def test_one_that_moves_must_be_small_enough_to_be_unpacked_in_time() -> None:
    assert checked_picture(PictureKind.GIF, gif(1, width=3000, height=3000)).frames == 1
    with pytest.raises(PictureError, match="is an animation of 3000 by 3000 points"):
        checked_picture(PictureKind.GIF, gif(2, width=3000, height=3000))
