"""Questions to begin with: the first one, examples in words, and those that people saved."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from zhaoshang.common.periods import Period
from zhaoshang.people.models import User
from zhaoshang.questions.models import SavedQuestion
from zhaoshang.questions.rules import Question, parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.ui.filters import called
from zhaoshang.ui.filters import period as period_words

Link = dict[str, Any]


def first_question(latest: Period) -> Question:
    """Verified payments of the year so far, by unit and where the money comes from."""
    return parse(
        {
            "about": ["payments"],
            "rows": ["unit"],
            "columns": ["source_class"],
            "standing": ["verified"],
            "period": [str(latest)],
            "money": ["yi"],
        },
        SUBJECTS,
    )


def examples(latest: Period) -> list[Link]:
    """Questions in words, of the last year to date."""
    when, year = period_words(latest), period_words(str(latest.year))
    paid = {"about": "payments", "standing": "verified", "money": "yi"}
    in_period, in_year = {"period": str(latest)}, {"period": str(latest.year)}
    said = [
        (
            _("%(period)s各地区省外资金按行业") % {"period": when},
            paid | in_period | {"rows": "unit", "columns": "industry", "source_class": "outside_province"},
        ),
        (
            _("%(period)s资金来自哪些省份") % {"period": when},
            paid | in_period | {"rows": "province", "top": "10", "show": "bars"},
        ),
        (
            _("%(year)s各月新建与续建") % {"year": year},
            paid | in_year | {"rows": "month", "columns": "origin", "show": "bars"},
        ),
        (
            _("%(period)s各地区到账与上年同期相比") % {"period": when},
            paid | in_period | {"rows": "unit", "compare": str(latest.year_before())},
        ),
        (_("%(period)s各地区到账地图") % {"period": when}, paid | in_period | {"rows": "unit", "show": "map"}),
        (
            _("%(year)s签约项目按地区和合同额") % {"year": year},
            {"about": "projects", "rows": "unit", "columns": "size"} | in_year,
        ),
    ]
    return [{"label": words, "href": f"{reverse('desk:questions')}?{urlencode(asked)}"} for words, asked in said]


def saved_address(saved: SavedQuestion) -> str:
    """Where a saved question is asked again."""
    return f"{reverse('desk:questions')}?{urlencode([tuple(pair) for pair in saved.question])}"


def saved_links(rows: Iterable[SavedQuestion], user: User | None) -> dict[str, list[Link]]:
    """One's own and others', each with its address."""
    found: dict[str, list[Link]] = {"own": [], "others": []}
    for saved in rows:
        own = user is not None and saved.owner_id == user.pk
        found["own" if own else "others"].append(
            {
                "key": saved.pk,
                "label": saved.title,
                "href": saved_address(saved),
                "shared": saved.is_shared,
                "owner": called(saved.owner),
                "saved_at": saved.saved_at,
            }
        )
    return found
