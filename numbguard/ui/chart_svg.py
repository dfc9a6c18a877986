"""Charts as plain SVG: the same picture on the screen, on paper and in a browser.

pygal lays a chart out; what it writes then rests on style sheets and a script, of which Qt draws nothing and which name
addresses in the net. So its document is gone through once: each mark gets its colours as attributes by the class that
pygal gave it, and styles, scripts, tool tips and comments stay behind. Called by the insights window and the report, on
whichever thread draws; pygal is imported here alone, when the first chart is drawn.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from .charts import Bars, Chart, Curve, Heat

if TYPE_CHECKING:
    from . import theme

FAMILY: Final = "sans-serif"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_POINTS: Final = 300
"""More points of a curve than this nobody sees."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture, as ``#rrggbb``; told apart by how light they are, so that grey paper will do."""

    text: str
    quiet: str
    line: str
    fill: str
    """Bars and the curve."""
    band: str
    cool: str
    """A region without an episode."""
    hot: str
    """The region with most episodes."""
    edge: str


PAPER: Final = Look(
    text="#000000", quiet="#333333", line="#999999", fill="#2b6f75", band="#d9e6e7",
    cool="#ffffff", hot="#7c2d12", edge="#555555",
)  # fmt: skip


def look_of(colours: theme.Palette) -> Look:
    """As the windows look."""
    return Look(
        text=colours.text,
        quiet=colours.quiet,
        line=colours.edge,
        fill=colours.accent,
        band=colours.track,
        cool=colours.surface,
        hot="#f7a98a" if colours.dark else "#8f3a1b",
        edge=colours.edge,
    )


def svg_of(chart: Chart, look: Look, *, width: float, height: float, letters: float = 12.0) -> bytes:
    """The picture of a chart. ``letters``: the height of its letters, in the unit of width and height."""
    match chart:
        case Bars():
            return _Plain(look, letters).of(_bars(chart, width, height, letters), width, height)
        case Curve():
            half = "" if chart.median_s is None else f"half: {chart.median_s // 60:.0f} min"
            return _Plain(look, letters, at_median=half).of(_curve(chart, width, height, letters), width, height)
        case Heat():
            from .heat_svg import heat_svg

            return heat_svg(chart, look, letters=letters)


# --- laid out by pygal ------------------------------------------------------------------------------------------------


def _bars(chart: Bars, width: float, height: float, letters: float) -> str:
    import pygal

    widest = max((len(label) for label in chart.labels), default=1) * letters * 0.55 + letters * 0.6
    every = max(1, math.ceil(len(chart.labels) * widest / (width - letters)))
    drawn = pygal.Bar(
        **_config(width, height, letters),
        print_values=True,
        print_values_position="top",
        show_y_labels=False,
        show_y_guides=False,
        range=(0, max(1, *chart.values) * (1 + 1.9 * letters / height)) if chart.values else (0, 1),
        formatter=_short,
        margin_left=round(letters * 0.5),
        margin_right=round(letters * 0.5),
        spacing=round(letters * 0.5),
    )
    drawn.x_labels = [label if place % every == 0 else "" for place, label in enumerate(chart.labels)]
    drawn.add("", list(chart.values), rounded_bars=0)
    return _rendered(drawn)


def _curve(chart: Curve, width: float, height: float, letters: float) -> str:
    import pygal

    longest = max(60.0, chart.points[-1].t_s if chart.points else 60.0) / 60
    every = next(step for step in (5, 10, 15, 30, 60, 120, 240, 480, 10**9) if longest / step * letters * 3.2 <= width)
    ticks = [every * place for place in range(math.ceil(longest / every) + 1)]
    drawn = pygal.XY(
        **_config(width, height, letters),
        show_dots=False,
        show_x_guides=False,
        print_labels=True,
        range=(0, 100),
        xrange=(0, max(longest, ticks[-1])),
        x_title="minutes of sitting",
        formatter=lambda value: f"{value:.0f} %",
        margin_left=round(letters * 0.4),
        margin_right=round(letters * 1.6),
    )
    drawn.x_value_formatter = lambda value: f"{value:.0f}"
    drawn.y_labels = [{"value": share, "label": f"{share} %"} for share in (0, 25, 50, 75, 100)]
    drawn.x_labels = ticks
    points = chart.points
    if len(points) > _POINTS:
        points = (*points[:: math.ceil(len(points) / _POINTS)], points[-1])
    upper = _steps([(one.t_s / 60, one.upper * 100) for one in points])
    lower = _steps([(one.t_s / 60, one.lower * 100) for one in points])
    drawn.add("band", [*upper, *reversed(lower)])
    drawn.add("curve", _steps([(one.t_s / 60, one.survival * 100) for one in points]))
    if chart.median_s is not None:
        drawn.add("median", [(chart.median_s / 60, 50), (chart.median_s / 60, 0)])
    return _rendered(drawn)


