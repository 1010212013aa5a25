"""How duties stand on the desk's pages: tabs, days left, people, clocks, problems and orders in words."""

from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhaoshang.desk.lists import address
from zhaoshang.duties.actions import refusals
from zhaoshang.duties.actions.responsibility import Team
from zhaoshang.duties.models import Clock, Matter, MatterEntry, Responsibility
from zhaoshang.duties.queries import candidates, in_force, leaders, waiting_matters
from zhaoshang.duties.rules import SAID_LABELS, STATES, ClockKind, MatterKind, Rules, Said, State
from zhaoshang.people.models import User
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.findings.models import WAITING, Finding
from zhaoshang.ui.filters import called, english, moment, named, named_short


def duty_tabs(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The pages of duties that the viewer may open, one of them current."""
    words = {
        "desk:duty_list": _("责任分工"),
        "desk:holder_list": _("离岗交接"),
        "desk:clock_list": _("答复时限"),
        "desk:problem_list": _("问题清单"),
        "desk:order_list": _("督办"),
        "desk:loss_report": _("流失报告"),
        "desk:workdays": _("工作日与规则"),
    }
    if not viewer.can(Can.ASSIGN_DUTIES):
        del words["desk:holder_list"]
    return [{"label": text, "href": reverse(name), "current": name == current} for name, text in words.items()]


def days_pill(due_on: date, today: date, settled: bool) -> dict[str, str]:
    """How long until a day, or how long past it, as a pill."""
    left = (due_on - today).days
    if settled:
        return {"text": due_on.isoformat(), "pill": "off"}
    if left < 0:
        text = ngettext("已逾期 %(days)s 天", "已逾期 %(days)s 天", -left) % {"days": -left}
        return {"text": text, "pill": "warn"}
    if left == 0:
        return {"text": _("今天到期"), "pill": "wait"}
    return {"text": ngettext("还有 %(days)s 天", "还有 %(days)s 天", left) % {"days": left}, "pill": "todo"}


def lead_shown(one: Responsibility) -> str:
    """The lead official's name."""
    return called(one.leader) if one.leader else one.leader_name


def target_href(name: str, key: str) -> str:
    """The address that a room named, or none when there is no such page (any more)."""
    if name == "desk:payment_list":
        return f"{reverse(name)}?{key}"
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def kind_name(kinds: dict[str, ClockKind] | Any, code: str) -> str:
    """A kind of clock in the language of the page; one that the rules know no more by its code."""
    found = kinds.get(code)
    return (found.name_en if english() else found.name) if found else code


def clock_row(one: Clock, rules: Rules, today: date) -> dict[str, Any]:
    """A clock in a list."""
    settled = one.answered_on is not None
    state = _clock_state(one, today)
    return {
        "_href": reverse("desk:clock", args=[one.pk]),
        "subject": {
            "text": one.subject,
            "href": reverse("desk:clock", args=[one.pk]),
            "note": kind_name(rules.clocks, one.kind),
        },
        "unit": named_short(one.unit),
        "handler": called(one.handler) if one.handler else None,
        "started": one.started_on.isoformat(),
        "due": {"text": one.due_on.isoformat(), "note": _("日历推定") if one.assumed else ""},
        "left": state if settled else days_pill(one.due_on, today, False),
    }


def _clock_state(one: Clock, today: date) -> dict[str, str]:
    if one.answered_on is None:
        return days_pill(one.due_on, today, False)
    in_time = one.answered_on <= one.due_on
    return {"text": _("按时答复") if in_time else _("逾期答复"), "pill": "ok" if in_time else "warn"}


def level_name(rules: Rules, code: str, days_late: int) -> str:
    """The level that a problem has risen to."""
    try:
        level = rules.level_now(code, days_late)
    except ValueError:
        return code
    return level.name_en if english() else level.name


def matter_row(one: Matter, today: date) -> dict[str, Any]:
    """A problem or an order in a list."""
    words = STATES[State(one.state)]
    href = matter_href(one)
    return {
        "_href": href,
        "text": {"text": str(one), "href": href, "note": one.about},
        "unit": {"text": named_short(one.unit), "note": one.department},
        "raised": {"text": called(one.raised_by), "note": moment(one.raised_at)},
        "due": days_pill(one.due_on, today, one.state != State.OPEN),
        "state": {"text": _(words.label), "pill": words.pill},
    }


def matter_href(one: Matter) -> str:
    """Where a matter opens."""
    return reverse("desk:problem" if one.kind == MatterKind.PROBLEM else "desk:order", args=[one.pk])


def entry_line(one: MatterEntry) -> dict[str, Any]:
    """What was said, as a line of the timeline."""
    kind = {Said.SENT_BACK: "warn", Said.REOPENED: "warn", Said.CLOSED: "ok"}.get(Said(one.said), "todo")
    return {
        "at": moment(one.at),
        "what": _(SAID_LABELS[Said(one.said)]),
        "who": called(one.by),
        "note": one.text,
        "kind": kind,
    }


def unit_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """For a filter; nothing for who sees one unit only."""
    if not viewer.sees_all_units:
        return []
    return [("", _("全部")), *((one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city))]


def with_xlsx(request: Any) -> str:
    """The address of this list as a workbook."""
    return address(request, xlsx="1")


def duty_block(viewer: Viewer, project: Project) -> dict[str, Any]:
    """Who answers for a project and how much waits, for its page. Three queries."""
    held = in_force(viewer).filter(project=project).first()
    people = {"leader": lead_shown(held), "handler": called(held.handler)} if held else {}
    return {
        "who": _("包保领导 %(leader)s，经办人 %(handler)s") % people if held else "",
        "waiting": waiting_matters(viewer).filter(project=project).count(),
        "findings": Finding.objects.visible_to(viewer).filter(project=project, state__in=WAITING).count(),
        "href": reverse("desk:project_duties", args=[project.code]),
    }


def handler_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """People who may be made handler and whom the viewer may choose."""
    held = {user.username: user for user, unit in candidates(viewer.city) if unit is None or viewer.sees_unit(unit)}
    return [("", _("不变")), *((name, called(user)) for name, user in held.items())]


def leader_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """Leaders with an account."""
    return [("", _("不变，或填姓名")), *((user.username, called(user)) for user in leaders(viewer.city))]


def team_typed(viewer: Viewer, given: Any) -> Team:
    """The people as chosen in a form. Raises :class:`refusals.WrongHandler` for a name that was not offered."""
    people: dict[str, User] = {user.username: user for user, _unit in candidates(viewer.city)}
    heads: dict[str, User] = {user.username: user for user in leaders(viewer.city)}
    handler, leader = given.get("handler", ""), given.get("leader", "")
    if (handler and handler not in people) or (leader and leader not in heads):
        raise refusals.WrongHandler(handler or leader)
    name = given.get("leader_name", "")[:40]
    return Team(handler=people.get(handler), leader=heads.get(leader), leader_name=name)
