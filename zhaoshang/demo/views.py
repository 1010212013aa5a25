"""Three views of lists that the demo's statistician shares with the city."""

from urllib.parse import parse_qsl

from zhaoshang.demo.clock import after
from zhaoshang.demo.plan import LAST
from zhaoshang.people.models import User
from zhaoshang.regions.rules import Shared
from zhaoshang.regions.saved_views import save_view
from zhaoshang.tenancy.models import City

SHARED = (
    ("project_list", "在谈的制造业，合同额大的在前", "industry=C&promotion=talks&standing=open&sort=-contract"),
    ("project_list", "已签约未附合同", "lacks=contract&sort=-signed"),
    ("lead_list", "过期未答复的线索", "late=1"),
)


def save_views(city: City, by: User) -> None:
    """Saved the day after the first quarter was published."""
    for page, title, query in SHARED:
        save_view(
            city=city, page=page, title=title, query=parse_qsl(query), shared=Shared.CITY, by=by, at=after(LAST, 20)
        )
