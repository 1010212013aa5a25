"""The demo city's first talks, disputes and transfers, plainly invented: some in 2022 and 2023, by which scores can be shared, and some
around the day on which the demo is loaded, so that a protection runs out soon and a dispute waits."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import after
from zhaoshang.demo.facts import OUTSIDE_SOURCES
from zhaoshang.demo.local_rules import issue_sample
from zhaoshang.demo.plan import LAST
from zhaoshang.people.models import User
from zhaoshang.projects.models import Project
from zhaoshang.talks.claiming import Proof, link_project, register_claim, release_claim, write_note
from zhaoshang.talks.disputing import answer_dispute, decide_dispute, open_dispute
from zhaoshang.talks.finding import Subject, holdings, subject_of
from zhaoshang.talks.models import Claim, Talk, Transfer
from zhaoshang.talks.rules import WAN_FEN, NoteKind, Outcome
from zhaoshang.talks.terms import TALKS
from zhaoshang.talks.transferring import accept_transfer, offer_transfer

# Investor, what it means to invest in, industry (GB/T 4754), 万元. All invented.
INVESTORS = (
    ("示例澄海绿能科技集团有限公司", "海上风电装备基地", "C", 180_000),
    ("示例鹏程冷链供应链有限公司", "东北亚冷链物流中心", "G", 65_000),
    ("示例云帆数据服务有限公司", "算力与数据服务园", "I", 120_000),
    ("示例北辰精密铸造股份有限公司", "精密铸件生产线", "C", 42_000),
    ("示例华屿文旅发展有限公司", "滨海度假酒店群", "H", 90_000),
    ("示例启明医药研发有限公司", "创新药中试平台", "M", 38_000),
)


class Talking:
    """Makes them for one account."""

    def __init__(self, account: Account) -> None:
        self.account, self.city, self.now = account, account.city, timezone.now()

    def fill(self) -> None:
        """Claims in every state, disputes open and decided, a transfer accepted and one offered."""
        issue_sample(self.city, TALKS, self.account.people["tongji"])
        self.shared_project()
        self.given_up()
        self.lapsing_soon()
        self.disputed()
        self.settled()
        self.offered()
        self.claim("jinpu", 5, self.ago(1))

    def ago(self, days: int) -> datetime:
        """So many days before the demo was loaded."""
        return self.now - timedelta(days=days)

    def officer(self, unit: str) -> User:
        """Who works for the unit."""
        return self.account.people[unit]

    def claim(self, unit: str, place: int, at: datetime) -> Claim:
        """The unit's claim on one of the invented investors."""
        investor, title, industry, wan = INVESTORS[place]
        wanted = Subject(investor=investor, title=title, industry=industry, amount_fen=wan * WAN_FEN)
        return self.claimed(unit, wanted, at)

    def claimed(self, unit: str, subject: Subject, at: datetime) -> Claim:
        """The same of any subject, on invented minutes."""
        proof = Proof(kind="minutes", document=f"示例会谈纪要〔{at.year}〕{at:%m%d}号")
        said: dict[str, Any] = {"proof": proof, "is_sample": True, "by": self.officer(unit), "at": at}
        return register_claim(unit=self.account.units[unit], subject=subject, **said)

    def moved(self, talk: Talk, giver: str, taker: str, shares: str, at: datetime) -> Transfer:
        """Offered, and not answered yet."""
        said: dict[str, Any] = {
            "reason": "示例：本地区没有合适的用地",
            "terms": "示例：用地和配套由转入地区负责",
            "is_sample": True,
        }
        taker_unit = self.account.units[taker]
        return offer_transfer(talk=talk, to_unit=taker_unit, shares=shares, by=self.officer(giver), at=at, **said)

    def shared_project(self) -> None:
        """沙河口区 talked first, the project lands in another unit: taken over at 7:3 in January 2023, when it was no project yet."""
        project = self.project_of_quarter()
        landing = project.unit.code
        giver = "shahekou" if landing != "shahekou" else "xigang"
        talk = self.claimed(giver, self.described(project), after(LAST - 4, 20)).talk
        offer = self.moved(talk, giver, landing, "7:3", after(LAST - 3, 6))
        accept_transfer(transfer=offer, answer="示例：同意", by=self.officer(landing), at=after(LAST - 3, 9))
        at = after(LAST - 3, 10)
        found = [one for one in holdings(self.city, self.described(project), at) if one.unit == project.unit]
        link_project(project=project, found=found, reason="", by=self.officer(landing), at=at)

    def project_of_quarter(self) -> Project:
        """Of those that signed and landed in the last quarter, wholly from outside, the one that was paid most."""
        since = after(LAST - 3, 12).date()
        able = [one for one in self.account.projects if one.landed_on and one.signed_on and one.signed_on >= since]
        whole = [one for one in able if one.outside_share_bp == 10_000 and one.source_code in OUTSIDE_SOURCES]
        return self.account.projects[max(whole, key=lambda one: (one.paid_fen, self.account.projects[one].code))]

    def described(self, project: Project) -> Subject:
        """The project before it was one."""
        one = subject_of(project)
        return Subject(investor=one.investor, title=one.title, industry=one.industry, amount_fen=one.amount_fen)

    def given_up(self) -> None:
        """One that lapsed long ago, and one given up."""
        self.claim("ganjingzi", 3, after(LAST - 6, 8))
        talk = self.claim("changhai", 4, after(LAST - 1, 9)).talk
        release_claim(talk=talk, reason="示例：投资方改投外省", by=self.officer("changhai"), at=after(LAST, 2))

    def lapsing_soon(self) -> None:
        """Protected for eight more days, with a visit by which it can be renewed."""
        talk, by = self.claim("lvshunkou", 0, self.ago(82)).talk, self.officer("lvshunkou")
        day = timezone.localdate(self.ago(20))
        write_note(talk=talk, kind=NoteKind.VISIT, on=day, text="示例：赴企业总部走访", by=by, at=self.ago(19))

    def disputed(self) -> None:
        """Opened and answered; the ruling waits."""
        claim = self.claim("gaoxin", 2, self.ago(30))
        units, document = self.account.units, "示例函〔2023〕11号"
        dispute = open_dispute(
            claim=claim, unit=units["zhongshan"], grounds="示例：本区先于上季度与企业签有备忘录", document=document,
            by=self.officer("zhongshan"), at=self.ago(6),
        )  # fmt: skip
        answer_dispute(
            dispute=dispute,
            answer="示例：备忘录未涉及本项目",
            document="示例会谈纪要",
            by=self.officer("gaoxin"),
            at=self.ago(3),
        )

    def settled(self) -> None:
        """Ruled on: both share it."""
        claim = self.claim("pulandian", 1, self.ago(60))
        dispute = open_dispute(
            claim=claim, unit=self.account.units["wafangdian"], grounds="示例：两地同期接洽", document="示例函〔2023〕8号",
            by=self.officer("wafangdian"), at=self.ago(40),
        )  # fmt: skip
        answer_dispute(dispute=dispute, answer="示例：属实", by=self.officer("pulandian"), at=self.ago(38))
        decide_dispute(
            dispute=dispute, outcome=Outcome.SHARED, shares="5:5", ruling="示例：双方均有接洽记录，共享",
            by=self.account.people["shenhe"], at=self.ago(30),
        )  # fmt: skip

    def offered(self) -> None:
        """A talk offered at 7:3; the other unit has a week to answer."""
        investor, title, industry, wan = INVESTORS[3]
        subject = Subject(investor=investor, title=f"{title}二期", industry=industry, amount_fen=wan * WAN_FEN)
        claim = self.claimed("zhuanghe", subject, self.ago(15))
        self.moved(claim.talk, "zhuanghe", "jinpu", "7:3", self.ago(3))
