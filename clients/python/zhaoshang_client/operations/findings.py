"""Operations of findings. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller
from zhaoshang_client.operations.bodies import ClockAnswer

FindingVerdict = TypedDict("FindingVerdict", {"verdict": Literal["accept", "refuse"], "text": NotRequired[str]})


class Findings(Caller):
    """A method for each operation."""

    def findings_audit_findings(
        self, *, kind: str | None = None, unit: str | None = None, after: str | None | None = None
    ) -> Any:
        """The auditor's report: findings without what they are about."""
        return self.call("GET", "/api/audit/findings", {}, query={"kind": kind, "unit": unit, "after": after})

    def findings_sweep(self, *, idempotency_key: str | None = None) -> Any:
        """Have everything looked through."""
        return self.call("POST", "/api/finding-sweeps", {}, idempotency_key=idempotency_key)

    def findings_findings(
        self,
        *,
        state: Literal["", "open", "explained", "fixed", "closed", "all"] | None = None,
        kind: str | None = None,
        unit: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Findings, newest first."""
        return self.call("GET", "/api/findings", {}, query={"state": state, "kind": kind, "unit": unit, "after": after})

    def findings_finding(self, key: str | int) -> Any:
        """One finding."""
        return self.call("GET", "/api/findings/{key}", {"key": key})

    def findings_explain(self, key: str | int, *, body: "ClockAnswer", idempotency_key: str | None = None) -> Any:
        """Explain a finding."""
        return self.call(
            "POST", "/api/findings/{key}/explanation", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def findings_judge(self, key: str | int, *, body: "FindingVerdict", idempotency_key: str | None = None) -> Any:
        """Judge an explanation."""
        return self.call(
            "POST", "/api/findings/{key}/judgement", {"key": key}, body=body, idempotency_key=idempotency_key
        )
