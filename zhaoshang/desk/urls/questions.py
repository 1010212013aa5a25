"""Addresses of Ask."""

from django.urls import URLPattern, path

from zhaoshang.desk.views import questions

urlpatterns: list[URLPattern] = [
    path("questions/", questions.questions, name="questions"),
    path("questions/records/", questions.question_records, name="question_records"),
    path("questions/save/", questions.question_save, name="question_save"),
    path("questions/saved/", questions.question_saved, name="question_saved"),
    path("questions/<uuid:key>/rename/", questions.question_rename, name="question_rename"),
    path("questions/<uuid:key>/share/", questions.question_share, name="question_share"),
    path("questions/<uuid:key>/delete/", questions.question_delete, name="question_delete"),
]
