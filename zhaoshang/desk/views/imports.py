"""Importing workbooks: upload, progress, preview with corrections, accept, undo; and the list of what was sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.capital import actions as capital
from zhaoshang.capital import evidence
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.desk import imports_shown as shown
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.imports import UploadForm, header_rows, own_units, registrations_from, settled_from
from zhaoshang.desk.jobs_shown import job_shown
from zhaoshang.desk.lists import as_number, attachment, page_of
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import handed_out
from zhaoshang.jobs.actions import TooManyWaiting
from zhaoshang.jobs.models import Job
from zhaoshang.machines.handing import SentIn
from zhaoshang.people.rules import Can
from zhaoshang.projects.actions import CodeTaken
from zhaoshang.review import intake
from zhaoshang.review.intake_asking import place_names
from zhaoshang.review.models import Workbook, WorkbookPage
from zhaoshang.review.registering import LooksAlike
from zhaoshang.review.rules import WorkbookState
from zhaoshang.review.workbooks import annotate, template
from zhaoshang.ui.filters import month as month_words

PAGE = 20
MOST_SHEETS = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFUSED = (
    TooManyWaiting,
    intake.AccountChanged,
    intake.AlreadyImported,
    intake.Faulty,
    intake.NotReady,
    intake.Unconfirmed,
    capital.Changed,
    capital.NotDeclared,
    capital.PeriodClosed,
    capital.ProjectClosed,
    LooksAlike,
    capital.ProofInUse,
    capital.ReasonMissing,
    capital.RowKeyTaken,
    CodeTaken,
    Refused,
)


def found(request: Any, key: UUID) -> Workbook:
    """The workbook, if the viewer may see it; hidden and absent are the same 404."""
    rows = Workbook.objects.visible_to(request.viewer).select_related(
        "unit", "city", "sent_by", "decided_by", "undone_by"
    )
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.DECLARE, methods=("GET", "POST"))
def import_list(request: Any) -> HttpResponse:
    """The upload, and what was sent so far."""
    viewer = request.viewer
    asked = {name: request.GET[name] for name in ("unit", "month") if request.GET.get(name)}
    form = UploadForm(
        request.POST or None, request.FILES or None, viewer=viewer, today=timezone.localdate(), initial=asked
    )
    if request.method == "POST" and form.is_valid() and (workbook := _received(request, form)):
        return redirect("desk:import", workbook.pk)
    rows = Workbook.objects.visible_to(viewer).select_related("unit", "sent_by").defer("columns", "problems", "lines")
    page = page_of(request, rows, size=PAGE)
    context = {"form": form, "columns": shown.list_columns(), "rows": shown.list_rows(page.rows), "page": page}
    return render(request, "desk/imports/list.html", context, status=422 if form.errors else 200)


def _received(request: Any, form: UploadForm) -> Workbook | None:
    content, name = form.upload
    given = {"unit": form.units[form.cleaned_data["unit"]], "month": form.cleaned_data["month"]}
    try:
        workbook, book = intake.take_in(
            city=request.viewer.city, content=content, filename=name, by=request.viewer.user, at=timezone.now(), **given
        )
    except REFUSED as refusal:
        form.add_error("file", say(refusal, request.viewer))
        return None
    if workbook.state == WorkbookState.RECEIVED:
        intake.read_or_enqueue(workbook=workbook, book=book, by=request.viewer.user, at=timezone.now())
    return workbook


@desk_page(Can.DECLARE)
def import_template(request: Any) -> HttpResponse:
    """A blank workbook with lists to choose from."""
    names = [unit.name for unit in own_units(request.viewer)]
    return attachment(template(names, place_names(request.viewer.city)), XLSX, "到位资金报送表.xlsx")


@desk_page(Can.DECLARE)
def import_open(request: Any, key: UUID) -> HttpResponse:
    """A workbook: its progress, its preview, or what became of it."""
    workbook = found(request, key)
    context: dict[str, Any] = {
        "workbook": workbook,
        "unit_name": named(workbook.unit),
        "month_name": month_words(workbook.month),
    }
    context |= {"stalled": workbook.is_stalled(timezone.now()), "state": shown.list_rows([workbook])[0]["state"]}
    if workbook.is_busy or workbook.state == WorkbookState.FAILED:
        return render(request, "desk/imports/waiting.html", context)
    job = intake.accepting_job(workbook) if workbook.state == WorkbookState.READ else None
    context |= {"job": job_shown(job) if job else None, "mine": bool(job and job.asked_by_id == request.viewer.user.pk)}
    if job and job.is_open:
        return render(request, "desk/imports/accepting.html", context)
    many = sum(sheet["read"] for sheet in workbook.summary.get("sheets", ())) > 1
    page = _page(request, workbook)
    context |= {
        "faults": shown.problem_rows(workbook, fatal=True),
        "warnings": shown.problem_rows(workbook, fatal=False),
        "fault_columns": shown.problem_columns(fatal=True),
        "warning_columns": shown.problem_columns(fatal=False),
        "row_columns": shown.row_columns(),
        "rows": [shown.table_row(row, many) for row in (page.rows if page else ())],
        "page": page,
        "pages": WorkbookPage.objects.of(workbook.city_id).filter(workbook=workbook).count(),
        "totals": shown.totals_shown(workbook),
        "mapped": shown.columns_shown(workbook),
        "headers": [(sheet["name"], header_rows(sheet)) for sheet in workbook.summary.get("sheets", ())][:MOST_SHEETS],
        "unknown": shown.unknown_shown(workbook),
        **shown.settle_choices(),
    }
    return render(request, "desk/imports/open.html", context)


def _page(request: Any, workbook: Workbook) -> WorkbookPage | None:
    """The page of rows that the address asks for; the first when it asks for none."""
    wanted = as_number(request.GET.get("page")) or 1
    return WorkbookPage.objects.of(workbook.city_id).filter(workbook=workbook, number=wanted).first()


@desk_page(Can.DECLARE)
def import_progress(request: Any, key: UUID) -> HttpResponse:
    """The progress alone, as the page asks for it each second; the whole page again once the reading has ended."""
    workbook = found(request, key)
    response = render(request, "desk/imports/progress.html", {"workbook": workbook})
    if not workbook.is_busy:
        response["HX-Refresh"] = "true"
    return response


@desk_page(Can.DECLARE)
def import_row(request: Any, key: UUID) -> HttpResponse:
    """One row of the file as it stands there, with what is said about it."""
    workbook = found(request, key)
    sheet, row = request.GET.get("sheet", ""), request.GET.get("row", "")
    cells = workbook.lines.get(f"{sheet}!{row}")
    if cells is None:
        raise Http404
    headings = {column["letter"]: column["heading"] for column in workbook.columns if column["sheet"] == sheet}
    here = [one for one in workbook.problems if one["sheet"] == sheet and str(one["row"]) == row]
    context = {
        "workbook": workbook,
        "sheet": sheet,
        "row": row,
        "facts": [(f"{letter}{row} {headings.get(letter, '')}", text) for letter, text in cells.items()],
        "said": [(shown.cell_name(one, False), shown.said(one), one["fatal"]) for one in here],
    }
    response = render(request, "desk/imports/row.html", context)
    response["Vary"] = "HX-Target"
    return response


@desk_page(Can.DECLARE)
def import_marked(request: Any, key: UUID) -> HttpResponse:
    """The district's own workbook with its doubtful cells marked."""
    workbook = found(request, key)
    stored = [{name: value for name, value in one.items() if name != "of_file"} for one in workbook.problems]
    problems = [Problem(**one | {"message": shown.said(one)}) for one in stored]
    marked = annotate(evidence.kept(workbook.city.code, workbook.digest), problems)
    return attachment(marked, XLSX, f"{workbook.name.rpartition('.')[0]}-已标注.xlsx")


