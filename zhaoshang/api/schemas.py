"""Shapes shared by several nouns. Money goes in and out as yuan in a decimal string, never as a number."""

from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, StringConstraints

from zhaoshang.common.money import to_fen

Yuan = Annotated[str, StringConstraints(strict=True, pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,2})?$")]
PositiveYuan = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{1,15}(\.[0-9]{1,2})?$")]
MonthText = Annotated[str, StringConstraints(strict=True, pattern=r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$")]
Line = Annotated[str, StringConstraints(strict=True, max_length=400)]
Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=120)]
SourceCode = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]{6}$")]


class Strict(Schema):
    """A body in which an unknown key is an error: state, ids and signatures cannot be smuggled in."""

    model_config = ConfigDict(extra="forbid")


class Refused(Schema):
    """Why not: a stable code, a sentence in the caller's language, and the particulars."""

    code: str
    message: str
    detail: str = ""


class Outdated(Refused):
    """What was looked at has changed: how it stands now."""

    current: dict[str, Any]


class Page(Schema):
    """A page of a list by key: ask again with ``after`` set to ``next``."""

    rows: list[dict[str, Any]]
    next: str | None


def fen(yuan: str) -> int:
    """A checked yuan string in fen."""
    return to_fen(Decimal(yuan))


class _Refused(Schema):
    response: Refused


class _Outdated(Schema):
    response: Outdated


# What every operation may answer beside its own, in the shape in which django-ninja keeps answers. Made once: a model of ten answers for
# each of three hundred operations took two seconds of every start.
REFUSALS: dict[int, type[Schema]] = {
    **dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 428, 429), _Refused),
    412: _Outdated,
}
