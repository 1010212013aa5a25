"""Projects of the demo that look like others, plainly invented: three pairs to be ruled on, two ruled already.

The second of each pair has no day of reserve, signing or landing yet, so that no published figure moves.
"""

from datetime import datetime

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import after
from zhaoshang.demo.plan import LAST
from zhaoshang.projects.actions import NewProject
from zhaoshang.projects.models import Project
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.review.deciding import decide_pair, pairs_of
from zhaoshang.review.registering import Firm, register_unlike
from zhaoshang.review.rules import PairState
from zhaoshang.review.sweeps import ask_sweep

WHY = "示例：申报人说明为另一地块的新项目"
RULED = {
    0: (PairState.SAME, "示例：同一合同、同一地块，重复登记"),
    1: (PairState.RELATED, "示例：同一投资方的两个项目"),
}
FIRST_CODE = 9_001


def look_alike(account: Account) -> None:
    """Five pairs in the newest month, every other one in another unit, then the search through all projects."""
    rows = (
        Project.objects.of(account.city).filter(signed_on__isnull=False, enterprise__uscc__gt="").exclude(investor="")
    )
    chosen = list(rows.select_related("unit", "enterprise").order_by("-signed_on", "code")[:40:8])
    at = after(LAST, 7, 9)
    for place, first in enumerate(chosen):
        others = [unit for code, unit in sorted(account.units.items()) if code != first.unit.code]
        second = _again(account, first, others[place] if place % 2 else first.unit, FIRST_CODE + place, at)
        if place in RULED:
            verdict, reason = RULED[place]
            pair = next(pair for pair in pairs_of(account.city, second) if first in (pair.first, pair.second))
            decide_pair(pair=pair, verdict=verdict, reason=reason, by=account.people["tongji"], at=after(LAST, 7, 15))
    ask_sweep(city=account.city, by=account.people["tongji"], at=after(LAST, 8, 9))


def _again(account: Account, first: Project, unit: ReportingUnit, number: int, at: datetime) -> Project:
    """``first`` told once more in other words, by the officer of ``unit``."""
    core = first.name.removesuffix(first.code.rpartition("-")[2]).removesuffix("项目")
    new = NewProject(
        code=f"{LAST // 12}-{number}",
        name=f"{core}生产基地({unit.name})",
        source_code=first.source_code,
        industry=first.industry,
        contract_fen=first.contract_fen,
        investor=first.investor,
        outside_share_bp=first.outside_share_bp,
        is_sample=True,
    )
    firm = Firm(first.enterprise.name, first.enterprise.uscc)
    return register_unlike(unit=unit, firm=firm, new=new, nevertheless=WHY, by=account.people[unit.code], at=at)
