"""Projects that look alike, in words: the points of a score, a candidate at entry, and what is masked of another district's."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.projects.likeness import Like
from zhaoshang.projects.matching import POINT_LABELS
from zhaoshang.projects.models import Project
from zhaoshang.projects.rules import INDUSTRIES
from zhaoshang.regions.access import Viewer
from zhaoshang.review.registering import Shown, deciders, shown_to
from zhaoshang.ui.filters import called, named, named_short, wan


def point_text(point: Mapping[str, Any]) -> str:
    """``投资方相同 +2``: the rule in words with its points."""
    words = _(POINT_LABELS[point["code"]]).format(**point["params"])
    return f"{words} {point['points']:+d}" if point["points"] else words


def points_text(points: Sequence[Mapping[str, Any]]) -> str:
    """All of them, the weightiest first."""
    ordered = sorted(points, key=lambda point: -point["points"])
    return _("；").join(point_text(point) for point in ordered)


def candidates(viewer: Viewer, likes: Sequence[Like]) -> dict[str, Any]:
    """The candidates at entry, for a page: rows, and whom to call where something is hidden."""
    shown = shown_to(viewer, likes)
    hidden = any(one.project is None for one in shown)
    return {
        "rows": [_candidate(one) for one in shown],
        "hidden": hidden,
        "call": _("、").join(called(user) for user in deciders(viewer.city)) if hidden else "",
    }


def _candidate(one: Shown) -> dict[str, Any]:
    if one.project is None or one.like is None:
        return {
            "name": _("另一地区有相似项目"),
            "unit": _("其他地区"),
            "score": one.score,
            "why": _("内容不向本地区显示，请与市局联系。"),
        }
    href = reverse("desk:project", args=[one.project.code])
    return {
        "name": {"text": one.project.name, "href": href, "note": one.project.code},
        "unit": named_short(one.project.unit),
        "score": one.score,
        "why": points_text([point.to_json() for point in one.like.points]),
        "_href": href,
    }


def candidate_columns() -> list[dict[str, Any]]:
    """The head of the candidates' table."""
    return [
        {"key": "name", "label": _("已有项目"), "kind": "link", "head": True},
        {"key": "unit", "label": _("地区")},
        {"key": "score", "label": _("得分"), "kind": "number"},
        {"key": "why", "label": _("为什么像")},
    ]


def side(project: Project) -> list[tuple[str, Any]]:
    """What stands beside the other project's: label and cell."""
    return [
        (_("名称"), {"text": project.name, "href": reverse("desk:project", args=[project.code])}),
        (_("编号"), project.code),
        (_("地区"), named(project.unit)),
        (_("企业"), project.enterprise.name),
        (_("统一社会信用代码"), project.enterprise.uscc or "—"),
        (_("投资方"), project.investor or "—"),
        (_("行业"), f"{project.industry} {_(INDUSTRIES[project.industry])}"),
        (_("合同额"), f"{wan(project.contract_fen)} " + _("万元")),
        (_("落地地点"), project.site or "—"),
        (_("签约"), f"{project.signed_on:%Y-%m-%d}" if project.signed_on else "—"),
        (_("落地"), f"{project.landed_on:%Y-%m-%d}" if project.landed_on else "—"),
    ]
