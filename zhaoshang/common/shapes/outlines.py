"""An outline checked and measured, and what is said of one that is refused."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon, mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

from zhaoshang.common.problems import N_, Refused

MOST_POINTS = 5_000
MOST_PARTS = 50
LARGEST_M2 = 20_000_000_000  # a whole city; larger is a slip of units
SMALLEST_M2 = 10
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0
PLACES = 7  # of a degree: about a centimetre
# CGCS2000's ellipsoid (GB 22021-2008): equatorial radius and flattening.
_GEOD = Geod(a=6378137.0, rf=298.257222101)

REFUSALS = {
    "empty": N_("里面没有多边形；请给出闭合的面，不是点或线"),
    "too_many": N_("图形太复杂（{count} 个点，最多 {most} 个）；请简化后再上传"),
    "parts": N_("里面有 {count} 个面，最多 {most} 个；一个条目一个图形"),
    "swapped": N_("坐标像是纬度在前：请把经度写在前面，如 121.61, 38.91"),
    "outside": N_("坐标 {x}, {y} 不在中国范围内；请用 CGCS2000 经纬度（EPSG:4490），经度在前"),
    "crossing": N_("边界自己相交或重叠（{where}）；请改成不相交的边界"),
    "tiny": N_("面积只有 {area} 平方米；请检查坐标和单位"),
    "huge": N_("面积有 {area} 平方公里，过大；请检查坐标和单位"),
    "numbers": N_("第 {line} 行不是两个数字；一行一个点，如 121.61, 38.91"),
    "few": N_("至少要三个点"),
    "json": N_("不是 GeoJSON：{why}；请导出为 GeoJSON（EPSG:4490 或 WGS 84）或 shapefile 压缩包"),
    "torn": N_("读到第 {line} 行就读不下去了：文件不完整，或不是 JSON；请重新导出为 GeoJSON 或 shapefile 压缩包"),
    "crs": N_(
        "坐标系“{crs}”不能识别。可用：CGCS2000 经纬度（EPSG:4490）、WGS 84（EPSG:4326）、"
        "CGCS2000 高斯-克吕格 3 度带或 6 度带（EPSG:4491 至 4554）"
    ),
    "no_crs": N_("坐标是平面坐标，但没有写坐标系；shapefile 请带上 .prj，GeoJSON 请转成经纬度"),
    "zip": N_("压缩包不能用：{why}；请把 .shp、.dbf、.shx、.prj 直接放进一个 zip，不要再套压缩包"),
    "large": N_("文件太大（最多 {most} MB）；只导出这一个条目的图形"),
    "name": N_("只接受 .geojson、.json 或装有 shapefile 的 .zip"),
}


def refusal(code: str, **params: object) -> Refused:
    """The :class:`Refused` to raise, with the sentence for ``code``."""
    return Refused(f"shape_{code}", REFUSALS[code], **params)


@dataclass(frozen=True, slots=True)
class Outline:
    """``geometry``: GeoJSON Polygon or MultiPolygon in EPSG:4490; ``area_m2``: its geodesic area; ``source``: where it was taken from."""

    geometry: dict[str, Any]
    area_m2: Decimal
    source: str


def outline_of(found: BaseGeometry | Sequence[BaseGeometry], source: str) -> Outline:
    """Polygons in longitude and latitude as one outline. Raises ``Refused`` saying what is wrong with them."""
    polygons = _polygons(found)
    _count(polygons)
    for polygon in polygons:
        _place(polygon)
    whole: BaseGeometry = MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]
    if not whole.is_valid:
        raise refusal("crossing", where=_where(whole))
    rounded = _rounded(whole)
    if not rounded.is_valid or rounded.is_empty:
        raise refusal("crossing", where=_where(rounded))
    return Outline(_plain(rounded), _measured(rounded), source[:200])


def _polygons(found: BaseGeometry | Sequence[BaseGeometry]) -> list[Polygon]:
    pieces: list[BaseGeometry] = list(found) if isinstance(found, Sequence) else [found]
    polygons: list[Polygon] = []
    for one in pieces:
        if isinstance(one, Polygon):
            polygons.append(one)
        elif isinstance(one, MultiPolygon):
            polygons.extend(one.geoms)
    polygons = [one for one in polygons if not one.is_empty]
    if not polygons:
        raise refusal("empty")
    return polygons


def _count(polygons: Sequence[Polygon]) -> None:
    if len(polygons) > MOST_PARTS:
        raise refusal("parts", count=len(polygons), most=MOST_PARTS)
    points = sum(len(ring.coords) for one in polygons for ring in (one.exterior, *one.interiors))
    if points > MOST_POINTS:
        raise refusal("too_many", count=points, most=MOST_POINTS)


def _place(polygon: Polygon) -> None:
    """Within the country's bounds, longitude first."""
    for x, y, *_ in polygon.exterior.coords:
        if not (math.isfinite(x) and math.isfinite(y)):
            raise refusal("outside", x=x, y=y)
        if WEST <= x <= EAST and SOUTH <= y <= NORTH:
            continue
        if WEST <= y <= EAST and SOUTH <= x <= NORTH:
            raise refusal("swapped")
        raise refusal("outside", x=round(x, 6), y=round(y, 6))


def _where(whole: BaseGeometry) -> str:
    return str(explain_validity(whole)).partition("[")[2].rstrip("]")[:60] or "?"


def _rounded(whole: BaseGeometry) -> BaseGeometry:
    def ring(one: Any) -> list[tuple[float, float]]:
        return [(round(x, PLACES), round(y, PLACES)) for x, y, *_ in one.coords]

    polygons = [orient(Polygon(ring(one.exterior), [ring(hole) for hole in one.interiors])) for one in _polygons(whole)]
    return MultiPolygon(polygons) if len(polygons) > 1 else polygons[0]


def _plain(whole: BaseGeometry) -> dict[str, Any]:
    def lists(part: Any) -> Any:
        return [lists(one) for one in part] if isinstance(part, tuple | list) else part

    held = mapping(whole)
    return {"type": held["type"], "coordinates": lists(held["coordinates"])}


def _measured(whole: BaseGeometry) -> Decimal:
    area = round(Decimal(str(abs(_GEOD.geometry_area_perimeter(whole)[0]))), 2)
    if area < SMALLEST_M2:
        raise refusal("tiny", area=area)
    if area > LARGEST_M2:
        raise refusal("huge", area=round(area / 1_000_000))
    return area


def geometry_of(plain: Any) -> BaseGeometry:
    """A GeoJSON geometry as shapely's. Raises ``Refused`` when it is none."""
    try:
        return shape(plain)
    except Exception as fault:  # shapely raises a dozen kinds for what is no geometry
        raise refusal("json", why=type(fault).__name__) from fault
