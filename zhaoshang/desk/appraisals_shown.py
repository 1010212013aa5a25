"""How an appraisal stands on the desk's pages and in its files: measures with their formulas, vetoes, what the sheet says."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from zhaoshang.contracts.models import Appraisal, Decision
from zhaoshang.contracts.rules.sheets import (
    ANSWER_LABELS,
    ASKED,
    INPUTS,
    MEASURES,
    MU_FORMULAS,
    OUTCOME_LABELS,
    REPLY_LABELS,
    SITE_LABELS,
    VERDICT_LABELS,
    Answer,
    Outcome,
    Reply,
    Site,
    Verdict,
)
from zhaoshang.ui.filters import called, date_, english, with_note

VERDICT_PILLS = {Verdict.PASSED: "ok", Verdict.FAILED: "stop", Verdict.UNKNOWN: "todo", Verdict.SHOWN: "off"}
ANSWER_PILLS = {Answer.YES: "stop", Answer.NO: "ok", Answer.UNKNOWN: "todo"}
OUTCOME_PILLS = {Outcome.PASS: "ok", Outcome.CONDITIONAL: "warn", Outcome.DEFER: "stop"}
REPLY_PILLS = {Reply.RULED_OUT: "stop", Reply.OPEN: "todo", Reply.BELOW: "warn", Reply.MEETS: "ok"}


def formula(line: Mapping[str, Any], site: str) -> str:
    """How the measure came about in words; what lacks instead, when it could not be computed."""
    if line["value"] is None:
        return _("缺：%(what)s") % {"what": _("、").join(_(INPUTS[key][0]) for key in line["lacks"])}
    template = MU_FORMULAS[Site(site)] if line["measure"] == "mu" else MEASURES[line["measure"]][2]
    return _(template).format(**line["filled"])


def measure_name(line: Mapping[str, Any]) -> str:
    """The measure with its unit."""
    name, unit, _formula = MEASURES[line["measure"]]
    return with_note(_(name), _(unit)) if unit and unit != "%" else _(name) + (" %" if unit else "")


def line_columns() -> list[dict[str, Any]]:
    """Of the table of measures."""
    return [
        {"key": "name", "label": _("指标"), "head": True},
        {"key": "value", "label": _("数值"), "kind": "number"},
        {"key": "limit", "label": _("门槛")},
        {"key": "verdict", "label": _("结果"), "kind": "pill"},
        {"key": "formula", "label": _("算式")},
        {"key": "article", "label": _("条文")},
    ]


def line_rows(lines: Sequence[Mapping[str, Any]], site: str) -> list[dict[str, Any]]:
    """One row for each measure."""
    return [
        {
            "name": measure_name(line),
            "value": line["value"],
            "limit": line["limit"] or None,
            "verdict": {"text": _(VERDICT_LABELS[line["verdict"]]), "pill": VERDICT_PILLS[line["verdict"]]},
            "formula": formula(line, site),
            "article": {"text": line["article"], "note": line["source"]} if line["article"] else None,
        }
        for line in lines
    ]


def veto_name(veto: Mapping[str, Any]) -> str:
    """The veto's name in the language of the page."""
    return str(veto.get("name_en") or veto["name"]) if english() else str(veto["name"])


def veto_question(veto: Mapping[str, Any]) -> str:
    """What is asked."""
    return str(veto.get("question_en") or veto["question"]) if english() else str(veto["question"])


def veto_columns() -> list[dict[str, Any]]:
    """Of the table of vetoes."""
    return [
        {"key": "name", "label": _("否决项"), "head": True},
        {"key": "answer", "label": _("查明"), "kind": "pill"},
        {"key": "evidence", "label": _("依据")},
        {"key": "article", "label": _("条文")},
    ]


def veto_rows(vetoes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One row for each veto."""
    return [
        {
            "name": {"text": veto_name(one), "note": veto_question(one)},
            "answer": {"text": _(ANSWER_LABELS[one["answer"]]), "pill": ANSWER_PILLS[one["answer"]]},
            "evidence": one["evidence"] or None,
            "article": {"text": one["article"], "note": one["source"]},
        }
        for one in vetoes
    ]


def inputs_shown(site: str, inputs: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was filled in, as facts."""
    rows = [(_("落地方式"), _(SITE_LABELS[Site(site)]))]
    for key in ASKED[Site(site)]:
        if key in inputs:
            name, unit = INPUTS[key]
            rows.append((_(name), f"{inputs[key]} {_(unit)}".strip()))
    return rows


def standard_shown(told: Mapping[str, Any]) -> str:
    """Title and document of the standard."""
    title = told["title_en"] if english() and told.get("title_en") else told["title"]
    return with_note(title, told["document"])


def reply_pill(reply: str) -> tuple[str, str]:
    """What the sheet says, as a pill."""
    return _(REPLY_LABELS[Reply(reply)]), REPLY_PILLS[Reply(reply)]


def outcome_pill(decision: Decision | None) -> dict[str, str]:
    """What was decided, as a table's cell."""
    if decision is None:
        return {"text": _("待评审"), "pill": "wait"}
    outcome = Outcome(decision.outcome)
    return {"text": _(OUTCOME_LABELS[outcome]), "pill": OUTCOME_PILLS[outcome]}


def decision_facts(decision: Decision) -> list[tuple[str, str]]:
    """The meeting and who recorded it."""
    rows = [
        (_("会议日期"), f"{decision.met_on:%Y-%m-%d}"),
        (_("参会人员"), _("、").join(decision.members)),
        (_("记录人"), called(decision.recorded_by)),
        (_("意见"), decision.remarks),
    ]
    return [(name, text) for name, text in rows if text]


def condition_columns() -> list[dict[str, Any]]:
    """Of the table of conditions."""
    return [
        {"key": "text", "label": _("条件"), "head": True},
        {"key": "owner", "label": _("责任人")},
        {"key": "due_on", "label": _("期限"), "kind": "date"},
    ]


def list_row(one: Appraisal, decision: Decision | None, href: str) -> dict[str, Any]:
    """A project's newest appraisal in the list."""
    values = {line["measure"]: line["value"] for line in one.lines}
    text, pill = reply_pill(one.reply)
    return {
        "_href": href,
        "project": {
            "text": one.project.name,
            "href": href,
            "note": _("%(code)s · 第 %(revision)s 版") % {"code": one.project.code, "revision": one.revision},
        },
        "mu": values.get("mu"),
        "fixed": values.get("fixed_per_mu"),
        "tax": values.get("tax_per_mu"),
        "reply": {"text": text, "pill": pill},
        "outcome": outcome_pill(decision),
        "drafted": date_(one.drafted_at),
    }
