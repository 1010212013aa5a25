"""Enterprises: the list, a card with everything that points at it, and what the card says."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.industries import INDUSTRIES
from zhaoshang.common.problems import Problem, Refused
from zhaoshang.common.sheets.writing import Column, Value, write_table
from zhaoshang.desk import firm_sheet, firm_shown
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.enterprises import CardForm, SheetForm
from zhaoshang.desk.imports_shown import worded
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.desk.refusals import say
from zhaoshang.desk.saved_shown import view_bar
from zhaoshang.enterprises.actions import Card, Changed, CodeHeld, IsMerged, change_enterprise, create_enterprise
from zhaoshang.enterprises.merging import families, family
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.rules import OWNERSHIP_LABELS, Ownership
from zhaoshang.lookup.queries import closed, family_of
from zhaoshang.lookup.rules import Kind
from zhaoshang.people.rules import Can
from zhaoshang.projects.firms import require_own_card, visible_enterprises
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.kept_lists import LISTS
from zhaoshang.review.enterprise_list import (
    COLUMNS,
    WORDS,
    CannotHang,
    EnterpriseList,
    import_enterprises,
    read_enterprises,
)
from zhaoshang.ui.filters import number

MOST_EXPORTED, MOST_PROBLEMS = 20_000, 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILTERS = dict.fromkeys(LISTS["enterprise_list"].filters)


@desk_page(Can.READ_PAYMENTS)
def enterprise_list(request: Any) -> HttpResponse:
    """Enterprises, newest first, by name or code, ownership, sector and seat; ``xlsx=1`` for the file."""
    return _list(request, SheetForm())


def _list(request: Any, form: forms.Form, problems: Sequence[Problem] = ()) -> HttpResponse:
    wanted, views = chosen(request, FILTERS), view_bar(request, "enterprise_list")
    if views.opens_with:
        return redirect(views.opens_with)
    rows = wanted_of(request.viewer, wanted)
    if request.GET.get("xlsx"):
        return _file(request.viewer, rows)
    page = page_of(request, rows)
    counts = _projects_of(request.viewer, page.rows)
    labels = {str(key): _(text) for key, text in OWNERSHIP_LABELS.items()}
    shown = {
        "views": views,
        "page": page,
        "rows": [_row(one, counts.get(one.pk, 0)) for one in page.rows],
        "wanted": wanted,
        "ownerships": [("", _("全部")), *labels.items()],
        "industries": [("", _("全部")), *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())],
        "xlsx_url": address(request, xlsx="1"),
        "form": form,
        "may_keep": request.viewer.can(Can.KEEP_ENTERPRISES),
        "problem_rows": problem_rows(problems, WORDS),
        "problem_count": number(len(problems)),
    }
    return render(request, "desk/enterprises/list.html", shown, status=422 if form.errors or problems else 200)


def wanted_of(viewer: Viewer, wanted: dict[str, str]) -> Any:
    """The cards that are asked for, without those that stand for others."""
    rows = visible_enterprises(viewer).exclude(pk__in=closed(viewer.city, Kind.ENTERPRISE))
    if text := wanted.get("q"):
        rows = rows.filter(Q(name__icontains=text) | Q(uscc__istartswith=text))
    if region := wanted.get("region"):
        rows = rows.filter(region_code__startswith=region.rstrip("0") or region)
    plain = {name: wanted[name] for name in ("ownership", "industry") if name in wanted}
    return rows.filter(**plain)


def _projects_of(viewer: Viewer, firms: Sequence[Enterprise]) -> dict[UUID, int]:
    """How many projects each has, with those of the cards that stand for it. Two queries."""
    cards = families(firms)
    rows = Project.objects.visible_to(viewer).filter(enterprise_id__in=list(cards)).order_by()
    counts: dict[UUID, int] = {}
    for key, count in rows.values_list("enterprise_id").annotate(Count("id")):
        counts[cards[key]] = counts.get(cards[key], 0) + count
    return counts


def _row(enterprise: Enterprise, projects: int) -> dict[str, Any]:
    href = reverse("desk:enterprise", args=[enterprise.pk])
    return {
        "_href": href,
        "name": {"text": enterprise.name, "href": href, "note": _("示例") if enterprise.is_sample else None},
        "uscc": enterprise.uscc,
        "ownership": _(OWNERSHIP_LABELS[Ownership(enterprise.ownership)]) if enterprise.ownership else None,
        "industry": _(INDUSTRIES[enterprise.industry]) if enterprise.industry else None,
        "projects": projects,
    }


def _file(viewer: Viewer, rows: Any) -> HttpResponse:
    """The list as a file that can be sent in again: the columns of the import first."""
    heads = [Column(_(one.label), width=26) for one in COLUMNS]
    heads += [Column(_("建卡单位")), Column(_("项目"), "integer")]
    firms = list(rows.select_related("parent", "unit").order_by("name", "id")[:MOST_EXPORTED])
    counts = _projects_of(viewer, firms)
    lines: list[list[Value]] = [
        [
            one.name,
            one.uscc,
            OWNERSHIP_LABELS[Ownership(one.ownership)] if one.ownership else "",
            one.industry,
            one.region_code,
            one.established_on.isoformat() if one.established_on else "",
            one.parent.name if one.parent else "",
            named(one.unit) if one.unit else "",
            counts.get(one.pk, 0),
        ]
        for one in firms
    ]
    return sheet(heads, lines, _("企业"), [])


def problem_rows(problems: Sequence[Problem], words: dict[str, str]) -> list[dict[str, str]]:
    """What is wrong with a file, by cell."""
    return [
        {"cell": one.cell, "value": one.value, "message": _(words[one.code]).format(**worded(one.params))}
        for one in problems[:MOST_PROBLEMS]
    ]


@desk_page(Can.KEEP_ENTERPRISES)
def enterprise_template(request: Any) -> HttpResponse:
    """A blank sheet with the headings of the import."""
    heads = [Column(one.label, width=26) for one in COLUMNS]
    return attachment(write_table(heads, [], "企业"), XLSX, "企业表.xlsx")


@desk_page(Can.KEEP_ENTERPRISES, methods=("POST",))
def enterprise_upload(request: Any) -> HttpResponse:
    """Take in a file of enterprises: all or nothing, problems by cell."""
    viewer, form = request.viewer, SheetForm(request.POST, request.FILES)
    problems: Sequence[Problem] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = read_enterprises(file.read(), file.name, viewer)
        except Refused as refusal:
            form.add_error("file", ValidationError(_(refusal.template).format(**refusal.params)))
        else:
            problems = found.problems
            if not problems and not (problems := _imported(request, found)):
                return redirect("desk:enterprise_list")
    return _list(request, form, problems)


def _imported(request: Any, found: EnterpriseList) -> list[Problem]:
    """Write the list; what could not hang where it should comes back as a problem, and nothing is written."""
    viewer = request.viewer
    try:
        done = import_enterprises(found, viewer=viewer, by=viewer.user, at=timezone.now())
    except CannotHang as refusal:
        return [refusal.problem]
    words = _("新建 %(made)s 家，更新 %(changed)s 家；其余 %(same)s 家与在册的相同，没有改动。")
    messages.success(request, words % {name: number(value) for name, value in done.items()})
    return []


def seen(request: Any, key: UUID) -> Enterprise:
    """The card, if the viewer may see it; else 404."""
    rows = visible_enterprises(request.viewer).select_related("unit", "city")
    return get_object_or_404(rows, pk=key)  # type: ignore[no-any-return]


@desk_page(Can.READ_PAYMENTS)
def enterprise_open(request: Any, key: UUID) -> HttpResponse:
    """One enterprise: what the card says, group, projects, people, notes of risk, what happened."""
    return card_page(request, seen(request, key))


def card_page(request: Any, enterprise: Enterprise, status: int = 200) -> HttpResponse:
    """The card; of one that stands for another, only which."""
    viewer = request.viewer
    kept, _others = family_of(enterprise.city_id, enterprise.pk)
    if kept:
        other = Enterprise.objects.of(enterprise.city_id).get(pk=kept)
        return render(request, "desk/enterprises/merged.html", {"enterprise": enterprise, "kept": other})
    ids = family(enterprise)
    if request.GET.get("xlsx"):
        return sheet(*firm_sheet.card_sheet(viewer, enterprise, ids))
    shown = {
        "enterprise": enterprise,
        "xlsx_url": address(request, xlsx="1"),
        "code": firm_shown.code_shown(enterprise.uscc),
        "facts": firm_shown.facts(enterprise, ids),
        "warnings": firm_shown.warned(viewer, ids),
        "group_rows": firm_shown.group_shown(viewer, enterprise),
        "contact_rows": firm_shown.contacts_shown(viewer, ids),
        "notes": firm_shown.notes_shown(viewer, ids),
        "story": firm_shown.story_shown(viewer, ids),
        "history": firm_shown.history_shown(viewer, ids),
        "mergers": firm_shown.mergers_shown(viewer, ids),
        **firm_shown.projects_shown(viewer, ids),
        **firm_shown.rights(viewer, enterprise),
    }
    return render(request, "desk/enterprises/enterprise.html", shown, status=status)


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def enterprise_new(request: Any) -> HttpResponse:
    """A card of one's own unit, or of the bureau."""
    form = CardForm(request.POST or None, viewer=request.viewer)

    def act() -> Enterprise:
        return create_enterprise(
            city=request.viewer.city, card=_card(form), unit=form.acting, by=request.viewer.user, at=timezone.now()
        )

    return form_page(request, form, act, _("登记企业"), reverse("desk:enterprise_list"))


