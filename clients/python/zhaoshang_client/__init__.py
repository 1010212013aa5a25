"""The API of zhaoshang from Python, with nothing but the standard library: ``Client(address, key)`` has a method for each operation.

Every write goes under an idempotency key, so that it may be sent again when no answer came; 429, 503 and 409 ``in_flight`` are waited for.
"""

from zhaoshang_client.calling import Answer, NoAnswer, Refused, Send
from zhaoshang_client.operations import Operations

__all__ = ["Answer", "Client", "NoAnswer", "Refused", "Send"]


class Client(Operations):
    """``Client("https://zhaoshang.example.org", "zs_…")``."""
