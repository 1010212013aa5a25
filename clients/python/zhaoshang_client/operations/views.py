"""Operations of views. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, NotRequired, TypedDict

from zhaoshang_client.calling import Caller

NewTitle = TypedDict("NewTitle", {"title": str})
NewView = TypedDict(
    "NewView",
    {
        "shared": NotRequired[Any],
        "unit": NotRequired[str],
        "page": str,
        "title": str,
        "query": list[list[Any]],
        "default": NotRequired[bool],
    },
)
Preference = TypedDict("Preference", {"default": bool})
Sharing = TypedDict("Sharing", {"shared": NotRequired[Any], "unit": NotRequired[str]})


class Views(Caller):
    """A method for each operation."""

    def views_views(self, *, page: str | None = None) -> Any:
        """Saved views: one's own and the shared ones."""
        return self.call("GET", "/api/views", {}, query={"page": page})

    def views_new_view(self, *, body: "NewView", idempotency_key: str | None = None) -> Any:
        """Keep a list's filters."""
        return self.call("POST", "/api/views", {}, body=body, idempotency_key=idempotency_key)

    def views_no_longer_kept(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Delete one of one's own views."""
        return self.call("DELETE", "/api/views/{key}", {"key": key}, idempotency_key=idempotency_key)

    def views_preferred_view(self, key: str | int, *, body: "Preference", idempotency_key: str | None = None) -> Any:
        """Let one's list open with a view, or plainly again."""
        return self.call("POST", "/api/views/{key}/default", {"key": key}, body=body, idempotency_key=idempotency_key)

    def views_shared_view(self, key: str | int, *, body: "Sharing", idempotency_key: str | None = None) -> Any:
        """Share one of one's own views, or take it back."""
        return self.call("POST", "/api/views/{key}/sharing", {"key": key}, body=body, idempotency_key=idempotency_key)

    def views_renamed_view(self, key: str | int, *, body: "NewTitle", idempotency_key: str | None = None) -> Any:
        """Rename one of one's own views."""
        return self.call("POST", "/api/views/{key}/title", {"key": key}, body=body, idempotency_key=idempotency_key)
