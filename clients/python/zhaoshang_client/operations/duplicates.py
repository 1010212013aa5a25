"""Operations of duplicates. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, TypedDict

from zhaoshang_client.calling import Caller

PairVerdict = TypedDict("PairVerdict", {"verdict": Literal["same", "related", "different", "open"], "reason": str})


class Duplicates(Caller):
    """A method for each operation."""

    def duplicates_sweep(self, *, idempotency_key: str | None = None) -> Any:
        """Have all projects compared."""
        return self.call("POST", "/api/duplicate-sweeps", {}, idempotency_key=idempotency_key)

    def duplicates_pairs(
        self, *, state: Literal["open", "same", "related", "different"] | None = None, after: str | None | None = None
    ) -> Any:
        """Pairs of projects that may be one, newest first."""
        return self.call("GET", "/api/duplicates", {}, query={"state": state, "after": after})

    def duplicates_one_pair(self, key: str | int) -> Any:
        """One pair with the points of its score."""
        return self.call("GET", "/api/duplicates/{key}", {"key": key})

    def duplicates_decide(self, key: str | int, *, body: "PairVerdict", idempotency_key: str | None = None) -> Any:
        """Decide about a pair."""
        return self.call(
            "POST", "/api/duplicates/{key}/decision", {"key": key}, body=body, idempotency_key=idempotency_key
        )
