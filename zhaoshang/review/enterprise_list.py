"""Reads a list of enterprises (企业表), any column order, and takes it in whole: the same list a second time changes nothing.

A blank cell says nothing and takes nothing away. A code that another district's card has, or that stands under another name, is raised
before anything is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from zhaoshang.common.industries import INDUSTRIES
from zhaoshang.common.problems import N_, Problem
from zhaoshang.common.uscc import FAULT_LABELS, BadCode, checked
from zhaoshang.enterprises.actions import Card, change_enterprise, create_enterprise
from zhaoshang.enterprises.groups import GroupCircle, GroupTooDeep, set_parent
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import OWNERSHIP_LABELS
from zhaoshang.lookup.queries import closed
from zhaoshang.lookup.rules import Kind
from zhaoshang.people.models import User
from zhaoshang.projects.firms import is_own_card, visible_enterprises
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Region, ReportingUnit
from zhaoshang.review.lists import Listed, find_list
from zhaoshang.review.workbooks.columns import Column
from zhaoshang.review.workbooks.dates import DateError, day_of_text

COLUMNS = (
    Column(
        "name", N_("企业名称"), ("企业名称", "公司名称", "单位名称", "企业", "名称"), never=("上级", "母公司", "集团", "曾用"),
        needed=True,
    ),
    Column("uscc", N_("统一社会信用代码"), ("统一社会信用代码", "社会信用代码", "信用代码", "代码"), never=("区划", "行业", "上级")),
    Column("ownership", N_("企业性质"), ("企业性质", "性质", "所有制", "企业类型", "类型")),
    Column("industry", N_("行业门类"), ("行业门类", "行业", "所属行业")),
    Column("region_code", N_("所在地区划代码"), ("所在地区划代码", "区划代码", "行政区划代码", "注册地代码")),
    Column("established_on", N_("成立日期"), ("成立日期", "注册日期", "成立时间", "设立日期")),
    Column("parent", N_("上级企业"), ("上级企业", "母公司", "上级单位", "所属集团", "集团")),
)  # fmt: skip
WORDS = {
    "no_table": N_("没有找到表头。至少要有“企业名称”一栏；可下载空白表填写。"),
    "no_name": N_("企业名称没有填。"),
    "long_name": N_("企业名称超过 120 字。请写营业执照上的全称。"),
    "bad_code": N_("统一社会信用代码不对：{why}。请对照营业执照改正。"),
    "bad_ownership": N_("不认得“{value}”。请写：{known}。"),
    "bad_industry": N_("不认得“{value}”。请写 GB/T 4754 的门类字母（A–T）或门类名称。"),
    "bad_region": N_("“{value}”不是六位行政区划代码，例如 310000。"),
    "bad_day": N_("“{value}”不是成立日期；请写成 2019-03-05，不晚于今天。"),
    "twice": N_("“{value}”在这份表里出现两次。请合并为一行。"),
    "code_elsewhere": N_("这个代码在册上是“{holder}”，由另一地区登记。没有保存；请先与市局核对是不是同一家。"),
    "code_other_name": N_("这个代码在册上是“{holder}”。没有保存；名称有变的，请在那张卡上修改。"),
    "name_other_code": N_("“{value}”在册上是另一个代码。没有保存；请核对代码。"),
    "name_elsewhere": N_("“{value}”已由另一地区登记。没有保存；请填上统一社会信用代码，或与市局核对。"),
    "not_yours": N_("“{value}”的卡不由你的地区管理，不能从表里改。没有保存；请从表里去掉这一行，或与市局联系。"),
    "no_parent": N_("没有找到上级企业“{value}”。请写全称或代码，并先登记它，或把它也列在这份表里。"),
    "circle": N_("“{value}”不能做上级：它是这家企业自己或它的下级，或者层级太多。"),
}
FIELDS = ("uscc", "ownership", "industry", "region_code", "established_on")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it says, the card it is on record as, and the firm above it, by name or code."""

    row: int
    card: Card
    parent: str
    known: UUID | None


