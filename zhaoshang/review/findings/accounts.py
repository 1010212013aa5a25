"""Two accounts that bear one name, and one of which decided on what the other declared (trust.md F7).

Four eyes compare persons by the mark on an account; where nobody gave one, the name is all there is. Two different marks say that they are
two people, the same mark makes the database refuse; what is left is raised, for the bureau and the auditor. No local rule turns it off.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Standing
from zhaoshang.common.problems import N_
from zhaoshang.people.models import User
from zhaoshang.people.persons import untold_namesakes
from zhaoshang.regions.models import Membership
from zhaoshang.review.findings.candidate import Candidate, Kind, Look


@dataclass(slots=True)
class _Decided:
    """What two accounts decided on of each other's: how many payments, the money that came in, and the latest of them."""

    count: int = 0
    fen: int = 0
    latest: str = field(default="")


def by_namesakes(look: Look) -> Iterator[Candidate]:
    """Verified payments that a namesake of who declared them decided on. Two queries, the second only where there are namesakes."""
    members = Membership.objects.of(look.city).order_by().values("user_id")
    pairs = untold_namesakes(User.objects.filter(pk__in=members).order_by("id"))
    if not pairs:
        return
    known = {one.pk for pair in pairs for one in pair}
    rows = Payment.objects.of(look.city).filter(standing=Standing.VERIFIED, declared_by__in=known, decided_by__in=known)
    decided: dict[frozenset[UUID], _Decided] = defaultdict(_Decided)
    for key, fen, *two in rows.order_by("id").values_list("id", "amount_fen", "declared_by_id", "decided_by_id"):
        found = decided[frozenset(two)]
        found.count, found.fen, found.latest = found.count + 1, found.fen + max(fen, 0), str(key)
    for one, other in pairs:
        if told := decided.get(frozenset({one.pk, other.pk})):
            yield _candidate(one, other, told)


def _candidate(one: User, other: User, decided: _Decided) -> Candidate:
    return Candidate(
        key=f"{one.pk.hex}:{other.pk.hex}",
        subject=f"{one.display_name}：{one.username} / {other.username}",
        facts={"one": one.username, "other": other.username, "count": decided.count, "amount_fen": decided.fen},
        basis=f"{one.person}:{other.person}:{decided.count}",
        href_name="desk:payment",
        href_id=decided.latest,
    )


KIND = Kind(
    code="accounts",
    label=N_("同名账号互相核定"),
    text=N_(
        "账号 {one} 和 {other} 姓名相同，又没有用人员标识分开，一个报的由另一个核定，共 {count} 笔 {amount}万元："
        "是不是一个人用两个账号核定自己报的钱？是两个人的，请系统管理员在两个账号上各填人员标识。"
    ),
    fix=N_("看最近一笔"),
    about_figures=True,
    about_accounts=True,
    always=True,
    candidates=by_namesakes,
)
