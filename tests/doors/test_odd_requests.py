"""Requests that no form of ours makes: far too long, too many, of another verb, with names made to hurt."""

import json
import time
from typing import Any

import pytest
from architecture.routes import routes
from cast import Cast
from desk_payments.asking import entry
from dictionary import dictionary
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from opportunities.building import SQUARE, drafted
from partners.appointed import chamber
from plans.building import campaign

from zhaoshang.capital.evidence import path_of
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.regions.actions import close_month

pytestmark = pytest.mark.one_database
LONG = "长" * 34_000  # 100 KB of UTF-8
PDF = b"%PDF-1.4\n% odd\n%%EOF\n"


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer)
    return client


def evidence(cast: Cast) -> Evidence:
    rows = Evidence.objects.of(cast.city).select_related("file")
    return rows.get()  # type: ignore[no-any-return]


@pytest.mark.case("D13")
@pytest.mark.parametrize("text", [LONG, "a" * 100_000, "%" * 100_000, "(" * 50_000 + ")" * 50_000, "1," * 50_000])
def test_a_very_long_text_is_answered_within_a_second(cast: Cast, officer: Client, text: str) -> None:
    cast.declared()
    begun = time.process_time()
    asked = [
        *(
            officer.get(f"/desk/{name}/", {"q": text})
            for name in ("search", "projects", "enterprises", "promises", "clocks")
        ),
        officer.get("/desk/payments/new/projects/", {"project": text}),
        officer.get("/desk/payments/", {"project": text}),
        officer.get("/opportunities/", {"q": text}),
        officer.post("/ask/", {"asked": "correction", "text": text, "contact": text, "name": text, "agreed": "on"}),
        *(
            officer.post("/desk/payments/new/", entry(cast, **{name: text}))
            for name in ("amount", "paid_on", "payer", "project", "note")
        ),
    ]
    assert (time.process_time() - begun) / len(asked) < 1
    assert max(answer.status_code for answer in asked) < 500
    assert Payment.objects.of(cast.city).count() == 1


@pytest.mark.case("D13")
@pytest.mark.parametrize("number", ["²", "一", "0", "9" * 5_000, "-1"])
def test_what_is_no_number_of_ours_is_none(cast: Cast, officer: Client, number: str) -> None:
    dictionary(cast)
    payment, entry_of = cast.declared(), drafted(cast)
    read = {
        "/desk/trips/": {"year": number},
        "/desk/activities/": {"year": number},
        "/desk/workdays/": {"month": f"{number}-{number}"},
        "/desk/payments/new/projects/": {"project": cast.plant.code, "report_month": number},
        "/desk/forecast/": {"faster": number},
        "/desk/targets/": {"year": number},
    }
    answers = [officer.get(address, given) for address, given in read.items()]
    answers += [
        officer.post(f"/desk/payments/{payment.pk}/amend/", entry(cast, amount="1", revision=number)),
        officer.post(f"/desk/opportunities/{entry_of.code}/outline/", {"text": SQUARE, "revision": number}),
    ]
    officer.force_login(cast.verifier)
    answers.append(officer.post(f"/desk/payments/{payment.pk}/decide/", {"verdict": "return", "revision": number}))
    officer.force_login(cast.statistician)
    term = {"outcome": "continue", "year": number}
    answers.append(officer.post(f"/desk/partners/{chamber(cast).pk}/review/", term))
    assert [one.status_code for one in answers if one.status_code not in (200, 302, 409, 422)] == []
    assert Payment.objects.of(cast.city).get().revision == payment.revision


@pytest.mark.case("D13")
@pytest.mark.parametrize("back", ["示例", "a/b", "\r\n", "-", "长" * 9_000, f"?q={'长' * 9_000}"])
def test_a_way_back_that_is_none_leads_to_the_list(cast: Cast, officer: Client, back: str) -> None:
    officer.force_login(cast.statistician)
    sent = {"into": campaign(cast).code, "project": cast.plant.code, "back": back}
    assert officer.post("/desk/campaigns/tag/", sent).status_code == 302


@pytest.mark.case("D10")
def test_ten_thousand_fields_are_a_faulty_request(officer: Client) -> None:
    fields = {f"f{number}": "" for number in range(10_000)}
    assert officer.post("/desk/payments/new/", fields).status_code == 400
    assert officer.get("/desk/payments/", fields).status_code < 500


@pytest.mark.case("E5")
@pytest.mark.parametrize("limit", [10**9, -1, 0])
def test_a_page_of_the_api_is_never_longer_than_it_may(cast: Cast, officer: Client, limit: int) -> None:
    for _ in range(3):
        cast.declared(with_evidence=False)
    many = "&".join(f"unit=east&standing=declared&f{number}=1" for number in range(100))
    answer = officer.get(f"/api/payments?limit={limit}&{many}")
    assert (answer.status_code, 1 <= len(answer.json()["rows"]) <= 3) == (200, True)


