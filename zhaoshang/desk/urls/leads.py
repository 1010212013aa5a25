"""Addresses of leads."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import lead_acts, lead_import, leads

_ONE = "leads/<uuid:key>/"

urlpatterns: list[URLPattern] = [
    path("leads/", leads.lead_list, name="lead_list"),
    path("leads/new/", leads.lead_new, name="lead_new"),
    path("leads/import/", lead_import.lead_import, name="lead_import"),
    path("leads/paste/", leads.lead_paste, name="lead_paste"),
    path(_ONE, leads.lead_open, name="lead"),
    path(f"{_ONE}keep/", lead_acts.lead_keep, name="lead_keep"),
    path(f"{_ONE}reject/", lead_acts.lead_reject, name="lead_reject"),
    path(f"{_ONE}duplicate/", lead_acts.lead_duplicate, name="lead_duplicate"),
    path(f"{_ONE}assign/", lead_acts.lead_assign, name="lead_assign"),
    path(f"{_ONE}answer/", lead_acts.lead_answer, name="lead_answer"),
    path(f"{_ONE}edit/", lead_acts.lead_edit, name="lead_edit"),
    path(f"{_ONE}project/", lead_acts.lead_project, name="lead_project"),
    path(f"{_ONE}close/", lead_acts.lead_close, name="lead_close"),
    path(f"{_ONE}reopen/", lead_acts.lead_reopen, name="lead_reopen"),
    path(f"{_ONE}phone/", lead_acts.lead_phone, name="lead_phone"),
]
