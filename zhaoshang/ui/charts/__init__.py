"""Charts as SVG, drawn on the server by pure functions; the same drawing stands on a screen, on paper and in a PDF.

Colours and geometry are attributes; the classes beside them only let the cockpit's dark variant recolour. Every drawing
carries a title and a description, and whoever shows it shows the same numbers as a table too.
"""

from zhaoshang.ui.charts.bars import Part, Stack, bars, meter, stacked_bars
from zhaoshang.ui.charts.course import Band, Mark, Piece, course
from zhaoshang.ui.charts.journeys import Stop, journeys
from zhaoshang.ui.charts.lamps import Lamp, lamp_strip, lamps
from zhaoshang.ui.charts.lines import BandPoint, band, sparkline, trend
from zhaoshang.ui.charts.places import Spot, places, plan
from zhaoshang.ui.charts.regions import Area, choropleth
from zhaoshang.ui.charts.svg import Point, responsive
from zhaoshang.ui.charts.timeline import Span, timeline

__all__ = [
    "Area",
    "Band",
    "BandPoint",
    "Lamp",
    "Mark",
    "Part",
    "Piece",
    "Point",
    "Span",
    "Spot",
    "Stack",
    "Stop",
    "band",
    "bars",
    "choropleth",
    "course",
    "journeys",
    "lamp_strip",
    "lamps",
    "meter",
    "places",
    "plan",
    "responsive",
    "sparkline",
    "stacked_bars",
    "timeline",
    "trend",
]
