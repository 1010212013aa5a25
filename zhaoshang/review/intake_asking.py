"""What the account tells the reader of workbooks beforehand: the unit's headings, names of places and units, usual amounts."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from zhaoshang.capital.currencies import Foreign
from zhaoshang.capital.exchange import RateMissing, Rates
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.regions.rules import FOREIGN_CODE
from zhaoshang.review.models import ColumnMemory
from zhaoshang.review.workbooks import Asked
from zhaoshang.tenancy.models import City

ABROAD = frozenset(
    ["外国", "国外", "境外", "海外", "日本", "韩国", "美国", "加拿大", "新加坡", "澳大利亚", "德国", "英国", "法国"]
)
MONTHS_COMPARED = 3


def asked_for(city: City, unit: ReportingUnit, month: int, today: date, settled: dict[str, Any]) -> Asked:
    """Everything that reading a file of this unit and month should know; ``settled`` is what the person chose."""
    known = Asked(
        today=today,
        memory=dict(ColumnMemory.objects.of(city).filter(unit=unit).values_list("heading", "key")),
        month=month,
        district=unit.code,
        usual_fen=_usual_fen(city, unit, month),
        place_code=place_lookup(city),
        district_code=_unit_lookup(city),
        converted=_conversion(city),
    )
    return replace(
        known,
        mapping=settled.get("mapping", {}),
        sheets=tuple(settled.get("sheets", ())),
        headers={name: (first, last) for name, (first, last) in settled.get("headers", {}).items()},
        amount_unit=settled.get("amount_unit") or None,
    )


def _conversion(city: City) -> Callable[[str, int, date], tuple[Foreign, int] | None]:
    rates = Rates(city)

    def convert(currency: str, minor: int, day: date) -> tuple[Foreign, int] | None:
        try:
            return rates.converted(currency, minor, day)
        except RateMissing:
            return None

    return convert


def plain(text: str) -> str:
    """A name without spaces, in half width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def place_lookup(city: City) -> Callable[[str], str | None]:
    """From a place's name to the source code that forms use: provinces; cities in the city's own province; 000000 abroad.

    The own province alone says too little (the city lies in it), and is not known.
    """
    own = city.gb_code[:2]
    codes: dict[str, str] = dict.fromkeys(ABROAD, FOREIGN_CODE)
    provinces: dict[str, str] = {}
    for region in Region.objects.filter(valid_to__isnull=True, code__endswith="00").order_by("code"):
        names = {region.name, region.short_name}
        if region.code.endswith("0000"):
            provinces.update(dict.fromkeys(names, region.code))
        else:
            codes.update(dict.fromkeys(names, region.code))
    longest_first = sorted(codes, key=len, reverse=True)

    def find(text: str) -> str | None:
        name = plain(text).removeprefix("中国")
        if found := codes.get(name):
            return found
        province = max((one for one in provinces if name.startswith(one)), key=len, default="")
        code = provinces.get(province)
        if code is not None and code[:2] != own:
            return code
        rest = name[len(province) :]
        return next((codes[one] for one in longest_first if rest.startswith(one)), None)

    return find


def place_names(city: City) -> list[str]:
    """The names that a template offers: other provinces, then cities of the own one; each is known to :func:`place_lookup`."""
    regions = Region.objects.filter(valid_to__isnull=True, code__endswith="00").order_by("code")
    own = city.gb_code[:2]
    outside = [one.short_name for one in regions if one.code.endswith("0000") and one.code[:2] != own]
    return [
        *outside,
        *(one.short_name for one in regions if one.code[:2] == own and not one.code.endswith("0000")),
        "外国",
    ]


def _unit_lookup(city: City) -> Callable[[str], str | None]:
    names: dict[str, str] = {}
    for unit in ReportingUnit.objects.of(city):
        names.update(dict.fromkeys((unit.code, plain(unit.name), plain(unit.short_name)), unit.code))

    def find(text: str) -> str | None:
        name = plain(text)
        return names.get(name) or names.get(name.removeprefix(plain(city.name)))

    return find


def _usual_fen(city: City, unit: ReportingUnit, month: int) -> int | None:
    """The median of the unit's payments in the months before; None without any."""
    rows = Payment.objects.of(city).filter(
        unit=unit, report_month__gte=month - MONTHS_COMPARED, report_month__lt=month, amount_fen__gt=0,
        standing__in=[Standing.DECLARED, Standing.VERIFIED],
    )  # fmt: skip
    count = rows.order_by().count()
    return int(rows.order_by("amount_fen").values_list("amount_fen", flat=True)[count // 2]) if count else None
