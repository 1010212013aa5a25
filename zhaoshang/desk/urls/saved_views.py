"""Addresses of saved views."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import saved_views

urlpatterns: list[URLPattern] = [
    path("views/", saved_views.saved_views, name="saved_views"),
    path("views/save/", saved_views.view_save, name="view_save"),
    path("views/<uuid:key>/", saved_views.saved_view, name="saved_view"),
    path("views/<uuid:key>/rename/", saved_views.view_rename, name="view_rename"),
    path("views/<uuid:key>/share/", saved_views.view_share, name="view_share"),
    path("views/<uuid:key>/prefer/", saved_views.view_prefer, name="view_prefer"),
    path("views/<uuid:key>/delete/", saved_views.view_delete, name="view_delete"),
]
