"""A chamber that was appointed, what it brought, and its claim."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cast import Cast
from leads.told import told

from zhaoshang.leads.actions import assign, link_project
from zhaoshang.leads.models import Lead
from zhaoshang.partners.appointing import NewPartner, appoint, link_login
from zhaoshang.partners.claiming import add_paper, confirm_claim, file_claim
from zhaoshang.partners.models import Claim, Partner
from zhaoshang.partners.rules import Nature
from zhaoshang.projects.actions import NewProject, register_project

CHAMBER = NewPartner(
    nature=Nature.CHAMBER,
    name="示例浙江商会",
    document="示例聘字〔2023〕1号",
    term_from=date(2023, 1, 1),
    term_to=date(2024, 12, 31),
    duties="每年推荐不少于一条线索",
    territory=("330000",),
    declared=("no_official", "no_relation"),
    is_sample=True,
)


PAPER = b"%PDF-1.4\n% sample\n%%EOF\n"


def chamber(cast: Cast, login: bool = False, **changes: Any) -> Partner:
    """Appointed for two years."""
    partner = appoint(city=cast.city, new=replace(CHAMBER, **changes), by=cast.statistician, at=cast.now)
    return link_login(partner=partner, username="partner", by=cast.statistician, at=cast.now) if login else partner


def brought(cast: Cast, partner: Partner, code: str = "2023-0100", at: Any = None, **changes: Any) -> Lead:
    """A lead of the partner's that became a project of the east without a stage yet."""
    lead = told(cast, origin_ref=str(partner.pk), origin_label=partner.name, at=at or cast.now, subject=code, **changes)
    lead = assign(lead=lead, unit=cast.east, handler=cast.officer, by=cast.statistician, at=cast.now)
    new = NewProject(
        code=code, name=f"示例引荐项目{code}", source_code="330000", industry="C", contract_fen=10**12, is_sample=True
    )
    project = register_project(
        city=cast.city, unit=cast.east, enterprise=cast.plant.enterprise, new=new, by=cast.officer, at=cast.now
    )
    link_project(lead=lead, project=project, by=cast.officer, at=cast.now)
    return Lead.objects.of(cast.city).select_related("city", "project__city").get(pk=lead.pk)  # type: ignore[no-any-return]


def whole_claim(cast: Cast, partner: Partner, lead: Lead) -> Claim:
    """Filed and confirmed by one statistician, every paper in it."""
    claim = file_claim(lead=lead, partner=partner, by=cast.statistician, at=cast.now)
    for kind in ("contract", "identity"):
        add_paper(
            claim=claim,
            kind=kind,
            document=f"示例{kind}1号",
            content=PAPER,
            name=f"{kind}.pdf",
            by=cast.statistician,
            at=cast.now,
        )
    return confirm_claim(claim=claim, investor_document="示例确认函", by=cast.statistician, at=cast.now)


def in_place(cast: Cast, lead: Lead, amount_fen: int) -> None:
    """Verified fixed-asset money in the lead's project."""
    cast.verified(project=lead.project, amount_fen=amount_fen)


DAY = timedelta(days=1)
