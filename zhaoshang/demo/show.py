"""What the demo shows before it serves: a bulletin as a scraper leaves it, read, and held against the account."""

from pathlib import Path

from zhaoshang import reading
from zhaoshang.bulletins.reconcile import Checked, check
from zhaoshang.reading.mangle import mangle
from zhaoshang.tenancy.models import City

RETELLING = Path(reading.__file__).parent / "samples" / "retelling.txt"
SEED, DENSITY = 2023, 0.6


def scraped() -> str:
    """The retelling of the city's bulletin of 2023Q1, spoiled as scraped texts are."""
    return mangle(RETELLING.read_text(encoding="utf-8"), SEED, DENSITY)


def checked(city: City) -> Checked:
    """The scraped text, restored, read and held against the account."""
    return check(city, reading.read(scraped()))
