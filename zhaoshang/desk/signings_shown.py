"""How signings at activities stand on the desk's pages, and what is left to do with each."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.money import in_unit
from zhaoshang.common.problems import N_
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.outreach.models import Activity, Signing
from zhaoshang.outreach.signings import ToDo, events_for
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import works_on
from zhaoshang.projects.stages.rules import Standing
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import named, named_short, wan

TO_DO = {ToDo.MOVE: N_("待签约入阶"), ToDo.LINK: N_("不在账上，待指认"), ToDo.REPEAT: N_("重复签约，不计")}


def signing_row(viewer: Viewer, one: Any, *, with_activity: bool = False) -> dict[str, Any]:
    """Of a table; the project is linked where the viewer may open it."""
    if one.is_repeat:
        state = {"text": _("重复签约，不计"), "pill": "off"}
    else:
        state = {"text": _("在册"), "pill": "ok"} if one.project_id else {"text": _("不在账上"), "pill": "todo"}
    href = reverse("desk:project", args=[one.project.code]) if one.project and works_on(viewer, one.project) else ""
    name = {"text": one.project.name if one.project else one.name, "note": one.investor}
    return {
        "_kind": "muted" if one.is_repeat else "",
        "name": name | ({"href": href} if href else {}),
        "unit": named_short(one.unit) if one.unit else None,
        "amount": wan(one.worth_fen),
        "state": state,
        "link": _next_step(one, href),
    } | (_where(viewer, one) if with_activity else {})


def _where(viewer: Viewer, one: Any) -> dict[str, Any]:
    held: Activity = one.activity
    seen = viewer.sees_all_units or held.unit_id is None or viewer.sees_unit(held.unit_id)
    text = {"text": held.title, "note": one.day.isoformat()}
    return {"activity": text | ({"href": reverse("desk:activity", args=[held.code])} if seen else {})}


def _next_step(one: Any, href: str) -> dict[str, str] | None:
    """What is left to do with a signing: to say which project it is, or to bring that project's own stage there."""
    if not one.project_id:
        return {"text": _("指认项目"), "href": reverse("desk:signing_link", args=[one.pk])}
    if not href or one.is_repeat or one.project.signed_on or one.project.standing != Standing.OPEN:
        return None
    return {"text": _("去办签约入阶"), "href": reverse("desk:project_stages", args=[one.project.code]) + "#gate-signed"}


def sheet_columns() -> list[Column]:
    """Of a file of signings."""
    return [
        Column(_("项目"), width=40),
        Column(_("投资方"), width=36),
        Column(_("地区"), width=18),
        Column(_("活动"), width=30),
        Column(_("签约日"), "date"),
        Column(_("投资额（元）"), "amount", 2, 22),
        Column(_("是否计入"), width=14),
        Column(_("项目编号"), width=18),
        Column(_("账上签约日"), "date"),
    ]


def sheet_row(one: Any) -> list[Value]:
    """Of a file of signings."""
    return [
        one.project.name if one.project else one.name,
        one.investor,
        named(one.unit) if one.unit else "",
        one.activity.title,
        one.day,
        in_unit(one.worth_fen, "元"),
        _("重复，不计") if one.is_repeat else _("计入"),
        one.project.code if one.project else _("不在账上"),
        one.project.signed_on if one.project else None,
    ]


def event_choices(viewer: Viewer, project: Project, today: date) -> list[tuple[str, str]]:
    """The activities to choose from at the gate of signing, those with the project's signing on record first."""
    return [(held.code, _event_words(held, signing)) for held, signing in events_for(viewer, project, today)]


def _event_words(held: Activity, signing: Signing | None) -> str:
    said = _("已记签约") if signing else _("未记，一并补记")
    return f"{timezone.localdate(held.begins_at)} {held.title}（{said}）"


def event_evidence(held: Activity, project: Project) -> str:
    """On what a signing rests when an activity is chosen for it."""
    told = {"day": timezone.localdate(held.begins_at), "title": held.title, "amount": wan(project.contract_fen)}
    return (_("%(day)s “%(title)s”现场签约，%(amount)s万元") % told)[:200]
