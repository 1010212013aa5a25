"""Regions of origin: drawn by a document, ended by a day, never rewritten."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.regions.models import OriginArea, OriginPart
from zhaoshang.regions.rules import stem
from zhaoshang.tenancy.models import City

SHIPPED = Path(__file__).parent / "data" / "origin_areas.toml"


class AreaTaken(Exception):
    """An area of this code stands on that day."""


class BadArea(Exception):
    """No source, no parts, a part that is no province or city, or an end before the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArea:
    """An area with the codes of its provinces and cities; ``notes``: what is to be said of some of them."""

    code: str
    name: str
    name_en: str
    source: str
    valid_from: date
    parts: Sequence[str]
    notes: Mapping[str, str] = field(default_factory=dict)


def shipped() -> list[NewArea]:
    """The areas that come with the program, as samples."""
    told: dict[str, Any] = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    return [NewArea(**one) for one in told["area"]]


@transaction.atomic
def draw_area(*, city: City, new: NewArea, by: User | None, at: datetime, is_sample: bool = False) -> OriginArea:
    """An area from a day on. Raises :class:`AreaTaken`, :class:`BadArea`."""
    parts = list(dict.fromkeys(new.parts))
    if not (new.source.strip() and parts) or not all(_is_part(one) for one in parts):
        raise BadArea
    City.objects.select_for_update(no_key=True).get(pk=city.pk)  # of two with one code, the second is told
    rows = OriginArea.objects.of(city)
    same = rows.filter(code=new.code).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from))
    if same.exists():
        raise AreaTaken(new.code)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    area: OriginArea = rows.create(
        city=city, code=new.code, name=new.name, name_en=new.name_en, source=new.source.strip(), position=last + 1,
        valid_from=new.valid_from, is_sample=is_sample,
    )  # fmt: skip
    OriginPart.objects.bulk_create(
        OriginPart(city=city, area=area, region_code=code, note=new.notes.get(code, "")) for code in parts
    )
    record("regions.origin.drawn", city=city, by=by, at=at, about=area, parts=parts)
    return area


def _is_part(code: str) -> bool:
    return len(code) == 6 and code.isascii() and code.isdigit() and code.endswith("00")


@transaction.atomic
def end_area(*, area: OriginArea, valid_to: date, by: User, at: datetime) -> OriginArea:
    """The last day of an area; another may be drawn under its code from the next. Raises :class:`BadArea`."""
    rows = OriginArea.objects.of(area.city_id).select_for_update().select_related("city")
    held: OriginArea = rows.get(pk=area.pk)
    if held.valid_to is not None or valid_to < held.valid_from:
        raise BadArea
    held.valid_to = valid_to
    held.save(update_fields=["valid_to"])
    record("regions.origin.ended", city=held.city, by=by, at=at, about=held, valid_to=str(valid_to))
    return held


def areas_on(city: City, day: date) -> list[tuple[OriginArea, list[OriginPart]]]:
    """The areas of a day with their parts. Two queries."""
    rows = OriginArea.objects.of(city).filter(valid_from__lte=day)
    areas = list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)))
    parts: dict[Any, list[OriginPart]] = {}
    for part in OriginPart.objects.of(city).filter(area_id__in=[area.pk for area in areas]):
        parts.setdefault(part.area_id, []).append(part)
    return [(area, parts.get(area.pk, [])) for area in areas]


def inside(region_code: str, parts: Sequence[OriginPart]) -> bool:
    """Whether a place lies in an area. A place known only as a province lies in no single city of it."""
    return bool(region_code) and any(region_code.startswith(stem(part.region_code)) for part in parts)


def begins_inside(column: str, parts: Sequence[OriginPart]) -> Q:
    """The same as a condition on a column of codes."""
    found = Q(pk__in=[])
    for part in parts:
        found |= Q(**{f"{column}__startswith": stem(part.region_code)})
    return found
