"""Where the public finds an entry: what a printed code leads to."""

from django.conf import settings


def public_address(code: str) -> str:
    """The address of an entry's public page."""
    return f"{settings.PUBLIC_URL}/opportunities/{code}/"
