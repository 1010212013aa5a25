"""Published opportunities past their day: nobody may promote what is perhaps gone (domain.md 4.4)."""

from collections.abc import Iterator

from zhaoshang.common.problems import N_
from zhaoshang.opportunities.models import Opportunity
from zhaoshang.opportunities.rules import LISTED
from zhaoshang.review.findings.candidate import Candidate, Kind, Look


def expired(look: Look) -> Iterator[Candidate]:
    """Listed entries whose expiry has passed. One query."""
    rows = Opportunity.objects.of(look.city).filter(state__in=list(LISTED), published_at__isnull=False)
    for one in rows.filter(expires_on__lt=look.today).order_by("code"):
        yield Candidate(
            key=one.code,
            subject=one.title,
            facts={"day": str(one.expires_on)},
            basis=str(one.expires_on),
            href_name="desk:opportunity",
            href_id=one.code,
            unit_id=one.unit_id,
            owner_id=one.steward_id,
        )


KIND = Kind(
    code="expired",
    label=N_("清单条目已过期"),
    text=N_("有效期至 {day}，已从各清单里隐去；请核实后延期或下架。"),
    fix=N_("核实条目"),
    candidates=expired,
)
