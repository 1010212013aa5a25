"""How a contract's text stands on the desk's pages: paragraphs with flagged passages marked, flags, reviews, promises."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.money import WAN, in_unit
from zhaoshang.common.periods import Period
from zhaoshang.contracts.actions.reading import uncleared
from zhaoshang.contracts.models import ContractText, Flag, Promise, PromiseEntry, Review
from zhaoshang.contracts.queries import Compared, appraisals_of, decisions_on, promises_of, texts_of
from zhaoshang.contracts.rules.clauses import (
    FINDING_LABELS,
    HANDLED_LABELS,
    REVIEW_LABELS,
    Finding,
    Handled,
    ReviewKind,
)
from zhaoshang.contracts.rules.promises import (
    ENTRY_LABELS,
    MEASURE_LABELS,
    MET,
    SIDE_LABELS,
    STATUS_LABELS,
    EntryKind,
    Measure,
    Side,
    Status,
    YearRow,
    days_overdue,
)
from zhaoshang.contracts.rules.sheets import rounded
from zhaoshang.desk.appraisals_shown import outcome_pill, reply_pill
from zhaoshang.desk.marks import Mark, pieces
from zhaoshang.projects.models import Project
from zhaoshang.ui.charts import Point
from zhaoshang.ui.filters import called, date_, english, number, wan

MOST_PARAGRAPHS = 2_000
HANDLED_PILLS = {
    Handled.OPEN: "wait",
    Handled.REMOVE: "stop",
    Handled.JUSTIFIED: "warn",
    Handled.NO_HIT: "ok",
    Handled.READ: "ok",
}
# How a mark is drawn; the kinds are those of marked texts.
MARKS = {
    Handled.OPEN: "differs",
    Handled.REMOVE: "differs",
    Handled.JUSTIFIED: "not_checkable",
    Handled.NO_HIT: "confirmed",
    Handled.READ: "confirmed",
}
FINDING_PILLS = {Finding.PASSED: "ok", Finding.EXCEPTION: "warn", Finding.REFUSED: "stop"}
STATUS_PILLS = {
    Status.OPEN: "todo",
    Status.KEPT: "ok",
    Status.LATE: "warn",
    Status.BROKEN: "stop",
    Status.WAIVED: "off",
}


def flag_label(flag: Flag) -> str:
    """What kind of clause it looks like, in the language of the page."""
    return flag.label_en if english() and flag.label_en else flag.label


def flag_row(flag: Flag) -> dict[str, Any]:
    """A flag with its place, what the rule says, and what was made of it."""
    handled = Handled(flag.handled)
    return {
        "key": flag.pk,
        "number": flag.number,
        "label": flag_label(flag),
        "article": flag.article,
        "explanation": flag.explanation_en if english() and flag.explanation_en else flag.explanation,
        "place": place_of(flag),
        "anchor": f"p-{flag.paragraph}" if flag.paragraph else "text-title",
        "passage": flag.passage,
        "pill": (_(HANDLED_LABELS[handled]), HANDLED_PILLS[handled]),
        "open": handled == Handled.OPEN,
        "reason": flag.reason,
        "who": called(flag.handled_by) if flag.handled_by else "",
        "choices": [(str(one), _(HANDLED_LABELS[one])) for one in _choices(flag)],
    }


def _choices(flag: Flag) -> tuple[Handled, ...]:
    if flag.code == "unreadable":
        return (Handled.READ, Handled.REMOVE)
    return (Handled.REMOVE, Handled.JUSTIFIED, Handled.NO_HIT)


def place_of(flag: Flag) -> str:
    """Page and paragraph."""
    if not flag.paragraph:
        return _("整份文件")
    words = {"page": flag.page, "paragraph": flag.paragraph}
    return _("第 %(page)s 页第 %(paragraph)s 段") % words if flag.page else _("第 %(paragraph)s 段") % words


def paragraphs_of(text: ContractText, flags: Sequence[Flag]) -> list[dict[str, Any]]:
    """The text's paragraphs cut at their marks; of a very long text only those with one."""
    marks: dict[int, list[Mark]] = defaultdict(list)
    for flag in flags:
        marks[flag.paragraph].append(Mark(flag.number, flag.start, flag.end, MARKS[Handled(flag.handled)]))
    whole = len(text.passages) <= MOST_PARAGRAPHS
    return [
        {"number": place, "page": page, "pieces": pieces(said, marks[place]), "flagged": place in marks}
        for place, (page, said) in enumerate(text.passages, start=1)
        if whole or place in marks
    ]


