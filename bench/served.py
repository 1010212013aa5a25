"""The addresses of the system plus a bare Django page with one query, for comparing on one server: ``ROOT_URLCONF`` of the bench."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from zhaoshang.config.urls import handler400, handler403, handler404, handler500
from zhaoshang.config.urls import urlpatterns as system
from zhaoshang.tenancy.models import City

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def bare(request: HttpRequest) -> HttpResponse:
    """As little as a page can do: one query, one line."""
    return HttpResponse(f"{City.objects.count()}")


urlpatterns = [path("bare/", bare), *system]
