"""Appraisals (研判): the calculator, a project's sheets, the committee's decision, the report."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column
from zhaoshang.contracts.actions import appraising
from zhaoshang.contracts.models import Appraisal
from zhaoshang.contracts.queries import appraisals_of, appraisals_seen, decisions_on
from zhaoshang.contracts.refusals import SAID
from zhaoshang.contracts.rules.sheets import (
    ANSWER_LABELS,
    INPUTS,
    OUTCOME_LABELS,
    REPLY_LABELS,
    SITE_LABELS,
    BadInput,
    Outcome,
    Reply,
    Site,
    compute,
    read_inputs,
)
from zhaoshang.contracts.standards import APPRAISAL
from zhaoshang.desk import appraisals_shown as shown_as
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.appraisal_paper import report, sheet_of
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.projects import MOST_EXPORTED, found_project
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.rulesets.kinds import InForce
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.pdf import write_pdf
from zhaoshang.ui.filters import named

REFUSED = tuple(SAID)
CONDITION_ROWS = range(5)
FORMS = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (write_pdf, "application/pdf"),
}


@desk_page(Can.READ_PAYMENTS)
def appraisal_list(request: Any) -> HttpResponse:
    """The newest appraisal of each project, ``?unit= &outcome= &q=``; ``xlsx=1`` for the file."""
    viewer, wanted = request.viewer, chosen(request, {"unit": "", "outcome": "", "q": ""})
    rows = appraisals_seen(viewer, wanted)
    if request.GET.get("xlsx"):
        return _list_sheet(viewer, rows)
    page = page_of(request, rows)
    decided = decisions_on(viewer.city, page.rows)
    units = [(one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city)]
    outcomes = [("", _("全部")), ("none", _("待评审")), *((str(one), _(text)) for one, text in OUTCOME_LABELS.items())]
    shown = {
        "page": page,
        "rows": [shown_as.list_row(one, decided.get(one.pk), _address(one.project)) for one in page.rows],
        "wanted": wanted,
        "units": [("", _("全部")), *units] if viewer.sees_all_units else [],
        "outcomes": outcomes,
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/appraisals/list.html", shown)


def _address(project: Project) -> str:
    return reverse("desk:project_appraisals", args=[project.code])


def _list_sheet(viewer: Any, rows: Any) -> HttpResponse:
    found = list(rows.order_by("-id")[:MOST_EXPORTED])
    decided = decisions_on(viewer.city, found)
    heads = [Column(_("编号")), Column(_("项目"), width=32), Column(_("地区")), Column(_("版次"), "integer")]
    measures = [
        ("mu", _("折合亩数")),
        ("fixed_per_mu", _("投资强度（万元/亩）")),
        ("tax_per_mu", _("亩均税收（万元/亩·年）")),
    ]
    heads += [
        *(Column(label, "amount") for _key, label in measures),
        Column(_("测算结论"), width=30),
        Column(_("评审结论")),
    ]
    lines = []
    for one in found:
        values = {line["measure"]: line["value"] for line in one.lines}
        numbers = [Decimal(values[key]) if values.get(key) else None for key, _label in measures]
        said = [_(REPLY_LABELS[Reply(one.reply)]), shown_as.outcome_pill(decided.get(one.pk))["text"]]
        lines.append([one.project.code, one.project.name, named(one.project.unit), one.revision, *numbers, *said])
    return sheet(heads, lines, _("项目研判"), [])


@desk_page(Can.READ_PAYMENTS, methods=("GET", "POST"))
def appraisal_calculator(request: Any) -> HttpResponse:
    """Compute without a project; nothing is kept."""
    industry = request.POST.get("industry", "C")
    industry = industry if industry in INDUSTRIES else "C"
    shown = _form_shown(request, APPRAISAL.on(request.viewer.city, timezone.localdate()), industry)
    shown["industries"] = [(key, f"{key} {_(text)}") for key, text in INDUSTRIES.items()]
    return _computed(request, "desk/appraisals/calculator.html", shown | {"industry": industry})


def _computed(request: Any, template: str, shown: dict[str, Any]) -> HttpResponse:
    """The whole page, or for HTMX the result alone."""
    template = "desk/appraisals/result.html" if request.htmx else template
    return render(request, template, shown, status=422 if shown["wrong"] and not request.htmx else 200)


def _form_shown(
    request: Any, standard: InForce[Any], industry: str, given: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The form as filled in and what it comes to."""
    given = request.POST if given is None else given
    site = Site(given["site"]) if given.get("site") in list(Site) else Site.LAND
    wrong, lines = "", []
    try:
        read = read_inputs(given)
        lines = [line.plain() for line in compute(standard.content, site, industry, read)] if read else []
    except BadInput as refusal:
        wrong = say(refusal, request.viewer)
    return {
        "site": site,
        "sites": [(str(one), _(text)) for one, text in SITE_LABELS.items()],
        "fields": [
            (key, f"{_(name)}（{_(unit)}）" if unit else _(name), given.get(key, ""))
            for key, (name, unit) in INPUTS.items()
        ],
        "columns": shown_as.line_columns(),
        "rows": shown_as.line_rows(lines, site),
        "standard": shown_as.standard_shown(standard.told),
        "wrong": wrong,
    }


