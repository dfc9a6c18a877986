"""Charts: each picture shows the figures of its table, plain enough for any renderer, also in black and white."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from numbguard.core.log.insights import WEEKDAYS, EpisodesOfWeek, SeatedDays, ValueCounts
from numbguard.core.log.records.episode import Posture
from numbguard.core.log.survival import EndedBouts, kaplan_meier
from numbguard.core.log.time_buckets import bucketed
from numbguard.core.sites import Region, Side
from numbguard.ui.charts import contents as charts
from numbguard.ui.charts.contents import BarChart, Chart, CurveChart, LegMapChart
from numbguard.ui.charts.leg_map_svg import WIDTH, luminance
from numbguard.ui.charts.look import PAPER, ChartLook, look_of
from numbguard.ui.charts.svg import natural_height, svg_of
from numbguard.ui.widgets import theme

SVG = "{http://www.w3.org/2000/svg}"
MONDAY = date(2025, 3, 3)
BARS = (
    charts.episodes_over_time(bucketed([EpisodesOfWeek(MONDAY + timedelta(weeks=n), n % 5, n, 1) for n in range(22)])),
    charts.moved_over_time(bucketed([EpisodesOfWeek(MONDAY + timedelta(weeks=n), 1, n * 900, 1) for n in range(400)])),
    charts.by_hour(ValueCounts(30, 0, {"9": 12, "11": 18})),
    charts.by_weekday(ValueCounts(30, 0, {day: place for place, day in enumerate(WEEKDAYS)})),
    charts.by_posture(ValueCounts(30, 0, {Posture.LEGS_CROSSED.value: 21, Posture.OTHER.value: 9})),
    charts.by_length([(30, 3), (100, 12), (7200, 1)]),
)
CURVE = charts.time_to_numbness(
    kaplan_meier([*(EndedBouts(600.0 * step, 2, 1) for step in range(1, 7)), EndedBouts(5000.0, 0, 4)])
)
HEAT = charts.on_the_map(
    {
        (Region.CALF, Side.LEFT): 7,
        (Region.CALF, Side.BOTH): 2,
        (Region.TOES, Side.RIGHT): 1,
        (Region.SOLE, None): 3,
    }
)
LOOKS = {"paper": PAPER, "light": look_of(theme.LIGHT), "dark": look_of(theme.DARK)}


def drawn(chart: Chart, look: ChartLook = PAPER) -> ET.Element:
    return ET.fromstring(svg_of(chart, look, width=640, height=200))


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def drawn_bars(chart: BarChart, *, width: float = 640) -> ET.Element:
    height = natural_height(chart, 13)
    assert height
    return ET.fromstring(svg_of(chart, PAPER, width=width, height=height, text_size=13))


@pytest.mark.parametrize("chart", BARS, ids=lambda chart: chart.title)
def test_bars_are_as_long_as_the_table_says(chart: BarChart) -> None:
    counted = [int(value.replace(",", "")) for _, value in chart.table.rows]
    assert counted == list(chart.values)
    bars = list(drawn_bars(chart).iter(f"{SVG}rect"))
    lengths = [float(bar.get("width", 0)) for bar in bars]
    scale = max(lengths) / max(counted)
    assert lengths == pytest.approx([count * scale for count in counted if count], abs=0.01)
    assert len({bar.get("x") for bar in bars}) == 1, "all of them start at one line"


@pytest.mark.parametrize("width", [640, 316])
@pytest.mark.parametrize("chart", BARS, ids=lambda chart: chart.title)
def test_every_bar_has_its_name_and_its_number_and_none_is_empty(chart: BarChart, width: float) -> None:
    root = drawn_bars(chart, width=width)
    assert sorted(texts(root)) == sorted([*chart.labels, *chart.value_words])
    for words in root.iter(f"{SVG}text"):
        long = len(words.text or "") * 13 * 0.55
        x, to_the_left = float(words.get("x", 0)), words.get("text-anchor") == "end"
        assert (x - long if to_the_left else x) >= 0
        assert (x if to_the_left else x + long) <= width
    gaps = chart.values.count(0)
    assert len(list(root.iter(f"{SVG}rect"))) == len(chart.labels) - gaps
    assert not gaps or chart.title.startswith(("Episodes by week", "Episodes by month", "Breaks")), "a gap in time"


def test_mirrored_bars_begin_at_the_right_and_their_names_are_beside_them() -> None:
    marks = ET.fromstring(svg_of(BARS[3], PAPER, width=640, height=200, mirrored=True))
    bars = [one for one in marks if one.tag.endswith("rect")]
    assert bars
    assert all(one.get("transform") == "matrix(-1 0 0 1 640 0)" for one in bars)
    names = [one for one in marks if one.tag.endswith("text") and one.text in BARS[3].labels]
    assert len(names) == len(BARS[3].labels)
    for name in names:
        assert name.get("text-anchor") == "start"
        assert float(name.get("x") or 0) > 640 - float(bars[0].get("x") or 0)


def test_what_has_no_entry_has_no_bar() -> None:
    chart = charts.by_weekday(ValueCounts(5, 0, {"monday": 4, "tuesday": 0, "friday": 1}))
    assert chart.table.rows == (("Monday", "4"), ("Friday", "1"))
    assert charts.by_hour(ValueCounts(2, 0, {"9": 1, "17": 1})).labels == ("9:00–10:00", "17:00–18:00")
    every_hour = charts.by_hour(ValueCounts(24, 0, {str(hour): 1 for hour in range(24)}))
    assert (len(every_hour.labels), every_hour.labels[4], every_hour.values[4]) == (12, "8:00–10:00", 2)


def test_weeks_before_the_first_episode_are_left_out_and_later_ones_without_any_are_a_gap() -> None:
    weeks = [EpisodesOfWeek(MONDAY + timedelta(weeks=n), count, 3) for n, count in enumerate((0, 2, 0, 5))]
    assert charts.episodes_over_time(bucketed(weeks)).table.rows == (
        ("10 Mar 2025", "2"),
        ("17 Mar 2025", "0"),
        ("24 Mar 2025", "5"),
    )


def test_onsets_and_days_have_words_for_their_values() -> None:
    onsets = charts.by_onset([EndedBouts(1799, 2), EndedBouts(1800, 1), EndedBouts(9000, 3, 9), EndedBouts(60, 0, 4)])
    assert onsets.table.rows == (("20 to 30 min", "2"), ("30 to 40 min", "1"), ("90 min or more", "3"))
    days = charts.by_day(SeatedDays({MONDAY: 17.9 * 60, MONDAY + timedelta(days=2): 4000, date(2025, 3, 7): 9}, 3, 99))
    assert days.table.rows == (("Mon 3 Mar", "18 minutes"), ("Wed 5 Mar", "1 h 07 min"))
    assert "1 h 07 min" in texts(drawn_bars(days))


def test_the_curve_and_its_table_are_one() -> None:
    rows = {row[0]: row for row in CURVE.table.rows}
    assert rows["0"] == ("0", "100%", "100 to 100%", "22")
    at_half_an_hour = [point for point in CURVE.points if point.t_s <= 1800][-1]
    assert rows["30"][1] == f"{at_half_an_hour.survival * 100:.0f}%"
    assert rows["30"][2] == f"{at_half_an_hour.lower * 100:.0f} to {at_half_an_hour.upper * 100:.0f}%"
    assert "half: 50 min" in texts(drawn(CURVE))
    (line,) = [path for path in drawn(CURVE).iter(f"{SVG}path") if path.get("stroke-width") == "2.2"]
    ys = [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", line.get("d", ""))]
    (ground,) = [
        path for path in drawn(CURVE).iter(f"{SVG}path") if " h" in path.get("d", "") and not path.get("stroke-width")
    ]
    foot = float(ground.get("d", "").split()[1])
    share = (foot - ys[-1]) / (foot - ys[0])
    assert share == pytest.approx(CURVE.points[-1].survival, abs=0.005)


def test_a_curve_of_a_very_long_log_is_drawn_by_few_points() -> None:
    long = charts.time_to_numbness(kaplan_meier(EndedBouts(float(second), 3, 2) for second in range(1, 5000)))
    assert len(svg_of(long, PAPER, width=640, height=200)) < 60_000
    assert len(long.table.rows) < 40


def test_the_map_counts_both_legs_on_each_and_tells_what_has_no_leg() -> None:
    assert HEAT.table.rows == (("Calf", "9", "2", "0"), ("Sole", "0", "0", "3"), ("Toes", "0", "1", "0"))
    assert sorted(word for word in texts(drawn(HEAT)) if word.isdigit()) == ["1", "1", "2", "9"]


@pytest.mark.parametrize("name", LOOKS)
def test_the_more_episodes_the_further_from_the_ground_also_in_grey(name: str) -> None:
    look = LOOKS[name]
    counts = {(region, Side.LEFT): 10 * place for place, region in enumerate((Region.CALF, Region.KNEE, Region.SOLE))}
    paths = list(drawn(LegMapChart("", counts), look).iter(f"{SVG}path"))
    greys = {luminance(path.get("fill", "")) for path in paths}
    assert len(greys) == 3
    cool, warm, hot = sorted(greys, reverse=name != "dark")
    assert abs(cool - warm) > 0.1
    assert abs(warm - hot) > 0.1
    for path in (*BARS[:1], CURVE):
        fills = {element.get("fill") for element in drawn(path, look).iter(f"{SVG}text")}
        ground = luminance("#ffffff" if name == "paper" else (theme.DARK if name == "dark" else theme.LIGHT).surface)
        for fill in fills:
            assert fill is not None
            high, low = sorted((luminance(fill), ground), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize(
    "chart", [*BARS, CURVE, HEAT, BarChart("", (), (), ("", "")), CurveChart("", (), None), LegMapChart("", {})]
)
def test_what_is_written_is_plain(qtbot: QtBot, chart: Chart) -> None:
    del qtbot
    svg = svg_of(chart, PAPER, width=640, height=200)
    root = ET.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "g", "path", "rect", "text"}
    assert svg.count(b"http") == svg.count(b"http://www.w3.org/2000/svg") == 1
    assert not any({"style", "class", "onclick", "clip-path", "href"} & set(element.attrib) for element in root.iter())
    renderer = QSvgRenderer(QByteArray(svg))
    assert renderer.isValid()


def test_qt_draws_the_bars(qtbot: QtBot) -> None:
    del qtbot
    image = QImage(640, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg_of(BARS[3], PAPER, width=640, height=200))).render(painter, QRectF(0, 0, 640, 200))
    painter.end()
    bar = QColor(PAPER.fill)
    inked = [sum(image.pixelColor(x, y) == bar for x in range(640)) for y in range(16, 200, 33)]
    assert inked == sorted(inked)
    assert inked[-1] > 2 * inked[1] > 0


@pytest.mark.parametrize("colours", [theme.BLACK_ON_WHITE, theme.WHITE_ON_BLACK], ids=["on white", "on black"])
def test_in_high_contrast_hatching_tells_the_regions_apart(colours: theme.Palette) -> None:
    ink, paper = colours.text, colours.window
    for chart in (*BARS, CURVE, HEAT):
        svg = svg_of(chart, look_of(colours), width=640, height=200).decode()
        assert set(re.findall(r'(?:fill|stroke)="(#[^"]+)"', svg)) <= {ink, paper}
        widths = [float(found) for found in re.findall(r'stroke-width="([^"]+)"', svg)]
        scale = 460 / WIDTH if chart is HEAT else 1
        assert all(width * scale >= 1.99 for width in widths)
    paths = [path for path in drawn(HEAT, look_of(colours)).iter(f"{SVG}path") if path.get("fill") == ink]
    solid, *hatched = sorted((path.get("d", "") for path in paths), key=lambda data: data.count("M"))
    assert solid.count("M") == 1, "the region with most episodes"
    assert hatched and all(data.count("M") > 2 for data in hatched)
