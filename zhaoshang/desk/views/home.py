"""The start page: what waits for the person, by role."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from zhaoshang.desk.access import desk_page
from zhaoshang.desk.context import navigation
from zhaoshang.desk.nav import FIRST_PAGE


@desk_page()
def home(request: Any) -> HttpResponse:
    """Leaders, security administrators and auditors go straight to their page; the others see what waits."""
    wanted = FIRST_PAGE.get(request.viewer.role)
    entry = next((item for item in navigation(request, request.viewer) if item["url"] == wanted), None)
    if entry is not None:
        return redirect(entry["href"])
    return render(request, "desk/home.html", {"items": []})
