"""The demo city's leads in every state, its 89 chambers as partners, and three of their claims; all invented, and named so.

The published number of partners is a fact (``city.toml``); who they are is not. Projects that come of leads have no day of a stage, and the
money of claims is what the account holds anyway, so that no figure moves.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind
from zhaoshang.demo.account import Account
from zhaoshang.demo.clock import BUREAU
from zhaoshang.leads import actions as leads
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import CameBy
from zhaoshang.partners.appointing import NewPartner, appoint_list, link_login, review_partner
from zhaoshang.partners.claiming import add_paper, approve_claim, confirm_claim, file_claim, publish_claim
from zhaoshang.partners.models import Partner
from zhaoshang.partners.rules import Nature, Outcome
from zhaoshang.projects.models import Project
from zhaoshang.ui.documents.docx import write_docx
from zhaoshang.ui.documents.model import Document

PARTNERS = 89
APPOINTED = datetime(2023, 2, 20, 9, 0, tzinfo=BUREAU)
EARLY = datetime(2022, 1, 20, 9, 0, tzinfo=BUREAU)
TAKEN_IN = datetime(2023, 3, 6, 9, 30, tzinfo=BUREAU)
CLAIMED = datetime(2023, 4, 4, 10, 0, tzinfo=BUREAU)
LOGIN = "hehuoren"
PLACES = ("上海", "浙江", "江苏", "广东", "北京", "福建", "山东", "天津", "四川", "湖北", "陕西")
CODES = ("310000", "330000", "320000", "440000", "110000", "350000", "370000", "120000", "510000", "420000", "610000")
TRADES = ("装备", "医药", "电子", "食品", "物流", "软件", "新材料", "文旅", "海工")
DECLARED = ("no_official", "no_relation")


def partner_up(account: Account) -> None:
    """Partners, their leads, claims; then leads that came other ways."""
    partners = _appointed(account)
    _claims(account, partners)
    _told(account, partners)


def _appointed(account: Account) -> list[Partner]:
    """Three that stood before, whose claims are shown, and the quarter's 89 chambers; the first of these has a login."""
    by = account.people["tongji"]
    old = [
        _new(place, code, "", date(2022, 1, 20), "示例聘字〔2022〕1号")
        for place, code in zip(PLACES, CODES, strict=True)
    ][:3]
    before = appoint_list(city=account.city, rows=old, by=by, at=EARLY)
    names = [(place, code, trade) for trade in TRADES for place, code in zip(PLACES, CODES, strict=True)][:PARTNERS]
    rows = [_new(place, code, trade, APPOINTED.date(), "示例聘字〔2023〕1号") for place, code, trade in names]
    made = appoint_list(city=account.city, rows=rows, by=by, at=APPOINTED)
    link_login(partner=before[0], username=LOGIN, by=by, at=APPOINTED)
    for partner in before:
        review_partner(partner=partner, year=2022, outcome=Outcome.CONTINUE, note="示例", by=by, at=APPOINTED)
    return [*before, *made]


def _new(place: str, code: str, trade: str, day: date, document: str) -> NewPartner:
    return NewPartner(
        nature=Nature.CHAMBER,
        name=f"示例{place}{trade}商会",
        document=document,
        term_from=day,
        term_to=date(2033, 12, 31),  # far off, so that the demonstration does not end by itself
        duties="每年推荐不少于一条线索,协助联络本地会员企业",
        leads_a_year=1,
        territory=(code,),
        declared=DECLARED,
        is_sample=True,
    )


def _paper(what: str, place: int) -> dict[str, Any]:
    """A page that says that it is a sample."""
    title = f"示例{what}{place + 1}号（虚构，仅供演示）"
    paper = Document(title=title, issuer="示例单位", date=date(2023, 3, 1), blocks=(), sample=True)
    return {"content": write_docx(paper), "name": f"示例{what}{place + 1}.docx"}


def _claims(account: Account, partners: Sequence[Partner]) -> None:
    """Three leads that were told before their projects' first stage: one claim filed, one approved, one on notice."""
    by, at = account.people["tongji"], CLAIMED
    for place, (partner, project) in enumerate(zip(partners, _backed(account), strict=False)):
        told = _lead(
            account, project.investor, project.name[:200], EARLY + timedelta(days=1), partner, project.source_code
        )
        officer = account.people[project.unit.code]
        leads.assign(lead=told, unit=project.unit, handler=officer, by=by, at=EARLY + timedelta(days=2))
        leads.answer(lead=told, text="示例:已转地区对接", by=officer, at=EARLY + timedelta(days=3))
        leads.link_project(lead=told, project=project, by=officer, at=TAKEN_IN)
        lead = Lead.objects.of(account.city).select_related("city", "project__city").get(pk=told.pk)
        claim = file_claim(lead=lead, partner=partner, by=by, at=at, is_sample=True)
        add_paper(
            claim=claim, kind="contract", document=f"示例合同{place + 1}号", **_paper("合同", place), by=by, at=at
        )
        if place:
            add_paper(
                claim=claim,
                kind="identity",
                document=f"示例登记证{place + 1}号",
                **_paper("登记证", place),
                by=by,
                at=at,
            )
            confirm_claim(claim=claim, investor_document=f"示例确认函{place + 1}号", by=by, at=at)
            approve_claim(claim=claim, by=account.people["shenhe"], at=at + timedelta(days=1))
        if place > 1:
            publish_claim(claim=claim, by=by, at=at + timedelta(days=2))


