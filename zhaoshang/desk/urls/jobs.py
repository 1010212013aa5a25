"""Addresses of jobs."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import jobs

urlpatterns: list[URLPattern] = [
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<uuid:key>/", jobs.job_open, name="job"),
    path("jobs/<uuid:key>/progress/", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:key>/file/", jobs.job_file, name="job_file"),
    path("jobs/<uuid:key>/cancel/", jobs.job_cancel, name="job_cancel"),
    path("jobs/<uuid:key>/again/", jobs.job_again, name="job_again"),
    path("housekeeping/", jobs.housekeeping, name="housekeeping"),
]
