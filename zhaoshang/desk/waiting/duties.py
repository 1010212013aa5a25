"""What must be answered, confirmed, reassigned or explained."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.desk.findings_shown import label_of
from zhaoshang.desk.waiting.task import Task
from zhaoshang.duties.models import Matter
from zhaoshang.duties.queries import clocks_of, confirmed_by, matters_of
from zhaoshang.duties.rules import MatterKind, State, Superior
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.findings.summary import by_kind
from zhaoshang.review.leaving import orphans
from zhaoshang.review.rules import FindingState

MOST_KINDS = 4  # of findings, each with a line of its own


def tasks(viewer: Viewer, today: date) -> Iterable[Task]:
    """Ten queries at most, whatever waits."""
    if viewer.can(Can.WORK_DUTIES):
        yield from _to_answer(viewer)
    if viewer.can(Can.ASSIGN_DUTIES):
        count = orphans(viewer)
        if count:
            yield Task(_("离岗交接"), _("责任人已离岗的项目和事项，须交给别人"), reverse("desk:holder_list"), count)
    yield from _to_judge(viewer)
    yield from _findings(viewer)


def _to_answer(viewer: Viewer) -> Iterator[Task]:
    running = (
        clocks_of(viewer).filter(answered_on__isnull=True).filter(Q(handler=viewer.user) | Q(handler__isnull=True))
    )
    yield from _pile(running, _("答复时限"), _("须按时限答复的事项"), reverse("desk:clock_list") + "?state=running")
    for kind, label, text, name in (
        (MatterKind.PROBLEM, _("问题清单"), _("等你答复的问题"), "desk:problem_list"),
        (MatterKind.ORDER, _("督办"), _("等你办理的督办"), "desk:order_list"),
    ):
        rows = matters_of(viewer).filter(kind=kind, state=State.OPEN).exclude(raised_by=viewer.user)
        yield from _pile(rows, label, text, reverse(name) + "?state=open")


def _pile(rows: Any, label: str, text: str, href: str) -> Iterator[Task]:
    """Those rows as one task, due when the first of them is. One query."""
    days = sorted(rows.order_by().values_list("due_on", flat=True))
    if days:
        yield Task(label, text, href, len(days), days[0])


def _to_judge(viewer: Viewer) -> Iterator[Task]:
    answered = Matter.objects.visible_to(viewer).filter(state=State.ANSWERED).order_by()
    own = answered.filter(confirmed_by(viewer.user), kind=MatterKind.PROBLEM).count()
    if own:
        yield Task(
            _("问题清单"), _("已有答复，等你确认是否解决"), reverse("desk:problem_list") + "?state=answered&mine=1", own
        )
    if viewer.can(Can.ACCEPT_ANSWERS):
        orders = answered.filter(kind=MatterKind.ORDER).exclude(answered_by=viewer.user).count()
        if orders:
            yield Task(
                _("督办"), _("已有答复，等领导或市局认可"), reverse("desk:order_list") + "?state=answered", orders
            )


def _findings(viewer: Viewer) -> Iterator[Task]:
    rows, page = Finding.objects.visible_to(viewer).order_by(), reverse("desk:finding_list")
    mine = rows.filter(state=FindingState.OPEN, owner=viewer.user)
    yield from _pile(mine, _("异常清单"), _("你负责的异常，改正或说明"), page + "?state=open&owner=me")
    if viewer.can(Can.ACCEPT_FINDINGS):
        count = rows.filter(state=FindingState.EXPLAINED).exclude(explained_by=viewer.user).count()
        if count:
            yield Task(_("异常清单"), _("已有说明，等另一人复核"), page + "?state=explained", count)
    if viewer.can(Can.SUPERVISE):
        yield from _escalated(rows.filter(state=FindingState.OPEN, superior=Superior.LEADER), page)


def _escalated(rows: Any, page: str) -> Iterator[Task]:
    """The gravest kinds one by one, the others together. One query."""
    piles = by_kind(rows)
    for one in piles[:MOST_KINDS]:
        text = _("%(kind)s：久拖未决，须领导知道") % {"kind": label_of(one.kind)}
        yield Task(_("异常清单"), text, f"{page}?state=open&to=leader&kind={one.kind}", one.count)
    if rest := sum(one.count for one in piles[MOST_KINDS:]):
        yield Task(_("异常清单"), _("其他种类：久拖未决，须领导知道"), page + "?state=open&to=leader", rest)
