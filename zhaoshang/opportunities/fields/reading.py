"""Reads what was typed or stood in a cell into a field's value, or says what is wrong with it; and writes a value back as it is typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from zhaoshang.common.money import in_unit, to_fen
from zhaoshang.common.problems import N_
from zhaoshang.opportunities.fields.types import Field, Type

FAULTS = {
    "number": N_("请填数字，如 1234.5；单位是{unit}"),
    "bounds": N_("须在 {least} 至 {most} 之间"),
    "places": N_("最多 {places} 位小数"),
    "length": N_("最多 {most} 个字，现在是 {length} 个"),
    "choice": N_("没有“{value}”这一项；可填：{choices}"),
    "yes": N_("请填“是”或“否”"),
    "above": N_("不能大于“{other}”"),
    "documents": N_("第 {line} 行：至少写名称；日期写成 2023-01-01，截止不早于起始"),
    "address": N_("第 {line} 行：网址须以 http:// 或 https:// 开头"),
    "point": N_("请写“经度, 纬度”，如 121.61, 38.91；经度在前"),
    "unknown": N_("这一类条目没有这个字段"),
}
_YES = {
    "是": True,
    "有": True,
    "yes": True,
    "true": True,
    "1": True,
    "否": False,
    "无": False,
    "no": False,
    "false": False,
    "0": False,
}
_MOST_DOCUMENTS = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field; ``code`` names the sentence of :data:`FAULTS` that ``params`` fill."""

    name: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def read_fields(fields: Sequence[Field], raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """The values that ``raw`` holds, empty ones left out, and everything that is wrong with them."""
    known = {one.name: one for one in fields}
    faults = [Fault(name, "unknown") for name in raw if name not in known]
    values: dict[str, Any] = {}
    for one in fields:
        text = raw.get(one.name)
        if text is None or str(text).strip() == "" or text == []:
            continue
        value = read_one(one, text)
        if isinstance(value, Fault):
            faults.append(value)
        else:
            values[one.name] = value
    return values, faults + _compared(known, values)


def read_english(fields: Sequence[Field], raw: Mapping[str, Any]) -> tuple[dict[str, str], list[Fault]]:
    """The English of texts, empty ones left out, and what is wrong with it; it may be twice as long as the Chinese."""
    known = {one.name: one for one in fields if one.has_english}
    faults = [Fault(name, "unknown") for name in raw if name not in known]
    values = {name: text for name in known if (text := str(raw.get(name) or "").strip())}
    for name, text in values.items():
        most = int(known[name].most) * 2
        if len(text) > most:
            faults.append(Fault(name, "length", {"most": most, "length": len(text)}))
    return values, faults


def _compared(known: Mapping[str, Field], values: Mapping[str, Any]) -> list[Fault]:
    found = []
    for name, value in values.items():
        other = known[name].not_above
        if other in values and Decimal(str(value)) > Decimal(str(values[other])):
            found.append(Fault(name, "above", {"other": known[other].label}))
    return found


def read_one(one: Field, raw: Any) -> Any:
    """The value of a field that is not empty, or a :class:`Fault`."""
    match one.type:
        case Type.TEXT | Type.LONG:
            text = str(raw).strip()
            return text if len(text) <= one.most else Fault(one.name, "length", {"most": one.most, "length": len(text)})
        case Type.NUMBER:
            number = _number(one, raw)
            return number if isinstance(number, Fault) else format(number, "f")
        case Type.MONEY:
            amount = _number(one, raw)
            return amount if isinstance(amount, Fault) else to_fen(amount, one.unit)
        case Type.CHOICE:
            return _choice(one, str(raw))
        case Type.CHOICES:
            return _choices(one, raw)
        case Type.YES:
            said = raw if isinstance(raw, bool) else _YES.get(str(raw).strip().lower())
            return Fault(one.name, "yes") if said is None else said
        case Type.POINT:
            return _point(one, raw)
        case Type.DOCUMENTS:
            return _documents(one, raw)


def _number(one: Field, raw: Any) -> Decimal | Fault:
    text = str(raw).replace(",", "").replace("，", "").strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Fault(one.name, "number", {"unit": one.unit or "1"})
    if not number.is_finite():
        return Fault(one.name, "number", {"unit": one.unit or "1"})
    if not one.least <= number <= one.most:
        return Fault(one.name, "bounds", {"least": one.least, "most": one.most})
    exponent = number.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > one.places:
        return Fault(one.name, "places", {"places": one.places})
    return number


def _choice(one: Field, raw: str) -> str | Fault:
    choices = one.choices or {}
    text = raw.strip()
    if text in choices:
        return text
    found = next((code for code, label in choices.items() if label == text), None)
    return found or Fault(one.name, "choice", {"value": text, "choices": tuple(choices.values())})


def _choices(one: Field, raw: Any) -> list[str] | Fault:
    parts = raw if isinstance(raw, list) else str(raw).replace("、", ",").replace("，", ",").split(",")
    found = [_choice(one, str(part)) for part in parts if str(part).strip()]
    wrong = next((part for part in found if isinstance(part, Fault)), None)
    return wrong or sorted({part for part in found if isinstance(part, str)}, key=list(one.choices or {}).index)


def _point(one: Field, raw: Any) -> list[str] | Fault:
    parts = raw if isinstance(raw, list) else str(raw).replace("，", ",").split(",")
    try:
        longitude, latitude = (Decimal(str(part).strip()) for part in parts)
    except (InvalidOperation, ValueError):
        return Fault(one.name, "point")
    if not (Decimal(73) <= longitude <= Decimal(136) and Decimal(3) <= latitude <= Decimal(54)):
        return Fault(one.name, "point")
    return [format(round(longitude, 6), "f"), format(round(latitude, 6), "f")]


def _documents(one: Field, raw: Any) -> list[dict[str, str]] | Fault:
    """A list of papers: from a list of objects (API), or a line each with parts between bars."""
    if isinstance(raw, list):
        raw = "\n".join(
            "|".join(str(row.get(part, "")) for part in DOCUMENT_PARTS) for row in raw if isinstance(row, dict)
        )
    found = []
    lines = [line for line in str(raw).splitlines() if line.strip(" |")]
    for place, line in enumerate(lines[:_MOST_DOCUMENTS], start=1):
        parts = [part.strip()[:200] for part in line.replace("｜", "|").split("|")]
        row = dict(zip(DOCUMENT_PARTS, [*parts, "", "", "", ""], strict=False))
        if not row["title"] or not _days_hold(row["from"], row["until"]):
            return Fault(one.name, "documents", {"line": place})
        if row["url"] and not row["url"].startswith(("http://", "https://")):
            return Fault(one.name, "address", {"line": place})
        found.append(row)
    return found


DOCUMENT_PARTS = ("title", "number", "from", "until", "url")


def _days_hold(first: str, last: str) -> bool:
    try:
        days = [date.fromisoformat(text) for text in (first, last) if text]
    except ValueError:
        return False
    return days == sorted(days)


def written(one: Field, value: Any) -> str:
    """A kept value as it is typed: what :func:`read_one` reads to the same value."""
    match one.type:
        case Type.MONEY:
            return f"{in_unit(int(value), one.unit):f}"
        case Type.CHOICE:
            return (one.choices or {}).get(value, value)
        case Type.CHOICES:
            return "、".join((one.choices or {}).get(part, part) for part in value)
        case Type.YES:
            return "是" if value else "否"
        case Type.POINT:
            return ", ".join(value)
        case Type.DOCUMENTS:
            return "\n".join(" | ".join(row[part] for part in DOCUMENT_PARTS).rstrip(" |") for row in value)
        case _:
            return str(value)
