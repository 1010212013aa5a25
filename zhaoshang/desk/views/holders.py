"""Who holds what, those who have left first; what one person holds, and its hand-over in one action."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.duties_shown import duty_tabs, leader_choices, team_typed, with_xlsx
from zhaoshang.desk.findings_shown import label_of
from zhaoshang.desk.lists import sheet
from zhaoshang.desk.refusals import say
from zhaoshang.duties.actions.refusals import WrongHandler
from zhaoshang.duties.queries import candidates
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can, Role, may
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import Membership
from zhaoshang.review.leaving import KINDS, REFUSED, hand_over, has_left, holdings, leavers
from zhaoshang.ui.filters import called

SHOWN = 100  # of each kind, on the page


@desk_page(Can.ASSIGN_DUTIES)
def holder_list(request: Any) -> HttpResponse:
    """People who have left with things in their name; below them everybody else in service whom the viewer may relieve."""
    viewer = request.viewer
    gone = leavers(viewer)
    people = {user.pk: user for user in User.objects.filter(pk__in=list(gone))}
    rows = [
        _row(people[key], number) for key, number in sorted(gone.items(), key=lambda pair: (-pair[1], str(pair[0])))
    ]
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:holder_list"),
        "rows": rows,
        "serving": [(reverse("desk:holder", args=[user.pk]), called(user)) for user in _serving(viewer)],
    }
    return render(request, "desk/duties/holders.html", shown)


def _row(user: User, number: int) -> dict[str, Any]:
    href = reverse("desk:holder", args=[user.pk])
    state = _("账号已停用") if not user.is_active else _("岗位已收回")
    return {
        "_href": href,
        "name": {"text": called(user), "href": href, "note": user.username},
        "state": {"text": state, "pill": "warn"},
        "held": number,
    }


def _serving(viewer: Viewer) -> list[User]:
    rows = Membership.objects.of(viewer.city).filter(withdrawn_at__isnull=True, user__is_active=True)
    rows = rows if viewer.sees_all_units else rows.filter(unit_id__in=viewer.unit_ids)
    rows = rows.select_related("user").order_by("user__username")
    found = {row.user_id: row.user for row in rows if may(Role(row.role), Can.READ_PAYMENTS)}
    return list(found.values())


def _person(viewer: Viewer, key: UUID) -> User:
    """Somebody with a role here, now or before, or with something in their name; anybody else is a 404."""
    known = Membership.objects.of(viewer.city).filter(user_id=key)
    known = known if viewer.sees_all_units else known.filter(unit_id__in=viewer.unit_ids)
    if not known.exists() and key not in leavers(viewer):
        raise Http404
    return User.objects.get(pk=key)


@desk_page(Can.ASSIGN_DUTIES)
def holder_open(request: Any, key: UUID) -> HttpResponse:
    """All that the person holds and the viewer may see, by kind."""
    viewer = request.viewer
    person = _person(viewer, key)
    held = holdings(viewer, person)
    if request.GET.get("xlsx"):
        return _as_sheet(person, held)
    shown = {
        "tabs": duty_tabs(request.viewer, "desk:holder_list"),
        "person": person,
        "left": has_left(viewer.city, person),
        "total": sum(map(len, held.values())),
        "parts": [
            {"label": _(KINDS[code].label), "number": len(rows), "rows": [_line(code, one) for one in rows[:SHOWN]]}
            for code, rows in held.items()
        ],
        "handlers": _takers(viewer, person),
        "leaders": leader_choices(viewer) if "led" in held else [],
        "xlsx_url": with_xlsx(request),
    }
    return render(request, "desk/duties/holder.html", shown)


def _takers(viewer: Viewer, person: User) -> list[tuple[str, str]]:
    """Who could take it over: people of the person's units, then the bureau's."""
    units = set(Membership.objects.of(viewer.city).filter(user=person).values_list("unit_id", flat=True))
    able = [
        (user, unit) for user, unit in candidates(viewer.city) if user != person and (unit is None or unit in units)
    ]
    found = dict.fromkeys(user for user, unit in sorted(able, key=lambda pair: pair[1] is None))
    return [(user.username, called(user)) for user in found]


def _line(code: str, one: Any) -> dict[str, Any]:
    kind = KINDS[code]
    href = reverse(kind.page, args=[kind.key(one)])
    due = getattr(one, "due_on", None)
    name = {"text": kind.name(one), "href": href, "note": _wrong(code, one) or None}
    return {"_href": href, "name": name, "due": due.isoformat() if due else None}


def _wrong(code: str, one: Any) -> str:
    """What a finding finds: its subject alone may stand there several times."""
    return label_of(one.kind) if code == "findings" else ""


def _as_sheet(person: User, held: dict[str, list[Any]]) -> HttpResponse:
    heads = [Column(_("类别"), width=20), Column(_("事项"), width=50), Column(_("时限"), "date")]
    lines: list[list[Value]] = [
        [
            _(KINDS[code].label),
            _("：").join(filter(None, (_wrong(code, one), KINDS[code].name(one)))),
            getattr(one, "due_on", None),
        ]
        for code, rows in held.items()
        for one in rows
    ]
    return sheet(heads, lines, _("名下事项"), [(_("人员"), called(person))])


@desk_page(Can.ASSIGN_DUTIES, methods=("POST",))
def holder_hand_over(request: Any, key: UUID) -> HttpResponse:
    """Give all of it to another person, all or nothing."""
    viewer, given = request.viewer, request.POST
    person = _person(viewer, key)
    try:
        team = team_typed(viewer, given)
        if team.handler is None:
            raise WrongHandler("")
        moved = hand_over(
            city=viewer.city, person=person, to=team.handler, leader=team.leader, leader_name=team.leader_name,
            reason=given.get("reason", "")[:400], by=viewer.user, at=timezone.now(),
        )  # fmt: skip
    except REFUSED as refusal:
        messages.error(request, say(refusal, viewer))
    else:
        said = _("、").join(f"{_(KINDS[code].label)} {number}" for code, number in moved.items())
        messages.success(request, _("已移交给%(to)s：%(said)s。") % {"to": called(team.handler), "said": said})
    return redirect("desk:holder", key)
