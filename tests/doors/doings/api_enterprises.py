"""Enterprises with people, risks, groups and mergers; the book of central SOEs and meetings; regions of origin; by the API."""

from datetime import date

from cast import NOW, Cast
from django.core.files.base import ContentFile
from enterprises.firms import CODE, card
from enterprises.test_origins import drawn

from doors.doings import PLAIN, Doing, at, doing, on_own, plainly
from zhaoshang.enterprises.merging import merge_enterprises
from zhaoshang.enterprises.models import RosterEntry
from zhaoshang.enterprises.rosters import NewRoster, add_roster, complete_roster

PERSON = {"name": PLAIN, "post": PLAIN, "phone": "0411-84000123", "is_key": True, "source": PLAIN}

plainly("api:new_enterprise", "officer", {"name": PLAIN, "ownership": "private", "industry": "C"})
on_own("api:new_contact", "officer", PERSON)
on_own("api:change_person", "officer", PERSON)
on_own("api:erase", "officer", {"reason": PLAIN})
on_own("api:show", "officer")
on_own("api:new_risk", "officer", {"level": "grave", "text": PLAIN, "source": PLAIN, "noted_on": "2023-04-01"})
on_own("api:new_reply", "officer", {"kind": "answered", "text": PLAIN})
on_own(
    "api:new_touch",
    "officer",
    {"on": "2023-03-28", "kind": "visit", "who": PLAIN, "whom": PLAIN, "said": PLAIN, "next_step": PLAIN, "key": PLAIN},
)
on_own("api:new_withdrawal", "officer", {"reason": PLAIN})
on_own("api:new_relation", "statistician", {"unit": "west", "document": PLAIN, "valid_from": "2023-02-01"})
plainly("api:new_rule", "statistician", {"days": 14, "valid_from": "2023-01-01", "source": PLAIN})
plainly("api:new_roster", "statistician", {"title": PLAIN, "source": PLAIN, "dated": "2023-01-01", "published": 2})
plainly(
    "api:new_origin",
    "statistician",
    {
        "code": "delta",
        "name": PLAIN,
        "name_en": PLAIN,
        "source": PLAIN,
        "valid_from": "2020-01-01",
        "parts": ["310000"],
    },
)


@doing("api:new_list")
def new_list(cast: Cast) -> Doing:
    file = ContentFile(f"企业名称,代码\n示例甲公司,{CODE}\n".encode(), name="a.csv")
    return Doing("officer", at("api:new_list"), {"file": file})


@doing("api:change")
def change(cast: Cast) -> Doing:
    held = card(cast, "示例甲公司", cast.east, cast.officer)
    return Doing("officer", at("api:change", held.pk), {"name": PLAIN, "industry": "C", "revision": held.revision})


@doing("api:new_parent")
def new_parent(cast: Cast) -> Doing:
    said = {"parent": str(card(cast, "示例甲集团").pk)}
    return Doing("statistician", at("api:new_parent", card(cast, "示例甲公司").pk), said)


@doing("api:new_merger")
def new_merger(cast: Cast) -> Doing:
    said = {"closed": str(card(cast, "示例乙公司").pk), "reason": PLAIN}
    return Doing("statistician", at("api:new_merger", card(cast, "示例甲公司").pk), said)


@doing("api:new_parting")
def new_parting(cast: Cast) -> Doing:
    kept, closed = card(cast, "示例甲公司"), card(cast, "示例乙公司")
    merger = merge_enterprises(kept=kept, closed=closed, reason="示例", by=cast.statistician, at=NOW)
    return Doing("statistician", at("api:new_parting", merger.pk), {"reason": PLAIN})


def _roster(cast: Cast) -> None:
    new = NewRoster(title="示例名录", source="示例", dated=date(2023, 1, 1), published=2)
    roster = add_roster(city=cast.city, new=new, by=cast.statistician, at=NOW)
    complete_roster(roster=roster, names=["示例央企"], by=cast.statistician, at=NOW)


@doing("api:new_names")
def new_names(cast: Cast) -> Doing:
    _roster(cast)
    return Doing("statistician", at("api:new_names", "2023-01-01"), {"names": [PLAIN]})


@doing("api:link_name")
def link_name(cast: Cast) -> Doing:
    _roster(cast)
    return Doing("statistician", at("api:link_name", RosterEntry.objects.of(cast.city).get().pk))


@doing("api:end_origin")
def end_origin(cast: Cast) -> Doing:
    return Doing("statistician", at("api:end_origin", drawn(cast).code), {"valid_to": "2022-12-31"})
