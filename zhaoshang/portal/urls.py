"""Addresses of the public site."""

from django.urls import URLPattern, path

from zhaoshang.portal import leads, views

app_name = "portal"
urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("bulletins/<uuid:key>/", views.bulletin, name="bulletin"),
    path("bulletins/<uuid:key>/bulletin.<slug:ext>", views.bulletin_file, name="bulletin_file"),
    path("figures/<uuid:key>/", views.figure, name="figure"),
    path("leads/<slug:receipt>/", leads.receipt, name="receipt"),
    path("notices/", leads.notices, name="notices"),
]
