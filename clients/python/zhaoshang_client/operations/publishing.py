"""Operations of publishing. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, NotRequired, TypedDict

from zhaoshang_client.calling import Caller, Files

Announced = TypedDict(
    "Announced", {"visible_from": NotRequired[str | None], "take_back": NotRequired[bool], "reason": NotRequired[str]}
)
Document = TypedDict("Document", {"document": str})
NewArticle = TypedDict(
    "NewArticle",
    {
        "title": str,
        "body": str,
        "title_en": NotRequired[str],
        "body_en": NotRequired[str],
        "keywords": NotRequired[str],
        "source_name": NotRequired[str],
        "source_url": NotRequired[str],
        "document": NotRequired[str],
        "valid_from": NotRequired[str | None],
        "valid_until": NotRequired[str | None],
        "code": str,
        "kind": "PublishingKind",
    },
)
PublishingKind = Literal["news", "notice", "policy", "page"]
PublishingOutcome = Literal["accepted", "partly", "refused"]
RequestAnswer = TypedDict("RequestAnswer", {"outcome": "PublishingOutcome", "reply": str, "public_reply": str})
Rewritten = TypedDict(
    "Rewritten",
    {
        "title": str,
        "body": str,
        "title_en": NotRequired[str],
        "body_en": NotRequired[str],
        "keywords": NotRequired[str],
        "source_name": NotRequired[str],
        "source_url": NotRequired[str],
        "document": NotRequired[str],
        "valid_from": NotRequired[str | None],
        "valid_until": NotRequired[str | None],
        "revision": NotRequired[int | None],
    },
)
Step = TypedDict(
    "Step",
    {
        "step": Literal["submit", "return", "approve", "call_back", "correct", "withdraw"],
        "reason": NotRequired[str],
        "visible_from": NotRequired[str | None],
    },
)


class Publishing(Caller):
    """A method for each operation."""

    def publishing_announcement(self, code: str | int, *, body: "Announced", idempotency_key: str | None = None) -> Any:
        """Announce an activity on the site, or take it back."""
        return self.call(
            "POST", "/api/activities/{code}/announcement", {"code": code}, body=body, idempotency_key=idempotency_key
        )

    def publishing_articles(
        self, *, kind: Any | None = None, state: str | None | None = None, after: str | None | None = None
    ) -> Any:
        """Versions of articles, newest first."""
        return self.call("GET", "/api/articles", {}, query={"kind": kind, "state": state, "after": after})

    def publishing_new_article(self, *, body: "NewArticle", idempotency_key: str | None = None) -> Any:
        """Begin an article."""
        return self.call("POST", "/api/articles", {}, body=body, idempotency_key=idempotency_key)

    def publishing_rewrite_article(
        self, key: str | int, *, body: "Rewritten", if_match: str | None = None, idempotency_key: str | None = None
    ) -> Any:
        """Save other words of a draft."""
        return self.call(
            "PUT", "/api/articles/{key}", {"key": key}, body=body, if_match=if_match, idempotency_key=idempotency_key
        )

    def publishing_new_image(
        self,
        key: str | int,
        *,
        alt: str | None = None,
        alt_en: str | None = None,
        files: Files,
        form: dict[str, Any] | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Add a picture to an article."""
        return self.call(
            "POST",
            "/api/articles/{key}/images",
            {"key": key},
            query={"alt": alt, "alt_en": alt_en},
            files=files,
            form=form,
            idempotency_key=idempotency_key,
        )

    def publishing_article_step(self, key: str | int, *, body: "Step", idempotency_key: str | None = None) -> Any:
        """One step of a version."""
        return self.call("POST", "/api/articles/{key}/steps", {"key": key}, body=body, idempotency_key=idempotency_key)

    def publishing_public_requests(self, *, answered: bool | None = None, after: str | None | None = None) -> Any:
        """What the public asked."""
        return self.call("GET", "/api/public-requests", {}, query={"answered": answered, "after": after})

    def publishing_answer_request(
        self, number: str | int, *, body: "RequestAnswer", idempotency_key: str | None = None
    ) -> Any:
        """Answer a request of the public."""
        return self.call(
            "POST",
            "/api/public-requests/{number}/answer",
            {"number": number},
            body=body,
            idempotency_key=idempotency_key,
        )

    def publishing_note_identity(
        self, number: str | int, *, body: "Document", idempotency_key: str | None = None
    ) -> Any:
        """Note that the asker's document was seen."""
        return self.call(
            "POST",
            "/api/public-requests/{number}/identity",
            {"number": number},
            body=body,
            idempotency_key=idempotency_key,
        )

    def publishing_saved_searches(
        self,
    ) -> Any:
        """How many searches investors have saved."""
        return self.call("GET", "/api/saved-searches", {})
