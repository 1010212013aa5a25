"""The statistics bureau's return of the demo's open month: most projects alike, some missing, one unknown to us, two under other names."""

from zhaoshang.capital.matching import Difference
from zhaoshang.capital.reconciliation import ReturnRow, explain, reconcile, record_return
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import after
from zhaoshang.demo.plan import LAST, WAN_FEN, PlannedPayment

SOURCE = "示例:市统计局2023年3月入库项目清单"
MISSING, RENAMED, EXPLAINED = 4, 2, 2


def send_return(account: Account, planned: list[PlannedPayment]) -> None:
    """Take in the return, and explain the first of what differs; the rest stays open."""
    statistician, at = account.people["tongji"], after(LAST, 12, 14)
    rows: dict[str, ReturnRow] = {}
    for number, payment in enumerate(planned):
        project = account.projects[payment.project]
        invested = payment.amount_fen * account.chance.randint(60, 110) // 100 // WAN_FEN * WAN_FEN
        name = project.name.replace("示例", "示例大连") if number < RENAMED else project.name
        line = ReturnRow(
            name=name, uscc=project.enterprise.uscc, unit=project.unit, month_fen=invested, total_fen=invested * 2
        )
        rows.setdefault(name, line)
    kept = list(rows.values())[:-MISSING]
    kept.append(ReturnRow(name="示例未见到位资金项目", unit=account.units["jinpu"], month_fen=8_600 * WAN_FEN))
    record_return(city=account.city, month=LAST, rows=kept, source=SOURCE, by=statistician, at=at)
    missing = [one for one in reconcile(account.city, LAST).differences if one.kind == Difference.NOT_THERE][:EXPLAINED]
    for one in missing:
        text = "设备购置款先到,尚未达到入库标准,待四月补报"
        explain(city=account.city, month=LAST, kind=one.kind, subject=one.subject, text=text, by=statistician, at=at)
