"""Saved questions, and the first question of whoever asks none."""

from django.db.models import Q, QuerySet

from zhaoshang.people.models import User
from zhaoshang.questions.models import SavedQuestion
from zhaoshang.tenancy.models import City


def saved_for(city: City, user: User | None) -> "QuerySet[SavedQuestion]":
    """One's own and the shared ones, with their owners."""
    rows = SavedQuestion.objects.of(city).filter(Q(owner=user) | Q(is_shared=True))
    return rows.select_related("owner", "city").order_by("title", "id")
