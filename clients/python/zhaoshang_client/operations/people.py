"""Operations of people. Written by tools/write_client.py from the description: do not change by hand."""

from typing import Any

from zhaoshang_client.calling import Caller


class People(Caller):
    """A method for each operation."""

    def urls_me(
        self,
    ) -> Any:
        """Who I am and what I may do."""
        return self.call("GET", "/api/me", {})

    def own_doors_own_passkeys(
        self,
    ) -> Any:
        """My passkeys."""
        return self.call("GET", "/api/me/passkeys", {})

    def own_doors_own_passkey_off(self, key: str | int, *, idempotency_key: str | None = None) -> Any:
        """Take one of my passkeys off."""
        return self.call("DELETE", "/api/me/passkeys/{key}", {"key": key}, idempotency_key=idempotency_key)

    def own_doors_own_sign_on(
        self,
    ) -> Any:
        """My identity at the provider."""
        return self.call("GET", "/api/me/sign-on", {})

    def waiting_waiting(
        self,
    ) -> Any:
        """What waits for me today."""
        return self.call("GET", "/api/me/waiting", {})