@dataclass(slots=True)
class EnterpriseList:
    """What was understood. With a problem, nothing is to be written."""

    listed: Listed | None = None
    lines: list[Line] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_enterprises(content: bytes, filename: str, viewer: Viewer) -> EnterpriseList:
    """Read the first sheet with a heading. Raises ``common.problems.Refused`` for a file that cannot be trusted or opened."""
    listed = find_list(content, filename, COLUMNS)
    if isinstance(listed, str):
        return EnterpriseList(problems=[Problem(listed, 0, "", "", WORDS["no_table"], "no_table")])
    return _Reader(listed, viewer).read()


class _Reader:
    """One sheet being held against the cards of the city."""

    def __init__(self, listed: Listed, viewer: Viewer) -> None:
        self.listed, self.viewer, self.found = listed, viewer, EnterpriseList(listed)
        merged = closed(viewer.city, Kind.ENTERPRISE)
        rows = Enterprise.objects.of(viewer.city).exclude(pk__in=merged)
        self.by_code: dict[str, Enterprise] = {one.uscc: one for one in rows if one.uscc}
        self.by_name: dict[str, list[Enterprise]] = {}
        for one in rows:
            self.by_name.setdefault(one.name, []).append(one)
        self.seen = set(visible_enterprises(viewer).order_by().values_list("pk", flat=True))
        self.provinces = set(Region.objects.filter(code__endswith="0000").values_list("code", flat=True))

    def read(self) -> EnterpriseList:
        """All rows; then whether every firm above is to be found."""
        texts = dict(self.listed.rows())
        taken: set[str] = set()
        for row, text in texts.items():
            self._line(row, text, taken)
        named = {name for line in self.found.lines for name in (line.card.name, line.card.uscc)}
        known = [one for some in self.by_name.values() for one in some if one.pk in self.seen]
        named |= {name for one in known for name in (one.name, one.uscc)}
        for line in self.found.lines:
            if line.parent and line.parent not in named:
                self._fault("no_parent", line.row, "parent", line.parent)
        return self.found

    def _fault(self, code: str, row: int, key: str, value: str, **more: str) -> None:
        self.found.problems.append(self.listed.problem(code, WORDS, row, key, value, **more))

    def _line(self, row: int, text: dict[str, str], taken: set[str]) -> None:
        name, before = text["name"], len(self.found.problems)
        if not name or len(name) > 120:
            self._fault("long_name" if name else "no_name", row, "name", name)
        card = Card(
            name=name,
            uscc=self._code(row, text.get("uscc", "")),
            ownership=self._ownership(row, text.get("ownership", "")),
            industry=self._industry(row, text.get("industry", "")),
            region_code=self._region(row, text.get("region_code", "")),
            established_on=self._founded(row, text.get("established_on", "")),
        )
        for key, value in (("uscc", card.uscc), ("name", "" if card.uscc else name)):
            if value and value in taken:
                self._fault("twice", row, key, value)
            taken.add(value)
        known = self._known(row, card)
        if len(self.found.problems) == before:
            self.found.lines.append(Line(row, card, text.get("parent", ""), known.pk if known else None))

    def _known(self, row: int, card: Card) -> Enterprise | None:
        """The card on record that the row means; a conflict is a problem."""
        by_code = self.by_code.get(card.uscc) if card.uscc else None
        if by_code is not None:
            if by_code.pk not in self.seen:
                self._fault("code_elsewhere", row, "uscc", card.uscc, holder=by_code.name)
            elif by_code.name != card.name:
                self._fault("code_other_name", row, "uscc", card.uscc, holder=by_code.name)
            elif not is_own_card(self.viewer, by_code):
                self._fault("not_yours", row, "name", card.name)
            return by_code
        namesakes = self.by_name.get(card.name, [])
        if card.uscc and any(one.uscc for one in namesakes):
            self._fault("name_other_code", row, "uscc", card.uscc)
        known = next((one for one in namesakes if not (card.uscc and one.uscc)), None)
        if known is not None and known.pk not in self.seen:
            self._fault("name_elsewhere", row, "name", card.name)
        elif known is not None and not is_own_card(self.viewer, known):
            self._fault("not_yours", row, "name", card.name)
        return known

    def _code(self, row: int, text: str) -> str:
        try:
            return checked(text) if text else ""
        except BadCode as refusal:
            self._fault("bad_code", row, "uscc", text, why=FAULT_LABELS[refusal.fault])
            return ""

    def _ownership(self, row: int, text: str) -> str:
        code = next((str(key) for key, word in OWNERSHIP_LABELS.items() if text in (word, str(key))), "")
        if text and not code:
            self._fault("bad_ownership", row, "ownership", text, known="、".join(OWNERSHIP_LABELS.values()))
        return code

    def _industry(self, row: int, text: str) -> str:
        code = next(
            (key for key, word in INDUSTRIES.items() if text.upper() == key or text in (word, f"{key} {word}")), ""
        )
        if text and not code:
            self._fault("bad_industry", row, "industry", text)
        return code

    def _founded(self, row: int, text: str) -> date | None:
        try:
            day = day_of_text(text, None) if text else None
        except DateError:
            day = date.max
        if day and day > timezone.localdate():
            self._fault("bad_day", row, "established_on", text)
            return None
        return day

    def _region(self, row: int, text: str) -> str:
        if text and not (len(text) == 6 and text.isascii() and text.isdigit() and f"{text[:2]}0000" in self.provinces):
            self._fault("bad_region", row, "region_code", text)
            return ""
        return text


