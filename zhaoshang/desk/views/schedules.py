"""Payment schedules: what is promised by month, one project's schedule with its revisions, and taking in a file of many."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.periods import month_text
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets.writing import Column, Value, write_table
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.schedules import ScheduleFileForm, ScheduleForm
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.desk.views.projects import found_project
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Instalment, Project
from zhaoshang.projects.rules import SCHEDULE_FAULT_LABELS
from zhaoshang.projects.schedules import BadSchedule, Schedule, schedules_in_force, set_schedules
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.schedule_list import COLUMNS, WORDS, read_schedules
from zhaoshang.review.workbooks.messages import MESSAGES
from zhaoshang.ui.filters import called, number, wan
from zhaoshang.ui.filters import month as month_words

MOST_EXPORTED, MOST_PROBLEMS = 20_000, 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_page(Can.READ_PAYMENTS)
def schedule_list(request: Any) -> HttpResponse:
    """The viewer's instalments, newest entered first, ``?unit= &q=``; ``xlsx=1`` for the file."""
    wanted = chosen(request, {"unit": "", "q": ""})
    rows = Instalment.objects.visible_to(request.viewer).select_related("project__unit", "entered_by")
    if "unit" in wanted:
        rows = rows.filter(project__unit__code=wanted["unit"])
    if text := wanted.get("q"):
        rows = rows.filter(project__code=text) | rows.filter(project__name__icontains=text)
    if request.GET.get("xlsx"):
        return _file(rows)
    return _list(request, wanted, rows, ScheduleFileForm())


def _list(
    request: Any, wanted: dict[str, str], rows: Any, form: ScheduleFileForm, problems: Sequence[Problem] = ()
) -> HttpResponse:
    page = page_of(request, rows)
    units = [(unit.code, named(unit)) for unit in ReportingUnit.objects.of(request.viewer.city)]
    shown = {
        "page": page,
        "rows": [_row(one) for one in page.rows],
        "wanted": wanted,
        "units": [("", _("全部")), *units] if request.viewer.sees_all_units else [],
        "form": form,
        "may_write": request.viewer.can(Can.SET_SCHEDULES),
        "xlsx_url": address(request, xlsx="1"),
        "problem_rows": [
            {"cell": one.cell, "value": one.value, "message": _((WORDS | MESSAGES)[one.code]).format(**one.params)}
            for one in problems[:MOST_PROBLEMS]
        ],
        "problem_count": number(len(problems)),
    }
    return render(request, "desk/schedules/list.html", shown, status=422 if form.errors or problems else 200)


def _row(one: Instalment) -> dict[str, Any]:
    href = reverse("desk:project_schedule", args=[one.project.code])
    return {
        "_href": href,
        "project": {"text": one.project.name, "href": href, "note": one.project.code},
        "unit": named(one.project.unit),
        "month": month_words(one.month),
        "amount": wan(one.amount_fen),
        "document": {"text": one.document, "note": _("示例") if one.is_sample else ""},
        "revision": str(one.revision),
    }


def _file(rows: Any) -> HttpResponse:
    heads = [Column(_(column.label), width=20) for column in COLUMNS]
    heads[2], heads[4] = Column(_(COLUMNS[2].label), "amount", 6, 20), Column(_(COLUMNS[4].label), "date")
    heads += [Column(_("地区"), width=18), Column(_("项目"), width=34), Column(_("第几次"), "integer")]
    lines: list[list[Value]] = [
        [
            one.project.code,
            month_text(one.month),
            in_unit(one.amount_fen, "万元"),
            one.document,
            one.agreed_on,
            named(one.project.unit),
            one.project.name,
            one.revision,
        ]
        for one in rows.order_by("-id")[:MOST_EXPORTED]
    ]
    return sheet(heads, lines, _("付款计划"), [])


@desk_page(Can.SET_SCHEDULES)
def schedule_template(request: Any) -> HttpResponse:
    """A blank list with the five headings."""
    heads = [Column(column.label, width=20) for column in COLUMNS]
    return attachment(write_table(heads, [], "付款计划"), XLSX, "付款计划表.xlsx")


