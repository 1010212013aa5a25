"""A frozen edition as Word paper, as booklet and as sheet, all from its JSON. ``say`` translates marked words; ``english`` chooses the
language of what people wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhaoshang.common.money import grouped, in_unit
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.opportunities.addresses import public_address
from zhaoshang.opportunities.editions import PART_LABELS, WHY_LABELS, Total, total_of
from zhaoshang.opportunities.fields import FIELDS, Type
from zhaoshang.opportunities.rules import KIND_LABELS, STATUS_LABELS, Kind, Status
from zhaoshang.opportunities.wording import Say, amount_words, area_words, field_words

Row = Mapping[str, Any]
_LEFT_OUT = frozenset({Type.DOCUMENTS, Type.POINT})
AREA, AMOUNT = N_("面积（万平方米）"), N_("总投资（亿元）")
_NUMBERED, _SAMPLE = N_("第{number}期"), N_("示例数据，条目均为虚构")
_COUNTED, _CITY, _UNTIL = N_("{kind}{count}个"), N_("市级"), N_("有效期至 {day}")
_CHECKED, _DIGEST = N_("核实于 {day}"), N_("本期内容的摘要（SHA-256）：{digest}")
_NEWS = N_("与第{before}期相比，新增{added}个，减少{gone}个，内容有变{changed}个。")
_FIRST = N_("这是第一期，没有更早的一期可比。")
_NAMES = (N_("清单"), N_("编号"), N_("类别"), N_("名称"), N_("英文名称"), N_("地区"))
_TERMS = N_("具体条件")
_SCAN = N_("扫描条目旁的二维码，看它现在的状态。")


@dataclass(frozen=True, slots=True)
class Printer:
    """Writes one edition in one language."""

    frozen: Row
    digest: str
    say: Say
    english: bool

    def pick(self, row: Row, name: str) -> str:
        """The English of a text where it is wanted and given."""
        return str((self.english and row.get(f"{name}_en")) or row[name])

    # -- pieces ------------------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The edition's title."""
        return self.pick(self.frozen, "title")

    @property
    def numbered(self) -> str:
        """第1期."""
        return self.say(_NUMBERED).format(number=self.frozen["number"])

    @property
    def dated(self) -> date:
        """The day that it bears."""
        return date.fromisoformat(self.frozen["dated"])

    def list_title(self, one: Row) -> str:
        """清单一 重点招商区域和招商地块."""
        return f"{self.say(PART_LABELS[one['part']])} · {self.pick(one, 'title')}"

    def total_words(self, one: Row) -> str:
        """What a list comes to: how many of each kind, and their sum."""
        total = total_of(one["entries"])
        counted = [
            self.say(_COUNTED).format(kind=self.say(KIND_LABELS[Kind(kind)]), count=total.by_kind.get(kind, 0))
            for kind in one["kinds"]
        ]
        return self.say("，").join([self.say("、").join(counted), self._sum(one, total)])

    def _sum(self, one: Row, total: Total) -> str:
        if one["sums"] == "area":
            return f"{total.area_m2 / 10_000:,.2f} {self.say('万平方米')}"
        return amount_words(total.amount_fen, self.say)

    def unit(self, row: Row) -> str:
        """Whose entry it is."""
        name = row["unit_name_en"] if self.english else row["unit_name"]
        return str(name or self.say(_CITY))

    def size(self, row: Row) -> str:
        """Its area or investment in words."""
        return area_words(row["area_m2"], self.say) or amount_words(row["amount_fen"], self.say)

    def facts(self, row: Row) -> list[str]:
        """Its own public fields, each with its label; papers and coordinates are left to the page behind the code."""
        found = []
        for one in FIELDS[Kind(row["kind"])]:
            if one.name in row["fields"] and one.type not in _LEFT_OUT:
                english = row.get("fields_en", {}).get(one.name) if self.english else None
                words = english or field_words(one, row["fields"][one.name], self.say)
                found.append(f"{self.say(one.label)}{self.say('：')}{words}")
        return found

    def standing(self, row: Row) -> str:
        """How it stood when the edition was frozen."""
        status = Status.RESERVED if row["reserved_until"] else Status(row["state"])
        return self.say(STATUS_LABELS[status])

    def news(self) -> list[str]:
        """What changed since the edition before."""
        held = self.frozen["difference"]
        if held["before"] is None:
            return [self.say(_FIRST)]
        counts = {name: len(held[name]) for name in ("added", "gone", "changed")}
        lines = [self.say(_NEWS).format(before=held["before"], **counts)]
        return lines + [
            f"{row['code']} {self.pick(row, 'title')}：{self.say(WHY_LABELS[row['why']])}" for row in held["gone"]
        ]

    # -- whole -------------------------------------------------------------------------------------------------------

    def booklet(self, picture: str, map_title: str) -> dict[str, Any]:
        """For ``ui.documents.booklet``; ``picture`` is the map as SVG."""
        return {
            "language": "en" if self.english else "zh",
            "title": self.title,
            "number": self.numbered,
            "issuer": self.frozen["issuer"],
            "dated": self.dated,
            "sample": self.say(_SAMPLE) if self.frozen["sample"] else "",
            "sections": [
                {"title": self.pick(one, "title"), "text": self.pick(one, "text")} for one in self.frozen["sections"]
            ],
            "map": {"title": map_title, "svg": picture},
            "scan": self.say(_SCAN),
            "lists": [
                {
                    "title": self.list_title(one),
                    "total": self.total_words(one),
                    "entries": [self._card(row) for row in one["entries"]],
                }
                for one in self.frozen["lists"]
            ],
            "news": self.news(),
            "digest": self.say(_DIGEST).format(digest=self.digest),
        }

    def _card(self, row: Row) -> dict[str, Any]:
        until = self.say(_UNTIL).format(day=row["expires_on"])
        checked = self.say(_CHECKED).format(day=row["checked_on"])
        return {
            "code": row["code"],
            "title": self.pick(row, "title"),
            "head": [self.unit(row), self.size(row), self.standing(row)],
            "text": self.pick(row, "summary"),
            "facts": self.facts(row),
            "foot": f"{checked}　{until}",
            "address": public_address(row["code"]),
        }

    def paper(self) -> dict[str, Any]:
        """For ``ui.documents.kept.document_from``: the official paper."""
        blocks: list[dict[str, Any]] = []
        for one in self.frozen["sections"]:
            blocks += [_heading(self.pick(one, "title")), _paragraph(self.pick(one, "text"))]
        for one in self.frozen["lists"]:
            blocks += [_heading(self.list_title(one)), _paragraph(self.total_words(one)), self._table(one)]
        return {
            "title": f"{self.title}（{self.numbered}）",
            "number": "",
            "issuer": self.frozen["issuer"],
            "recipients": "",
            "dated": self.dated,
            "blocks": blocks,
            "sources": [],
            "notes": self.news(),
            "checkpoint": self.say(_DIGEST).format(digest=self.digest),
            "sample": self.frozen["sample"],
        }

    def _table(self, one: Row) -> dict[str, Any]:
        by_area = one["sums"] == "area"
        columns = [self.say("条目"), self.say("地区"), self.say(AREA if by_area else AMOUNT), self.say("有效期至")]
        rows = [
            [
                [{"text": f"{row['code']} {self.pick(row, 'title')}"}],
                [{"text": self.unit(row)}],
                [{"text": _number(row, by_area)}],
                [{"text": row["expires_on"]}],
            ]
            for row in one["entries"]
        ]
        return {
            "kind": "table",
            "caption": "",
            "unit_note": "",
            "columns": columns,
            "weights": [5, 3, 2, 2],
            "rows": rows,
        }

    def sheet(self) -> tuple[list[Column], list[list[Value]], list[tuple[str, str]]]:
        """Columns, a row for each entry, and what the second sheet says."""
        columns = [Column(self.say(name), width=18) for name in _NAMES]
        columns += [
            Column(self.say(AMOUNT), "amount", 4),
            Column(self.say("面积（平方米）"), "amount"),
            Column(self.say("状态")),
            Column(self.say("最近核实"), "date"),
            Column(self.say("有效期至"), "date"),
            Column(self.say("简介"), width=40),
            Column(self.say(_TERMS), width=60),
            Column(self.say("网址"), width=40),
        ]
        rows = [self._line(one, row) for one in self.frozen["lists"] for row in one["entries"]]
        notes = [(self.list_title(one), self.total_words(one)) for one in self.frozen["lists"]]
        return columns, rows, [*notes, (self.numbered, self.say(_DIGEST).format(digest=self.digest))]

    def _line(self, one: Row, row: Row) -> list[Value]:
        amount = in_unit(row["amount_fen"], "亿元") if row["amount_fen"] is not None else None
        area = Decimal(row["area_m2"]) if row["area_m2"] else None
        return [
            self.list_title(one), row["code"], self.say(KIND_LABELS[Kind(row["kind"])]), row["title"], row["title_en"], self.unit(row),
            amount, area, self.standing(row),
            date.fromisoformat(row["checked_on"]), date.fromisoformat(row["expires_on"]), self.pick(row, "summary"),
            self.say("；").join(self.facts(row)), public_address(row["code"]),
        ]  # fmt: skip


def _number(row: Row, by_area: bool) -> str:
    if by_area:
        return f"{Decimal(row['area_m2']) / 10_000:,.4f}" if row["area_m2"] else "—"
    return grouped(row["amount_fen"], "亿元") if row["amount_fen"] is not None else "—"


def _heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "level": 1, "runs": [{"text": text}]}


def _paragraph(text: str) -> dict[str, Any]:
    return {"kind": "paragraph", "runs": [{"text": text}]}
