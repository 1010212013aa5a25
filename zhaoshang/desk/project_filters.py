"""Which projects a list or the board shows: filters that stand in the address, the same in both and in their files."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from zhaoshang.common.problems import N_
from zhaoshang.desk.lists import Order, chosen
from zhaoshang.plans.models import Campaign
from zhaoshang.plans.queries import tagged_projects
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.projects.stages.queries import signed_without_file
from zhaoshang.projects.stages.rules import CHAIN_LABELS, STANDING_LABELS, Chain, Stage
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.kept_lists import LISTS
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.ui.filters import named

FILTERS = dict.fromkeys(LISTS["project_list"].filters)
# What the list goes by: a head's key, and the column behind it. A day or an amount is looked for from its latest or largest.
SORTED = {
    "name": "name",
    "code": "code",
    "contract": "contract_fen",
    "reserved": "reserved_on",
    "signed": "signed_on",
    "landed": "landed_on",
}
SORT_LABELS = {
    "": N_("最新登记"),
    "code": N_("编号"),
    "name": N_("名称"),
    "-contract": N_("合同额，从大到小"),
    "contract": N_("合同额，从小到大"),
    "-signed": N_("签约，最近的在前"),
    "signed": N_("签约，最早的在前"),
    "-landed": N_("落地，最近的在前"),
    "landed": N_("落地，最早的在前"),
    "-reserved": N_("储备，最近的在前"),
    "reserved": N_("储备，最早的在前"),
}
# What can be done to the ticked ones of a list.
ACTS = {
    "promotion": N_("推进到招商的下一阶段"),
    "construction": N_("推进到建设的下一阶段"),
    "paused": N_("暂停"),
    "open": N_("重回项目库"),
}
NOT_BEGUN = "none"  # in the address: before the first stage of its chain


def asked(request: HttpRequest) -> dict[str, str]:
    """The filters that the address sets."""
    return chosen(request, FILTERS)


def filtered(viewer: Viewer, wanted: dict[str, str]) -> Any:
    """The viewer's projects that fit."""
    rows = signed_without_file(viewer) if wanted.get("lacks") == "contract" else Project.objects.visible_to(viewer)
    if wanted.get("whose") == "followed":
        rows = Project.objects.followed_by(viewer)
    if "unit" in wanted:
        rows = rows.filter(unit__code=wanted["unit"])
    if "industry" in wanted:
        rows = rows.filter(industry=wanted["industry"])
    for name in (*Chain, "standing"):
        if name in wanted:
            rows = rows.filter(**{str(name): "" if wanted[name] == NOT_BEGUN else wanted[name]})
    if "campaign" in wanted:
        tagged = Campaign.objects.of(viewer.city).filter(code=wanted["campaign"])
        rows = rows.filter(pk__in=tagged_projects(viewer.city, tagged))
    if text := wanted.get("q"):
        rows = rows.filter(Q(code__istartswith=text) | Q(name__icontains=text) | Q(enterprise__name__icontains=text))
    return rows


def order_of(wanted: dict[str, str]) -> Order | None:
    """What the address wants the list to go by; None: the newest first."""
    sort = wanted.get("sort", "")
    column = SORTED.get(sort.removeprefix("-"))
    return Order(column, falling=sort.startswith("-")) if column else None


def choices(viewer: Viewer, campaigns: list[Campaign], stages: list[Stage]) -> dict[str, Any]:
    """What the filters offer. One query."""
    all_of = ("", _("全部"))
    units = (
        [(unit.code, named(unit)) for unit in ReportingUnit.objects.of(viewer.city)] if viewer.sees_all_units else []
    )
    return {
        "stage_choices": [(str(chain), _(CHAIN_LABELS[chain]), _stages(stages, chain)) for chain in Chain],
        "standings": [all_of, *((str(one), _(text)) for one, text in STANDING_LABELS.items())],
        "campaigns": [all_of, *((one.code, f"{one.year} {one.name}") for one in campaigns)] if campaigns else [],
        "units": [all_of, *units] if units else [],
        "sorts": [(key, _(text)) for key, text in SORT_LABELS.items()],
        "whose": []
        if viewer.sees_all_units
        else [("", _("落在本地区的")), ("followed", _("落在外地、由本地区跟进的"))],
        "industries": [all_of, *((key, f"{key} {_(text)}") for key, text in INDUSTRIES.items())],
    }


def _stages(stages: list[Stage], chain: Chain) -> list[tuple[str, str]]:
    before = [(NOT_BEGUN, _("尚未进入"))] if chain == Chain.CONSTRUCTION else []
    return [("", _("全部")), *before, *((one.code, named(one)) for one in stages if one.chain == chain)]
