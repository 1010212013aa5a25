"""Addresses for whoever watches the server."""

from django.urls import URLPattern, path

from zhaoshang.watch import views

app_name = "watch"
urlpatterns: list[URLPattern] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