@desk_page(Can.SET_SCHEDULES, methods=("POST",))
def schedule_upload(request: Any) -> HttpResponse:
    """Take in a file of schedules: all or nothing, problems by cell."""
    viewer, form = request.viewer, ScheduleFileForm(request.POST, request.FILES)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        projects = {one.code: one for one in Project.objects.visible_to(viewer)}
        try:
            found = read_schedules(file.read(), file.name, projects)
            problems = found.problems
            if not problems:
                made = set_schedules(city=viewer.city, schedules=found.schedules, by=viewer.user, at=timezone.now())
                words = _("已登记 %(made)s 个项目的计划；其余 %(same)s 个与在册的相同，没有改动。")
                messages.success(request, words % {"made": number(made), "same": number(len(found.schedules) - made)})
                return redirect("desk:schedule_list")
        except Refused as refusal:
            form.add_error("file", ValidationError(_(refusal.template).format(**refusal.params)))
        except BadSchedule as refusal:
            words = _("项目 %(code)s：%(why)s") % {
                "code": refusal.project.code,
                "why": _(SCHEDULE_FAULT_LABELS[refusal.fault]),
            }
            form.add_error("file", ValidationError(words))
    rows = Instalment.objects.visible_to(viewer).select_related("project__unit", "entered_by")
    return _list(request, {}, rows, form, problems)


@desk_page(Can.READ_PAYMENTS)
def project_schedule(request: Any, code: str) -> HttpResponse:
    """One project's schedule in force, the revisions before it, and the form of the next."""
    project = found_project(request, code)
    held = _held(project)
    may_write = request.viewer.can(Can.SET_SCHEDULES)
    return _project_page(request, project, held, _form(held) if may_write else None)


@desk_page(Can.SET_SCHEDULES, methods=("POST",))
def project_schedule_set(request: Any, code: str) -> HttpResponse:
    """Record the next revision."""
    project = found_project(request, code)
    held = _held(project)
    form = _form(held, request.POST)
    if form.is_valid() and _recorded(request, project, form):
        return redirect("desk:project_schedule", project.code)
    return _project_page(request, project, held, form)


def _held(project: Project) -> list[Instalment]:
    return schedules_in_force(project.city, [project.pk]).get(project.pk, [])


def _form(held: list[Instalment], given: Any = None) -> ScheduleForm:
    return ScheduleForm(given, held={row.month: row.amount_fen for row in held})


def _project_page(request: Any, project: Project, held: list[Instalment], form: ScheduleForm | None) -> HttpResponse:
    history = Instalment.objects.visible_to(request.viewer).filter(project=project).select_related("entered_by")
    shown = {
        "project": project,
        "form": form,
        "document": held[0].document if held else "",
        "agreed_on": held[0].agreed_on if held else None,
        "rows": [{"month": month_words(row.month), "amount": wan(row.amount_fen)} for row in held],
        "sum": wan(sum(row.amount_fen for row in held)),
        "contract": wan(project.contract_fen),
        "history": _revisions(list(history.order_by("-revision", "month"))),
    }
    return render(request, "desk/schedules/project.html", shown, status=422 if form and form.errors else 200)


def _recorded(request: Any, project: Project, form: ScheduleForm) -> bool:
    given = form.cleaned_data
    schedule = Schedule(project=project, months=form.months, document=given["document"], agreed_on=given["agreed_on"])
    try:
        made = set_schedules(city=project.city, schedules=[schedule], by=request.viewer.user, at=timezone.now())
    except BadSchedule as refusal:
        form.add_error(None, _(SCHEDULE_FAULT_LABELS[refusal.fault]))
        return False
    messages.success(request, _("已登记付款计划。") if made else _("与在册的计划完全相同，没有改动。"))
    return True


def _revisions(rows: list[Instalment]) -> list[dict[str, Any]]:
    """A line a revision, newest first."""
    found: dict[int, list[Instalment]] = {}
    for row in rows:
        found.setdefault(row.revision, []).append(row)
    return [
        {
            "revision": str(revision),
            "document": {"text": lines[0].document, "note": _("示例") if lines[0].is_sample else ""},
            "agreed_on": lines[0].agreed_on.isoformat(),
            "count": number(len(lines)),
            "sum": wan(sum(line.amount_fen for line in lines)),
            "who": called(lines[0].entered_by),
        }
        for revision, lines in found.items()
    ]