def _steps(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x, y in points:
        if found:
            found.append((x, found[-1][1]))
        found.append((x, y))
    return found


def _config(width: float, height: float, letters: float) -> dict[str, Any]:
    from pygal.style import Style

    small = round(letters * 0.92, 2)
    style = Style(
        font_family=FAMILY, label_font_size=small, major_label_font_size=small, value_font_size=small,
        value_label_font_size=small, title_font_size=letters, no_data_font_size=letters,
    )  # fmt: skip
    return {
        "width": width, "height": height, "style": style, "js": (), "show_legend": False, "title": None,
        "no_prefix": True, "disable_xml_declaration": True, "margin_top": 2, "margin_bottom": 2, "no_data_text": "",
        "truncate_label": -1,
    }  # fmt: skip


def _rendered(drawn: Any) -> str:
    text = drawn.render(is_unicode=True)
    assert isinstance(text, str)
    return text


def _short(value: float) -> str:
    """A number over a bar: nothing for nought, and few letters for many thousands."""
    whole = round(value)
    if whole < 10_000:
        return str(whole) if whole else ""
    return f"{whole / 1000:.0f}k" if whole < 1_000_000 else f"{whole / 1_000_000:.1f}M"


# --- made plain -------------------------------------------------------------------------------------------------------

_LEFT_OUT: Final = {"defs", "script", "style", "title", "desc"}
_GEOMETRY: Final = ("x", "y", "width", "height", "d", "transform")


class _Plain:
    """Takes over what is drawn of a document of pygal's."""

    def __init__(self, look: Look, letters: float, *, at_median: str = "") -> None:
        self._look = look
        self._letters = letters
        self._at_median = at_median
        self._width = 0.0

    def of(self, document: str, width: float, height: float) -> bytes:
        self._width = width
        ET.register_namespace("", _SVG[1:-1])
        plain = ET.Element(f"{_SVG}svg", {"viewBox": f"0 0 {width:g} {height:g}", "font-family": FAMILY})
        self._take(ET.fromstring(document), plain, ())
        return ET.tostring(plain, encoding="unicode").encode()

    def _take(self, parent: ET.Element, into: ET.Element, around: tuple[str, ...]) -> None:
        """``around``: the classes of all elements that the parent is in, and its own."""
        for child in parent:
            tag = child.tag.removeprefix(_SVG)
            classes = (*around, *child.get("class", "").split())
            if tag in _LEFT_OUT or "tooltip-overlay" in classes:
                continue
            if tag == "g":
                group = ET.SubElement(into, child.tag, _kept(child, ("transform",)))
                self._take(child, group, classes)
                if not len(group):
                    into.remove(group)
            elif "background" in classes:
                if "plot" in classes:
                    self._ground_line(child, into)
            elif tag == "text":
                if (child.text or "").strip():
                    self._text(child.text or "", _kept(child, _GEOMETRY), into, classes)
            elif (marks := self._marks(tag, classes)) is not None:
                ET.SubElement(into, child.tag, {**_kept(child, _GEOMETRY), **marks})
                if "serie-2" in classes and self._at_median:
                    x, foot = (float(child.get("d", "M0 0").replace("L", " ").split()[at].strip("M")) for at in (0, -1))
                    # To the right of its line, or to the left where there is no room.
                    side, away = ("end", -0.5) if x > self._width - 12 * self._letters else ("start", 0.5)
                    place = {
                        "x": f"{x + self._letters * away:.2f}",
                        "y": f"{foot - self._letters * 0.5:.2f}",
                    }
                    self._text(self._at_median, place, into, (side,))

    def _ground_line(self, plot: ET.Element, into: ET.Element) -> None:
        # pygal leaves a fiftieth of the values free below and above.
        bottom = float(plot.get("height", 0)) * 1.02 / 1.04
        line = {"d": f"M0 {bottom:.2f} h{plot.get('width')}", "stroke": self._look.line, "fill": "none"}
        ET.SubElement(into, f"{_SVG}path", line)

    def _text(self, text: str, place: Mapping[str, str], into: ET.Element, classes: tuple[str, ...]) -> None:
        if "start" in classes:
            anchor = "start"
        else:
            anchor = "end" if "end" in classes or ("y" in classes and "axis" in classes) else "middle"
        quiet = "axis" in classes or "titles" in classes
        marks = {
            "text-anchor": anchor,
            "font-size": f"{self._letters * 0.92:g}",
            "fill": self._look.quiet if quiet else self._look.text,
            "stroke": "none",
        }
        ET.SubElement(into, f"{_SVG}text", {**place, **marks}).text = text

    def _marks(self, tag: str, classes: tuple[str, ...]) -> Mapping[str, str] | None:
        """How a mark of pygal's is drawn; ``None``: not at all."""
        look = self._look
        if tag == "rect":
            return {"fill": look.fill, "stroke": "none"}
        if tag != "path":
            return None
        if "serie-0" in classes:  # the band, which lies under the curve
            return {"fill": look.band, "stroke": look.fill, "stroke-width": "0.8", "stroke-dasharray": "3,2"}
        if "serie-1" in classes:
            return {"fill": "none", "stroke": look.fill, "stroke-width": "2.2"}
        if "serie-2" in classes:
            return {"fill": "none", "stroke": look.text, "stroke-width": "1", "stroke-dasharray": "1.5,2.5"}
        if "y" in classes and "axis" in classes and "guide" in classes:
            return {"fill": "none", "stroke": look.line, "stroke-width": "0.5", "stroke-dasharray": "1,3"}
        return None


def _kept(element: ET.Element, names: tuple[str, ...]) -> dict[str, str]:
    return {name: element.attrib[name] for name in names if name in element.attrib}
