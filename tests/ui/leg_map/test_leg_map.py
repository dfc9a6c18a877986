"""The body map: marking where it is numb by mouse, by keyboard and with a screen reader."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from numbguard.core.sites import Region, Side, Site, sites_on
from numbguard.ui.leg_map.control import LegMap
from numbguard.ui.leg_map.shapes import FRAME, LegView, shape_at, shapes

L, R = Side.LEFT, Side.RIGHT


@pytest.fixture
def chart(qtbot: QtBot) -> LegMap:
    chart = LegMap()
    qtbot.addWidget(chart)
    chart.resize(600, 560)
    chart.show()
    qtbot.waitExposed(chart)
    return chart


def place(chart: LegMap, view: LegView, side: Side, region: Region) -> QPoint:
    """A pixel well inside a region."""
    shape = next(one for one in shapes() if (one.view, one.side, one.region) == (view, side, region))
    box = shape.path.boundingRect()
    inside = [
        QPointF(box.left() + box.width() * across / 20, box.top() + box.height() * down / 20)
        for across in range(1, 20)
        for down in range(1, 20)
    ]
    # The point farthest from the region's edge, where a person would aim.
    found = max(
        (point for point in inside if shape_at(point) == shape),
        key=lambda point: sum(shape_at(point + QPointF(dx, dy)) == shape for dx in (-1, 0, 1) for dy in (-1, 0, 1)),
    )
    return chart._placing().map(found).toPoint()


def test_both_legs_have_every_region_and_all_of_it_is_within_the_frame() -> None:
    wanted = {(side, region) for side in (L, R) for region in Region}
    assert {(shape.side, shape.region) for shape in shapes()} == wanted
    assert all(FRAME.contains(shape.path.boundingRect()) for shape in shapes())


def test_one_leg_is_the_mirror_image_of_the_other() -> None:
    areas = {(s.view, s.side, s.region): s.path.boundingRect() for s in shapes()}
    for (view, side, region), box in areas.items():
        other = areas[view, R if side is L else L, region]
        assert (box.width(), box.height(), box.top()) == pytest.approx((other.width(), other.height(), other.top()))


@pytest.mark.parametrize("shape", shapes(), ids=lambda one: f"{one.view.value}-{one.side.value}-{one.region.value}")
def test_a_click_marks_each_region_and_a_second_one_takes_it_back(chart: LegMap, qtbot: QtBot, shape) -> None:  # type: ignore[no-untyped-def]
    at = place(chart, shape.view, shape.side, shape.region)
    with qtbot.waitSignal(chart.changed):
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert chart.where() == ((Site(shape.region, shape.side),), None)
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=at)
    assert chart.where() == ((), None)


def test_a_click_beside_the_legs_marks_nothing(chart: LegMap, qtbot: QtBot) -> None:
    qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert chart.marked() == frozenset()


def test_dragging_down_the_back_of_a_leg_marks_all_of_it(chart: LegMap, qtbot: QtBot) -> None:
    down = [Region.BUTTOCK, Region.THIGH_BACK, Region.KNEE, Region.CALF, Region.ANKLE]
    start, *rest = (place(chart, LegView.BACK, R, region) for region in down)
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    for at in rest:
        qtbot.mouseMove(chart, at)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=rest[-1])
    assert chart.marked() == {(R, region) for region in down}
    qtbot.mouseMove(chart, place(chart, LegView.BACK, L, Region.CALF))
    assert len(chart.marked()) == len(down), "the button is up: moving on marks nothing"


def test_left_calf_and_right_sole_are_marked_and_nothing_else(chart: LegMap) -> None:
    apart = (Site(Region.CALF, L), Site(Region.SOLE, R))
    chart.show_where(apart, None)
    assert chart.marked() == {(L, Region.CALF), (R, Region.SOLE)}
    assert chart.where() == (apart, None)


def test_both_is_left_and_right(chart: LegMap) -> None:
    chart.show_where(sites_on(Side.BOTH, Region.CALF), None)
    assert chart.marked() == {(L, Region.CALF), (R, Region.CALF)}
    chart.show_where([], None)
    for side in (L, R):
        next(one for one in chart._buttons if one.spot == (side, Region.LOWER_BACK)).click()
    assert chart.where() == (sites_on(Side.BOTH, Region.LOWER_BACK), None)


def test_what_the_map_cannot_show_is_kept(chart: LegMap) -> None:
    chart.show_where([Site(Region.KNEE, None)], None)
    assert chart.marked() == frozenset()
    assert chart.where() == ((Site(Region.KNEE, None),), None)
    chart.show_where([], Side.LEFT)
    assert chart.where() == ((), Side.LEFT)


def test_by_keyboard_from_the_hip_to_the_foot(chart: LegMap, qtbot: QtBot) -> None:
    chart.activateWindow()
    first = next(
        button for button in chart.findChildren(QAbstractButton) if button.focusPolicy() != Qt.FocusPolicy.NoFocus
    )
    first.setFocus()
    seen = []
    for _ in range(8):
        focused = chart.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        qtbot.keyClick(focused, Qt.Key.Key_Down)
    assert seen[0] == "Your left hip"
    assert list(dict.fromkeys(seen))[-2:] == ["The top of your left foot", "The toes of your left foot"]
    focused = chart.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_Space)
    assert chart.marked() == {(L, Region.TOES)}


def test_every_region_is_a_tick_box_with_a_name_to_a_screen_reader(chart: LegMap) -> None:
    chart.show_where(sites_on(L, Region.SHIN), None)
    boxes = [QAccessible.queryAccessibleInterface(one) for one in chart.findChildren(QAbstractButton)]
    names = [box.text(QAccessible.Text.Name) for box in boxes]
    assert set(names) >= {"Your left shin or outer calf", "The sole of your right foot", "Your right buttock"}
    assert all(names)
    assert {name for name, box in zip(names, boxes, strict=True) if box.state().checked} == {
        "Your left shin or outer calf"
    }
    assert all(box.role() == QAccessible.Role.CheckBox for box in boxes)
