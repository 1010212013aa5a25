"""Filling in what a gate wants, and correcting what a passed one rests on."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.forms.amend import AmendForm
from zhaoshang.desk.stages_shown import frozen
from zhaoshang.desk.views.projects import found_project
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.correcting import amend_project, correct_project


@desk_page(Can.ADVANCE_STAGE, methods=("GET", "POST"))
def project_amend(request: Any, code: str) -> HttpResponse:
    """The form, and its saving: open fields in one act, each frozen one by its own recorded correction."""
    project = found_project(request, code)
    may_correct = request.viewer.can(Can.CORRECT_PROJECT)
    given = request.POST if request.method == "POST" else None
    form = AmendForm(given, project=project, frozen=frozen(project), may_correct=may_correct)
    if given is not None and form.is_valid():
        _save(request, project, form)
        messages.success(request, _("已保存。"))
        return redirect("desk:project_stages", project.code)
    shown = {"project": project, "form": form}
    return render(request, "desk/stages/amend.html", shown, status=422 if form.errors else 200)


@transaction.atomic
def _save(request: Any, project: Project, form: AmendForm) -> None:
    common = {"by": request.viewer.user, "at": timezone.now()}
    values = {name: form.cleaned_data[name] for name in form.changed_data if name != "reason"}
    changed = {name: value for name, value in values.items() if getattr(project, name) != value}
    amend_project(project=project, **{n: v for n, v in changed.items() if n not in form.frozen}, **common)
    for name in changed.keys() & set(form.frozen):
        told = {"field": name, "old": getattr(project, name), "new": changed[name]}
        correct_project(project=project, reason=form.cleaned_data["reason"], **told, **common)