def _backed(account: Account) -> list[Project]:
    """Projects whose first stage came after January 2022 and that have verified money for fixed assets."""
    verified = Payment.objects.of(account.city).filter(standing="verified", kind=Kind.FIXED_ASSETS).order_by()
    rows = Project.objects.of(account.city).filter(
        pk__in=verified.values("project_id"), reserved_on__gt=date(2022, 2, 1)
    )
    rows = rows.exclude(investor="").filter(landed_on__gt=date(2022, 7, 1))
    return list(rows.select_related("unit", "city").order_by("code")[:3])


def _lead(
    account: Account, investor: str, subject: str, at: datetime, partner: Partner | None, source: str, **more: Any
) -> Lead:
    origin = {"origin_label": partner.name, "origin_ref": str(partner.pk)} if partner else {}
    return leads.take_in(
        city=account.city, came_by=CameBy.PARTNER if partner else more.pop("came_by"), investor=investor, subject=subject,
        source_code=source, is_sample=True, at=at, **{"by": None, **origin, **more},
    )  # fmt: skip


CHAT = """示例商会秘书 2023-03-06 09:12
李主任早,苏州示例精密机械有限公司想建数控机床厂,投资大概2.8亿元,要地80亩左右,沈总 13800010001"""


def _told(account: Account, partners: Sequence[Partner]) -> None:
    """One lead in each state, from each way in."""
    by, units = account.people["tongji"], account.units
    unit, officer = units["ganjingzi"], account.people["ganjingzi"]
    fresh = TAKEN_IN + timedelta(days=28)
    _lead(
        account,
        "示例远海装备有限公司",
        "海工装备总装",
        fresh,
        partners[0],
        "310000",
        industry="C",
        amount_fen=8 * 10**10,
    )
    _lead(account, "示例云图软件有限公司", "东北研发中心", fresh, None, "110000", came_by=CameBy.PORTAL, industry="I")
    _lead(
        account, "苏州示例精密机械有限公司", "建数控机床厂", fresh, None, "320000", came_by=CameBy.CHAT, by=officer, text=CHAT,
        industry="C", origin_label="示例商会秘书", amount_fen=28 * 10**9, land_m2=53_333, contact="沈总", phone="13800010001",
    )  # fmt: skip
    kept = _lead(account, "示例绿源食品有限公司", "预制菜加工", TAKEN_IN, partners[4], "440000", industry="C")
    leads.keep(lead=kept, by=by, at=TAKEN_IN + timedelta(hours=5))
    taken = _lead(
        account, "示例海纳医药有限公司", "原料药生产基地", TAKEN_IN, None, "130000", came_by=CameBy.TRIP, industry="C"
    )
    leads.assign(lead=taken, unit=unit, handler=officer, by=by, at=TAKEN_IN + timedelta(hours=6))
    told = _lead(
        account, "示例智联电子有限公司", "传感器封装", TAKEN_IN, None, "440000", came_by=CameBy.ACTIVITY, industry="C"
    )
    leads.assign(lead=told, unit=unit, handler=officer, by=by, at=TAKEN_IN + timedelta(hours=6))
    leads.answer(lead=told, text="示例:已约企业四月来访", by=officer, at=TAKEN_IN + timedelta(days=3))
    again = _lead(account, "示例绿源食品有限公司", "预制菜工厂", TAKEN_IN + timedelta(days=2), partners[7], "440000")
    leads.find_duplicate(lead=again, other=kept, by=by, at=TAKEN_IN + timedelta(days=3))
    weak = _lead(account, "某示例投资人", "项目不详", TAKEN_IN, None, "", came_by=CameBy.OFFICER, by=officer)
    leads.reject(lead=weak, reason="示例:没有投资方名称和联系方式", by=by, at=TAKEN_IN + timedelta(days=1))
    ended = _lead(account, "示例宏图家居有限公司", "智能家居产业园", TAKEN_IN, partners[9], "370000", industry="C")
    leads.assign(lead=ended, unit=unit, handler=officer, by=by, at=TAKEN_IN + timedelta(hours=7))
    leads.close(lead=ended, reason="示例:企业暂缓投资", by=officer, at=TAKEN_IN + timedelta(days=20))
