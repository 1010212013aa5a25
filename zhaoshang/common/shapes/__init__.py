"""Outlines of parcels and zones: read from a drawing, typed text, GeoJSON or a shapefile; checked; measured. Plain Python.

Kept in CGCS2000 geographic coordinates (EPSG:4490), longitude first. Areas are geodesic: of the polygon whose sides are geodesics on the
CGCS2000 ellipsoid (Karney 2013, as PROJ computes it), so that they do not depend on a projection or a zone.
"""

from zhaoshang.common.shapes.outlines import REFUSALS, Outline, outline_of, refusal
from zhaoshang.common.shapes.reading import read_outline, read_text, text_of

__all__ = ["REFUSALS", "Outline", "outline_of", "read_outline", "read_text", "refusal", "text_of"]
