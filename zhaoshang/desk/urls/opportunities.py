"""Addresses of opportunities, their map and the editions of their lists."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import editions, opportunities, opportunity_writing

urlpatterns: list[URLPattern] = [
    path("opportunities/", opportunities.opportunity_list, name="opportunity_list"),
    path("opportunities/map/", opportunities.opportunity_map, name="opportunity_map"),
    path("opportunities/new/", opportunity_writing.opportunity_new, name="opportunity_new"),
    path("opportunities/<slug:code>/", opportunities.opportunity_open, name="opportunity"),
    path("opportunities/<slug:code>/amend/", opportunity_writing.opportunity_amend, name="opportunity_amend"),
    path("opportunities/<slug:code>/check/", opportunity_writing.opportunity_check, name="opportunity_check"),
    path("opportunities/<slug:code>/publish/", opportunity_writing.opportunity_publish, name="opportunity_publish"),
    path("opportunities/<slug:code>/reserve/", opportunity_writing.opportunity_reserve, name="opportunity_reserve"),
    path("opportunities/<slug:code>/move/", opportunity_writing.opportunity_move, name="opportunity_move"),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/<int:number>/", editions.edition_open, name="edition"),
]
