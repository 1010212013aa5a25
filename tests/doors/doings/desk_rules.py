"""What the statisticians lay down: rules of every kind, assessments, units, months, indicators, regions of origin, starts, rates."""

from datetime import date
from typing import Any

from assessments.city import LIGHTS, SCORES, account, drafted, issued, shown, started
from assessments.test_course import objection
from assessments.test_pages import lit
from cast import NOW, RULES, Cast
from contracts.papers import pdf
from desk_figures.test_unit_pages import NEW, part
from desk_payments.test_month_pages import MARCH, closed
from desk_payments.test_rule_pages import HEAD, threshold
from dictionary import dictionary
from rulesets.test_pages import typed

from doors.doings import PLAIN, Doing, doing
from zhaoshang.assessments.assessing import show_assessment
from zhaoshang.assessments.models import Light
from zhaoshang.capital.counting import draft_rules
from zhaoshang.capital.models import RuleSet
from zhaoshang.common.periods import parse_month
from zhaoshang.projects.stages.proofs import attach_proof
from zhaoshang.projects.stages.starts import call_start
from zhaoshang.regions.actions import ask_reopen
from zhaoshang.regions.origins import NewArea, draw_area

INDICATOR = "indicator=capital_in_place"


def _draft(cast: Cast) -> RuleSet:
    said: dict[str, Any] = {"code": "draft", "title": "新规则", "content": RULES, "source": "示例"}
    return draft_rules(city=cast.city, valid_from=parse_month("2023-03"), by=cast.statistician, at=NOW, **said)


@doing("desk:rule_new")
def rule_new(cast: Cast) -> Doing:
    sent = HEAD | {"title": PLAIN, "source": PLAIN, "code": "draft", "base": "sample-2022"}
    return Doing("statistician", "/desk/rules/new/", sent)


@doing("desk:rule_edit")
def rule_edit(cast: Cast) -> Doing:
    sent = threshold(no=PLAIN, text=PLAIN) | {"title": PLAIN, "source": PLAIN}
    return Doing("statistician", f"/desk/rules/{_draft(cast).code}/edit/", sent)


