"""Rules for the person's own pictures: limited in size and cost, and without links to anything outside the file.

Pure: takes bytes and gives an ``OwnPicture`` or raises a ``PictureError``. Called on the thread that reads or imports a
card's picture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from numbguard.core.sentence import N_, sentence


class PictureKind(StrEnum):
    SVG = "svg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A picture that may be shown, and its size in pixels."""

    kind: PictureKind
    data: bytes
    width: int
    height: int
    frames: int = 1
    """More than one in an animation."""


class PictureError(ValueError):
    """A picture that cannot be used. The message continues a sentence that begins "the picture …"."""


MAX_BYTES: Final = 1024 * 1024
MAX_SIDE: Final = 4000
"""Greatest width or height, in pixels or in an SVG's own units."""
MAX_ELEMENTS: Final = 2000
"""Most elements of an SVG."""
MAX_COSTLY: Final = 400
"""Most elements of an SVG that uses gradients or transparency: Qt may have to paint the whole picture for each."""
MAX_OUTLINES: Final = 32 * 1024
"""Most characters in all outlines of an SVG; ``ui/picture/svg_cost.py`` estimates how long they take to draw."""
MAX_WORDS: Final = 500
"""Most characters of visible text in an SVG: each is drawn as an outline."""
MAX_STYLE: Final = 16 * 1024
"""Most characters in the style sheets of an SVG: Qt may look up every rule for every element."""
MAX_FRAMES: Final = 600
MAX_MOVING: Final = 1920 * 1200
"""Most pixels in one frame of an animation: a larger frame could not be decoded in time for the next."""
_MAX_DEPTH: Final = 40
_UTF_8: Final = N_("isn't an SVG in UTF-8. Save it as one")
_DASHES: Final = N_("has dashed lines, which could take forever to draw. Make them solid, or save it as a PNG")
_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_DRAWN: Final = ("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan")
_BESIDE: Final = ("defs", "title", "desc", "metadata", "style", "linearGradient", "radialGradient", "stop")
_MOVING: Final = ("animate", "animateTransform", "animateColor", "set")
_SHAPES: Final = frozenset(_DRAWN + _BESIDE + _MOVING)
"""Elements that an SVG may contain: none that loads, runs, repeats or blurs something."""
_OTHERS: Final = """
    a altGlyph animateMotion animation audio canvas clipPath cursor discard embed filter font font-face font-face-src
    font-face-uri foreignObject glyph handler hatch iframe image img link listener marker mask mesh meshgradient mpath
    object pattern prefetch script solidColor switch symbol tbreak textArea textPath tref unknown use video
"""
_ELSEWHERE: Final = frozenset(_OTHERS.split())
"""The other elements of SVG: refused in any namespace, because Qt goes by an element's name alone."""
_ATTRIBUTES: Final = ("", "http://www.w3.org/1999/xlink", "http://www.w3.org/xml/1998/namespace")
_OUTWARD: Final = re.compile(
    r"url\s*+\(\s*+[\"']?+(?!#)|@import|\\|expression|javascript:|image-set\s*+\(|\bsrc\s*+\(", re.IGNORECASE
)
_DASHED: Final = re.compile(r"stroke-dasharray\s*+:(?!\s*+none)", re.IGNORECASE)
_COSTLY: Final = re.compile(r"url\s*+\(|(?<![\w-])opacity\s*+:(?!\s*+1(?![\d.]))", re.IGNORECASE)


