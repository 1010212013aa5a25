"""A list of projects as a workbook that may come back changed: how it is written, and what it would change, cell by cell.

A row is known by its code, and says in its mark what the project was when it left: what anybody changed meanwhile is not overwritten.
Nothing is written here; ``project_changes`` does that by the projects' own action.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.sheets import Cell, Kind, Row, column_letter
from zhaoshang.common.sheets.writing import Column as Written
from zhaoshang.common.sheets.writing import Value, write_table
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.projects.stages.correcting import LAID_DOWN, rests_on_signing
from zhaoshang.projects.stages.rules import FROZEN_ONCE_SIGNED
from zhaoshang.regions.rules import NotASource, source_class
from zhaoshang.review.lists import Listed, find_list
from zhaoshang.review.workbooks.amounts import AmountError, amount_of_cell
from zhaoshang.review.workbooks.columns import Column
from zhaoshang.review.workbooks.messages import MESSAGES

MOST_ROWS, LONGEST = 2_000, 120
# What may be changed in the sheet, by the field of the project.
OPEN = ("investor", "site", "source_code", "industry", "contract_fen", "outside_share_bp")
COLUMNS = (
    Column("code", N_("项目编号"), ("项目编号", "编号"), needed=True),
    Column("mark", N_("导出标记"), ("导出标记",), needed=True),
    Column("name", N_("项目名称"), ("项目名称",)),
    Column("unit", N_("地区"), ("地区",)),
    Column("enterprise", N_("企业"), ("企业", "企业名称")),
    Column("investor", N_("投资方"), ("投资方",)),
    Column("site", N_("落地地点"), ("落地地点",)),
    Column("source_code", N_("资金来源地代码"), ("资金来源地代码",)),
    Column("industry", N_("行业门类"), ("行业门类",)),
    Column("contract_fen", N_("合同额（万元）"), ("合同额",)),
    Column("outside_share_bp", N_("外来股比（%）"), ("外来股比",)),
)
LABELS = {one.key: one.label for one in COLUMNS}
WORDS = {
    "no_table": N_("没有找到表头。请用项目列表导出的“改表”，保留“项目编号”和“导出标记”两栏。"),
    "many_rows": N_("一次最多 2000 行；请分成几份。"),
    "no_project": N_("没有编号为“{value}”的项目，或它不在您的地区。请核对编号。"),
    "twice": N_("编号“{value}”在表里出现两次。请只留一行。"),
    "changed_since": N_("导出之后，项目 {project} 又被改动过，这一行没有采纳。请重新导出再改。"),
    "read_only": N_("这一栏不能在表里改，原为“{old}”。请改回，或到项目页办理。"),
    "formula": N_("这里是公式。请“复制－选择性粘贴－数值”后再上传。"),
    "frozen": N_("项目 {project} 已签约，这一项是签约所依据的，不能在表里改。请到项目的“更正”页写明理由更正。"),
    "secret": N_("项目 {project} 是保密项目，投资方另存，公开之前不能改。"),
    "long": N_("文字太长，最多 120 个字。"),
    "blank": N_("这一格不能空。"),
    "no_source": N_("来源地须是六位行政区划代码；境外写 000000。"),
    "no_industry": N_("行业门类写一个字母 A 至 T。"),
    "no_share": N_("外来股比请填 0 至 100，最多两位小数。"),
}


class _Wrong(Exception):
    """A cell that cannot be taken; ``code`` is one of the words."""

    def __init__(self, code: str, value: str = "") -> None:
        super().__init__(code)
        self.code, self.value = code, value


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that would change something."""

    project: Project
    cell: str
    field: str
    old: Any
    new: Any


