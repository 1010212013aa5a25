"""Where an entry lies: the rings of its outline, and one point that stands for it. Plain Python."""

from collections.abc import Mapping, Sequence
from typing import Any

Ring = Sequence[Sequence[float]]


def rings_of(outline: Mapping[str, Any] | None) -> list[Ring]:
    """All rings of a GeoJSON Polygon or MultiPolygon."""
    if not outline:
        return []
    parts = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    return [ring for part in parts for ring in part]


def place_of(outline: Mapping[str, Any] | None, point: Sequence[str] | None) -> tuple[float, float] | None:
    """Longitude and latitude: the middle of the outline's bounds, else the point that was typed; None without either."""
    if rings := rings_of(outline):
        xs, ys = [x for ring in rings for x, *_ in ring], [y for ring in rings for _, y, *_ in ring]
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    return (float(point[0]), float(point[1])) if point else None
