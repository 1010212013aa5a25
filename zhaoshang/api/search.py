"""The one box."""

from typing import Annotated, Any

from ninja import Router
from pydantic import StringConstraints

from zhaoshang.api.gate import ApiRequest, needs
from zhaoshang.enterprises.models import Contact
from zhaoshang.people.rules import Can
from zhaoshang.questions.finding import LONGEST_CHARACTERS, find

router = Router(tags=["search"])
Asked = Annotated[str, StringConstraints(max_length=LONGEST_CHARACTERS)]


@router.get(
    "/search",
    auth=needs(Can.READ_PAYMENTS, Can.SEE_ACCOUNTS),
    response={200: dict[str, list[dict[str, Any]]]},
    summary="Find by a piece of a name, pinyin initials, code or number",
)
def search(request: ApiRequest, q: Asked) -> Any:
    """Groups (projects, enterprises, payments, contacts, units, opportunities, bulletins, texts, questions, people), best first; no
    empty ones."""
    return {one.group: [_row(row) for row in one.rows] for one in find(request.viewer, q)}


def _row(row: Any) -> dict[str, Any]:
    names = ("code", "uscc", "bank_serial", "username", "post")
    return {"id": str(row.pk), "name": row.name if isinstance(row, Contact) else str(row)} | {
        name: getattr(row, name) for name in names if getattr(row, name, "")
    }
