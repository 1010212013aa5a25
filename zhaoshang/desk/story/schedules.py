"""The payment schedule: the document that set each revision, and what the one in force promises month by month."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.desk.story.line import Line
from zhaoshang.projects.models import Instalment, Project
from zhaoshang.regions.access import Viewer
from zhaoshang.review.rules import last_day
from zhaoshang.ui.filters import called, wan, yi


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """A promise falls due on the last day of its month."""
    rows = Instalment.objects.of(project.city_id).filter(project=project).select_related("entered_by")
    held: dict[int, list[Instalment]] = {}
    for row in rows.order_by("revision", "month"):
        held.setdefault(row.revision, []).append(row)
    href = reverse("desk:project_schedule", args=[project.code])
    for revision in held.values():
        first, total = revision[0], sum(row.amount_fen for row in revision)
        told = {"document": first.document, "number": len(revision), "total": yi(total, 2)}
        text = _("付款计划按%(document)s：%(number)s 期，共 %(total)s 亿元") % told
        yield Line(first.agreed_on, _("付款计划"), text, called(first.entered_by), href)
    for row in held[max(held)] if held else ():
        due = last_day(Period(row.month, row.month).first_day())
        told = {"amount": wan(row.amount_fen), "document": row.document}
        text = _("承诺到位 %(amount)s 万元（%(document)s）") % told
        yield Line(due, _("承诺"), text, project.investor, href, promised=True)
