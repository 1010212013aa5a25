"""What every page of the desk shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """City, person and navigation for the base layouts."""
    viewer = getattr(request, "viewer", None)
    return {"viewer": viewer, "city": viewer.city if viewer else None, "is_demo": settings.DEMO}
