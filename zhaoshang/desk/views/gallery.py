"""The gallery of components, inside the desk."""

from typing import Any

from django.http import HttpResponse

from zhaoshang.desk.access import desk_page
from zhaoshang.ui import gallery as components


@desk_page(methods=("GET", "POST"))
def gallery(request: Any) -> HttpResponse:
    """All components in all states, with invented figures. Its sample form saves nothing."""
    return components.gallery(request)


@desk_page()
def sample(request: Any) -> HttpResponse:
    """What a figure's drawer may hold."""
    return components.sample(request)
