"""Operations of webhooks. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any, Literal, TypedDict

from zhaoshang_client.calling import Caller

NewWebhook = TypedDict("NewWebhook", {"name": str, "url": str, "events": list[str]})
Pausing = TypedDict("Pausing", {"paused": bool})


class Webhooks(Caller):
    """A method for each operation."""

    def webhooks_deliveries(
        self,
        *,
        webhook: str | None | None = None,
        state: Literal["", "waiting", "sent", "failed"] | None = None,
        after: str | None | None = None,
    ) -> Any:
        """What was told to whom, and whether it arrived; newest first."""
        return self.call(
            "GET", "/api/webhook-deliveries", {}, query={"webhook": webhook, "state": state, "after": after}
        )

    def webhooks_again(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Send a delivery once more."""
        return self.call("POST", "/api/webhook-deliveries/{key}/again", {"key": key}, idempotency_key=idempotency_key)

    def webhooks_webhooks(self, *, after: str | None | None = None) -> Any:
        """Webhooks, newest first."""
        return self.call("GET", "/api/webhooks", {}, query={"after": after})

    def webhooks_new_webhook(self, *, body: "NewWebhook", idempotency_key: str | None = None) -> Any:
        """Make a webhook."""
        return self.call("POST", "/api/webhooks", {}, body=body, idempotency_key=idempotency_key)

    def webhooks_stop(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Stop a webhook."""
        return self.call("DELETE", "/api/webhooks/{key}", {"key": key}, idempotency_key=idempotency_key)

    def webhooks_pause(self, key: str | int, *, body: "Pausing", idempotency_key: str | None = None) -> Any:
        """Pause a webhook, or go on with it."""
        return self.call("POST", "/api/webhooks/{key}/pause", {"key": key}, body=body, idempotency_key=idempotency_key)

    def webhooks_try_it(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Send a webhook an event that says only that it was tried."""
        return self.call("POST", "/api/webhooks/{key}/try", {"key": key}, idempotency_key=idempotency_key)
