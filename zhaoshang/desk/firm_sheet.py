"""An enterprise's card as a file: its projects and what came and went, one line each. People stay on the page, where looking is logged."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from zhaoshang.capital.queries import verified_by_project
from zhaoshang.common.money import in_unit
from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.context import named
from zhaoshang.desk.firm_story import SHOWN, story_of
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.projects.models import Project
from zhaoshang.regions.access import Viewer

Sheet = tuple[list[Column], list[list[Value]], str, list[tuple[str, str]]]


def card_sheet(viewer: Viewer, enterprise: Enterprise, family: Sequence[UUID]) -> Sheet:
    """Headings, rows, title and notes of the file, as ``desk.lists.sheet`` takes them; what the viewer may not see is not in it."""
    heads = [
        Column(_("类别")), Column(_("日期"), "date"), Column(_("内容"), width=60), Column(_("单位或经办"), width=20),
        Column(_("合同额（万元）"), "amount"), Column(_("已到位（万元）"), "amount"),
    ]  # fmt: skip
    projects = list(
        Project.objects.visible_to(viewer).select_related("unit").filter(enterprise_id__in=list(family)).order_by("-id")
    )
    arrived = verified_by_project(viewer.city, projects)
    rows: list[list[Value]] = [
        [
            _("项目"), one.signed_on, f"{one.code} {one.name}", named(one.unit), in_unit(one.contract_fen, "万元"),
            in_unit(arrived.get(one.pk, 0), "万元"),
        ]
        for one in projects
    ]  # fmt: skip
    rows += [[line.kind, line.on, line.text, line.who, None, None] for line in story_of(family, viewer)]
    notes = [
        (_("项目的日期"), _("签约日期；没有签约的为空。")),
        (_("已到位"), _("已审核的到账合计。")),
        (_("往来"), _("最近 %(many)s 条。") % {"many": SHOWN}),
    ]
    return heads, rows, enterprise.name, notes
