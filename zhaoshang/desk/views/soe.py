"""The book of central SOEs: the lists as published, and a page for each group before the next visit."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, Max, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.problems import Refused
from zhaoshang.common.sheets.writing import Column, Value, write_table
from zhaoshang.desk import firm_shown, touches_shown
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import named
from zhaoshang.desk.forms.enterprises import RosterForm, SheetForm, TouchRuleForm, today_as_default
from zhaoshang.desk.lists import address, attachment, chosen, page_of, sheet
from zhaoshang.desk.matchmaking_shown import pairs_shown
from zhaoshang.desk.refusals import say
from zhaoshang.desk.views.enterprises import XLSX, card_address, form_page, problem_rows, seen
from zhaoshang.enterprises import rosters, touches
from zhaoshang.enterprises.actions import NameHeld
from zhaoshang.enterprises.groups import group_of
from zhaoshang.enterprises.merging import families
from zhaoshang.enterprises.models import Enterprise, Relation, Roster, RosterEntry, Touch
from zhaoshang.enterprises.notes import TextMissing
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.review.roster_list import COLUMNS, WORDS, read_names
from zhaoshang.ui.filters import date_, number

MOST_EXPORTED = 20_000


def _roster(viewer: Viewer, asked: str) -> tuple[Roster | None, list[Roster]]:
    """The list that is asked for by its day, else the latest that has names, of today or before if there is one; and all."""
    names = RosterEntry.objects.of(viewer.city).filter(roster=OuterRef("pk"))
    known = list(Roster.objects.of(viewer.city).select_related("city").annotate(has_names=Exists(names)))
    today = timezone.localdate()
    likely = sorted(known, key=lambda one: (one.has_names, one.dated <= today, one.dated), reverse=True)
    return next((one for one in known if str(one.dated) == asked), likely[0] if likely else None), known


@desk_page(Can.READ_PAYMENTS)
def soe_list(request: Any) -> HttpResponse:
    """A list as published, ``?on=&q=``, with who keeps each relation and who was there last; ``xlsx=1`` for the file."""
    return _list(request, SheetForm())


def _list(request: Any, form: SheetForm, problems: Sequence[Any] = ()) -> HttpResponse:
    viewer, wanted = request.viewer, chosen(request, {"on": "", "q": ""})
    roster, known = _roster(viewer, wanted.get("on", ""))
    rows = RosterEntry.objects.of(viewer.city).filter(roster=roster).select_related("enterprise")
    entered = rows.count()
    entries = list(rows.filter(name__icontains=wanted["q"]) if "q" in wanted else rows)
    shown_rows = entry_rows(viewer, entries, timezone.localdate())
    if request.GET.get("xlsx") and roster:
        return _file(roster, entered, shown_rows)
    shown = {
        "roster": roster,
        "rosters": [{"label": one.title, "href": f"?on={one.dated}", "current": one == roster} for one in known],
        "entered": number(entered),
        "incomplete": roster is not None and entered < roster.published,
        "rows": shown_rows,
        "wanted": wanted,
        "rule": touches.touch_rule(viewer.city, timezone.localdate()),
        "may_keep": viewer.can(Can.KEEP_ROSTERS),
        "form": form,
        "problem_rows": problem_rows(problems, WORDS),
        "problem_count": number(len(problems)),
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/soe/list.html", shown, status=422 if form.errors or problems else 200)


def entry_rows(viewer: Viewer, entries: Sequence[RosterEntry], today: date) -> list[dict[str, Any]]:
    """A row a name. Six queries, however many names."""
    firms = [one.enterprise for one in entries if one.enterprise]
    cards = families(firms)
    keepers = _keepers(viewer, cards)
    last = _last_met(viewer, cards)
    own = (None,) if viewer.sees_all_units else tuple(viewer.unit_ids)
    warned = {cards[one.enterprise_id] for one in touches.met_recently(viewer.city, list(cards), today, but=own)}
    found = []
    for entry in entries:
        key = entry.enterprise_id
        href = reverse("desk:soe", args=[key]) if key else None
        count, on, unit = last.get(key, (0, None, "")) if key else (0, None, "")
        row: dict[str, Any] = {
            "position": entry.position,
            "name": {"text": entry.name, "href": href} if href else entry.name,
            "keeper": keepers.get(key),
            "met": {"text": on.isoformat(), "note": unit} if on else None,
            "count": count or None,
            "warned": {"text": _("刚有人见过"), "pill": "wait"} if key in warned else "",
            "link": "" if href else {"text": _("建卡"), "href": reverse("desk:soe_link", args=[entry.pk])},
        }
        found.append(row | ({"_href": href} if href else {}))
    return found


def _keepers(viewer: Viewer, cards: dict[UUID, UUID]) -> dict[UUID | None, str]:
    rows = Relation.objects.of(viewer.city).filter(enterprise_id__in=list(cards), valid_to__isnull=True)
    return {cards[one.enterprise_id]: named(one.unit) if one.unit else _("市局") for one in rows.select_related("unit")}


def _last_met(viewer: Viewer, cards: dict[UUID, UUID]) -> dict[UUID, tuple[int, date, str]]:
    """By card: how many meetings, the last one's day, whose it was."""
    rows = Touch.objects.of(viewer.city).filter(enterprise_id__in=list(cards), withdrawn_at__isnull=True).order_by()
    counted = list(rows.values_list("enterprise_id").annotate(Count("id"), Max("on")))
    latest = rows.filter(on__in={on for _key, _count, on in counted}).select_related("unit")
    units = {(one.enterprise_id, one.on): touches_shown.unit_name(one) for one in latest}
    found: dict[UUID, tuple[int, date, str]] = {}
    for key, count, on in counted:
        before = found.get(cards[key], (0, date.min, ""))
        newest = (on, units[key, on]) if on > before[1] else before[1:]
        found[cards[key]] = (before[0] + count, *newest)
    return found