@desk_page(Can.PREPARE_CONTRACT, methods=("GET", "POST"))
def project_appraisal_new(request: Any, code: str) -> HttpResponse:
    """A new revision, begun from the last one; computed as often as wanted, then kept."""
    project = found_project(request, code)
    standard = APPRAISAL.on(project.city, timezone.localdate())
    given = request.POST if request.method == "POST" else _last(project)
    refused = ""
    if request.method == "POST" and given.get("do") == "keep" and not request.htmx:
        try:
            _keep(request, project, standard, given)
        except REFUSED as refusal:
            refused = say(refusal, request.viewer)
        else:
            messages.success(request, _("研判表已存为新的一版，由另一人登记评审结论。"))
            return redirect("desk:project_appraisals", project.code)
    shown = _form_shown(request, standard, project.industry, given)
    shown |= {"project": project, "vetoes": _vetoes(standard, given), "summary": given.get("summary", "")}
    shown["answers"] = [(str(one), _(text)) for one, text in ANSWER_LABELS.items()]
    shown["wrong"] = refused or shown["wrong"]
    shown["total_hint"] = _("取自项目的合同额，请核对") if request.method == "GET" and "site" not in given else ""
    return _computed(request, "desk/appraisals/new.html", shown)


def _last(project: Project) -> dict[str, str]:
    last = next(iter(appraisals_of(project)), None)
    if last is None:
        return {"total": f"{in_unit(project.contract_fen, '万元').normalize():f}"} if project.contract_fen else {}
    given = {"site": last.site, "summary": last.summary, **last.inputs}
    for veto in last.vetoes:
        given |= {f"veto-{veto['code']}": veto["answer"], f"evidence-{veto['code']}": veto["evidence"]}
    return given


def _vetoes(standard: InForce[Any], given: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "code": one["code"],
            "name": shown_as.veto_name(one),
            "question": shown_as.veto_question(one),
            "answer": given.get(f"veto-{one['code']}", "unknown"),
            "evidence": given.get(f"evidence-{one['code']}", ""),
        }
        for one in standard.content.get("veto", [])
    ]


def _keep(request: Any, project: Project, standard: InForce[Any], given: Mapping[str, str]) -> Appraisal:
    codes = [one["code"] for one in standard.content.get("veto", [])]
    return appraising.draft_appraisal(
        project=project,
        site=Site(given["site"]) if given.get("site") in list(Site) else Site.LAND,
        inputs={key: given.get(key, "") for key in INPUTS},
        answers={code: (given.get(f"veto-{code}", ""), given.get(f"evidence-{code}", "")) for code in codes},
        summary=given.get("summary", ""),
        by=request.viewer.user,
        at=timezone.now(),
    )


