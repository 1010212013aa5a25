"""Addresses of opportunities, their map and the editions of their lists."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import (
    edition_writing,
    editions,
    opportunities,
    opportunity_files,
    opportunity_sheets,
    opportunity_writing,
)

urlpatterns: list[URLPattern] = [
    path("opportunities/", opportunities.opportunity_list, name="opportunity_list"),
    path("opportunities/map/", opportunities.opportunity_map, name="opportunity_map"),
    path("opportunities/import/", opportunity_sheets.opportunity_import, name="opportunity_import"),
    path("opportunities/new/", opportunity_writing.opportunity_new, name="opportunity_new"),
    path("opportunities/<slug:code>/", opportunities.opportunity_open, name="opportunity"),
    path("opportunities/<slug:code>/amend/", opportunity_writing.opportunity_amend, name="opportunity_amend"),
    path("opportunities/<slug:code>/check/", opportunity_writing.opportunity_check, name="opportunity_check"),
    path("opportunities/<slug:code>/publish/", opportunity_writing.opportunity_publish, name="opportunity_publish"),
    path("opportunities/<slug:code>/reserve/", opportunity_writing.opportunity_reserve, name="opportunity_reserve"),
    path("opportunities/<slug:code>/move/", opportunity_writing.opportunity_move, name="opportunity_move"),
    path("opportunities/<slug:code>/outline/", opportunity_files.opportunity_outline, name="opportunity_outline"),
    path("opportunities/<slug:code>/attach/", opportunity_files.opportunity_attach, name="opportunity_attach"),
    path("opportunities/<slug:code>/files/<uuid:file>/", opportunity_files.opportunity_file, name="opportunity_file"),
    path(
        "opportunities/<slug:code>/files/<uuid:file>/remove/",
        opportunity_files.opportunity_detach,
        name="opportunity_detach",
    ),
    path("editions/", editions.edition_list, name="edition_list"),
    path("editions/new/", edition_writing.edition_new, name="edition_new"),
    path("editions/<int:number>/", editions.edition_open, name="edition"),
    path("editions/<int:number>/text/", edition_writing.edition_text, name="edition_text"),
    path("editions/<int:number>/lists/<slug:name>/", edition_writing.edition_choose, name="edition_choose"),
    path("editions/<int:number>/ask/", edition_writing.edition_ask, name="edition_ask"),
    path("editions/<int:number>/approve/", edition_writing.edition_approve, name="edition_approve"),
    path("editions/<int:number>/discard/", edition_writing.edition_discard, name="edition_discard"),
    path("editions/<int:number>/files/<slug:name>/", edition_writing.edition_file, name="edition_file"),
]
