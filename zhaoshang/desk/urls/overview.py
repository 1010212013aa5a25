"""Addresses of the overview, the cockpit and the gallery of components."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import cockpit, gallery, overview

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview_page, name="overview"),
    path("cockpit/", cockpit.cockpit, name="cockpit"),
    path("cockpit/forecast/", cockpit.cockpit_forecast, name="cockpit_forecast"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/figure/", gallery.sample, name="gallery_figure"),
]
