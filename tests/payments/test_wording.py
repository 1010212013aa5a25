"""Contracts, registered capital, loans and deposits are not in place: what speaks of them is refused, or a second person sees why."""

from typing import Any

import pytest
from cast import NOW, YI, Cast
from desk_payments.asking import entry, only, page, send, text_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from imports.sending import HEADING, book, declared, latest, line, press, upload
from issued import issued

from zhaoshang.capital.actions import amend, attach, declare
from zhaoshang.capital.evidence import store
from zhaoshang.capital.ledger import columns_of
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind, Proof
from zhaoshang.capital.wording import WORDING, NotInPlace
from zhaoshang.review.queries import looked_through
from zhaoshang.review.rules import Hint
from zhaoshang.rulesets.rules import BadRules

pytestmark = pytest.mark.django_db
TOLD = [
    "按框架协议应付",
    "新增注册资本",
    "股东认缴出资",
    "银行贷款到账",
    "授信额度",
    "竞买保证金",
    "购地定金",
    "签订意向书",
]


@pytest.mark.case("F18")
@pytest.mark.parametrize("note", TOLD)
def test_money_that_is_not_in_place_is_not_declared_as_such(cast: Cast, note: str) -> None:
    with pytest.raises(NotInPlace):
        declare(draft=cast.draft(note=note), by=cast.officer, at=NOW)
    with pytest.raises(NotInPlace):
        declare(draft=cast.draft(bank_serial=note), by=cast.officer, at=NOW)
    assert not Payment.objects.of(cast.city).exists()
    payment = cast.declared()
    with pytest.raises(NotInPlace):
        amend(payment=payment, draft=cast.draft(note=note), revision=payment.revision, by=cast.officer, at=NOW)


@pytest.mark.case("F18")
def test_the_name_of_a_voucher_tells_too_and_a_contract_among_other_papers_does_not(cast: Cast) -> None:
    payment = cast.declared(with_evidence=False)

    def paper(name: str, kind: Proof) -> None:
        content = b"%PDF-1.4\n% " + name.encode() + b"\n%%EOF\n"
        file = store(city=cast.city, content=content, name=name, by=cast.officer, at=NOW)
        attach(payment=payment, file=file, kind=kind, by=cast.officer, at=NOW)

    with pytest.raises(NotInPlace):
        paper("土地竞买保证金回单.pdf", Proof.BANK_RECEIPT)
    paper("投资框架协议.pdf", Proof.OTHER)
    paper("三月回单.pdf", Proof.BANK_RECEIPT)


def test_what_does_not_count_anyway_may_be_told_as_what_it_is(cast: Cast) -> None:
    cast.plant.industry = "K"
    assert declare(draft=cast.draft(note="银行贷款", project=cast.plant), by=cast.officer, at=NOW).pk


def test_words_beside_which_it_means_something_else_let_it_pass(cast: Cast) -> None:
    assert cast.declared(note="注册资本已实缴，见验资报告", kind=Kind.EQUITY).pk


@pytest.mark.case("F18")
def test_the_form_says_which_word_and_what_to_do_and_takes_it_with_a_reason_for_the_verifier_to_see(
    cast: Cast, client: Client
) -> None:
    refused = send(client, cast.officer, "desk:payment_new", **entry(cast, note="土地保证金"))
    said = text_of(refused)
    assert refused.status_code == 422
    assert all(words in said for words in ("备注中有“保证金”", "转为价款后再按票据申报", "计入理由"))
    reason = "保证金已于三月六日转为出让金"
    send(client, cast.officer, "desk:payment_new", **entry(cast, note="土地保证金", counts_because=reason))
    payment = only(cast)
    assert payment.counts_because == reason
    assert Hint.TOLD_NOT_IN_PLACE in looked_through(cast.city, [payment])[0].hints
    shown = text_of(page(client, cast.verifier, "desk:payment", payment.pk))
    assert reason in shown and "备注中有“保证金”" in shown
    assert "申报人写了计入理由" in text_of(page(client, cast.verifier, "desk:queue_list"))
    client.post("/desk/language/", {"language": "en"})
    assert "Why it counts" in text_of(page(client, cast.verifier, "desk:payment", payment.pk))


@pytest.mark.case("F18")
def test_a_voucher_sent_with_the_form_takes_the_whole_entry_back(cast: Cast, client: Client) -> None:
    slip = SimpleUploadedFile("借款合同.pdf", b"%PDF-1.4\n% sample\n%%EOF\n")
    refused = send(client, cast.officer, "desk:payment_new", **entry(cast, proof_1="bank_receipt", file_1=slip))
    assert refused.status_code == 422 and "凭证文件名中有“借款”" in text_of(refused)
    assert not Payment.objects.of(cast.city).exists()


@pytest.mark.case("F18")
def test_the_api_refuses_with_a_code_and_the_word_and_takes_a_reason(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    body: dict[str, Any] = {
        "project": cast.plant.code, "month": "2023-03", "paid_on": "2023-03-06", "amount": "100.00", "source_code": "310000",
        "kind": "equity", "origin": "new", "note": "认缴出资",
    }  # fmt: skip
    refused = client.post("/api/payments", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "told_not_in_place")
    assert "“认缴”" in refused.json()["detail"]
    made = client.post("/api/payments", body | {"counts_because": "当日已实缴"}, content_type="application/json")
    assert (made.status_code, made.json()["counts_because"]) == (201, "当日已实缴")


@pytest.mark.case("F18")
def test_a_workbook_names_the_cell_and_takes_the_row_with_a_reason(cast: Cast, client: Client) -> None:
    upload(client, cast, book((*line(), "项目贷款"), heading=(*HEADING, "备注")))
    [fault] = [one for one in latest(cast).problems if one["code"] == "told_not_in_place"]
    assert (fault["row"], fault["column"], fault["fatal"]) == (2, "H", True)
    assert "“贷款”" in fault["message"] and "计入理由" in fault["message"]
    press(client, latest(cast), "accept")
    assert declared(cast) == []
    upload(
        client,
        cast,
        book((*line(), "项目贷款", "已转为股权"), heading=(*HEADING, "备注", "计入理由")),
        name="再报.xlsx",
    )
    press(client, latest(cast), "accept")
    assert [one.counts_because for one in declared(cast)] == ["已转为股权"]


def test_the_reason_is_sealed_and_entries_without_one_keep_their_digest(cast: Cast) -> None:
    plain = cast.verified()
    assert "counts_because" not in columns_of(plain)
    assert columns_of(cast.verified(note="贷款", counts_because="已转为股权"))["counts_because"] == "已转为股权"


def test_the_words_are_the_city_s_own_and_dated(cast: Cast) -> None:
    own = {
        "source": "示例",
        "told": [{"code": "own", "name": "自定", "words": ["垫付"], "unless": [], "advice": "请改报。"}],
    }
    issued(cast, WORDING, own)
    assert cast.declared(note="贷款", amount_fen=YI).pk
    with pytest.raises(NotInPlace):
        cast.declared(note="垫付款")
    with pytest.raises(BadRules):
        WORDING.check(own | {"told": [{"code": "own", "name": "自定", "words": [], "advice": "请改报。"}]})
