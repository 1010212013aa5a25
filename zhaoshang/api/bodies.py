"""How a request's body is read: as the one text that RFC 8259 describes, or not at all."""

import json
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from zhaoshang.common.lines import plain_lines


class StrictParser(Parser):
    """JSON in UTF-8 whose names stand once; no NaN, no Infinity. Anything else raises ValueError, which ninja answers by 400. Lines end
    with LF, in JSON as in forms and addresses."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's object."""
        said = json.loads(request.body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refused)
        return plain_lines(said)

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> Any:
        """Names of an address or a form."""
        return plain_lines(super().parse_querydict(data, list_fields, request))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a name that stands twice one reader takes the first, another the last: whoever checks may not be whoever acts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")
