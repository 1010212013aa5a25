"""The auditor's report of findings: which kind, which unit, since when, how it stands and who answered. No name of a project, no amount,
no word of an explanation: what the business is about stays with the bureau. Accounts are the auditor's matter and are named. Reading it is
written down.
"""

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from zhaoshang.common.sheets.writing import Column, Value
from zhaoshang.desk.access import desk_page
from zhaoshang.desk.findings_shown import again, label_of, state_pill
from zhaoshang.desk.lists import address, chosen, page_of, sheet
from zhaoshang.people.rules import Can
from zhaoshang.regions.access import Viewer
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.findings.keeping import read_by_auditor
from zhaoshang.review.findings.kinds import BY_CODE, KINDS
from zhaoshang.review.findings.models import Finding
from zhaoshang.review.rules import AUDIT_KINDS, FINDING_STATE_LABELS, FindingState
from zhaoshang.ui.filters import called, named, named_short, number

FILTERS = ("kind", "unit", "state")
MOST_EXPORTED = 20_000


def reported(viewer: Viewer, wanted: dict[str, str]) -> Any:
    """All units' findings by the filters of the address."""
    rows = Finding.objects.of(viewer.city).select_related("unit", "explained_by", "accepted_by")
    columns = {"kind": "kind", "unit": "unit__code", "state": "state"}
    return rows.filter(**{columns[name]: text for name, text in wanted.items()})


@desk_page(Can.READ_DIARY)
def audit_findings(request: Any) -> HttpResponse:
    """Counts by kind, and the findings one by one, newest first; ``xlsx=1`` for the file."""
    viewer, wanted = request.viewer, chosen(request, dict.fromkeys(FILTERS))
    rows, exported = reported(viewer, wanted), bool(request.GET.get("xlsx"))
    read_by_auditor(city=viewer.city, by=viewer.user, at=timezone.now(), exported=exported)
    if exported:
        return _as_sheet(rows)
    page = page_of(request, rows)
    context = {
        "page": page,
        "rows": [_row(one) for one in page.rows],
        "piles": _piles(rows),
        "wanted": wanted,
        "kinds": [("", _("全部")), *((one.code, _(one.label)) for one in KINDS)],
        "units": [("", _("全部")), *((one.code, named(one)) for one in ReportingUnit.objects.of(viewer.city))],
        "states": [("", _("全部")), *((str(one), _(text)) for one, text in FINDING_STATE_LABELS.items())],
        "xlsx_url": address(request, xlsx="1"),
    }
    return render(request, "desk/findings/audit.html", context)


def _piles(rows: Any) -> list[dict[str, Any]]:
    """How many of each kind stand how, signs about a whole unit first. One query."""
    counted: dict[str, dict[str, int]] = {}
    for kind, state, count in rows.order_by().values_list("kind", "state").annotate(Count("id")):
        counted.setdefault(kind, {})[state] = count
    order = {one.code: place for place, one in enumerate(KINDS)}
    codes = sorted(counted, key=lambda code: (code not in AUDIT_KINDS, order.get(code, len(order)), code))
    return [
        {
            "kind": {
                "text": label_of(code),
                "href": f"?kind={code}",
                "note": _("只报市局和审计") if code in AUDIT_KINDS else None,
            },
            **{str(state): number(counted[code].get(state, 0)) for state in FindingState},
        }
        for code in codes
    ]


def _row(one: Finding) -> dict[str, Any]:
    return {
        "code": f"{one.kind}-{str(one.pk)[-8:]}",
        "kind": {"text": label_of(one.kind), "note": " · ".join(filter(None, (_accounts(one), again(one)))) or None},
        "unit": named_short(one.unit) if one.unit else _("全市"),
        "seen": f"{timezone.localtime(one.first_seen_at):%Y-%m-%d}",
        "due": one.due_on.isoformat(),
        "explained": called(one.explained_by) if one.explained_by else None,
        "accepted": called(one.accepted_by) if one.accepted_by else None,
        "state": state_pill(one),
    }


def _accounts(one: Finding) -> str:
    """The accounts that a finding is about; nothing of any other."""
    return one.subject if one.kind in BY_CODE and BY_CODE[one.kind].about_accounts else ""


def _as_sheet(rows: Any) -> HttpResponse:
    heads = [
        Column(_("代码"), width=30), Column(_("种类"), width=24), Column(_("账号"), width=24),
        Column(_("地区")), Column(_("首次发现"), "time"),
        Column(_("时限"), "date"), Column(_("第几次出现"), "integer"), Column(_("说明人")), Column(_("复核人")), Column(_("状态")),
    ]  # fmt: skip
    lines: list[list[Value]] = [
        [
            f"{one.kind}-{str(one.pk)[-8:]}", label_of(one.kind), _accounts(one), named(one.unit) if one.unit else "",
            timezone.localtime(one.first_seen_at), one.due_on, one.times,
            called(one.explained_by) if one.explained_by else "", called(one.accepted_by) if one.accepted_by else "",
            state_pill(one)["text"],
        ]
        for one in rows.order_by("-id")[:MOST_EXPORTED]
    ]  # fmt: skip
    return sheet(heads, lines, _("异常审计报告"), [])
