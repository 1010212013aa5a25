"""Values of entries in words, for every door and paper. ``say`` translates a marked word (for Chinese: give it back as it is)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from zhaoshang.common.money import grouped
from zhaoshang.common.problems import N_
from zhaoshang.opportunities.fields import FAULTS, Fault, Field, Type
from zhaoshang.opportunities.rules import mu

Say = Callable[[str], str]
SHARED_LABELS = {
    "title": N_("名称"),
    "title_en": N_("英文名称"),
    "unit": N_("地区"),
    "steward": N_("维护人"),
    "summary": N_("简介"),
    "summary_en": N_("英文简介"),
    "region_code": N_("行政区划代码"),
    "industry": N_("行业门类"),
    "amount_fen": N_("总投资"),
    "area_m2": N_("面积"),
    "area_dm2": N_("面积"),
    "outline": N_("四至"),
    "outline_m2": N_("图形面积"),
    "expires_on": N_("有效期至"),
}
YES, NO = N_("是"), N_("否")
ENGLISH_OF = N_("{field}（英文）")
SQUARE_METRES, MU = N_("平方米"), N_("亩")
BESIDE = N_("{text}（{beside}）")


def unchanged(text: str) -> str:
    """The Chinese of a marked word."""
    return text


def english_heading(label: str, say: Say = unchanged) -> str:
    """Over the column of a sheet with the English of a field; ``label`` is translated already."""
    return say(ENGLISH_OF).format(field=label)


def field_words(one: Field, value: Any, say: Say = unchanged) -> str:
    """A kept value of a field as people read it, with its unit; a list of papers a line each."""
    match one.type:
        case Type.NUMBER:
            return _with_unit(f"{Decimal(value):,f}", one.unit, say)
        case Type.MONEY:
            return _with_unit(_trimmed(grouped(int(value), one.unit)), one.unit, say)
        case Type.CHOICE:
            return say((one.choices or {}).get(value, value))
        case Type.CHOICES:
            return say("、").join(say((one.choices or {}).get(part, part)) for part in value)
        case Type.YES:
            return say(YES if value else NO)
        case Type.POINT:
            return ", ".join(value)
        case Type.DOCUMENTS:
            return "\n".join(paper_words(row, say) for row in value)
        case _:
            return str(value)


def paper_words(row: Mapping[str, str], say: Say = unchanged) -> str:
    """A paper with its number and days: 示例办法（示例〔2023〕1号），2023-01-01 至 2025-12-31."""
    title = say(BESIDE).format(text=row["title"], beside=row["number"]) if row["number"] else row["title"]
    days = f"{row['from'] or '…'} – {row['until'] or '…'}" if row["from"] or row["until"] else ""
    return say("，").join(part for part in (title, days) if part)


def _with_unit(number: str, unit: str, say: Say) -> str:
    if not unit:
        return number
    return f"{number}%" if unit == "%" else f"{number} {say(unit)}"


def _trimmed(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def amount_words(fen: int | None, say: Say = unchanged) -> str:
    """An investment in 亿元: 12.5 亿元; nothing for none."""
    return "" if fen is None else f"{_trimmed(grouped(fen, '亿元', 4))} {say('亿元')}"


def area_words(area_m2: Decimal | str | None, say: Say = unchanged) -> str:
    """A stated area in square metres and mu."""
    if area_m2 is None:
        return ""
    area = Decimal(area_m2)
    square, in_mu = (_trimmed(f"{one:,.2f}") for one in (area, mu(area)))
    return say(BESIDE).format(text=f"{square} {say(SQUARE_METRES)}", beside=f"{in_mu} {say(MU)}")


def fault_words(fault: Fault, say: Say = unchanged) -> str:
    """What is wrong with a field, filled in."""
    params = {
        name: say("、").join(map(say, value))
        if isinstance(value, tuple)
        else say(value)
        if isinstance(value, str) and value
        else value
        for name, value in fault.params.items()
    }
    return say(FAULTS[fault.code]).format(**params)