@dataclass(slots=True)
class ChangeList:
    """What a sheet would change, how many of its rows say what is held already, and what is wrong by cell."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    problems: list[Problem] = field(default_factory=list)

    def by_project(self) -> list[tuple[Project, dict[str, Any]]]:
        """The changed fields of each project."""
        found: dict[UUID, tuple[Project, dict[str, Any]]] = {}
        for one in self.changes:
            found.setdefault(one.project.pk, (one.project, {}))[1][one.field] = one.new
        return list(found.values())


def mark_of(project: Project) -> str:
    """What the open fields held, as twelve signs: another mark, another content."""
    held = [project.code, *(getattr(project, name) for name in OPEN)]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()[:12]


def change_sheet(projects: Iterable[Project], notes: Sequence[tuple[str, str]]) -> bytes:
    """The workbook to be changed in Excel, at most :data:`MOST_ROWS` rows; units and enterprises must be at hand."""
    forms: dict[str, tuple[str, int | None]] = {"contract_fen": ("amount", 6), "outside_share_bp": ("amount", 2)}
    wide = {"name": 32, "enterprise": 32, "investor": 24, "site": 24}
    heads = [Written(one.label, *forms.get(one.key, ("text", None)), wide.get(one.key, 16)) for one in COLUMNS]
    return write_table(heads, [_line(one) for one in projects], "项目改表", notes)


def _line(project: Project) -> list[Value]:
    told: dict[str, Value] = {
        "code": project.code,
        "mark": mark_of(project),
        "contract_fen": in_unit(project.contract_fen, "万元"),
    }
    told["outside_share_bp"] = Decimal(project.outside_share_bp) / 100
    shown = {"unit": project.unit.name, "enterprise": project.enterprise.name}
    return [
        told[one.key] if one.key in told else shown.get(one.key) or getattr(project, one.key, "") for one in COLUMNS
    ]


def read_changes(
    content: bytes, filename: str, known: Callable[[Collection[str]], tuple[Sequence[Project], Collection[UUID]]]
) -> ChangeList:
    """What the sheet would change. ``known``: of these codes the projects that the sender may change, and which are confidential.

    Raises ``common.problems.Refused`` for a file that cannot be trusted or opened.
    """
    listed = find_list(content, filename, COLUMNS)
    if isinstance(listed, str):
        return ChangeList(problems=[Problem(listed, 0, "", "", WORDS["no_table"], "no_table")])
    rows = [(number, texts["code"]) for number, texts in listed.rows()]
    if len(rows) > MOST_ROWS:
        return ChangeList(problems=[Problem(listed.sheet.name, 0, "", "", WORDS["many_rows"], "many_rows")])
    projects, secret = known({code for _, code in rows})
    return _Reader(listed, {one.code: one for one in projects}, secret).read(dict(rows))


@dataclass(slots=True)
class _Reader:
    """One sheet being read."""

    listed: Listed
    projects: Mapping[str, Project]
    secret: Collection[UUID]
    found: ChangeList = field(default_factory=ChangeList)

    def read(self, codes: Mapping[int, str]) -> ChangeList:
        seen: set[str] = set()
        for row in self.listed.sheet.rows:
            code = codes.get(row.number)
            if code is None:
                continue
            project = self.projects.get(code)
            if project is None:
                self._fault("no_project", row, "code", code)
            elif code in seen:
                self._fault("twice", row, "code", code)
            else:
                self._row(row, project)
            seen.add(code)
        return self.found

    def _row(self, row: Row, project: Project) -> None:
        faults = len(self.found.problems)
        changes = [one for key in OPEN if key in self.listed.columns and (one := self._cell(row, key, project))]
        self._untouched(row, project)
        if not changes:
            self.found.same += len(self.found.problems) == faults
        elif self._text(row, "mark") != mark_of(project):
            self._fault("changed_since", row, "mark", self._text(row, "mark"), project=project.code)
        else:
            self.found.changes += changes

    def _text(self, row: Row, key: str) -> str:
        return row.cell(self.listed.columns[key]).text.strip()

    def _untouched(self, row: Row, project: Project) -> None:
        """What is there only to be read must say what it said."""
        for key, old in (("name", project.name), ("unit", project.unit.name), ("enterprise", project.enterprise.name)):
            if key in self.listed.columns and self._text(row, key) not in ("", old):
                self._fault("read_only", row, key, self._text(row, key), old=old)

    def _cell(self, row: Row, key: str, project: Project) -> Change | None:
        cell, old = row.cell(self.listed.columns[key]), getattr(project, key)
        try:
            if cell.formula:
                raise _Wrong("formula")
            new = _READ[key](cell, project)
            if new == old:
                return None
            if key in FROZEN_ONCE_SIGNED and rests_on_signing(project):
                raise _Wrong("frozen")
            if key in LAID_DOWN and project.pk in self.secret:
                raise _Wrong("secret")
        except (_Wrong, AmountError) as wrong:
            self._fault(wrong.code, row, key, wrong.value or cell.text, project=project.code)
            return None
        return Change(project, f"{column_letter(self.listed.columns[key])}{row.number}", key, old, new)

    def _fault(self, code: str, row: Row, key: str, value: str, **more: str) -> None:
        self.found.problems.append(self.listed.problem(code, WORDS | MESSAGES, row.number, key, value, unit="", **more))


def _words(cell: Cell, project: Project) -> str:
    text = cell.text.strip()
    if len(text) > LONGEST:
        raise _Wrong("long")
    return text


def _fen(cell: Cell, project: Project) -> int:
    if not cell.text.strip():
        raise _Wrong("blank")
    amount = amount_of_cell(cell)
    return amount.fen(amount.unit or "万元")


def _industry(cell: Cell, project: Project) -> str:
    code = cell.text.strip()[:1].upper()
    if code not in INDUSTRIES:
        raise _Wrong("no_industry")
    return code


def _source(cell: Cell, project: Project) -> str:
    """Excel takes the zeros in front from a number."""
    code = cell.text.strip()
    code = code.zfill(6) if cell.kind is Kind.NUMBER else code
    try:
        source_class(code, project.city.gb_code)
    except NotASource:
        raise _Wrong("no_source") from None
    return code


def _share(cell: Cell, project: Project) -> int:
    text = cell.text.strip().removesuffix("%")
    try:
        share = Decimal(text)
    except InvalidOperation:
        raise _Wrong("no_share") from None
    points = share * 100
    if not share.is_finite() or points != points.to_integral_value() or not 0 <= points <= 10_000:
        raise _Wrong("no_share")
    return int(points)


_READ: Mapping[str, Callable[[Cell, Project], Any]] = {
    "investor": _words,
    "site": _words,
    "source_code": _source,
    "industry": _industry,
    "contract_fen": _fen,
    "outside_share_bp": _share,
}
