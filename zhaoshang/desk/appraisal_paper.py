"""An appraisal as a file: the report as a paper of the bureau (GB/T 9704), and its table as xlsx."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.contracts.models import Appraisal, Decision
from zhaoshang.contracts.rules.sheets import ANSWER_LABELS, OUTCOME_LABELS, REPLY_LABELS, VERDICT_LABELS, Outcome, Reply
from zhaoshang.desk.appraisals_shown import (
    formula,
    inputs_shown,
    measure_name,
    standard_shown,
    veto_name,
    veto_question,
)
from zhaoshang.ui.documents.model import Block, Document, Heading, Paragraph, Table, row, runs
from zhaoshang.ui.documents.model import Column as PaperColumn
from zhaoshang.ui.filters import called, date_, english


def report(one: Appraisal, decision: Decision | None, issuer: str) -> Document:
    """The report in the language of the page; the day is the decision's, else the draft's."""
    title = _("关于%(name)s的研判报告") % {"name": one.project.name}
    blocks = [
        Heading(1, runs(_("项目概况"))),
        Paragraph(runs(_overview(one))),
        *([Paragraph(runs(one.summary))] if one.summary else []),
        Heading(1, runs(_("指标测算"))),
        Paragraph(runs(_rule_words(one))),
        _measures(one),
        *(
            Paragraph(runs(f"{measure_name(line)}{_('：')}{formula(line, one.site)}{_('。')}"))
            for line in one.lines
            if line["value"] is not None
        ),
        Heading(1, runs(_("否决项核查"))),
        *(Paragraph(runs(_veto(veto))) for veto in one.vetoes),
        Heading(1, runs(_("结论"))),
        Paragraph(runs(_("测算结论：%(text)s。") % {"text": _(REPLY_LABELS[Reply(one.reply)])})),
        *_decided(decision),
    ]
    return Document(
        title=title,
        issuer=issuer,
        date=decision.met_on if decision else timezone.localdate(one.drafted_at),
        blocks=tuple(blocks),
        notes=() if decision else (_("未经评审会审定，仅供研究。"),),
        language="en" if english() else "zh",
        sample=one.is_sample,
    )


def _overview(one: Appraisal) -> str:
    said = _("；").join(f"{name}{_('：')}{text}" for name, text in inputs_shown(one.site, one.inputs))
    firm = {"firm": one.project.enterprise.name, "unit": one.project.unit.name, "code": one.project.code}
    return _("落地企业%(firm)s，落地地区%(unit)s，项目编号%(code)s。") % firm + said + _("。")


def _rule_words(one: Appraisal) -> str:
    words = _("按《%(standard)s》测算。一亩按 10000/15 平方米精确计算；各数先算后修约，与门槛比较时用未修约的数。")
    return words % {"standard": standard_shown(one.standard)}


def _measures(one: Appraisal) -> Block:
    columns = (
        PaperColumn(_("指标"), weight=3),
        PaperColumn(_("数值"), "right", 2),
        PaperColumn(_("门槛"), "center", 2),
        PaperColumn(_("结果"), "center", 2),
        PaperColumn(_("条文"), "left", 2),
    )
    rows = tuple(
        row(
            measure_name(line),
            line["value"] or "—",
            line["limit"] or "—",
            _(VERDICT_LABELS[line["verdict"]]),
            line["article"] or "—",
        )
        for line in one.lines
    )
    return Table(columns, rows, caption=_("主要指标"), source_note=_("数据由项目单位申报，未经核实的以核实数为准。"))


def _veto(veto: dict[str, Any]) -> str:
    words = _("%(name)s（%(article)s）：%(question)s？%(answer)s。")
    told = {
        "name": veto_name(veto),
        "article": veto["article"],
        "question": veto_question(veto).rstrip("?？"),
        "answer": _(ANSWER_LABELS[veto["answer"]]),
    }
    return words % told + (_("依据：%(text)s。") % {"text": veto["evidence"]} if veto["evidence"] else "")


def _decided(decision: Decision | None) -> list[Block]:
    if decision is None:
        return []
    words = _("%(day)s，评审会（%(members)s）审议，结论为%(outcome)s。")
    told = {
        "day": date_(decision.met_on, "long"),
        "members": _("、").join(decision.members),
        "outcome": _(OUTCOME_LABELS[Outcome(decision.outcome)]),
    }
    found: list[Block] = [Paragraph(runs(words % told + decision.remarks))]
    for place, one in enumerate(decision.conditions, start=1):
        condition = _("条件%(number)s：%(text)s；责任人%(owner)s，期限%(due_on)s。")
        found.append(Paragraph(runs(condition % {"number": place, **one})))
    return found


def sheet_of(
    one: Appraisal, decision: Decision | None
) -> tuple[list[Column], list[list[Value]], list[tuple[str, str]]]:
    """Columns, one row a measure, and what the file says of itself."""
    columns = [
        Column(_("指标"), width=28),
        Column(_("数值"), "amount", 4),
        Column(_("门槛")),
        Column(_("结果")),
        Column(_("条文"), width=20),
        Column(_("算式"), width=60),
        Column(_("来源"), width=60),
    ]
    rows: list[list[Value]] = [
        [
            measure_name(line),
            Decimal(line["value"]) if line["value"] is not None else None,
            line["limit"],
            _(VERDICT_LABELS[line["verdict"]]),
            line["article"],
            formula(line, one.site),
            line["source"],
        ]
        for line in one.lines
    ]
    notes = [
        (_("项目"), f"{one.project.code} {one.project.name}"),
        (_("版次"), str(one.revision)),
        (_("标准"), standard_shown(one.standard)),
        *inputs_shown(one.site, one.inputs),
        *((veto_name(veto), f"{_(ANSWER_LABELS[veto['answer']])} {veto['evidence']}") for veto in one.vetoes),
        (_("测算结论"), _(REPLY_LABELS[Reply(one.reply)])),
        (_("评审结论"), _(OUTCOME_LABELS[Outcome(decision.outcome)]) if decision else _("待评审")),
        (_("起草人"), called(one.drafted_by)),
    ]
    return columns, rows, notes
