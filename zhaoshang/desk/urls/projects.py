"""Addresses of projects and enterprises."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import enterprises, projects

urlpatterns: list[URLPattern] = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<slug:code>/", projects.project_open, name="project"),
    path("enterprises/", enterprises.enterprise_list, name="enterprise_list"),
    path("enterprises/<uuid:key>/", enterprises.enterprise_open, name="enterprise"),
]
