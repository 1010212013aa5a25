"""Which city, unit and period a command speaks of; what is not there is said in one line."""

from django.conf import settings
from django.db import OperationalError, ProgrammingError

from zhaoshang.command.parts import WRONG_USE, Stop
from zhaoshang.common.periods import NotAPeriod, Period, parse_month
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.tenancy.models import City


def the_city() -> City:
    """The city of this installation."""
    try:
        found = City.objects.filter(code=settings.CITY).first()
    except (OperationalError, ProgrammingError) as error:
        raise Stop(WRONG_USE, "数据库还没有建好。先运行 zhaoshang demo、bootstrap 或 serve") from error
    if found is None:
        raise Stop(
            WRONG_USE,
            f"没有城市 {settings.CITY}。演示用 zhaoshang demo,新装用 zhaoshang bootstrap,或设置 ZHAOSHANG_CITY",
        )
    return found


def the_unit(city: City, code: str) -> ReportingUnit | None:
    """The reporting unit by code, name or short name; None for the city itself."""
    if code in (city.code, city.name):
        return None
    units: list[ReportingUnit] = list(ReportingUnit.objects.of(city))
    found = next((unit for unit in units if code in (unit.code, unit.name, unit.short_name)), None)
    if found is None:
        known = "、".join(f"{unit.code}({unit.short_name})" for unit in units)
        raise Stop(WRONG_USE, f"没有地区 {code}。全市用 {city.code},地区有 {known}")
    return found


def the_period(text: str) -> Period:
    """The period as written."""
    try:
        return Period.parse(text)
    except NotAPeriod as error:
        raise Stop(WRONG_USE, f"看不懂期间 {text}。写法:2023-03、2023Q1、2023H1、2023、2023-01/2023-03") from error


def the_month(text: str) -> int:
    """The report month as written."""
    try:
        return parse_month(text)
    except NotAPeriod as error:
        raise Stop(WRONG_USE, f"看不懂月份 {text}。写法:2023-03") from error
