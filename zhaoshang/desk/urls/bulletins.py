"""Addresses of writing and reading bulletins."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import bulletins

_ONE = "bulletins/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path("bulletins/", bulletins.bulletin_list, name="bulletin_list"),
    path("bulletins/new/", bulletins.bulletin_new, name="bulletin_new"),
    path(_ONE, bulletins.bulletin_open, name="bulletin_open"),
    path(f"{_ONE}save/", bulletins.bulletin_save, name="bulletin_save"),
    path(f"{_ONE}preview/", bulletins.bulletin_preview, name="bulletin_preview"),
    path(f"{_ONE}figure/", bulletins.bulletin_figure, name="bulletin_figure"),
    path(f"{_ONE}publish/", bulletins.bulletin_publish, name="bulletin_publish"),
    path(f"{_ONE}withdraw/", bulletins.bulletin_withdraw, name="bulletin_withdraw"),
    path(f"{_ONE}discard/", bulletins.bulletin_discard, name="bulletin_discard"),
    path("bulletins/<uuid:key>/bulletin.<slug:ext>", bulletins.bulletin_file, name="bulletin_file"),
]
