"""A unit's sheet with every line explained, the objections to it, and the decisions on them."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.assessments import entering, objecting
from zhaoshang.assessments.assessing import WrongState
from zhaoshang.assessments.models import Objection
from zhaoshang.assessments.queries import Result, objections_of, result_of
from zhaoshang.assessments.rules.states import VERDICT_LABELS, State, Verdict
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import EvidenceFile
from zhaoshang.common.problems import Refused
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.assessed import Names, input_row, line_row, points_shown, said, sheet_rows, state_pill
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.proofs import ACCEPTED, LARGEST_BYTES
from zhaoshang.desk.refusals import say
from zhaoshang.desk.sent_files import handed_out, sent_in
from zhaoshang.desk.views.assessments import VERDICT_PILLS, found_assessment, in_window, objection_row
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, clause, moment

REFUSED = (
    WrongState,
    objecting.WindowClosed,
    objecting.ReasonMissing,
    objecting.NoSuchLine,
    objecting.NotAnInput,
    objecting.OwnObjection,
    objecting.AlreadyDecided,
    entering.BadNumber,
)


@desk_page(Can.READ_FIGURES)
def unit_sheet(request: Any, key: UUID, unit: str) -> HttpResponse:
    """Every line of one unit; its officers may object here while the window is open."""
    return _sheet(request, key, unit)


def _sheet(request: Any, key: UUID, unit: str, errors: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    viewer = request.viewer
    one = found_assessment(viewer, key)
    result = result_of(one)
    if unit not in result.units:
        raise Http404
    row = next(row for row in result.last.scores if row["unit"] == unit)
    place = result.units[unit]
    own = viewer.sees_unit(place.pk)
    shown = {
        "one": one,
        "state": state_pill(one),
        "unit": place,
        "name": named(place),
        "total": points_shown(row["total"], result.scheme.places),
        "score": row,
        "among": sum(1 for other in result.last.scores if other["group"] == row["group"]),
        "notes": [said(note) for note in row["notes"]],
        "rows": sheet_rows(result, Names(one.city, result.scheme), unit),
        "last": result.last,
        "objections": [objection_row(item) for item in objections_of(one) if item.unit_id == place.pk] if own else [],
        "may_object": own and viewer.can(Can.OBJECT) and in_window(one),
        "lines": [(line.no, f"{clause(line.no)}　{line.name}") for line in result.scheme.lines],
        "posted": request.POST,
        "errors": errors,
        "accepted": ACCEPTED,
    }
    return render(request, "desk/assessments/sheet.html", shown, status=status)


@desk_page(Can.OBJECT, methods=("POST",))
def objection_new(request: Any, key: UUID, unit: str) -> HttpResponse:
    """Object to one line, with reasons and, if there is one, a file."""
    viewer, given = request.viewer, request.POST
    one = found_assessment(viewer, key)
    place = result_of(one).units.get(unit)
    if place is None or not viewer.sees_unit(place.pk):
        raise Http404
    try:
        made = objecting.raise_objection(
            assessment=one, unit=place, article=given.get("article", "")[:20], reason=given.get("reason", "")[:1000],
            file=_taken_in(request), today=timezone.localdate(), by=viewer.user, at=timezone.now(),
        )  # fmt: skip
    except (*REFUSED, Refused) as refusal:
        return _sheet(request, key, unit, (say(refusal, viewer),), status=422)
    messages.success(request, _("异议已提交，处理结果会写在这里。"))
    return redirect("desk:objection_open", made.pk)


def _taken_in(request: Any) -> EvidenceFile | None:
    """The file that came with an objection. Raises ``common.files.Refused``."""
    upload = request.FILES.get("file")
    if upload is None:
        return None
    content = upload.read(LARGEST_BYTES + 1)
    return store(
        city=request.viewer.city, content=content, name=upload.name or "", by=request.viewer.user, at=timezone.now()
    )


def found_objection(viewer: Viewer, key: UUID) -> Objection:
    """The objection; of another unit it looks absent."""
    rows = Objection.objects.of(viewer.city).select_related(
        "city", "assessment__city", "assessment__regulation", "unit", "raised_by", "decided_by", "file__city"
    )
    one: Objection = get_object_or_404(rows, pk=key)
    if not viewer.sees_unit(one.unit_id):
        raise Http404
    return one


@desk_page(Can.READ_FIGURES)
def objection_open(request: Any, key: UUID) -> HttpResponse:
    """What was objected, the line as it stands, and what was decided or the form to decide."""
    return _objection(request, found_objection(request.viewer, key))


def _objection(request: Any, one: Objection, errors: tuple[str, ...] = (), status: int = 200) -> HttpResponse:
    result = result_of(one.assessment)
    names, verdict = Names(one.assessment.city, result.scheme), Verdict(one.verdict)
    decides = one.assessment.state == State.SHOWN and verdict == Verdict.OPEN and request.viewer.can(Can.ASSESS)
    line = result.scheme.line(one.article)
    shown = {
        "objection": one,
        "name": named(one.unit),
        "article": clause(one.article),
        "verdict": {"text": _(VERDICT_LABELS[verdict]), "pill": VERDICT_PILLS[verdict]},
        "rows": _line_rows(result, names, one),
        "may_decide": decides and one.raised_by_id != request.viewer.user.pk,
        "own": decides and one.raised_by_id == request.viewer.user.pk,
        "inputs": [(input_key, names.name(input_key)) for input_key in line.keys] if line else [],
        "corrected": names.name(one.input_key) if one.input_key else "",
        "raised": f"{called(one.raised_by)} {moment(one.raised_at)}",
        "decided": f"{called(one.decided_by)} {moment(one.decided_at)}" if one.decided_by else "",
        "posted": request.POST,
        "errors": errors,
    }
    return render(request, "desk/assessments/objection.html", shown, status=status)


def _line_rows(result: Result, names: Names, one: Objection) -> list[dict[str, Any]]:
    """The article as it stands now, with its inputs."""
    row = next(row for row in result.last.scores if row["unit"] == one.unit.code)
    given = result.last.inputs[one.unit.code]
    for line, got in zip(result.scheme.lines, row["lines"], strict=True):
        if line.no == one.article:
            inputs = [input_row(names, key, given[key], one.unit, True) for key in line.keys]
            return [line_row(line, got, result.scheme.places), *inputs]
    return []


@desk_page(Can.ASSESS, methods=("POST",))
def objection_decide(request: Any, key: UUID) -> HttpResponse:
    """Uphold it, with the right number, or reject it; in both cases with reasons."""
    one, given = found_objection(request.viewer, key), request.POST
    who = {"answer": given.get("answer", "")[:1000], "by": request.viewer.user, "at": timezone.now()}
    try:
        if given.get("verdict") == Verdict.UPHELD:
            corrected = Decimal(given.get("corrected", "").strip().replace(",", ""))
            objecting.uphold_objection(objection=one, key=given.get("key", ""), corrected=corrected, **who)
        elif given.get("verdict") == Verdict.REJECTED:
            objecting.reject_objection(objection=one, **who)
        else:
            return _objection(request, one, (_("请选择采纳或不采纳。"),), status=422)
    except InvalidOperation:
        return _objection(request, one, (_("请写更正后的数，只用数字和小数点。"),), status=422)
    except REFUSED as refusal:
        return _objection(request, one, (say(refusal, request.viewer),), status=422)
    messages.success(
        request, _("已处理，全部地区的得分已重算。") if given["verdict"] == Verdict.UPHELD else _("已处理。")
    )
    return redirect("desk:objection_open", key)


@desk_page(Can.READ_FIGURES)
def objection_file(request: Any, key: UUID) -> HttpResponse:
    """The file that came with an objection, checked against its digest."""
    one = found_objection(request.viewer, key)
    if one.file is None:
        raise Http404
    return handed_out(request, sent_in(one.file))