class CannotHang(Exception):
    """A firm above of the list cannot be one. ``problem``: the cell."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@transaction.atomic
def import_enterprises(found: EnterpriseList, *, viewer: Viewer, by: User, at: datetime) -> dict[str, int]:
    """Write what was read, all or nothing. Returns how many were ``made``, ``changed``, and the ``same``. Raises :class:`CannotHang`."""
    city, unit = viewer.city, None
    if not viewer.sees_all_units:
        unit = ReportingUnit.objects.of(city).filter(pk__in=viewer.unit_ids).first()
    told = dict.fromkeys(("made", "changed", "same"), 0)
    firms: dict[int, Enterprise] = {}
    for line in found.lines:
        if line.known is None:
            firms[line.row] = create_enterprise(city=city, card=line.card, unit=unit, by=by, at=at)
            told["made"] += 1
            continue
        held = Enterprise.objects.of(city).select_related("city").get(pk=line.known)
        said = {name: getattr(line.card, name) or getattr(held, name) for name in FIELDS}
        changed = change_enterprise(
            enterprise=held, revision=held.revision, card=replace(line.card, **said), by=by, at=at
        )
        firms[line.row] = changed
        told["changed" if changed.revision != held.revision or _hangs_elsewhere(changed, line) else "same"] += 1
    _hang(found, firms, viewer, by, at)
    return told


def _hangs_elsewhere(firm: Enterprise, line: Line) -> bool:
    return bool(line.parent) and (firm.parent is None or line.parent not in (firm.parent.name, firm.parent.uscc))


def _hang(found: EnterpriseList, firms: Mapping[int, Enterprise], viewer: Viewer, by: User, at: datetime) -> None:
    """Put every firm that names one above it under that."""
    assert found.listed is not None
    for line in found.lines:
        firm = firms[line.row]
        if not _hangs_elsewhere(firm, line):
            continue
        rows = visible_enterprises(viewer).exclude(pk__in=closed(viewer.city, Kind.ENTERPRISE))
        above = rows.filter(uscc=line.parent).first() or rows.filter(name=line.parent).first()
        try:
            set_parent(enterprise=firm, parent=above, by=by, at=at)
        except (GroupCircle, GroupTooDeep):
            raise CannotHang(found.listed.problem("circle", WORDS, line.row, "parent", line.parent)) from None
