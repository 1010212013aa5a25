"""Outlines out of files and typed text. Files are hostile until shown otherwise: sizes are looked at before anything is unpacked."""

import io
import json
import re
import zipfile
from typing import Any

import shapefile
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from zhaoshang.common.shapes.outlines import MOST_PARTS, MOST_POINTS, Outline, geometry_of, outline_of, refusal

MEGABYTE = 1024 * 1024
MOST_BYTES = 5 * MEGABYTE
MOST_UNPACKED = 20 * MEGABYTE
_PARTS = (".shp", ".shx", ".dbf", ".prj")
_OTHERS = (".cpg", ".sbn", ".sbx", ".xml", ".qmd", ".txt")
# CGCS2000 Gauss-Krüger: 6 degree zones with and without the zone's number, 3 degree zones with and without it.
_PROJECTED = range(4491, 4555)
_GEOGRAPHIC = frozenset({4490, 4326})


def read_outline(content: bytes, name: str) -> Outline:
    """The outline in a ``.geojson``, ``.json`` or zipped shapefile. Raises ``Refused``."""
    if len(content) > MOST_BYTES:
        raise refusal("large", most=MOST_BYTES // MEGABYTE)
    lower = name.lower()
    if lower.endswith((".geojson", ".json")):
        return _from_json(content, name)
    if lower.endswith(".zip") or content.startswith(b"PK"):
        return _from_zip(content, name)
    raise refusal("name")


def read_text(text: str, source: str) -> Outline:
    """A point a line, longitude first; an empty line begins a further part. Raises ``Refused``."""
    parts: list[list[tuple[float, float]]] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            parts.append([])
            continue
        if sum(map(len, parts)) >= MOST_POINTS:
            raise refusal("too_many", count=number, most=MOST_POINTS)
        parts[-1].append(_point(line, number))
    rings = [part for part in parts if part]
    if not rings:
        raise refusal("empty")
    if any(len(part) < 3 for part in rings):
        raise refusal("few")
    return outline_of([Polygon(part) for part in rings], source)


def _point(line: str, number: int) -> tuple[float, float]:
    numbers = [part for part in re.split(r"[\s,，;；]+", line.strip()) if part]
    try:
        longitude, latitude = (float(part) for part in numbers)
    except ValueError as fault:
        raise refusal("numbers", line=number) from fault
    return longitude, latitude


def text_of(geometry: dict[str, Any] | None) -> str:
    """The outer rings of an outline as :func:`read_text` reads them."""
    if not geometry:
        return ""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return "\n\n".join("\n".join(f"{x}, {y}" for x, y, *_ in part[0][:-1]) for part in parts)


# -- GeoJSON -----------------------------------------------------------------------------------------------------------


def _from_json(content: bytes, name: str) -> Outline:
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        raise refusal("torn", line=getattr(fault, "lineno", 1)) from fault
    if not isinstance(found, dict):
        raise refusal("json", why=type(found).__name__)
    geometries = [geometry_of(one) for one in _geometries(found)]
    code = _named_crs(found)
    return outline_of(_to_degrees(geometries, code), f"{name}（EPSG:{code or 4490}）")


def _geometries(found: dict[str, Any]) -> list[Any]:
    kind = found.get("type")
    if kind == "FeatureCollection":
        features = found.get("features")
        if not isinstance(features, list):
            raise refusal("json", why="features")
        if len(features) > MOST_PARTS:
            raise refusal("parts", count=len(features), most=MOST_PARTS)
        return [one["geometry"] for one in features if isinstance(one, dict) and isinstance(one.get("geometry"), dict)]
    if kind == "Feature":
        return [found["geometry"]] if isinstance(found.get("geometry"), dict) else []
    if kind in ("Polygon", "MultiPolygon"):
        return [found]
    raise refusal("json", why=str(kind)[:40])


def _named_crs(found: dict[str, Any]) -> int | None:
    """The EPSG code that an older GeoJSON names; None when none is named (then it is geographic, RFC 7946)."""
    crs = found.get("crs")
    if not isinstance(crs, dict):
        return None
    properties = crs.get("properties")
    said = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if said.endswith("CRS84"):
        return 4326
    match = re.search(r"EPSG:+(?:[\d.]*:)?(\d{4,5})$", said)
    if match is None:
        raise refusal("crs", crs=said[:60])
    return int(match[1])


# -- shapefile ---------------------------------------------------------------------------------------------------------


def _from_zip(content: bytes, name: str) -> Outline:
    parts = _unpacked(content)
    try:
        reader = shapefile.Reader(**{ending[1:]: io.BytesIO(parts[ending]) for ending in _PARTS[:3] if ending in parts})
        count = len(reader)
        if count > MOST_PARTS:
            raise refusal("parts", count=count, most=MOST_PARTS)
        geometries = [geometry_of(one.__geo_interface__) for one in reader.iterShapes() if one.shapeType != 0]
    except (shapefile.ShapefileException, OSError, ValueError, IndexError, MemoryError, OverflowError) as fault:
        if hasattr(fault, "code"):
            raise
        raise refusal("zip", why=".shp") from fault
    except Exception as fault:  # the reader unpacks numbers from bytes that may be anything
        raise refusal("zip", why=type(fault).__name__) from fault
    code = _epsg(parts[".prj"].decode("utf-8", "replace")) if ".prj" in parts else None
    return outline_of(_to_degrees(geometries, code), f"{name}（EPSG:{code or 4490}）")


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The shapefile's parts by ending."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        infos = [one for one in package.infolist() if not one.is_dir() and "__MACOSX" not in one.filename]
    except (zipfile.BadZipFile, OSError, ValueError) as fault:
        raise refusal("zip", why="ZIP") from fault
    found: dict[str, bytes] = {}
    if sum(one.file_size for one in infos) > MOST_UNPACKED or len(infos) > 20:
        raise refusal("large", most=MOST_UNPACKED // MEGABYTE)
    for one in infos:
        ending = f".{one.filename.lower().rpartition('.')[2]}"
        if ending not in (*_PARTS, *_OTHERS) or ".." in one.filename:
            raise refusal("zip", why=one.filename[-40:])
        if ending in _PARTS:
            if ending in found:
                raise refusal("zip", why=f"{ending} ×2")
            found[ending] = _part(package, one)
    if ".shp" not in found:
        raise refusal("zip", why=".shp")
    return found


def _part(package: zipfile.ZipFile, one: zipfile.ZipInfo) -> bytes:
    """Read no more than it says it has."""
    try:
        with package.open(one) as stream:
            content = stream.read(one.file_size + 1)
    except Exception as fault:  # encrypted, damaged, or packed in a way that is not known
        raise refusal("zip", why=one.filename[-40:]) from fault
    if len(content) > one.file_size:
        raise refusal("large", most=MOST_UNPACKED // MEGABYTE)
    return content


# -- coordinate systems ------------------------------------------------------------------------------------------------


def _epsg(wkt: str) -> int:
    """The code of a .prj's text. Raises ``Refused`` for what is not accepted."""
    try:
        crs = CRS.from_wkt(wkt)
    except CRSError as fault:
        raise refusal("crs", crs=wkt[:60]) from fault
    code = crs.to_epsg(min_confidence=60)
    if code is None and crs.is_geographic and "2000" in crs.name:
        code = 4490
    if code is None and crs.is_projected:
        code = _by_meridian(crs)
    if code is None:
        raise refusal("crs", crs=crs.name[:60])
    return int(code)


def _by_meridian(crs: CRS) -> int | None:
    """A Gauss-Krüger zone that GIS programs name their own way, known by central meridian and false easting."""
    operation = crs.coordinate_operation
    if operation is None or ("China" not in crs.name and "CGCS" not in crs.name):
        return None
    held = {one.name: one.value for one in operation.params}
    meridian, easting = held.get("Longitude of natural origin"), held.get("False easting")
    for code in _PROJECTED:
        known = CRS.from_epsg(code).coordinate_operation
        params = {one.name: one.value for one in known.params} if known else {}
        if (params.get("Longitude of natural origin"), params.get("False easting")) == (meridian, easting):
            return code
    return None


def _to_degrees(geometries: list[BaseGeometry], code: int | None) -> list[BaseGeometry]:
    """Geometries in longitude and latitude. Without a code they must be so already."""
    if code in _GEOGRAPHIC or code is None:
        if code is None and any(max(map(abs, one.bounds), default=0) > 360 for one in geometries if not one.is_empty):
            raise refusal("no_crs")
        return geometries
    if code not in _PROJECTED:
        raise refusal("crs", crs=f"EPSG:{code}")
    change = Transformer.from_crs(code, 4490, always_xy=True)
    return [shapely.transform(one, change.transform, interleaved=False) for one in geometries]
