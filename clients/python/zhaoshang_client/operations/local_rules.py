"""Operations of local rules. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

Issue = TypedDict(
    "Issue", {"text": str, "code": str, "title": str, "title_en": NotRequired[str], "document": str, "valid_from": str}
)
Written = TypedDict("Written", {"text": str})


class LocalRules(Caller):
    """A method for each operation."""

    def local_rules_local_rules(self, *, on: str | None | None = None) -> Any:
        """All kinds, each with the set in force."""
        return self.call("GET", "/api/local-rules", {}, query={"on": on})

    def local_rules_local_kind(self, kind: str | int, *, on: str | None | None = None, code: str | None = None) -> Any:
        """The set of a kind in force, and those that were issued."""
        return self.call("GET", "/api/local-rules/{kind}", {"kind": kind}, query={"on": on, "code": code})

    def local_rules_issue_local(self, kind: str | int, *, body: "Issue", idempotency_key: str | None = None) -> Any:
        """Issue a set."""
        return self.call("POST", "/api/local-rules/{kind}", {"kind": kind}, body=body, idempotency_key=idempotency_key)

    def local_rules_try_local(self, kind: str | int, *, body: "Written", idempotency_key: str | None = None) -> Any:
        """What a set would change; nothing is written."""
        return self.call(
            "POST", "/api/local-rules/{kind}/try", {"kind": kind}, body=body, idempotency_key=idempotency_key
        )
