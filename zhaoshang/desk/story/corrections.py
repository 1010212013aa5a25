"""Recorded corrections of what a signing rests on."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.problems import N_
from zhaoshang.desk.payment_story import source_name
from zhaoshang.desk.story.line import Line
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.projects.models import Project, ProjectCorrection
from zhaoshang.regions.access import Viewer
from zhaoshang.ui.filters import called, percent, wan

FIELDS = {
    "contract_fen": N_("合同额"),
    "outside_share_bp": N_("外来股比"),
    "industry": N_("行业门类"),
    "source_code": N_("资金来源地"),
    "enterprise": N_("落地企业"),
}


def lines(project: Project, viewer: Viewer) -> Iterator[Line]:
    """One line a correction."""
    rows = list(ProjectCorrection.objects.of(project.city_id).filter(project=project).select_related("entered_by"))
    keys = [value for one in rows if one.field == "enterprise" for value in (one.old, one.new)]
    firms = {one.pk.hex: one.name for one in Enterprise.objects.of(project.city_id).filter(pk__in=keys)} if keys else {}
    for one in rows:
        before, after = (_said(one.field, value, firms) for value in (one.old, one.new))
        told = {"what": _(FIELDS[one.field]), "before": before, "after": after, "reason": one.reason}
        text = _("更正%(what)s：由 %(before)s 改为 %(after)s。%(reason)s") % told
        who = called(one.entered_by) if one.entered_by else ""
        yield Line(timezone.localdate(one.entered_at), _("更正"), text, who)


def _said(field: str, value: str, firms: dict[str, str]) -> str:
    if field == "contract_fen":
        return f"{wan(int(value))} " + _("万元")
    if field == "outside_share_bp":
        return percent(int(value) // 100, 0)
    return firms.get(value, value) if field == "enterprise" else source_name(value) if field == "source_code" else value