@desk_page(Can.DECLARE)
def import_original(request: Any, key: UUID) -> HttpResponse:
    """The file as it was sent."""
    workbook = found(request, key)
    return handed_out(request, SentIn(workbook.city.code, workbook.digest, "application/octet-stream", workbook.name))


def _done(request: Any, key: UUID, act: Callable[[Workbook], str]) -> HttpResponseRedirect:
    """Do something to the workbook and go back to its page with what is to be said."""
    workbook = found(request, key)
    try:
        messages.success(request, act(workbook))
    except REFUSED as refusal:
        messages.error(request, say(refusal, request.viewer))
    except forms.ValidationError as error:
        messages.error(request, error.message)
    return redirect("desk:import", workbook.pk)


@desk_page(Can.DECLARE, methods=("POST",))
def import_remap(request: Any, key: UUID) -> HttpResponse:
    """Read the file again with what the person settled."""

    def act(workbook: Workbook) -> str:
        settled = settled_from(request.POST, workbook)
        again = intake.remap(workbook=workbook, settled=settled, by=request.viewer.user, at=timezone.now())
        intake.read_or_enqueue(workbook=again, by=request.viewer.user, at=timezone.now())
        return _("已按你的指定重新读取。")

    return _done(request, key, act)


@desk_page(Can.DECLARE, methods=("POST",))
def import_register(request: Any, key: UUID) -> HttpResponse:
    """Register the ticked projects that the sheet names."""

    def act(workbook: Workbook) -> str:
        wanted = registrations_from(request.POST, workbook)
        count = intake.register_projects(
            workbook=workbook,
            wanted=wanted,
            nevertheless=request.POST.get("nevertheless", "")[:400],
            by=request.viewer.user,
            at=timezone.now(),
        )
        return _("已登记 %(count)s 个项目，并重新对照了表格。") % {"count": count}

    return _done(request, key, act)


@desk_page(Can.DECLARE, methods=("POST",))
def import_accept(request: Any, key: UUID) -> HttpResponse:
    """Declare what was shown, all or nothing; a large one is left to a worker."""

    def act(workbook: Workbook) -> str:
        confirmed = bool(request.POST.get("confirmed"))
        given = {"by": request.viewer.user, "at": timezone.now(), "confirmed": confirmed}
        taken = intake.accept_or_enqueue(workbook=workbook, **given)
        if isinstance(taken, Job):
            return _("整份导入已交给后台，做完会在这里显示。可以离开本页。")
        counts = {name: taken.summary[name] for name in ("new", "update", "unchanged")}
        return _("已导入：新申报 %(new)s 笔，更新 %(update)s 笔，不变 %(unchanged)s 笔。") % counts

    return _done(request, key, act)


@desk_page(Can.DECLARE, methods=("POST",))
def import_drop(request: Any, key: UUID) -> HttpResponse:
    """Put a workbook aside that was not accepted."""

    def act(workbook: Workbook) -> str:
        intake.drop(workbook=workbook, by=request.viewer.user, at=timezone.now())
        return _("已放弃这份表格，账上没有变化。")

    return _done(request, key, act)


@desk_page(Can.DECLARE, methods=("POST",))
def import_undo(request: Any, key: UUID) -> HttpResponse:
    """Take an accepted import back as one."""

    def act(workbook: Workbook) -> str:
        reason = request.POST.get("reason", "")[:400]
        count = intake.undo(workbook=workbook, reason=reason, by=request.viewer.user, at=timezone.now())
        return _("已撤销这次导入，涉及 %(count)s 笔。") % {"count": count}

    return _done(request, key, act)
