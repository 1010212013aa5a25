"""Operations of holds. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller
from zhaoshang_client.operations.bodies import Why

NewHold = TypedDict(
    "NewHold",
    {
        "kind": Literal[
            "project",
            "enterprise",
            "payment",
            "lead",
            "partner",
            "opportunity",
            "activity",
            "trip",
            "bulletin",
            "request",
            "evidence",
            "contact",
            "talk",
            "guest",
            "claim",
            "file",
            "search",
            "diary",
        ],
        "number": NotRequired[str],
        "reason": str,
    },
)


class Holds(Caller):
    """A method for each operation."""

    def holds_holds(self, *, standing: bool | None = None, after: str | None | None = None) -> Any:
        """Holds, newest first."""
        return self.call("GET", "/api/holds", {}, query={"standing": standing, "after": after})

    def holds_new_hold(self, *, body: "NewHold", idempotency_key: str | None = None) -> Any:
        """Hold what is in dispute."""
        return self.call("POST", "/api/holds", {}, body=body, idempotency_key=idempotency_key)

    def holds_lifted_hold(self, key: str | int, *, body: "Why", idempotency_key: str | None = None) -> Any:
        """Lift a hold."""
        return self.call("POST", "/api/holds/{key}/lift", {"key": key}, body=body, idempotency_key=idempotency_key)