def checked_picture(kind: PictureKind, data: bytes) -> OwnPicture:
    """The picture, after every check that is possible without drawing it. Raises ``PictureError``."""
    if len(data) > MAX_BYTES:
        raise PictureError(
            sentence("is {data:.1f} MB; {max_bytes} MB is the limit", data=len(data) / 2**20, max_bytes=MAX_BYTES >> 20)
        )
    width, height = _SIZES[kind](data)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise PictureError(
            sentence(
                "is {width} by {height} points; {max_side} by {max_side} is the limit",
                width=width,
                height=height,
                max_side=MAX_SIDE,
            )
        )
    frames = _FRAMES[kind](data) if kind in _FRAMES else 1
    if frames > MAX_FRAMES:
        raise PictureError(sentence("has more than {max_frames} frames", max_frames=MAX_FRAMES))
    if frames > 1 and width * height > MAX_MOVING:
        raise PictureError(
            sentence(
                "is an animation of {width} by {height} points; 1920 by 1200 is the limit for an animation",
                width=width,
                height=height,
            )
        )
    return OwnPicture(kind, data, width, height, max(frames, 1))


def _png(data: bytes) -> tuple[int, int]:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR" or len(data) < 24:
        raise PictureError(N_("isn't a PNG"))
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif(data: bytes) -> tuple[int, int]:
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 10:
        raise PictureError(N_("isn't a GIF"))
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _webp(data: bytes) -> tuple[int, int]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or len(data) < 30:
        raise PictureError(N_("isn't a WebP"))
    form = data[12:16]
    if form == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if form == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 ":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    raise PictureError(N_("isn't a WebP"))


def _svg(data: bytes) -> tuple[int, int]:
    from xml.parsers import expat  # here and below, because few people have pictures of their own

    reader = _SvgReader()
    try:
        data.decode("utf-8")
        reader.parser.Parse(data, True)
        reader.weigh()
    except UnicodeDecodeError as error:
        raise PictureError(_UTF_8) from error
    except expat.ExpatError as error:
        raise PictureError(
            sentence("isn't an SVG: line {lineno} of it is not well-formed", lineno=error.lineno)
        ) from error
    return reader.size


def _gif_frames(data: bytes) -> int:
    """The number of frames in a GIF, as far as the file is intact; stops counting once there are too many."""
    at = 13 + _colours(data, 10)
    frames = 0
    while at < len(data) and frames <= MAX_FRAMES:
        if data[at] == 0x2C:  # an image: its position, an optional colour table, and its pixels in blocks
            frames += 1
            at = _past_blocks(data, at + 11 + _colours(data, at + 9))
        elif data[at] == 0x21:
            at = _past_blocks(data, at + 2)
        else:
            break
    return frames


def _colours(data: bytes, flags_at: int) -> int:
    """The length in bytes of the colour table that the flags at ``flags_at`` announce."""
    flags = int.from_bytes(data[flags_at : flags_at + 1], "big")
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _past_blocks(data: bytes, at: int) -> int:
    while at < len(data) and data[at]:
        at += data[at] + 1
    return at + 1


def _webp_frames(data: bytes) -> int:
    at, frames = 12, 0
    while at < len(data) and frames <= MAX_FRAMES:
        frames += data[at : at + 4] == b"ANMF"
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return frames


_FRAMES: Final = {PictureKind.GIF: _gif_frames, PictureKind.WEBP: _webp_frames}
_SIZES: Final = {PictureKind.PNG: _png, PictureKind.GIF: _gif, PictureKind.WEBP: _webp, PictureKind.SVG: _svg}