@doing("desk:rule_issue")
def rule_issue(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/rules/{_draft(cast).code}/issue/", {"document": PLAIN})


@doing("desk:rule_discard")
def rule_discard(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/rules/{_draft(cast).code}/discard/")


REGULATION = {"title": PLAIN, "source": PLAIN, "valid_from": "2023-01", "text": SCORES}


@doing("desk:regulation_new")
def regulation_new(cast: Cast) -> Doing:
    dictionary(cast)
    return Doing("statistician", "/desk/regulations/new/", REGULATION | {"code": "score-2023", "purpose": "scores"})


@doing("desk:regulation_edit")
def regulation_edit(cast: Cast) -> Doing:
    dictionary(cast)
    return Doing("statistician", f"/desk/regulations/{drafted(cast).code}/edit/", REGULATION)


@doing("desk:regulation_issue")
def regulation_issue(cast: Cast) -> Doing:
    dictionary(cast)
    return Doing("statistician", f"/desk/regulations/{drafted(cast).code}/issue/", {"document": PLAIN})


@doing("desk:regulation_discard")
def regulation_discard(cast: Cast) -> Doing:
    dictionary(cast)
    return Doing("statistician", f"/desk/regulations/{drafted(cast).code}/discard/")


@doing("desk:local_new")
def local_new(cast: Cast) -> Doing:
    sent = typed(step="issue", title=PLAIN, title_en=PLAIN, document=PLAIN, valid_from="2023-04-04")
    return Doing("statistician", "/desk/local-rules/talks/new/", sent)


@doing("desk:assessment_new")
def assessment_new(cast: Cast) -> Doing:
    account(cast)
    sent = {"regulation": issued(cast).code, "period": "2023Q1", "title": PLAIN}
    return Doing("statistician", "/desk/assessments/new/", sent)


def _started(cast: Cast) -> str:
    account(cast)
    return f"/desk/assessments/{started(cast).pk}"


@doing("desk:assessment_recompute")
def assessment_recompute(cast: Cast) -> Doing:
    path = _started(cast)
    cast.verified()
    return Doing("statistician", f"{path}/recompute/")


@doing("desk:assessment_show")
def assessment_show(cast: Cast) -> Doing:
    window = {"objections_from": "2023-04-03", "objections_until": "2023-04-10"}
    return Doing("statistician", f"{_started(cast)}/show/", window)


@doing("desk:assessment_discard")
def assessment_discard(cast: Cast) -> Doing:
    return Doing("statistician", f"{_started(cast)}/discard/")


@doing("desk:assessment_finish")
def assessment_finish(cast: Cast) -> Doing:
    account(cast)
    days = {"objections_from": date(2023, 3, 20), "objections_until": date(2023, 3, 27), "today": date(2023, 3, 20)}
    one = show_assessment(assessment=started(cast), by=cast.statistician, at=NOW, **days)
    return Doing("statistician", f"/desk/assessments/{one.pk}/finish/")


@doing("desk:objection_new")
def objection_new(cast: Cast) -> Doing:
    account(cast)
    return Doing(
        "officer", f"/desk/assessments/{shown(cast).pk}/units/east/object/", {"article": "三", "reason": PLAIN}
    )


@doing("desk:objection_decide")
def objection_decide(cast: Cast) -> Doing:
    account(cast)
    one = objection(cast, shown(cast))
    return Doing("statistician", f"/desk/objections/{one.pk}/decide/", {"verdict": "rejected", "answer": PLAIN})


@doing("desk:entered_new")
def entered_new(cast: Cast) -> Doing:
    account(cast)
    issued(cast)
    sent = {"unit_east": "2", "document": PLAIN, "note": PLAIN}
    return Doing("statistician", "/desk/entered/new/?code=inspection&period=2023Q1", sent)


@doing("desk:light_compute")
def light_compute(cast: Cast) -> Doing:
    account(cast)
    sent = {"regulation": issued(cast, "lights", LIGHTS).code, "month": "2023-03"}
    return Doing("statistician", "/desk/lights/compute/", sent)


@doing("desk:light_explain")
def light_explain(cast: Cast) -> Doing:
    account(cast)
    lit(cast)
    light = Light.objects.of(cast.city).filter(unit=cast.east).order_by("id")[0]
    return Doing("officer", f"/desk/lights/{light.pk}/explain/", {"text": PLAIN})


@doing("desk:unit_new")
def unit_new(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/units/new/", NEW | {"name": PLAIN, "short_name": PLAIN, "name_en": PLAIN})


@doing("desk:unit_map")
def unit_map(cast: Cast) -> Doing:
    sent = {"region_code": "210281", "source": PLAIN, "valid_from": "2023-01-01"}
    return Doing("statistician", "/desk/units/east/map/", sent)


@doing("desk:unit_unmap")
def unit_unmap(cast: Cast) -> Doing:
    return Doing("statistician", f"/desk/units/parts/{part(cast).pk}/end/", {"last_day": "2023-04-30"})


@doing("desk:unit_end")
def unit_end(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/units/east/end/", {"last_day": "2023-12-31"})


@doing("desk:month_begin")
def month_begin(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/months/begin/", {"month": "2023-04"})


@doing("desk:month_close")
def month_close(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/months/2023-03/close/")


@doing("desk:month_ask")
def month_ask(cast: Cast) -> Doing:
    closed(cast)
    return Doing("statistician", "/desk/months/2023-03/ask/", {"reason": PLAIN})


@doing("desk:month_decide")
def month_decide(cast: Cast) -> Doing:
    closed(cast)
    change = ask_reopen(city=cast.city, number=MARCH, reason="示例", by=cast.statistician, at=NOW)
    return Doing("verifier", f"/desk/months/changes/{change.pk}/", {"approved": "1"})


@doing("desk:indicator_restate")
def indicator_restate(cast: Cast) -> Doing:
    words = dictionary(cast)
    sent = {"version": words.narrow.code, "period": "2022", "document": PLAIN, "reason": PLAIN}
    return Doing("statistician", "/desk/indicators/capital_in_place/restate/", sent)


@doing("desk:external_new")
def external_new(cast: Cast) -> Doing:
    dictionary(cast)
    sent = {"place": "沈阳", "period": "2023Q1", "value": "10", "source": PLAIN, "dated": "2023-04-03"}
    return Doing("statistician", f"/desk/external/new/?{INDICATOR}", sent | {"scope": PLAIN})


@doing("desk:targets_new")
def targets_new(cast: Cast) -> Doing:
    dictionary(cast)
    sent = {"document": PLAIN, "issued_on": "2023-01-15", "unit_east": "70"}
    return Doing("statistician", f"/desk/targets/new/?{INDICATOR}&year=2023", sent)


@doing("desk:origin_new")
def origin_new(cast: Cast) -> Doing:
    said = {"code": "delta", "name": PLAIN, "name_en": PLAIN, "source": PLAIN}
    return Doing("statistician", "/desk/origins/new/", said | {"valid_from": "2023-01-01", "parts": "310000 320000"})


@doing("desk:origin_end")
def origin_end(cast: Cast) -> Doing:
    said: dict[str, Any] = {"code": "delta", "name": "示例", "name_en": "Sample", "source": "示例", "parts": ["310000"]}
    new = NewArea(valid_from=date(2023, 1, 1), **said)
    draw_area(city=cast.city, new=new, by=cast.statistician, at=NOW)
    return Doing("statistician", "/desk/origins/delta/end/", {"valid_to": "2023-12-31"})


START = {"code": "s1", "day": "2023-01-28", "title": PLAIN, "document": PLAIN}


@doing("desk:start_new")
def start_new(cast: Cast) -> Doing:
    return Doing("statistician", "/desk/starts/new/", START)


@doing("desk:start_add")
def start_add(cast: Cast) -> Doing:
    said = {"code": "s1", "day": date(2023, 1, 28), "title": "示例同步开工", "document": "示例1号", "beside": []}
    call_start(city=cast.city, by=cast.statistician, at=NOW, **said)
    proof = {"stage": "started", "kind": "start_proof", "content": pdf("开工"), "name": "a.pdf"}
    attach_proof(project=cast.plant, by=cast.officer, at=NOW, **proof)
    return Doing("officer", "/desk/starts/s1/list/", {"projects": cast.plant.code})


@doing("desk:rate_new")
def rate_new(cast: Cast) -> Doing:
    said = dict.fromkeys(("word", "word_en", "title", "title_en", "source"), PLAIN) | {"code": "landed"}
    formula = {"cohort": "signed", "measure": "projects", "numerator": ["landed"], "denominator": ["signed"]}
    return Doing("statistician", "/desk/rates/new/", said | formula | {"dated": "2023-04-03"})


@doing("desk:checkpoint_make")
def checkpoint_make(cast: Cast) -> Doing:
    cast.verified()
    return Doing("statistician", "/desk/ledger/checkpoint/")
