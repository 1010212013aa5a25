"""Rules: drafted as a form, tried before anybody is bound by them, issued under a document and then left alone."""

from typing import Any

import pytest
from cast import NOW, RULES, YI, Cast
from django.test import Client

from desk_payments.asking import faults_of, fields_of, page, send, text_of
from zhaoshang.capital import rollup
from zhaoshang.capital.counting import draft_rules
from zhaoshang.capital.models import RuleSet, Total
from zhaoshang.common.periods import parse_month

HEAD = {"title": "新规则", "source": "示例", "valid_from": "2023-03", "computed_from": "2023-01"}


@pytest.fixture
def draft(cast: Cast) -> RuleSet:
    """A draft from March 2023 on, with the content of the set in force."""
    return draft_rules(
        city=cast.city,
        code="draft",
        title="新规则",
        content=RULES,
        source="示例",
        valid_from=parse_month("2023-03"),
        by=cast.statistician,
        at=NOW,
    )


def written(cast: Cast) -> dict[str, Any]:
    return dict(RuleSet.objects.of(cast.city).get(code="draft").content)


def threshold(**changes: str) -> dict[str, Any]:
    """A form of one rule: contracts of at least 1,000 万元."""
    rule = {"kind": "threshold", "no": "1", "text": "合同额一千万元以上", "minimum": "1,000"} | changes
    return {**HEAD, "step": "save", **{f"rule-0-{name}": value for name, value in rule.items()}}


def test_a_draft_begins_from_the_set_in_force(cast: Cast, client: Client) -> None:
    send(client, cast.statistician, "desk:rule_new", **HEAD, code="draft", base="sample-2022")
    assert written(cast) == RULES


def test_what_the_form_shows_is_what_it_saves(cast: Cast, client: Client, draft: RuleSet) -> None:
    form = page(client, cast.statistician, "desk:rule_edit", "draft")
    send(client, cast.statistician, "desk:rule_edit", "draft", **fields_of(form) | {"step": "save"})
    assert written(cast) == RULES


def test_a_rule_is_written_with_its_threshold_in_fen(cast: Cast, client: Client, draft: RuleSet) -> None:
    send(client, cast.statistician, "desk:rule_edit", "draft", **threshold())
    assert written(cast)["rules"] == [
        {"no": "1", "kind": "threshold", "text": "合同额一千万元以上", "minimum_contract_fen": YI // 10}
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"minimum": "一千"}, "不是可识别的金额"),
        ({"text": " "}, "请写条文"),
        ({"no": ""}, "请写编号"),
        ({"kind": "source"}, "至少选一种来源"),
        ({"kind": "payment_kind", "percent-land": "101"}, "0 至 100"),
        ({"kind": "payment_kind", "percent-land": "３０"}, "0 至 100"),
    ],
)
def test_a_fault_is_said_at_its_rule_and_nothing_is_kept(
    cast: Cast, client: Client, draft: RuleSet, change: dict[str, str], words: str
) -> None:
    response = send(client, cast.statistician, "desk:rule_edit", "draft", **threshold(**change))
    assert (response.status_code, words in faults_of(response), written(cast)) == (422, True, RULES)


def test_rules_are_added_moved_and_taken_away_before_saving(cast: Cast, client: Client, draft: RuleSet) -> None:
    fields = fields_of(page(client, cast.statistician, "desk:rule_edit", "draft"))
    for step in ("add", "up-4", "remove-0"):
        fields |= {"step": step, "new_kind": "threshold"}
        fields = fields_of(send(client, cast.statistician, "desk:rule_edit", "draft", **fields))
    fields |= {"step": "save", "rule-2-text": "合同额门槛", "rule-2-minimum": "500"}
    send(client, cast.statistician, "desk:rule_edit", "draft", **fields)
    assert [rule["kind"] for rule in written(cast)["rules"]] == ["industry", "payment_kind", "threshold", "pro_rata"]


def test_the_evidence_matrix_says_which_kinds_suffice(cast: Cast, client: Client, draft: RuleSet) -> None:
    matrix = {
        "proof-land-land_receipt": "1",
        "proof-land-bank_receipt": "1",
        "proof-land-invoice": "2",
        "proof-equity-capital_verification": "3",
    }
    send(client, cast.statistician, "desk:rule_edit", "draft", **threshold(), **matrix)
    assert written(cast)["evidence"] == {
        "land": [["bank_receipt", "land_receipt"], ["invoice"]],
        "equity": [["capital_verification"]],
    }


def test_a_draft_is_tried_on_past_months_and_writes_nothing(cast: Cast, client: Client, draft: RuleSet) -> None:
    cast.verified(kind="working_capital")
    before = list(Total.objects.of(cast.city).values_list("amount_fen", flat=True))
    send(client, cast.statistician, "desk:rule_edit", "draft", **threshold())
    shown = text_of(page(client, cast.statistician, "desk:rule_try", "draft", period="2023Q1"))
    for words in ("3,000.00", "10,000.00", "+7,000.00", "+233.3"):
        assert words in shown
    assert list(Total.objects.of(cast.city).values_list("amount_fen", flat=True)) == before


def test_a_period_that_is_none_is_said(cast: Cast, client: Client, draft: RuleSet) -> None:
    assert page(client, cast.statistician, "desk:rule_try", "draft", period="soon").status_code == 422


def test_issuing_needs_a_document_and_ends_the_set_before(cast: Cast, client: Client, draft: RuleSet) -> None:
    cast.verified(kind="working_capital")
    assert send(client, cast.statistician, "desk:rule_issue", "draft", document=" ").status_code == 422
    send(client, cast.statistician, "desk:rule_issue", "draft", document="示例办发〔2023〕1号")
    issued, ended = RuleSet.objects.of(cast.city).get(code="draft"), RuleSet.objects.of(cast.city).get(pk=cast.rules.pk)
    assert (issued.document, issued.issued_by_id) == ("示例办发〔2023〕1号", cast.statistician.pk)
    assert ended.valid_to == parse_month("2023-02")
    assert rollup.drift(cast.city) == []


def test_an_issued_set_is_not_edited_nor_thrown_away(cast: Cast, client: Client) -> None:
    for address in ("desk:rule_edit", "desk:rule_issue"):
        assert page(client, cast.statistician, address, "sample-2022").status_code == 404
    assert send(client, cast.statistician, "desk:rule_discard", "sample-2022").status_code == 404


def test_a_draft_can_be_thrown_away(cast: Cast, client: Client, draft: RuleSet) -> None:
    send(client, cast.statistician, "desk:rule_discard", "draft")
    assert not RuleSet.objects.of(cast.city).filter(code="draft").exists()


def test_drafts_are_seen_by_those_who_write_rules_only(cast: Cast, client: Client, draft: RuleSet) -> None:
    assert page(client, cast.statistician, "desk:rule_set", "draft").status_code == 200
    assert page(client, cast.officer, "desk:rule_set", "draft").status_code == 404
    assert "新规则" not in text_of(page(client, cast.officer, "desk:rule_list"))
    for user in (cast.officer, cast.verifier, cast.leader):
        assert page(client, user, "desk:rule_edit", "draft").status_code == 403
        assert send(client, user, "desk:rule_issue", "draft", document="x").status_code == 403


def test_everybody_reads_the_rules_in_force(cast: Cast, client: Client) -> None:
    shown = text_of(page(client, cast.officer, "desk:rule_set", "sample-2022"))
    for words in ("流动资金按百分之三十计入", "流动资金 30%", "银行进账单或三方盖章进度表", "示例"):
        assert words in shown
