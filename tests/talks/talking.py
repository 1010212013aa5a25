"""First talks for the tests: an invented investor, its proof, and the days on which things happen."""

from datetime import date, datetime, timedelta
from typing import Any

from cast import NOW, YI, Cast

from zhaoshang.people.actions import open_account
from zhaoshang.people.models import User
from zhaoshang.people.rules import Role
from zhaoshang.regions.actions import add_unit, grant
from zhaoshang.regions.models import ReportingUnit
from zhaoshang.talks.claiming import Proof, register_claim
from zhaoshang.talks.disputing import open_dispute
from zhaoshang.talks.finding import Subject
from zhaoshang.talks.models import Claim, Dispute, Transfer
from zhaoshang.talks.transferring import offer_transfer

INVESTOR = "示例海达装备有限公司"
CODE = "91210200MA0AAAAA18"
RENAMED = "示例（深圳）海达装备集团股份有限公司"
MINUTES = Proof(kind="minutes", document="示例纪要〔2023〕1号")


def subject(**changes: Any) -> Subject:
    """An investment of 5 亿元 in manufacturing."""
    wanted: dict[str, Any] = {"investor": INVESTOR, "title": "海达装备生产基地", "industry": "C", "amount_fen": 5 * YI}
    return Subject(**wanted | changes)


def days(number: int, after: datetime = NOW) -> datetime:
    """So many days later."""
    return after + timedelta(days=number)


def claimed(cast: Cast, *, by: User | None = None, at: datetime = NOW, reason: str = "", **changes: Any) -> Claim:
    """The east unit's first talk, or by ``by`` that of the west."""
    unit: ReportingUnit = cast.west if by == cast.other_officer else cast.east
    return register_claim(
        unit=unit, subject=subject(**changes), proof=MINUTES, nevertheless=reason, by=by or cast.officer, at=at
    )


def between_others(cast: Cast, at: datetime = NOW) -> tuple[Dispute, Transfer]:
    """A dispute and an offer between two units that are not the east: it is no party to them."""
    north = add_unit(
        city=cast.city, by=None, at=NOW, code="north", name="北岭区", short_name="北岭", name_en="North", position=3,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    person = open_account(city=cast.city, username="north", display_name="示例", password=None, by=None, at=NOW)
    grant(city=cast.city, user=person, role=Role.OFFICER, unit=north, by=None, at=NOW)
    claim = claimed(cast, by=cast.other_officer, at=at)
    said: dict[str, Any] = {"grounds": "示例", "document": "示例", "by": person, "at": at}
    dispute = open_dispute(claim=claim, unit=north, **said)
    offer = offer_transfer(
        project=cast.harbour, to_unit=north, shares="5:5", reason="示例", by=cast.other_officer, at=at
    )
    return dispute, offer


def disputed(cast: Cast, claim: Claim, at: datetime = NOW) -> Dispute:
    """The west unit objects to the east's claim."""
    said: dict[str, Any] = {"grounds": "示例：本区去年已接洽", "document": "示例函〔2022〕5号"}
    return open_dispute(claim=claim, unit=cast.west, by=cast.other_officer, at=at, **said)


def offered(cast: Cast, at: datetime = NOW, shares: str = "7:3", **what: Any) -> Transfer:
    """The east unit offers a talk or a project to the west."""
    return offer_transfer(to_unit=cast.west, shares=shares, reason="示例：本区没有用地", by=cast.officer, at=at, **what)
