"""Operations of talks. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files

AnswerIn = TypedDict("AnswerIn", {"answer": str, "document": NotRequired[str]})
ClaimIn = TypedDict(
    "ClaimIn",
    {
        "unit": str,
        "project": NotRequired[str],
        "investor": NotRequired[str],
        "uscc": NotRequired[str],
        "title": NotRequired[str],
        "industry": NotRequired[str],
        "amount": NotRequired[str],
        "evidence_kind": str,
        "evidence_document": str,
        "nevertheless": NotRequired[str],
    },
)
DisputeIn = TypedDict("DisputeIn", {"claim": str, "unit": str, "grounds": str, "document": str})
NoteIn = TypedDict("NoteIn", {"kind": Literal["note", "visit"], "on": str, "text": str})
ReleaseIn = TypedDict("ReleaseIn", {"reason": str})
ReplyIn = TypedDict("ReplyIn", {"accept": bool, "answer": NotRequired[str]})
RulingIn = TypedDict(
    "RulingIn",
    {"outcome": Literal["upheld", "given", "shared", "dismissed"], "ruling": str, "shares": NotRequired[str]},
)
TransferIn = TypedDict(
    "TransferIn",
    {
        "talk": NotRequired[str | None],
        "project": NotRequired[str],
        "to_unit": str,
        "shares": str,
        "reason": str,
        "terms": NotRequired[str],
    },
)


class Talks(Caller):
    """A method for each operation."""

    def talks_dispute_rows(self, *, outcome: Any | None = None, after: str | None | None = None) -> Any:
        """The dispute docket."""
        return self.call("GET", "/api/talk-disputes", {}, query={"outcome": outcome, "after": after})

    def talks_new_dispute(self, *, body: "DisputeIn", idempotency_key: str | None = None) -> Any:
        """Dispute another unit's first talk."""
        return self.call("POST", "/api/talk-disputes", {}, body=body, idempotency_key=idempotency_key)

    def talks_dispute_answer(self, key: str | int, *, body: "AnswerIn", idempotency_key: str | None = None) -> Any:
        """Answer a dispute."""
        return self.call(
            "POST", "/api/talk-disputes/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_dispute_ruling(self, key: str | int, *, body: "RulingIn", idempotency_key: str | None = None) -> Any:
        """Rule on a dispute."""
        return self.call(
            "POST", "/api/talk-disputes/{key}/ruling", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_talk_rules(self, *, on: str | None | None = None) -> Any:
        """The rules in force."""
        return self.call("GET", "/api/talk-rules", {}, query={"on": on})

    def talks_talk_rows(
        self,
        *,
        unit: str | None = None,
        state: Any | None = None,
        lapsing_days: int | None | None = None,
        after: str | None | None = None,
    ) -> Any:
        """First talks, newest first."""
        return self.call(
            "GET", "/api/talks", {}, query={"unit": unit, "state": state, "lapsing_days": lapsing_days, "after": after}
        )

    def talks_new_claim(self, *, body: "ClaimIn", idempotency_key: str | None = None) -> Any:
        """Claim a first talk."""
        return self.call("POST", "/api/talks", {}, body=body, idempotency_key=idempotency_key)

    def talks_one_talk(self, key: str | int) -> Any:
        """One first talk."""
        return self.call("GET", "/api/talks/{key}", {"key": key})

    def talks_new_talk_evidence(
        self,
        key: str | int,
        *,
        kind: str | None = None,
        document: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Attach a file to a first talk."""
        return self.call(
            "POST",
            "/api/talks/{key}/evidence",
            {"key": key},
            query={"kind": kind, "document": document},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def talks_new_talk_note(self, key: str | int, *, body: "NoteIn", idempotency_key: str | None = None) -> Any:
        """Write about a first talk."""
        return self.call("POST", "/api/talks/{key}/notes", {"key": key}, body=body, idempotency_key=idempotency_key)

    def talks_release_talk(self, key: str | int, *, body: "ReleaseIn", idempotency_key: str | None = None) -> Any:
        """Give a talk up."""
        return self.call("POST", "/api/talks/{key}/release", {"key": key}, body=body, idempotency_key=idempotency_key)

    def talks_new_talk_renewal(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Renew a first talk."""
        return self.call("POST", "/api/talks/{key}/renewals", {"key": key}, idempotency_key=idempotency_key)

    def talks_transfer_rows(
        self, *, way: Literal["in", "out"] | None | None = None, after: str | None | None = None
    ) -> Any:
        """Transfers."""
        return self.call("GET", "/api/transfers", {}, query={"way": way, "after": after})

    def talks_new_transfer(self, *, body: "TransferIn", idempotency_key: str | None = None) -> Any:
        """Offer a transfer."""
        return self.call("POST", "/api/transfers", {}, body=body, idempotency_key=idempotency_key)

    def talks_transfer_reply(self, key: str | int, *, body: "ReplyIn", idempotency_key: str | None = None) -> Any:
        """Answer a transfer."""
        return self.call(
            "POST", "/api/transfers/{key}/answer", {"key": key}, body=body, idempotency_key=idempotency_key
        )

    def talks_transfer_withdraw(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Withdraw a transfer."""
        return self.call("POST", "/api/transfers/{key}/withdraw", {"key": key}, idempotency_key=idempotency_key)
