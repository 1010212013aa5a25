"""Operations of central soes and origins. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller
from zhaoshang_client.operations.bodies import ReasonIn

AreaIn = TypedDict(
    "AreaIn", {"code": str, "name": str, "name_en": str, "source": str, "valid_from": str, "parts": list[str]}
)
EnterprisesTouchKind = Literal["visit", "reception", "meeting", "call", "letter"]
LinkIn = TypedDict("LinkIn", {"enterprise": NotRequired[str | None]})
NamesIn = TypedDict("NamesIn", {"names": list[str]})
OriginEndIn = TypedDict("OriginEndIn", {"valid_to": str})
RelationIn = TypedDict("RelationIn", {"unit": NotRequired[str], "document": str, "valid_from": str})
RosterIn = TypedDict("RosterIn", {"title": str, "source": str, "dated": str, "published": int})
RuleIn = TypedDict("RuleIn", {"days": int, "valid_from": str, "source": str})
TouchIn = TypedDict(
    "TouchIn",
    {
        "on": str,
        "kind": "EnterprisesTouchKind",
        "who": str,
        "whom": NotRequired[str],
        "contact": NotRequired[str | None],
        "said": str,
        "next_step": NotRequired[str],
        "next_on": NotRequired[str | None],
        "key": NotRequired[str],
    },
)


class CentralSoesAndOrigins(Caller):
    """A method for each operation."""

    def soe_meetings(self, key: str | int, *, after: str | None | None = None) -> Any:
        """Meetings with an enterprise."""
        return self.call("GET", "/api/enterprises/{key}/meetings", {"key": key}, query={"after": after})

    def soe_new_touch(self, key: str | int, *, body: "TouchIn", idempotency_key: str | None = None) -> Any:
        """Log a meeting."""
        return self.call(
            "POST", "/api/enterprises/{key}/meetings", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def soe_new_relation(self, key: str | int, *, body: "RelationIn", idempotency_key: str | None = None) -> Any:
        """Say who keeps a relation."""
        return self.call(
            "POST", "/api/enterprises/{key}/relation", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def soe_new_rule(self, *, body: "RuleIn", idempotency_key: str | None = None) -> Any:
        """Set the days of the warning."""
        return self.call("POST", "/api/meeting-rules", {}, body=body, idempotency_key=idempotency_key)

    def soe_origin_rows(self, *, period: str | None = None) -> Any:
        """Regions of origin with their money."""
        return self.call("GET", "/api/origins", {}, query={"period": period})

    def soe_new_origin(self, *, body: "AreaIn", idempotency_key: str | None = None) -> Any:
        """Draw a region of origin."""
        return self.call("POST", "/api/origins", {}, body=body, idempotency_key=idempotency_key)

    def soe_end_origin(self, code: str | int, *, body: "OriginEndIn", idempotency_key: str | None = None) -> Any:
        """End a region of origin."""
        return self.call("POST", "/api/origins/{code}/end", {"code": code}, body=body, idempotency_key=idempotency_key)

    def soe_lists(
        self,
    ) -> Any:
        """Lists of central SOEs."""
        return self.call("GET", "/api/soe-lists", {})

    def soe_new_roster(self, *, body: "RosterIn", idempotency_key: str | None = None) -> Any:
        """Enter a list."""
        return self.call("POST", "/api/soe-lists", {}, body=body, idempotency_key=idempotency_key)

    def soe_entries(self, dated: str | int) -> Any:
        """Names of a list."""
        return self.call("GET", "/api/soe-lists/{dated}", {"dated": dated})

    def soe_new_names(self, dated: str | int, *, body: "NamesIn", idempotency_key: str | None = None) -> Any:
        """Complete a list."""
        return self.call(
            "POST", "/api/soe-lists/{dated}/names", {"dated": dated}, body=body, idempotency_key=idempotency_key
        )

    def soe_new_link(self, key: str | int, *, body: "LinkIn", idempotency_key: str | None = None) -> Any:
        """Say which card a name is."""
        return self.call("POST", "/api/soe-names/{key}/card", {"key": key}, body=body, idempotency_key=idempotency_key)

    def soe_new_withdrawal(self, key: str | int, *, body: "ReasonIn", idempotency_key: str | None = None) -> Any:
        """Withdraw a meeting."""
        return self.call(
            "POST", "/api/touches/{key}/withdrawal", {"key": key}, body=body, idempotency_key=idempotency_key
        )
