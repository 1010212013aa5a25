"""Addresses of the overview and the gallery of components."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import gallery, overview

urlpatterns: list[URLPattern] = [
    path("overview/", overview.overview_page, name="overview"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("gallery/figure/", gallery.sample, name="gallery_figure"),
]