def _file(roster: Roster, entered: int, rows: Iterable[dict[str, Any]]) -> HttpResponse:
    heads = [
        Column(_("序号"), "integer"),
        Column(_("企业名称"), width=36),
        Column(_("联系单位")),
        Column(_("最近会面")),
    ]
    heads += [Column(_("会面单位")), Column(_("会面次数"), "integer")]
    lines: list[list[Value]] = []
    for row in rows:
        name = row["name"]["text"] if isinstance(row["name"], dict) else row["name"]
        met = row["met"] or {"text": "", "note": ""}
        lines.append([row["position"], name, row["keeper"] or "", met["text"], met["note"], row["count"]])
    said = _("公布 %(published)s 户，已录入 %(entered)s 户") % {"published": roster.published, "entered": entered}
    return sheet(heads, lines, _("央企名录"), [(_("来源"), roster.source), (_("户数"), said)])


@desk_page(Can.KEEP_ROSTERS, methods=("GET", "POST"))
def roster_new(request: Any) -> HttpResponse:
    """Enter a newer list."""
    form = RosterForm(request.POST or None)

    def act() -> None:
        rosters.add_roster(
            city=request.viewer.city, new=rosters.NewRoster(**form.cleaned_data), by=request.viewer.user, at=timezone.now()
        )  # fmt: skip

    refusals = (rosters.DatedAlready, TextMissing)
    return form_page(request, form, act, _("登记一份名录"), reverse("desk:soe_list"), refusals=refusals)


@desk_page(Can.KEEP_ROSTERS)
def roster_template(request: Any) -> HttpResponse:
    """A blank sheet with the heading of the names."""
    heads = [Column(one.label, width=36) for one in COLUMNS]
    return attachment(write_table(heads, [], "央企名录"), XLSX, "央企名录.xlsx")


@desk_page(Can.KEEP_ROSTERS, methods=("POST",))
def roster_upload(request: Any, on: str) -> HttpResponse:
    """Complete a list by a file of names."""
    viewer, form = request.viewer, SheetForm(request.POST, request.FILES)
    roster, _known = _roster(viewer, on)
    if roster is None or str(roster.dated) != on:
        messages.error(request, _("没有这一天的名录。"))
        return redirect("desk:soe_list")
    problems: Sequence[Any] = ()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = read_names(file.read(), file.name)
            problems = found.problems
            if not problems:
                fresh = rosters.complete_roster(roster=roster, names=found.names, by=viewer.user, at=timezone.now())
                messages.success(request, _("新录入 %(count)s 户；其余已在名录里。") % {"count": number(fresh)})
                return redirect(f"{reverse('desk:soe_list')}?on={on}")
        except Refused as refusal:
            form.add_error("file", ValidationError(_(refusal.template).format(**refusal.params)))
        except rosters.TooManyNames as refusal:
            form.add_error("file", ValidationError(say(refusal, viewer)))
    return _list(request, form, problems)


