"""Outlines: what is read, how large it is, and what is refused."""

import io
import json
import zipfile
from decimal import Decimal
from typing import Any

import pytest
import shapefile
from pyproj import CRS, Transformer

from zhaoshang.common.problems import Refused
from zhaoshang.common.shapes import read_outline, read_text, text_of

RING = [[121.6, 39.0], [121.601, 39.0], [121.601, 39.001], [121.6, 39.001], [121.6, 39.0]]
TEXT = "121.6, 39.0\n121.601 39.0\n121.601，39.001\n121.6,39.001"
# 0.001° by 0.001° at 39°N: 86.6 m by 111.0 m on the ellipsoid.
AREA = Decimal("9610")


def _json(ring: Any, **more: Any) -> bytes:
    return json.dumps({"type": "Polygon", "coordinates": [ring], **more}).encode()


def _zip(ring: Any, prj: str = "", **extra: bytes) -> bytes:
    parts = {ending: io.BytesIO() for ending in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts) as writer:
        writer.field("name", "C")
        writer.poly([ring])
        writer.record("x")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for ending, part in parts.items():
            package.writestr(f"a.{ending}", part.getvalue())
        if prj:
            package.writestr("a.prj", prj)
        for name, content in extra.items():
            package.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def _code(content: bytes, name: str = "a.geojson") -> str:
    with pytest.raises(Refused) as refused:
        read_outline(content, name)
    return refused.value.code


def test_text_geojson_and_shapefile_give_one_area() -> None:
    areas = [read_text(TEXT, "x"), read_outline(_json(RING), "a.json"), read_outline(_zip(RING), "a.zip")]
    assert len({one.area_m2 for one in areas}) == 1 and abs(areas[0].area_m2 - AREA) < 10


def test_an_outline_is_written_back_as_it_is_read() -> None:
    outline = read_text(TEXT, "x")
    assert read_text(text_of(outline.geometry), "x").geometry == outline.geometry


@pytest.mark.parametrize("zone", [4528, 4549, 4498, 4509])
def test_a_gauss_krueger_zone_comes_back_to_degrees(zone: int) -> None:
    change = Transformer.from_crs(4490, zone, always_xy=True)
    metres = [list(change.transform(x, y)) for x, y in RING]
    read = read_outline(_zip(metres, CRS.from_epsg(zone).to_wkt("WKT1_ESRI")), "a.zip")
    assert abs(read.area_m2 - read_text(TEXT, "x").area_m2) < Decimal("0.5")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_json([[y, x] for x, y in RING]), "shape_swapped"),
        (_json([[0, 0], [1, 0], [1, 1], [0, 0]]), "shape_outside"),
        (_json([RING[0], RING[2], RING[1], RING[3], RING[0]]), "shape_crossing"),
        (_json([[121.6, 39.0], [121.60001, 39.0], [121.60001, 39.00001], [121.6, 39.0]]), "shape_tiny"),
        (_json([[100, 20], [120, 20], [120, 40], [100, 40], [100, 20]]), "shape_huge"),
        (_json([[121.6 + n / 1e6, 39.0 + (n % 2) / 1e6] for n in range(6000)]), "shape_too_many"),
        (_json([[500000, 4300000], [500100, 4300000], [500100, 4300100], [500000, 4300000]]), "shape_no_crs"),
        (_json(RING, crs={"type": "name", "properties": {"name": "EPSG:3857"}}), "shape_crs"),
        (b'{"type": "Point", "coordinates": [121.6, 39]}', "shape_json"),
        (b"[" * 100_000, "shape_torn"),
        (b"not json", "shape_torn"),
        (b'{"type": "Polygon", "coordinates": "x"}', "shape_json"),
        (b'{"type": "FeatureCollection", "features": []}', "shape_empty"),
        (b" " * 6_000_000, "shape_large"),
    ],
)
def test_a_bad_geojson_says_what_is_wrong(content: bytes, code: str) -> None:
    assert _code(content) == code


def test_hostile_archives_are_refused() -> None:
    assert _code(_zip(RING, a_zip=b"PK"), "a.zip") == "shape_zip"
    assert _code(_zip(RING, other_shp=b"x"), "a.zip") == "shape_zip"
    assert _code(b"PK\x03\x04broken", "a.zip") == "shape_zip"
    assert _code(_zip(RING, CRS.from_epsg(3857).to_wkt("WKT1_ESRI")), "a.zip") == "shape_crs"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.shp", b"\0" * 30_000_000)
    assert _code(bomb.getvalue(), "a.zip") == "shape_large"
    assert _code(b"x", "a.kml") == "shape_name"


@pytest.mark.parametrize(("text", "code"), [("", "empty"), ("121.6, 39", "few"), ("东, 北\n1,2\n3,4", "numbers")])
def test_typed_corners_that_make_no_area(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_text(text, "x")
    assert refused.value.code == f"shape_{code}"