class _SvgReader:
    """Reads an SVG once and raises ``PictureError`` at the first thing that it may not contain."""

    def __init__(self) -> None:
        from xml.parsers import expat

        self.size = (0, 0)
        self._elements = self._depth = self._outlines = self._words = 0
        self._text_at = 0
        """The depth of the <text> being read; 0 outside one."""
        self._costly = False
        self._style = ""
        self._styled = 0
        self._in_style = False
        # An encoding declared by the file could hide elements from this check that Qt, which obeys it, would see.
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = lambda *_: self._fail(N_("has a DOCTYPE, in which entities can hide"))
        self.parser.ProcessingInstructionHandler = lambda target, _: self._fail(
            sentence("has an instruction <?{target}?>", target=target)
        )
        self.parser.XmlDeclHandler = self._declare
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _fail(self, problem: str) -> None:
        raise PictureError(
            sentence(
                "{problem} (line {currentlinenumber} of the SVG)",
                problem=problem,
                currentlinenumber=self.parser.CurrentLineNumber,
            )
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, element = name.rpartition(" ")
        self._elements += 1
        self._depth += 1
        if self._elements > MAX_ELEMENTS or self._depth > _MAX_DEPTH:
            self._fail(N_("is too complex"))
        if self._elements == 1:
            if element != "svg" or namespace != _NAMESPACE:
                self._fail(N_("isn't an SVG"))
            self.size = _size(attributes)
        if self._in_style:
            self._fail("has something within its <style>")
        theirs = namespace not in (_NAMESPACE, "", "http://www.w3.org/1999/xhtml")
        if theirs and element not in _SHAPES | _ELSEWHERE and not element.startswith("fe"):
            return  # a drawing program's own notes, which Qt does not draw
        if element not in _SHAPES:
            self._fail(sentence("has a <{element}>, which a card's picture can't contain", element=element))
        if element == "text" and not self._text_at:
            self._text_at = self._depth
        self._in_style = element == "style"
        self._costly |= element.endswith("Gradient")
        for key, value in attributes.items():
            space, _, attribute = key.lower().rpartition(" ")
            if space not in _ATTRIBUTES:
                continue
            self._weigh_attribute(attribute, value)
            if attribute in ("href", "src") and not value.strip().startswith("#"):
                self._fail(N_("links to something outside itself"))
            if attribute == "attributename" and value.strip().lower().endswith(("href", "src", "style")):
                self._fail(N_("links to something outside itself"))
            if attribute.startswith("on"):
                self._fail(sentence("has an action “{attribute}”", attribute=attribute))
            if attribute == "base" or _OUTWARD.search(value):
                self._fail(N_("links to something outside itself"))

    def _weigh_attribute(self, attribute: str, value: str) -> None:
        if attribute in ("d", "points", "values"):
            self._outlines += len(value)
        # Written as in a style sheet, so that the same pattern serves both.
        said = value if attribute == "style" else f"{value if attribute == 'attributename' else attribute}:{value}"
        self._costly |= _COSTLY.search(said) is not None
        if _DASHED.search(said):
            self._fail(_DASHES)

    def weigh(self) -> None:
        """After reading the whole file, refuse it if it is too costly to draw in time."""
        if self._outlines > MAX_OUTLINES or (self._costly and self._elements > MAX_COSTLY):
            raise PictureError(N_("is too complex to draw in time. Simplify it, or save it as a PNG"))

    def _declare(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "us-ascii"):
            self._fail(_UTF_8)

    def _end(self, _name: str) -> None:
        if self._text_at == self._depth:
            self._text_at = 0
        self._depth -= 1
        if _OUTWARD.search(self._style):
            self._fail(N_("links to something outside itself"))
        if _DASHED.search(self._style):
            self._fail(_DASHES)
        self._costly |= _COSTLY.search(self._style) is not None
        self._style, self._in_style = "", False

    def _characters(self, text: str) -> None:
        if self._in_style:
            self._style += text
            self._styled += len(text)
            if self._styled > MAX_STYLE:
                self._fail(N_("has a style sheet that is too long"))
        elif self._text_at:
            self._words += len(text)
            if self._words > MAX_WORDS:
                self._fail(
                    sentence(
                        "has more than {max_words} letters of text. Put the text in the card, or save it as a PNG",
                        max_words=MAX_WORDS,
                    )
                )


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """Width and height in the picture's own units, from its view box or else from its width and height."""
    box = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())
    told = box[2:] if len(box) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
    lengths = [re.fullmatch(r"([0-9]{1,7}(?:\.[0-9]{0,20})?)(?:px|pt|mm|cm)?", each) for each in told]
    width, height = (round(float(each[1])) if each else 0 for each in lengths)
    if not width or not height:
        raise PictureError(N_("doesn't say how large it is. Give its <svg> a viewBox"))
    return width, height