def block_shown(project: Project, today: date) -> dict[str, Any]:
    """What the project's own page says of its appraisal, contract and promises. Six queries at most."""
    newest = appraisals_of(project)[:1]
    decision = decisions_on(project.city, newest).get(newest[0].pk) if newest else None
    texts, found = texts_of(project)[:1], promises_of(project)
    left = uncleared(texts[0]) if texts else 0
    late = {
        side: sum(bool(days_overdue(one.status, one.due_on, today, one.is_met)) for one in found if one.side == side)
        for side in Side
    }
    contract = _("还没有合同文本")
    if texts:
        words = _("第 %(version)s 版，%(left)s 处待处理或须删去") if left else _("第 %(version)s 版，标出的条款已处理")
        contract = words % {"version": texts[0].version, "left": left}
    return {
        "appraisal": reply_pill(newest[0].reply) if newest else None,
        "outcome": outcome_pill(decision),
        "contract": contract,
        "promises": _("%(count)s 条承诺") % {"count": len(found)} if found else _("还没有登记承诺"),
        "late": [
            _("%(side)s逾期 %(count)s 条") % {"side": _(SIDE_LABELS[side]), "count": count}
            for side, count in late.items()
            if count
        ],
    }


def text_row(one: ContractText) -> dict[str, Any]:
    """A version in the list."""
    href = reverse("desk:contract_text", args=[one.pk])
    return {
        "_href": href,
        "version": {"text": _("第 %(version)s 版") % {"version": one.version}, "href": href},
        "name": one.name,
        "who": called(one.drafted_by),
        "at": date_(one.drafted_at),
    }


def review_row(one: Review) -> dict[str, Any]:
    """A review in the list; its file is one click away."""
    finding = Finding(one.finding)
    return {
        "kind": {"text": _(REVIEW_LABELS[ReviewKind(one.kind)]), "href": reverse("desk:review_file", args=[one.pk])},
        "version": _("第 %(version)s 版") % {"version": one.text.version} if one.text else None,
        "finding": {"text": _(FINDING_LABELS[finding]), "pill": FINDING_PILLS[finding]},
        "conclusion": one.conclusion,
        "done_on": one.done_on.isoformat(),
        "who": called(one.reviewed_by),
    }


def promise_status(one: Promise, today: date) -> dict[str, str]:
    """The status as a pill; an open one whose day has passed says by how many days, one that is met that it waits to be settled."""
    if one.status == Status.OPEN and one.is_met:
        return {"text": _(MET), "pill": "todo"}
    late = days_overdue(one.status, one.due_on, today)
    if late:
        return {"text": _("逾期 %(days)s 天") % {"days": number(late)}, "pill": "stop"}
    return {"text": _(STATUS_LABELS[Status(one.status)]), "pill": STATUS_PILLS[Status(one.status)]}


def promised_amount(one: Promise) -> str | None:
    """Amount in 万元, or the quantity as typed."""
    if one.amount_fen is None:
        return one.quantity or None
    return f"{wan(one.amount_fen)} {_('万元')}" + (f" {one.quantity}" if one.quantity else "")


def promise_row(one: Promise, today: date, with_project: bool = True) -> dict[str, Any]:
    """A promise in a list."""
    href = reverse("desk:project_promises", args=[one.project.code]) + f"#promise-{one.number}"
    told: dict[str, Any] = {"_href": href, "side": _(SIDE_LABELS[Side(one.side)]), "amount": promised_amount(one)}
    if with_project:
        told["project"] = {"text": one.project.name, "href": href, "note": one.project.code}
    return {
        **told,
        "text": {"text": one.text, "note": one.document},
        "due_on": one.due_on.isoformat(),
        "responsible": one.responsible,
        "status": promise_status(one, today),
    }


