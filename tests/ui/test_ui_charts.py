"""Drawings: what they show, what they say, and that they stand alone."""

import json
import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from zhaoshang.ui import charts, maps
from zhaoshang.ui.charts.regions import breaks
from zhaoshang.ui.charts.svg import CLASSES, HUE, ticks

POINTS = [
    charts.Point(f"{month}月", Decimal(month * 10), f"{month * 10}亿元", href=f"/{month}/") for month in (1, 2, 3)
]
AREAS = [
    charts.Area("中山区", ["210202"], Decimal(9), "9亿元", "/a/"),
    charts.Area("某新区", [], Decimal(4), "4亿元", "/b/"),
]
SQUARE = {"type": "Polygon", "coordinates": [[[121, 39], [122, 39], [122, 40], [121, 40], [121, 39]]]}
DRAWINGS = {
    "trend": charts.trend(
        POINTS, title="走势<", desc="说明", before=[1, None, 3], target_line=[5, 10, 15], labels=("今", "昨", "标")
    ),
    "band": charts.band(
        [charts.BandPoint("1月", 10, "10亿元"), charts.BandPoint("2月", 20, "20亿元", 15, 28)],
        title="预测<",
        target=25,
        schedule=[12, 24],
        labels=("测", "标", "序"),
    ),
    "bars": charts.bars(POINTS, title="来源"),
    "stacked": charts.stacked_bars(
        [charts.Stack("一月", [charts.Part(3, "3"), charts.Part(1)], "4")], ["新", "续"], title="构成"
    ),
    "map": charts.choropleth("210200", AREAS, title="地图", unit="亿元", beside="不成图"),
    "timeline": charts.timeline(
        [
            charts.Span("举措<", 0.2, 4, 0.4, "40%", "/m/"),
            charts.Span("任务", 0.5, 1.2, 0.7, "70%", late=True, below=True),
            charts.Span("无期", None, None),
        ],
        ["一季度", "二季度", "三季度", "四季度"],
        title="安排",
        today=1.4,
        today_label="今日",
        open_label="无时限",
        late_label="到期未完成",
    ),
    "course": charts.course(
        [charts.Band("招商<", [charts.Piece("签约", 0.3, 2), charts.Piece("落地", 2, None)]), charts.Band("建设", [])],
        POINTS,
        [charts.Mark(1.5, "承诺", kept=False), charts.Mark(2.5, "承诺")],
        title="进程",
        labels=("到账", "承诺"),
        today=1.2,
    ),
    "meter": charts.meter(Decimal("44.5"), Decimal(25), title="完成"),
    "sparkline": charts.sparkline([1, None, Decimal("2.5")]),
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_whole_xml_without_styles(drawing: Markup) -> None:
    root = ElementTree.fromstring(drawing)
    assert root.tag.endswith("svg") and not any("style" in one.attrib for one in root.iter())


@pytest.mark.parametrize("name", ["trend", "bars", "stacked", "map"])
def test_a_drawing_has_a_name_that_is_its_own(name: str) -> None:
    root = ElementTree.fromstring(DRAWINGS[name])
    title = root.find("{*}title")
    assert title is not None and root.attrib["aria-labelledby"].split()[0] == title.attrib["id"]


def test_geometry_and_colour_need_no_style_sheet() -> None:
    root = ElementTree.fromstring(DRAWINGS["bars"])
    bars = [one.attrib for one in root.iterfind(".//{*}rect")]
    assert [float(bar["width"]) / float(bars[0]["width"]) for bar in bars] == pytest.approx([1, 2, 3], rel=0.01)
    assert {bar["fill"] for bar in bars} == {HUE}


def test_a_missing_month_breaks_the_line() -> None:
    drawn = charts.trend([*POINTS[:1], charts.Point("2月", None), *POINTS[2:]], title="t")
    lines = [
        one.attrib["d"]
        for one in ElementTree.fromstring(drawn).iterfind(".//{*}path")
        if one.attrib.get("stroke") == HUE
    ]
    assert lines[0].count("M") == 2 and "L" not in lines[0]


def test_the_band_opens_at_the_last_month_known() -> None:
    points = [charts.BandPoint(f"{month}月", month, "") for month in (1, 2)]
    points.append(charts.BandPoint("3月", 3, "", 2, 4))
    drawn = charts.band(points, title="预测")
    area = next(part for part in re.findall(r'd="(M[^"]+Z)"', drawn))
    assert len(re.split("[ML]", area)) - 1 == 4  # February twice (both sides), March high and low


def test_a_finished_year_has_no_band() -> None:
    drawn = charts.band([charts.BandPoint("1月", 1, "")], title="预测")
    assert "Z" not in "".join(re.findall(r'd="([^"]+)"', drawn))


def test_no_months_at_all_still_draw() -> None:
    assert charts.trend([], title="t") and charts.bars([], title="t") and charts.sparkline([None]) == ""


def test_a_bar_below_zero_grows_to_the_left() -> None:
    drawn = ElementTree.fromstring(charts.bars([charts.Point("a", 10), charts.Point("b", -10)], title="t"))
    up, down = (one.attrib for one in drawn.iterfind(".//{*}rect"))
    assert float(down["x"]) + float(down["width"]) == pytest.approx(float(up["x"]), abs=0.2)


def test_past_the_target_the_bar_is_full_and_the_hundred_marked() -> None:
    boxes = [one.attrib for one in ElementTree.fromstring(charts.meter(125, 25)).iterfind(".//{*}rect")]
    assert (
        float(boxes[1]["width"]) == 100 and float(boxes[2]["x"]) == pytest.approx(79.7) and float(boxes[3]["x"]) == 20
    )


@pytest.mark.parametrize(("low", "high"), [(0, 729.4), (0, 0.003), (-12, 30), (5, 5), (0, 40_000)])
def test_ticks_are_few_round_and_hold_everything(low: float, high: float) -> None:
    steps = ticks(low, high)
    assert steps[0] <= low and steps[-1] >= high and 2 <= len(steps) <= 7


def test_the_map_links_districts_and_lists_units_without_outline() -> None:
    drawing = DRAWINGS["map"]
    assert 'href="/a/"' in drawing and 'href="/b/"' in drawing and "不成图" in drawing and maps.APPROVAL in drawing


def test_darker_is_more() -> None:
    codes = sorted(maps.city_map("210200").shapes)
    areas = [charts.Area(code, [code], Decimal(place), href=f"/{code}/") for place, code in enumerate(codes)]
    drawn = ElementTree.fromstring(charts.choropleth("210200", areas, title="t"))
    fills = [drawn.find(f".//{{*}}a[@href='/{code}/']//{{*}}path") for code in codes]
    assert [CLASSES.index(path.attrib["fill"]) for path in fills if path is not None] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_classes_hold_about_as_many_units_each_at_round_values() -> None:
    assert [str(bound) for bound in breaks([Decimal(n * n) + Decimal("0.37") for n in range(1, 11)])] == [
        "9.4",
        "25",
        "49",
        "81",
    ]
    assert breaks([Decimal(3)] * 4) == [] and breaks([]) == []


def test_the_city_has_its_ten_districts_each_apart() -> None:
    city = maps.city_map("210200")
    assert len(city.shapes) == 10 and city.shapes["210224"].name == "长海县"
    parts = sum(one.outline.area for one in city.shapes.values())
    assert city.land.area == pytest.approx(parts, rel=0.01)


def test_an_administrator_may_replace_the_boundaries(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    feature = {"type": "Feature", "properties": {"adcode": 990101, "name": "示例区"}, "geometry": SQUARE}
    (tmp_path / "own.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "attribution": "示例图号", "features": [feature]})
    )
    monkeypatch.setenv("ZHAOSHANG_BOUNDARIES", str(tmp_path / "own.geojson"))
    city = maps.city_map("990100")
    assert (city.shapes["990101"].name, city.approval) == ("示例区", "示例图号")


def test_a_broken_boundary_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken.geojson").write_text("{")
    monkeypatch.setenv("ZHAOSHANG_BOUNDARIES", str(tmp_path / "broken.geojson"))
    with pytest.raises(maps.NoBoundaries, match=re.escape("broken.geojson")):
        maps.city_map("210200")


def test_without_boundaries_every_unit_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHAOSHANG_BOUNDARIES", "/nowhere.geojson")
    drawing = charts.choropleth("210200", AREAS, title="t")
    assert "中山区 9亿元" in drawing and "某新区 4亿元" in drawing and "<path" not in drawing


def test_late_work_carries_a_mark_that_is_named_and_work_without_an_end_says_so() -> None:
    drawing = DRAWINGS["timeline"]
    assert (drawing.count("到期未完成"), drawing.count("无时限"), drawing.count("l6 6l-6 6l-6 -6z")) == (1, 1, 2)


def test_a_bar_is_filled_as_far_as_the_work_is_done() -> None:
    half = charts.timeline([charts.Span("任务", 0, 2, 0.5)], ["一", "二"], title="安排")
    outer, done = (float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)" height="12"', half))
    assert done == pytest.approx(outer / 2, abs=0.1)