@desk_page(Can.KEEP_ROSTERS, methods=("GET", "POST"))
def soe_link(request: Any, key: UUID) -> HttpResponse:
    """Make a card for a name of a list, or link the one of the same name that is there."""
    viewer = request.viewer
    entry: RosterEntry = get_object_or_404(RosterEntry.objects.of(viewer.city), pk=key)
    same = Enterprise.objects.of(viewer.city).filter(name=entry.name).first()
    if request.method == "POST":
        try:
            linked = rosters.link_entry(entry=entry, enterprise=same, by=viewer.user, at=timezone.now())
        except NameHeld as refusal:
            messages.error(request, say(refusal, viewer))
            return redirect("desk:soe_list")
        return redirect("desk:soe", linked.enterprise_id)
    return render(request, "desk/soe/link.html", {"entry": entry, "same": same})


@desk_page(Can.KEEP_ROSTERS, methods=("GET", "POST"))
def touch_rule_new(request: Any) -> HttpResponse:
    """Set the days of the warning."""
    form = TouchRuleForm(request.POST or None)
    today_as_default(form, "valid_from", timezone.localdate())

    def act() -> None:
        touches.set_touch_rule(city=request.viewer.city, by=request.viewer.user, at=timezone.now(), **form.cleaned_data)

    lead = _("别的单位在这么多天内见过同一家企业的，打开它的页面和登记会面时都会提醒。")
    refusals = (touches.RuleTaken, TextMissing)
    return form_page(request, form, act, _("会面提醒"), reverse("desk:soe_list"), refusals=refusals, lead=lead)


@desk_page(Can.READ_PAYMENTS)
def soe_open(request: Any, key: UUID) -> HttpResponse:
    """Before the next visit: every unit's meetings with the whole group, its people, who keeps the relation; ``xlsx=1``: the meetings.

    ``?on=``: the day on which somebody means to go, against which the others' meetings are held."""
    viewer, enterprise = request.viewer, seen(request, key)
    day = _day(request.GET.get("on", ""))
    firms = list(families([node.enterprise for node in group_of(enterprise)]))
    met = Touch.objects.of(viewer.city).filter(enterprise_id__in=firms, withdrawn_at__isnull=True)
    met = met.select_related("unit", "enterprise")
    if request.GET.get("xlsx"):
        return _meetings(enterprise, viewer, met.order_by("-on", "-id")[:MOST_EXPORTED])
    page = page_of(request, met)
    latest = sorted(page.rows, key=lambda one: one.on, reverse=True)
    shown = {
        "enterprise": enterprise,
        "card": card_address(enterprise),
        "facts": firm_shown.facts(enterprise, [enterprise.pk]),
        "warnings": firm_shown.warned(viewer, firms, day),
        "day": day,
        "columns": touches_shown.columns(),
        "met": touches_shown.rows(latest, viewer),
        "page": page,
        "pair_rows": pairs_shown(viewer, firms),
        "contact_rows": firm_shown.contacts_shown(viewer, firms),
        "group_rows": firm_shown.group_shown(viewer, enterprise),
        "xlsx_url": address(request, xlsx="1"),
        "may_hand": viewer.can(Can.KEEP_ROSTERS),
        **firm_shown.projects_shown(viewer, firms),
        **firm_shown.rights(viewer, enterprise),
    }
    return render(request, "desk/soe/soe.html", shown)


def _day(text: str) -> date:
    """The day in the address; today for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()


def _meetings(enterprise: Enterprise, viewer: Viewer, met: Iterable[Touch]) -> HttpResponse:
    heads = [Column(str(one["label"]), width=18) for one in touches_shown.columns()]
    lines: list[list[Value]] = [
        [
            touch.on,
            touches_shown.unit_name(touch),
            touch.enterprise.name,
            row["kind"],
            row.get("who", ""),
            row.get("whom", ""),
            row["said"],
            f"{touch.next_step} {date_(touch.next_on) if touch.next_on else ''}".strip() if "next" in row else "",
        ]
        for touch, row in ((one, touches_shown.rows([one], viewer)[0]) for one in met)
    ]
    return sheet(heads, lines, _("会面记录"), [(_("企业"), enterprise.name)])
