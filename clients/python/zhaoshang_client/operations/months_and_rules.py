"""Operations of months and rules. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, TypedDict

from zhaoshang_client.calling import Caller

NewReopening = TypedDict("NewReopening", {"reason": str})
ReopeningDecision = TypedDict("ReopeningDecision", {"approved": bool})
RuleTrial = TypedDict("RuleTrial", {"period": str, "content": dict[str, Any]})


class MonthsAndRules(Caller):
    """A method for each operation."""

    def months_months(
        self,
    ) -> Any:
        """Report months and their state."""
        return self.call("GET", "/api/months", {})

    def months_close(self, month: str | int, *, idempotency_key: str | None = None) -> Any:
        """Close a month."""
        return self.call("POST", "/api/months/{month}/close", {"month": month}, idempotency_key=idempotency_key)

    def months_ask(self, month: str | int, *, body: "NewReopening", idempotency_key: str | None = None) -> Any:
        """Ask that a closed month be reopened."""
        return self.call(
            "POST", "/api/months/{month}/reopenings", {"month": month}, body=body, idempotency_key=idempotency_key
        )

    def months_decide(self, key: str | int, *, body: "ReopeningDecision", idempotency_key: str | None = None) -> Any:
        """Decide on a reopening."""
        return self.call(
            "POST", "/api/reopenings/{key}/decision", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def months_rule_sets(
        self,
    ) -> Any:
        """What counts: rule sets with their text."""
        return self.call("GET", "/api/rule-sets", {})

    def months_trial(self, *, body: "RuleTrial", idempotency_key: str | None = None) -> Any:
        """Try a rule on past months; nothing is written."""
        return self.call("POST", "/api/rule-sets/trial", {}, body=body, idempotency_key=idempotency_key)

    def months_units(
        self,
    ) -> Any:
        """Reporting units."""
        return self.call("GET", "/api/units", {})
