"""The addresses of a server that has the public site alone (``ZHAOSHANG_PORTAL_ALONE``): the desk and the API are not there."""

from django.urls import include, path

from zhaoshang.config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    path("", include("zhaoshang.watch.urls")),
    path("", include("zhaoshang.portal.urls")),
]
