"""Where money comes from, and when a month may be written. Pure: no Django, no clock."""

from enum import StrEnum

from zhaoshang.common.problems import N_


class SourceClass(StrEnum):
    """Where the investor sits, seen from the city. Derived from the source region's GB/T 2260 code, never typed."""

    OUTSIDE_PROVINCE = "outside_province"
    INSIDE_PROVINCE = "inside_province"
    FOREIGN = "foreign"
    LOCAL = "local"


SOURCE_CLASS_LABELS = {
    SourceClass.OUTSIDE_PROVINCE: N_("省外"),
    SourceClass.INSIDE_PROVINCE: N_("省内市外"),
    SourceClass.FOREIGN: N_("境外"),
    SourceClass.LOCAL: N_("市内"),
}
FOREIGN_CODE = "000000"
OUTSIDE_MAINLAND = frozenset({"71", "81", "82", "00"})


class NotASource(ValueError):
    """The code is not six digits."""


def source_class(source_code: str, city_gb_code: str) -> SourceClass:
    """The class of a source for a city, from the six-digit codes (000000: a foreign country; 71/81/82 count as 境外).

    Raises :class:`NotASource`. The split 境外/省外/省内市外 is the one of the survey forms cited in docs/nouns/regions.md.
    """
    if len(source_code) != 6 or not source_code.isascii() or not source_code.isdigit():
        raise NotASource(source_code)
    if source_code[:2] in OUTSIDE_MAINLAND:
        return SourceClass.FOREIGN
    if source_code[:4] == city_gb_code[:4]:
        return SourceClass.LOCAL
    if source_code[:2] == city_gb_code[:2]:
        return SourceClass.INSIDE_PROVINCE
    return SourceClass.OUTSIDE_PROVINCE


class MonthState(StrEnum):
    """Whether the month's account may be written."""

    OPEN = "open"
    CLOSED = "closed"


MONTH_STATE_LABELS = {MonthState.OPEN: N_("开放"), MonthState.CLOSED: N_("已关账")}


class ChangeKind(StrEnum):
    """What was asked of a month."""

    CLOSE = "close"
    REOPEN = "reopen"


CHANGE_LABELS = {ChangeKind.CLOSE: N_("关账"), ChangeKind.REOPEN: N_("重开")}


def stem(region_code: str) -> str:
    """The beginning that all codes inside a province (two digits), city (four) or district share (GB/T 2260)."""
    return (
        region_code[:2]
        if region_code.endswith("0000")
        else region_code[:4]
        if region_code.endswith("00")
        else region_code
    )


class Shared(StrEnum):
    """With whom a saved view is shared: nobody, the officers of a unit, everybody who may open its list."""

    NOBODY = ""
    UNIT = "unit"
    CITY = "city"