@desk_page(Can.KEEP_ENTERPRISES, methods=("GET", "POST"))
def enterprise_edit(request: Any, key: UUID) -> HttpResponse:
    """Change what the card says; the history stays on it."""
    enterprise = seen(request, key)
    require_own_card(request.viewer, enterprise)
    names = ("name", "uscc", "ownership", "industry", "region_code", "established_on", "revision")
    initial = {name: getattr(enterprise, name) for name in names}
    form = CardForm(request.POST or None, viewer=request.viewer, initial=initial)
    form.fields.pop("unit", None)

    def act() -> Enterprise:
        return change_enterprise(
            enterprise=enterprise, revision=form.cleaned_data["revision"] or 0, card=_card(form), by=request.viewer.user,
            at=timezone.now(),
        )  # fmt: skip

    return form_page(request, form, act, _("修改：%(name)s") % {"name": enterprise.name}, card_address(enterprise))


def _card(form: CardForm) -> Card:
    return Card(**{name: form.cleaned_data[name] for name in Card.__slots__})


def card_address(enterprise: Enterprise) -> str:
    """Where a card is."""
    return reverse("desk:enterprise", args=[enterprise.pk])


REFUSALS = (CodeHeld, Changed, IsMerged)


def form_page(
    request: Any,
    form: forms.Form,
    act: Callable[[], Any],
    title: str,
    back: str,
    *,
    refusals: tuple[type[Exception], ...] = REFUSALS,
    lead: str = "",
    done: str = "",
) -> HttpResponse:
    """One form on a page of its own: ``act`` once it is valid; what is refused stands above the form; then ``back``.

    An ``act`` that returns an enterprise leads to its card.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act()
        except refusals as refusal:
            form.add_error(None, say(refusal, request.viewer))
        else:
            messages.success(request, done or _("已保存。"))
            return redirect(card_address(made) if isinstance(made, Enterprise) else back)
    shown = {"form": form, "form_title": title, "back": back, "form_lead": lead}
    return render(request, "desk/enterprises/form.html", shown, status=422 if form.errors else 200)