def entry_lines(entries: Sequence[PromiseEntry]) -> list[dict[str, Any]]:
    """A promise's log as a timeline, newest first."""
    lines = []
    for one in reversed(entries):
        what = _(ENTRY_LABELS[EntryKind(one.kind)])
        if one.kind == EntryKind.SETTLED:
            what = _(STATUS_LABELS[Status(one.status)])
        told = [one.document, one.reason, *(_changed(name, pair) for name, pair in one.changes.items())]
        href = reverse("desk:promise_file", args=[one.pk]) if one.digest else ""
        line = {"at": one.day.isoformat(), "what": what, "who": called(one.entered_by), "href": href}
        lines.append({**line, "note": _("；").join(filter(None, told)), "kind": STATUS_PILLS[Status(one.status)]})
    return lines


def _changed(name: str, pair: Sequence[Any]) -> str:
    labels = {
        "text": _("内容"),
        "amount_fen": _("金额"),
        "quantity": _("数量"),
        "due_on": _("期限"),
        "responsible": _("责任单位"),
    }
    before, after = (wan(one) if name == "amount_fen" else (one or "—") for one in pair)
    return f"{labels[name]} {before} → {after}"


def year_columns() -> list[dict[str, Any]]:
    """Of promised against real."""
    return [
        {"key": "year", "label": _("年份"), "head": True},
        {"key": "measure", "label": _("指标")},
        {"key": "promised", "label": _("承诺"), "unit": _("万元"), "kind": "number"},
        {"key": "real", "label": _("实际"), "unit": _("万元"), "kind": "figure"},
        {"key": "done", "label": _("完成"), "unit": "%", "kind": "number"},
        {"key": "promised_per_mu", "label": _("承诺亩均"), "unit": _("万元/亩"), "kind": "number"},
        {"key": "real_per_mu", "label": _("实际亩均"), "unit": _("万元/亩"), "kind": "number"},
        {"key": "source", "label": _("实际的来源")},
    ]


def year_rows(project: Project, held: Compared) -> list[dict[str, Any]]:
    """One row a year and measure; what nobody has said stays a dash with its reason."""
    return [
        {
            "year": str(row.year),
            "measure": _(MEASURE_LABELS[row.measure]),
            "promised": wan(row.promised_fen) if row.promised_fen is not None else None,
            "real": _real(project, row, held),
            "done": number(row.percent) if row.percent is not None else None,
            "promised_per_mu": _per_mu(row.promised_fen, held),
            "real_per_mu": _per_mu(row.real_fen, held),
            "source": _source(row, held),
        }
        for row in held.rows
    ]


def _real(project: Project, row: YearRow, held: Compared) -> dict[str, Any] | None:
    if row.real_fen is None:
        return None
    covered = min(held.paid_by_year, default=row.year)
    until = Period(covered * 12, row.year * 12 + 11)
    ledger = reverse("desk:payment_list") + f"?standing=verified&project={project.code}"
    own = reverse("desk:project_promises", args=[project.code]) + f"#actual-{row.year}"
    href = f"{ledger}&month={until}" if row.measure == Measure.INVESTMENT else own
    return {"text": wan(row.real_fen), "href": href}


def _per_mu(fen: int | None, held: Compared) -> str | None:
    if fen is None or not held.mu:
        return None
    return number(Decimal(rounded(Fraction(fen, WAN) / held.mu)), 2)


def _source(row: YearRow, held: Compared) -> str:
    if row.measure == Measure.INVESTMENT:
        return _("账本已核定到账，累计") if row.real_fen is not None else _("账本从这一年之后才开始")
    entered = held.actuals.get((str(row.measure), row.year))
    return entered.document if entered else _("还没有登记")


def year_points(held: Compared, measure: Measure) -> list[Point]:
    """Bars of what was real, each with a tick at what was promised."""
    found = []
    for row in held.rows:
        if row.measure == measure and (row.real_fen is not None or row.promised_fen is not None):
            text = wan(row.real_fen) if row.real_fen is not None else _("缺数")
            mark = None if row.promised_fen is None else in_unit(row.promised_fen, "万元")
            found.append(Point(str(row.year), in_unit(row.real_fen or 0, "万元"), text, mark=mark))
    return found
