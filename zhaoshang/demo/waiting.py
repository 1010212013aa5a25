"""Work that waits in the demo's open month: payments to decide on, some with what a verifier should notice, and some sent back.

Nothing here moves the published totals: what is verified takes a payment back and enters the same amount again.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from zhaoshang.capital.actions import declare, declare_opposite, withdraw
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import YI_FEN, Kind, Origin, Standing
from zhaoshang.common.periods import Period
from zhaoshang.demo import facts
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import after
from zhaoshang.demo.plan import LAST, WAN_FEN, PlannedPayment, PlannedProject, some_day
from zhaoshang.people.models import User
from zhaoshang.review.actions import decide

BY_UNIT_MIX_UP = 10_000  # 万元 taken for 亿元


class Waiting:
    """Fills the open month of one account."""

    def __init__(self, account: Account) -> None:
        self.account, self.chance = account, account.chance
        self.at = after(LAST, 4, 10)

    def fill(self) -> None:
        """Everything, in the order in which it came in."""
        self.account.declared(LAST, [self.planned(unit.code) for unit in facts.UNITS])
        for unit in ("xigang", "zhuanghe", "changhai"):
            self.declare(self.planned(unit))  # without a voucher
        self.account.declared(LAST, [self.mixed_up("gaoxin"), self.over_contract("pulandian"), self.before_signing()])
        self.sent_back("wafangdian", "进账单户名与项目单位不一致,请核对后重报")
        self.sent_back("lvshunkou", "进账单为万元,申报按元填写,请更正金额")
        first = self.sent_back("ganjingzi", "缺少三方盖章的进度表,请补齐")
        planned = self.planned("ganjingzi", project=self.planned_of(first))
        draft = replace(self.account.draft(planned), succeeds=first)
        declare(draft=draft, by=self.officer("ganjingzi"), at=self.at)
        doubled = self.declare(self.planned("zhongshan"))
        withdraw(payments=[doubled], reason="重复申报", by=self.officer("zhongshan"), at=self.at)
        self.entered_again()

    def officer(self, unit: str) -> User:
        """Who reports for the unit."""
        return self.account.people[unit]

    def project(self, unit: str) -> PlannedProject:
        """One of the unit's large landed projects, wholly in outside hands."""
        able = [
            one
            for one in self.account.projects
            if one.unit == unit and one.large and one.landed_on and one.source_code in facts.OUTSIDE_SOURCES
        ]
        return self.chance.choice([one for one in able if one.outside_share_bp == 10_000 and one.industry != "K"])

    def planned_of(self, payment: Payment) -> PlannedProject:
        """The plan behind a payment's project."""
        return next(planned for planned, project in self.account.projects.items() if project.pk == payment.project_id)

    def planned(self, unit: str, **changes: Any) -> PlannedPayment:
        """A sound payment of 5-80 million yuan."""
        project, amount = self.project(unit), self.chance.randint(500, 8_000) * WAN_FEN
        assert project.landed_on
        origin = Origin.NEW if project.landed_on.year == LAST // 12 else Origin.CONTINUED
        paid_on = some_day(self.chance, LAST, project.landed_on)
        return replace(PlannedPayment(project, LAST, paid_on, amount, Kind.FIXED_ASSETS, origin), **changes)

    def declare(self, planned: PlannedPayment) -> Payment:
        """Declared by the unit's officer, nothing attached."""
        return declare(draft=self.account.draft(planned), by=self.officer(planned.project.unit), at=self.at)

    def mixed_up(self, unit: str) -> PlannedPayment:
        """An amount ten thousand times too large."""
        planned = self.planned(unit)
        return replace(planned, amount_fen=planned.amount_fen * BY_UNIT_MIX_UP)

    def over_contract(self, unit: str) -> PlannedPayment:
        """More than the contract has left."""
        planned = self.planned(unit)
        return replace(planned, amount_fen=planned.project.contract_fen - planned.project.paid_fen + YI_FEN)

    def before_signing(self) -> PlannedPayment:
        """Paid three days before its project was signed."""
        month = Period(LAST, LAST).first_day()
        late = [one for one in self.account.projects if one.signed_on and one.signed_on > month + timedelta(days=3)]
        project = self.chance.choice([one for one in late if one.large])
        assert project.signed_on
        return self.planned("jinpu", project=project, paid_on=project.signed_on - timedelta(days=3))

    def sent_back(self, unit: str, reason: str) -> Payment:
        """Declared, then returned by the verifier."""
        payment = self.declare(self.planned(unit))
        verifier = self.account.people["shenhe"]
        return decide(
            payment=payment,
            verdict="return",
            revision=payment.revision,
            reason=reason,
            by=verifier,
            at=after(LAST, 6, 11),
        )

    def entered_again(self) -> None:
        """The bank sent 1亿元 of a February payment back; it is taken back in March, and the same came again. A second one still waits."""
        rows = Payment.objects.of(self.account.city).filter(
            standing=Standing.VERIFIED,
            report_month=LAST - 1,
            kind=Kind.FIXED_ASSETS,
            outside_share_bp=10_000,
            amount_fen__gt=2 * YI_FEN,
        )
        first, second = rows.exclude(industry="K").select_related("project", "unit", "city").order_by("seq")[:2]
        opposite = self.take_back(first, YI_FEN, "收款行退汇1亿元,三月重新到账")
        self.account.verified(opposite)
        again = self.planned(
            first.unit.code, project=self.planned_of(first), amount_fen=YI_FEN, origin=Origin(first.origin)
        )
        for payment in self.account.declared(LAST, [again]):
            self.account.verified(payment)
        self.take_back(second, YI_FEN // 2, "多报:其中5000万元属另一项目")

    def take_back(self, payment: Payment, amount_fen: int, reason: str) -> Payment:
        """The opposite entry, declared."""
        by = self.officer(payment.unit.code)
        return declare_opposite(
            payment=payment, report_month=LAST, amount_fen=amount_fen, reason=reason, by=by, at=self.at
        )
