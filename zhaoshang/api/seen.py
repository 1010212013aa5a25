"""What a caller looked at before a change: ``If-Match`` with the ETag of the answer it was read in, or ``revision`` in the body."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from pydantic import Field

from zhaoshang.api.gate import ApiRequest
from zhaoshang.capital.actions import Changed as PaymentChanged
from zhaoshang.enterprises.actions import Changed as CardChanged
from zhaoshang.opportunities.actions import Changed as EntryChanged
from zhaoshang.publishing.actions import Changed as ArticleChanged

HEADER = "If-Match"
CHANGED = (PaymentChanged, CardChanged, EntryChanged, ArticleChanged)
Revision = Annotated[int, Field(ge=1, le=2_000_000_000)]
_STRONG = re.compile(r'"([0-9]{1,9})"')


class RevisionMissing(Exception):
    """Neither the header nor the body says which revision was looked at."""


class RevisionsDiffer(Exception):
    """Header and body name two revisions."""


class Stale(Exception):
    """``If-Match`` names what is no longer so; ``current`` is how it stands now."""

    def __init__(self, current: dict[str, Any]) -> None:
        super().__init__(str(current.get("revision", "")))
        self.current = current


def etag(revision: int) -> str:
    """The ETag of an object at a revision."""
    return f'"{revision}"'


@contextmanager
def looked_at(request: ApiRequest, given: int | None, current: Callable[[], dict[str, Any]]) -> Iterator[int]:
    """The revision that the caller looked at, for the change made inside. ``current`` tells how the object stands now.

    Raises :class:`RevisionMissing`, :class:`RevisionsDiffer`, and :class:`Stale` instead of the room's own refusal when the
    caller asked by ``If-Match``.
    """
    header = request.headers.get(HEADER)
    if header is None:
        if given is None:
            raise RevisionMissing
        yield given
        return
    named = _STRONG.fullmatch(header)
    if named is None:
        raise Stale(current())
    if given is not None and given != int(named[1]):
        raise RevisionsDiffer
    try:
        yield int(named[1])
    except CHANGED as error:
        raise Stale(current()) from error
