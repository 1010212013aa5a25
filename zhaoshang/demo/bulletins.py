"""The demo city's own bulletins: drafted from the account, published, and so frozen. What is verified later stands beside them."""

from datetime import datetime

from zhaoshang.bulletins.blocks import unbound
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.writing import Head, draft_bulletin, publish_bulletin, revise_bulletin
from zhaoshang.common.periods import Period
from zhaoshang.people.models import User
from zhaoshang.tenancy.models import City

ISSUER = "大连市示例经济合作办公室"
RECIPIENTS = "各区市县、各先导区示例招商部门"


def publish(city: City, period: Period, number: str, by: User, at: datetime) -> Bulletin:
    """The period's bulletin as drafted, with head and number, published."""
    drafted = draft_bulletin(city=city, period=period, issuer=ISSUER, dated=at.date(), by=by, at=at)
    head = Head(title=drafted.title, number=number, issuer=ISSUER, recipients=RECIPIENTS, dated=at.date())
    revised = revise_bulletin(
        bulletin=drafted, revision=drafted.revision, head=head, blocks=drafted.blocks, by=by, at=at
    )
    loose = {one.context for one in unbound(revised.blocks)}
    return publish_bulletin(bulletin=revised, revision=revised.revision, waived=loose, by=by, at=at)
