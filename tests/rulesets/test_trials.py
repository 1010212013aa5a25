"""Trials: what a set would change in what the city has. Nothing of it is written."""

from copy import deepcopy
from typing import Any

import pytest
from cast import NOW, Cast
from django.utils import timezone
from duties.test_clocks import clock
from talks.talking import claimed

from zhaoshang.duties.queries import DUTIES
from zhaoshang.projects.likeness import MATCHING
from zhaoshang.projects.stages.log import STAGES
from zhaoshang.review.models import DuplicatePair
from zhaoshang.review.rules import PairState
from zhaoshang.rulebook.trials import trial_of
from zhaoshang.rulesets.kinds import Kind
from zhaoshang.talks.terms import TALKS

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)


def tried(cast: Cast, kind: Kind[Any], content: dict[str, Any]) -> dict[str, tuple[int, int]]:
    trial = trial_of(kind, cast.city, content, TODAY)
    assert trial is not None
    return {f"{one.name}{one.what}": (one.before, one.after) for one in trial.effects}


def test_a_shorter_protection_ends_sooner(cast: Cast) -> None:
    claimed(cast)
    effects = tried(cast, TALKS, TALKS.shipped | {"protected_days": 30, "at_least_wan": 900_000})
    assert (effects["保护会更早结束"], effects["低于拟投资额门槛"]) == ((0, 1), (0, 1))
    assert tried(cast, TALKS, TALKS.shipped)["保护会更早结束"] == (0, 0)


def test_a_gate_that_asks_for_less_holds_up_fewer_projects(cast: Cast) -> None:
    """Both projects are signed: next comes 注册, for which neither has a licence."""
    content = deepcopy(STAGES.shipped)
    registered = next(stage for stage in content["stage"] if stage["code"] == "registered")
    assert tried(cast, STAGES, content)["注册进入下一阶段还缺内容或文件"] == (2, 2)
    registered["evidence"] = []
    registered["fields"] = []
    assert tried(cast, STAGES, content)["注册进入下一阶段还缺内容或文件"][0] == 2


def test_decided_pairs_are_scored_by_the_new_weights(cast: Cast) -> None:
    pair = {"city": cast.city, "score": 12, "points": [], "weights": "x", "found_at": NOW, "state": PairState.SAME}
    DuplicatePair.objects.create(first=cast.plant, second=cast.harbour, **pair)
    low, high = ({"threshold": threshold} for threshold in (1, 100))
    everything = dict.fromkeys(MATCHING.shipped["points"], 50)
    assert tried(cast, MATCHING, MATCHING.shipped | low | {"points": everything})["同一项目"][1] == 1
    assert tried(cast, MATCHING, MATCHING.shipped | high)["同一项目"][1] == 0


def test_a_shorter_term_makes_running_clocks_late(cast: Cast) -> None:
    clock(cast, kind="progress")
    content = deepcopy(DUTIES.shipped)
    later = trial_of(DUTIES, cast.city, content, TODAY.replace(day=14))
    assert later is not None
    content["clock"][3]["days"] = 1
    shorter = trial_of(DUTIES, cast.city, content, TODAY.replace(day=14))
    assert shorter is not None
    assert [(one.before, one.after) for one in (*later.effects, *shorter.effects)] == [(0, 0), (0, 1)]
