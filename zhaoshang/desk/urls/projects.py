"""Addresses of projects and enterprises."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import enterprises, projects, schedules

urlpatterns: list[URLPattern] = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/<slug:code>/", projects.project_open, name="project"),
    path("projects/<slug:code>/schedule/", schedules.project_schedule, name="project_schedule"),
    path("projects/<slug:code>/schedule/set/", schedules.project_schedule_set, name="project_schedule_set"),
    path("schedules/", schedules.schedule_list, name="schedule_list"),
    path("schedules/upload/", schedules.schedule_upload, name="schedule_upload"),
    path("schedules/template/", schedules.schedule_template, name="schedule_template"),
    path("enterprises/", enterprises.enterprise_list, name="enterprise_list"),
    path("enterprises/<uuid:key>/", enterprises.enterprise_open, name="enterprise"),
]