@desk_page(Can.READ_PAYMENTS)
def project_appraisals(request: Any, code: str) -> HttpResponse:
    """A project's sheets: the newest, or ``?revision=``, with what was decided on it."""
    project, viewer = found_project(request, code), request.viewer
    found = appraisals_of(project)
    decided = decisions_on(project.city, found)
    wanted = request.GET.get("revision", "")
    one = next((one for one in found if str(one.revision) == wanted), found[0] if found else None)
    shown: dict[str, Any] = {
        "project": project,
        "one": one,
        "revisions": [_revision(other, decided, one) for other in found],
        "may_draft": viewer.can(Can.PREPARE_CONTRACT) and viewer.sees_unit(project.unit_id),
    }
    if one is not None:
        shown |= _sheet_shown(request, one, decided.get(one.pk)) | {"is_newest": one is found[0]}
    return render(request, "desk/appraisals/project.html", shown)


def _revision(other: Appraisal, decided: dict[UUID, Any], one: Appraisal | None) -> dict[str, Any]:
    text = shown_as.outcome_pill(decided.get(other.pk))["text"]
    label = _("第 %(revision)s 版 · %(outcome)s") % {"revision": other.revision, "outcome": text}
    return {"label": label, "href": f"?revision={other.revision}", "current": other is one}


def _sheet_shown(request: Any, one: Appraisal, decision: Any) -> dict[str, Any]:
    own = one.drafted_by_id == request.viewer.user.pk
    return {
        "inputs": shown_as.inputs_shown(one.site, one.inputs),
        "columns": shown_as.line_columns(),
        "rows": shown_as.line_rows(one.lines, one.site),
        "veto_columns": shown_as.veto_columns(),
        "veto_rows": shown_as.veto_rows(one.vetoes),
        "standard": shown_as.standard_shown(one.standard),
        "reply": shown_as.reply_pill(one.reply),
        "decision": decision,
        "outcome": shown_as.outcome_pill(decision),
        "decision_facts": shown_as.decision_facts(decision) if decision else [],
        "condition_columns": shown_as.condition_columns(),
        "outcomes": [("", "—"), *((str(kind), _(text)) for kind, text in OUTCOME_LABELS.items())],
        "condition_rows": CONDITION_ROWS,
        "today": timezone.localdate().isoformat(),
        "may_decide": request.viewer.can(Can.REVIEW_CONTRACT) and not own and decision is None,
        "own": own and decision is None,
    }


def _seen(request: Any, key: UUID) -> Appraisal:
    rows = Appraisal.objects.visible_to(request.viewer)
    rows = rows.select_related("project__city", "project__unit", "project__enterprise", "drafted_by")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.REVIEW_CONTRACT, methods=("POST",))
def appraisal_decide(request: Any, key: UUID) -> HttpResponse:
    """Record what the committee decided."""
    one, given = _seen(request, key), request.POST
    conditions = [
        {name: given.get(f"{name}-{place}", "") for name in ("text", "owner", "due_on")} for place in CONDITION_ROWS
    ]
    try:
        day = parse_date(given.get("met_on", ""))
    except ValueError:
        day = None
    try:
        if day is None or given.get("outcome") not in list(Outcome):
            raise appraising.MeetingIncomplete
        appraising.record_decision(
            appraisal=one,
            outcome=Outcome(given["outcome"]),
            met_on=day,
            members=given.get("members", "").replace("，", "、").replace(",", "、").split("、"),
            conditions=conditions,
            remarks=given.get("remarks", ""),
            by=request.viewer.user,
            at=timezone.now(),
        )
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    else:
        messages.success(request, _("评审结论已登记。"))
    return redirect("desk:project_appraisals", one.project.code)


@desk_page(Can.READ_PAYMENTS)
def appraisal_file(request: Any, key: UUID, ext: str) -> HttpResponse:
    """The report as docx or pdf, the table as xlsx."""
    one = _seen(request, key)
    decision = decisions_on(one.city, [one]).get(one.pk)
    title = _("%(name)s研判报告") % {"name": one.project.name}
    if ext == "xlsx":
        columns, rows, notes = sheet_of(one, decision)
        return sheet(columns, rows, title, notes)
    if ext not in FORMS:
        raise Http404
    write, mime = FORMS[ext]
    issuer = _("%(city)s招商引资主管部门") % {"city": named(one.project.city)}
    return attachment(write(report(one, decision, issuer)), mime, f"{title}.{ext}")
