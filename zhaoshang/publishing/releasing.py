"""Publishing a bulletin: what rests on too few firms is not printed for everybody to read, unless somebody says why it must be."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from zhaoshang.bulletins.account import Account
from zhaoshang.bulletins.blocks import tokens
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.bulletins.printing import Printer
from zhaoshang.bulletins.writing import publish_bulletin
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.publishing.told import FACETS, Part
from zhaoshang.publishing.withholding import Few, would_give_away


class GivesAway(Exception):
    """The draft prints figures or parts of too few firms, and nobody said why; ``few`` are they."""

    def __init__(self, few: Few) -> None:
        super().__init__(", ".join(told_as(few)))
        self.few = few


def told_as(few: Few) -> list[str]:
    """The addresses of figures and parts, as the diary keeps them."""
    return [*(one.ref for one in few.figures), *(f"{part.of.ref}|{part.facet}:{part.code}" for part in few.parts)]


def of_few(bulletin: Bulletin) -> Few:
    """The figures and parts that a draft prints and that rest on too few firms or give such a one away.

    A growth rate tells its base, a share its whole and progress the year so far, so these are looked at too.
    Raises ``printing.UnknownFigures``.
    """
    printer = Printer(Account(bulletin.city))
    printed = [printer.print(token) for token in tokens(bulletin.blocks) if token.aspect != "meaning"]
    parts = [Part(one.figures[0], facet, one.token.of) for one in printed if (facet := FACETS.get(one.token.aspect))]
    return would_give_away(bulletin, [figure for one in printed for figure in one.figures], parts)


@transaction.atomic
def release_bulletin(
    *, bulletin: Bulletin, revision: int, waived: Collection[str], few_reason: str = "", by: User, at: datetime
) -> Bulletin:
    """Publish; ``few_reason`` says why figures of too few firms are printed all the same, and stays in the diary.

    Raises :class:`GivesAway`, and as ``bulletins.writing.publish_bulletin``.
    """
    published = publish_bulletin(bulletin=bulletin, revision=revision, waived=waived, by=by, at=at)
    few = of_few(published)
    if few and not few_reason.strip():
        raise GivesAway(few)
    if few:
        record(
            "publishing.bulletin.released", city=published.city, by=by, at=at, about=published,
            figures=told_as(few), reason=few_reason.strip()[:400],
        )  # fmt: skip
    return published
