"""The indicator dictionary that tests speak of: 到位内资 in two versions, its parts, and signed projects."""

from dataclasses import dataclass
from typing import Any

from cast import NOW, Cast

from zhaoshang.common.periods import parse_month
from zhaoshang.figures.actions import add_version, define_indicator
from zhaoshang.figures.models import Indicator, IndicatorVersion
from zhaoshang.figures.rules import Measure, Unit
from zhaoshang.regions.rules import SourceClass

OUTSIDE, INSIDE = SourceClass.OUTSIDE_PROVINCE, SourceClass.INSIDE_PROVINCE


@dataclass
class Dictionary:
    """The indicators and the two versions that clash."""

    capital: Indicator
    signed: Indicator
    wide: IndicatorVersion
    narrow: IndicatorVersion


def _indicator(cast: Cast, code: str, name: str, position: int, unit: Unit = Unit.FEN) -> Indicator:
    return define_indicator(
        city=cast.city,
        code=code,
        name=name,
        name_en=code.replace("_", " "),
        unit_of_value=unit,
        reading_class=code,
        words=[name],
        position=position,
        by=cast.statistician,
        at=NOW,
    )


def _version(
    cast: Cast, indicator: Indicator, code: str, start: str, end: str | None, **fields: Any
) -> IndicatorVersion:
    wanted = {
        "title": f"{indicator.name}（{code}年口径）",
        "title_en": f"{indicator.name_en} ({code})",
        "definition": "示例定义",
        "measure": Measure.CAPITAL,
        "rule_set": cast.rules,
        "source": "示例",
        "is_sample": True,
    }
    return add_version(
        indicator=indicator,
        code=code,
        valid_from=parse_month(start),
        valid_to=parse_month(end) if end else None,
        by=cast.statistician,
        at=NOW,
        **(wanted | fields),
    )


def dictionary(cast: Cast) -> Dictionary:
    """到位内资 means 省外+省内市外 in 2022 and 省外 from 2023 on; signed projects mean the same throughout."""
    capital = _indicator(cast, "capital_in_place", "到位内资", 1)
    outside = _indicator(cast, "capital_outside", "省外到位内资", 2)
    inside = _indicator(cast, "capital_inside", "省内到位内资", 3)
    signed = _indicator(cast, "signed_projects", "新签约项目", 4, Unit.COUNT)
    wide = _version(cast, capital, "2022", "2022-01", "2022-12", source_classes=[OUTSIDE, INSIDE])
    narrow = _version(cast, capital, "2023", "2023-01", None, source_classes=[OUTSIDE])
    _version(cast, outside, "2022", "2022-01", None, source_classes=[OUTSIDE])
    _version(cast, inside, "2022", "2022-01", None, source_classes=[INSIDE])
    _version(cast, signed, "2022", "2022-01", None, measure=Measure.SIGNED, rule_set=None)
    return Dictionary(capital, signed, wide, narrow)
