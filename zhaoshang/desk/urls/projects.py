"""Addresses of projects."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import (
    amending,
    board,
    bulk,
    confidence,
    projects,
    schedules,
    stages,
    starts,
    story,
)

urlpatterns: list[URLPattern] = [
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/board/", board.project_board, name="project_board"),
    path("projects/bulk/", bulk.project_bulk, name="project_bulk"),
    path("projects/board/move/", board.board_move, name="board_move"),
    path("projects/<slug:code>/", projects.project_open, name="project"),
    path("projects/<slug:code>/schedule/", schedules.project_schedule, name="project_schedule"),
    path("projects/<slug:code>/schedule/set/", schedules.project_schedule_set, name="project_schedule_set"),
    path("projects/<slug:code>/confidence/", confidence.project_confidence, name="project_confidence"),
    path("projects/<slug:code>/confidence/hide/", confidence.project_hide, name="project_hide"),
    path("projects/<slug:code>/confidence/disclose/", confidence.project_disclose, name="project_disclose"),
    path("projects/<slug:code>/confidence/also/", confidence.project_aliases, name="project_aliases"),
    path("projects/<slug:code>/confidence/team/", confidence.project_team, name="project_team"),
    path("projects/<slug:code>/story/", story.project_story, name="project_story"),
    path("projects/<slug:code>/stages/", stages.project_stages, name="project_stages"),
    path("projects/<slug:code>/proofs/", stages.project_proof, name="project_proof"),
    path("projects/<slug:code>/advance/", stages.project_advance, name="project_advance"),
    path("projects/<slug:code>/skip/", stages.project_skip, name="project_skip"),
    path("projects/<slug:code>/standing/", stages.project_standing, name="project_standing"),
    path("projects/<slug:code>/correct-day/", stages.project_correct_day, name="project_correct_day"),
    path("projects/<slug:code>/amend/", amending.project_amend, name="project_amend"),
    path("stage-proofs/<uuid:key>/", stages.stage_proof, name="stage_proof"),
    path("starts/", starts.start_list, name="start_list"),
    path("starts/new/", starts.start_new, name="start_new"),
    path("starts/<slug:code>/", starts.start_open, name="start"),
    path("starts/<slug:code>/list/", starts.start_add, name="start_add"),
    path("schedules/", schedules.schedule_list, name="schedule_list"),
    path("schedules/upload/", schedules.schedule_upload, name="schedule_upload"),
    path("schedules/template/", schedules.schedule_template, name="schedule_template"),
]