@pytest.mark.case("E9")
def test_the_api_describes_every_address_and_no_other(client: Client, db: None) -> None:
    document = client.get("/api/openapi.json").json()
    described = {
        (verb.upper(), path.count("/"), path.split("{")[0])
        for path, verbs in document["paths"].items()
        for verb in verbs
    }
    own = {"api:api-root", "api:openapi-json", "api:openapi-view"}
    there = {
        (one.verb, one.pattern.count("/") + 1, "/" + one.pattern.split("<")[0])
        for one in routes()
        if one.name.startswith("api:") and one.name not in own
    }
    assert described == there


@pytest.mark.case("E10")
@pytest.mark.parametrize("verb", ["TRACE", "PUT", "PATCH", "DELETE", "POST", "CONNECT"])
@pytest.mark.parametrize(
    "path", ["/api/me", "/api/payments/none", "/api/figures/none", "/api/openapi.json", "/api/docs", "/api/"]
)
def test_what_the_api_only_reads_answers_to_no_other_verb(officer: Client, verb: str, path: str) -> None:
    assert officer.generic(verb, path, headers={"x-http-method-override": "GET"}).status_code == 405


NAMES = ["../../../etc/passwd.pdf", "..\\..\\回单.pdf", "C:\\a\\b.pdf", "长" * 300 + ".pdf", "%2e%2e%2fb.pdf"]
NAMES += ["a'; filename*=UTF-8''b.pdf", "x\0y.pdf"]


def sent(officer: Client, cast: Cast, name: bytes) -> Any:
    """The entry form with a file under ``name``, as another program than a browser may write it."""
    fields = entry(cast, proof_1="bank_receipt", file_1=SimpleUploadedFile("NAME.pdf", PDF))
    body = encode_multipart(BOUNDARY, fields).replace(b'filename="NAME.pdf"', b'filename="' + name + b'"')
    return officer.generic("POST", "/desk/payments/new/", body, content_type=MULTIPART_CONTENT)


@pytest.mark.case("C12")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_made_to_hurt_never_reaches_the_disk_and_comes_back_harmless(
    cast: Cast, officer: Client, name: str
) -> None:
    sent(officer, cast, name.encode())
    held = evidence(cast)
    stored = path_of(cast.city.code, held.file.digest)
    assert stored.read_bytes() == PDF and held.file.digest in str(stored)
    header = officer.get(f"/desk/evidence/{held.pk}/", {"save": "1"})["Content-Disposition"]
    assert header.count("filename=") == 1 and not {"/", "\\", "\r", "\n"} & set(header) and len(header) < 1_200


@pytest.mark.case("C12")
@pytest.mark.parametrize("name", ["a\u202efdp.exe", "回单.exe.pdf", "a.html"])
def test_a_name_that_hides_what_it_is_is_refused(cast: Cast, officer: Client, name: str) -> None:
    assert sent(officer, cast, name.encode()).status_code == 422
    assert not Evidence.objects.of(cast.city).exists()


@pytest.mark.case("B13")
def test_a_range_of_a_file_is_refused_like_the_whole(cast: Cast, client: Client) -> None:
    cast.declared()
    held = evidence(cast)
    for address, absent, strange in (("desk", 404, 302), ("api", 404, 401)):
        path = f"/{address}/evidence/{held.pk}" + ("/" if address == "desk" else "")
        part = {"range": "bytes=0-3"}
        client.force_login(cast.other_officer)
        assert client.get(path, headers=part).status_code == absent
        assert Client().get(path, headers=part).status_code == strange
        client.force_login(cast.officer)
        assert client.get(path, headers=part).status_code in (200, 206)


@pytest.mark.case("C15")
def test_the_api_attaches_nothing_to_a_verified_payment(cast: Cast, officer: Client) -> None:
    payment = cast.verified()
    answer = officer.post(
        f"/api/payments/{payment.pk}/evidence?kind=bank_receipt", {"file": SimpleUploadedFile("a.pdf", PDF)}
    )
    assert (answer.status_code, Evidence.objects.of(cast.city).filter(payment=payment).count()) == (409, 1)


@pytest.mark.case("F10")
def test_the_api_writes_nothing_into_a_closed_month(cast: Cast, officer: Client) -> None:
    declared, verified = cast.declared(), cast.verified()
    close_month(city=cast.city, number=declared.report_month, by=cast.statistician, at=cast.now)
    new: dict[str, Any] = {"project": cast.plant.code, "month": "2023-03", "paid_on": "2023-03-06", "amount": "1.00"}
    new |= {"source_code": "310000", "kind": "fixed_assets", "origin": "new"}
    back = {"month": "2023-03", "amount": "1.00", "reason": "示例"}
    for path, body in (("payments", new), (f"payments/{verified.pk}/opposite", back)):
        answer = officer.post(f"/api/{path}", json.dumps(body), content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (409, "month_closed")
    assert Payment.objects.of(cast.city).count() == 2
