"""Publishing a bulletin: what rests on too few firms is not printed for everybody to read, unless somebody says why it must be."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhaoshang.bulletins.account import Account
from zhaoshang.bulletins.blocks import tokens
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.printing import Printer
from zhaoshang.bulletins.writing import publish_bulletin
from zhaoshang.figures.queries import Figure
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.publishing.withholding import would_give_away


class GivesAway(Exception):
    """The draft prints figures of too few firms, and nobody said why; ``figures`` are they, ``least`` how many firms there must be."""

    def __init__(self, figures: list[Figure], least: int) -> None:
        super().__init__(", ".join(one.ref for one in figures))
        self.figures, self.least = figures, least


def of_few(bulletin: Bulletin) -> tuple[list[Figure], int]:
    """The figures that a draft prints and that rest on too few firms or give such a one away, and how few are too few.

    A growth rate tells its base and a share its whole, so these are looked at too. Raises ``printing.UnknownFigures``.
    """
    printer = Printer(Account(bulletin.city))
    told = [token for token in tokens(bulletin.blocks) if token.aspect != "meaning"]
    figures = {one.ref: one for token in told for one in printer.print(token).figures}
    refs, least = would_give_away(bulletin.city, list(figures.values()))
    return [one for ref, one in figures.items() if ref in refs], least


@transaction.atomic
def release_bulletin(
    *, bulletin: Bulletin, revision: int, waived: Collection[str], few_reason: str = "", by: User, at: datetime
) -> Bulletin:
    """Publish; ``few_reason`` says why figures of too few firms are printed all the same, and stays in the diary.

    Raises :class:`GivesAway`, and as ``bulletins.writing.publish_bulletin``.
    """
    published = publish_bulletin(bulletin=bulletin, revision=revision, waived=waived, by=by, at=at)
    few, least = of_few(published)
    if few and not few_reason.strip():
        raise GivesAway(few, least)
    if few:
        record(
            "publishing.bulletin.released", city=published.city, by=by, at=at, about=published,
            figures=[one.ref for one in few], reason=few_reason.strip()[:400],
        )  # fmt: skip
    return published
