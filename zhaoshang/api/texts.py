"""Texts: read a bulletin, check it against the account."""

from typing import Annotated, Any

from django.utils import timezone
from ninja import Router, Status
from pydantic import StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.api.payments import caller
from zhaoshang.api.schemas import Strict
from zhaoshang.bulletins.actions import check_text
from zhaoshang.people.rules import Can
from zhaoshang.reading import read

router = Router(tags=["texts"])


class Text(Strict):
    """A text of at most 200,000 characters."""

    text: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200_000)]


@router.post(
    "/texts/read",
    auth=needs(Can.CHECK_TEXTS),
    response={200: dict[str, Any]},
    summary="Restore a text and list its claims",
)
def read_text(request: ApiRequest, body: Text) -> Any:
    """Nothing is kept; offsets are into the text as sent."""
    return read(body.text).to_json(file="-")


@router.post(
    "/texts/check",
    auth=needs(Can.CHECK_TEXTS),
    response={201: dict[str, Any]},
    summary="Hold a text's claims against the account",
)
def check(request: ApiRequest, body: Text) -> Any:
    """The result is kept, with who asked and against which state of the ledger."""
    kept = check_text(city=request.viewer.city, text=body.text, by=caller(request), at=timezone.now())
    return Status(
        201, {"id": str(kept.pk), "ledger_seq": kept.ledger_seq, "ledger_digest": kept.ledger_digest, **kept.result}
    )
