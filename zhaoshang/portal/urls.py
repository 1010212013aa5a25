"""Addresses of the public site."""

from django.urls import URLPattern, path, re_path

from zhaoshang.portal import views

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("bulletins/<uuid:key>/", views.bulletin, name="bulletin"),
    re_path(
        r"^bulletins/(?P<key>[0-9a-f-]{36})/bulletin\.(?P<ext>docx|pdf)$", views.bulletin_file, name="bulletin_file"
    ),
    path("figures/<uuid:key>/", views.figure, name="figure"),
]
