"""Addresses of matchmaking: the board of an activity, its suggestions, pairs, the plan of meetings, and the weights."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import match_plan, matchmaking

urlpatterns: list[URLPattern] = [
    path("activities/<slug:code>/matching/", matchmaking.match_board, name="match_board"),
    path("activities/<slug:code>/matching/move/", matchmaking.match_move, name="match_move"),
    path("activities/<slug:code>/matching/suggested/", matchmaking.match_suggested, name="match_suggested"),
    path("activities/<slug:code>/matching/propose/", matchmaking.match_propose, name="match_propose"),
    path("activities/<slug:code>/plan/", match_plan.match_plan, name="match_plan"),
    path("activities/<slug:code>/plan/session/", match_plan.match_session, name="match_session"),
    path("activities/<slug:code>/plan/away/", match_plan.match_away, name="match_away"),
    path("activities/<slug:code>/plan/arrange/", match_plan.match_arrange, name="match_arrange"),
    path("activities/<slug:code>/plan/fix/", match_plan.match_fix, name="match_fix"),
    path("activities/<slug:code>/plan/programme/", match_plan.match_programme, name="match_programme"),
    path("pairs/<uuid:key>/", matchmaking.pair_open, name="pair"),
    path("pairs/<uuid:key>/move/", matchmaking.pair_move, name="pair_move"),
]
