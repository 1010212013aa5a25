"""Operations of contracts. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files

ActualIn = TypedDict("ActualIn", {"year": int, "measure": Literal["tax", "output"], "amount": str, "document": str})
Amendment = TypedDict(
    "Amendment",
    {
        "document": str,
        "agreed_on": str,
        "reason": NotRequired[str],
        "text": NotRequired[str | None],
        "amount": NotRequired[str | None],
        "quantity": NotRequired[str | None],
        "due_on": NotRequired[str | None],
        "responsible": NotRequired[str | None],
    },
)
Condition = TypedDict("Condition", {"text": str, "owner": str, "due_on": str})
Decided = TypedDict(
    "Decided",
    {
        "outcome": Literal["pass", "conditional", "defer"],
        "met_on": str,
        "members": list[str],
        "conditions": NotRequired[list["Condition"]],
        "remarks": NotRequired[str],
    },
)
Draft = TypedDict(
    "Draft",
    {
        "site": Literal["land", "rented"],
        "inputs": dict[str, str],
        "vetoes": NotRequired[dict[str, "Looked"]],
        "summary": NotRequired[str],
    },
)
Looked = TypedDict("Looked", {"answer": Literal["yes", "no", "unknown"], "evidence": NotRequired[str]})
PromiseIn = TypedDict(
    "PromiseIn",
    {
        "side": Literal["enterprise", "government"],
        "text": str,
        "due_on": str,
        "responsible": str,
        "document": str,
        "agreed_on": str,
        "measure": NotRequired[Literal["", "investment", "tax", "output"]],
        "amount": NotRequired[str | None],
        "quantity": NotRequired[str],
    },
)
Trial = TypedDict("Trial", {"site": Literal["land", "rented"], "inputs": dict[str, str], "industry": str})
Word = TypedDict("Word", {"handled": Literal["remove", "justified", "no_hit", "read"], "reason": NotRequired[str]})


class Contracts(Caller):
    """A method for each operation."""

    def appraisals_appraisals(
        self,
        *,
        unit: str | None = None,
        outcome: Literal["", "pass", "conditional", "defer", "none"] | None = None,
        q: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Appraisals, newest first."""
        return self.call("GET", "/api/appraisals", {}, query={"unit": unit, "outcome": outcome, "q": q, "after": after})

    def appraisals_calculate(self, *, body: "Trial", idempotency_key: str | None = None) -> Any:
        """Compute a sheet without keeping it."""
        return self.call("POST", "/api/appraisals/calculate", {}, body=body, idempotency_key=idempotency_key)

    def appraisals_decide_appraisal(
        self, key: str | int, *, body: "Decided", idempotency_key: str | None = None
    ) -> Any:
        """Record the committee's decision."""
        return self.call(
            "POST", "/api/appraisals/{key}/decision", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def contracts_deal_with_flag(self, key: str | int, *, body: "Word", idempotency_key: str | None = None) -> Any:
        """A reviewer's word on a flagged passage."""
        return self.call("POST", "/api/contract-flags/{key}", {"key": key}, body=body, idempotency_key=idempotency_key)

    def contracts_contract_text(self, key: str | int) -> Any:
        """One version with its paragraphs and flags."""
        return self.call("GET", "/api/contract-texts/{key}", {"key": key})

    def promises_new_actual(self, code: str | int, *, body: "ActualIn", idempotency_key: str | None = None) -> Any:
        """Enter what a year really came to."""
        return self.call(
            "POST", "/api/projects/{code}/actuals", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def appraisals_project_appraisals(self, code: str | int) -> Any:
        """A project's appraisals."""
        return self.call("GET", "/api/projects/{code}/appraisals", {"code": code})

    def appraisals_new_appraisal(self, code: str | int, *, body: "Draft", idempotency_key: str | None = None) -> Any:
        """Keep a revision of a project's appraisal."""
        return self.call(
            "POST", "/api/projects/{code}/appraisals", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def contracts_contract(self, code: str | int) -> Any:
        """A project's contract: versions, flags of the newest, reviews."""
        return self.call("GET", "/api/projects/{code}/contract", {"code": code})

    def contracts_new_contract_text(
        self, code: str | int, *, files: Files, form: dict[str, Any] | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Take in the next version of a contract."""
        return self.call(
            "POST",
            "/api/projects/{code}/contract-texts",
            {"code": code},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def promises_project_promises(self, code: str | int) -> Any:
        """A project's promises, and promised against real."""
        return self.call("GET", "/api/projects/{code}/promises", {"code": code})

    def promises_new_promise(self, code: str | int, *, body: "PromiseIn", idempotency_key: str | None = None) -> Any:
        """Register a promise."""
        return self.call(
            "POST", "/api/projects/{code}/promises", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def contracts_new_review(
        self,
        code: str | int,
        *,
        kind: Literal["due_diligence", "legal_review", "fair_competition"] | None = None,
        finding: Literal["passed", "exception", "refused"] | None = None,
        conclusion: str | None = None,
        done_on: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Record due diligence, legal or fair-competition review."""
        return self.call(
            "POST",
            "/api/projects/{code}/reviews",
            {"code": code},
            query={"kind": kind, "finding": finding, "conclusion": conclusion, "done_on": done_on},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def promises_promises(
        self,
        *,
        side: Literal["", "enterprise", "government"] | None = None,
        status: Literal["", "overdue", "met", "open", "kept", "late", "broken", "waived"] | None = None,
        unit: str | None = None,
        q: str | None = None,
        after: str | None | None = None,
    ) -> Any:
        """Promises, newest first."""
        return self.call(
            "GET", "/api/promises", {}, query={"side": side, "status": status, "unit": unit, "q": q, "after": after}
        )

    def promises_amend(self, key: str | int, *, body: "Amendment", idempotency_key: str | None = None) -> Any:
        """Change a promise by a supplement."""
        return self.call(
            "POST", "/api/promises/{key}/amendment", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def promises_settle(
        self,
        key: str | int,
        *,
        status: Literal["kept", "broken", "waived"] | None = None,
        on: str | None = None,
        reason: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Settle a promise."""
        return self.call(
            "POST",
            "/api/promises/{key}/settlement",
            {"key": key},
            query={"status": status, "on": on, "reason": reason},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def appraisals_standards(self, *, on: str | None | None = None) -> Any:
        """Thresholds and risky clauses in force."""
        return self.call("GET", "/api/standards", {}, query={"on": on})
