"""Evidence: given to those who may see its payment, checked each time, never doing anything in a browser."""

import pytest
from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from desk_payments.asking import page, send, text_of
from zhaoshang.capital.evidence import path_of
from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.common.ids import uuid7
from zhaoshang.people.models import Event
from zhaoshang.regions.actions import withdraw
from zhaoshang.regions.models import Membership


def evidence_of(payment: Payment) -> Evidence:
    return Evidence.objects.of(payment.city_id).select_related("file").get(payment=payment)  # type: ignore[no-any-return]


def pdf(mark: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("回单.pdf", f"%PDF-1.4\n% {mark}\n%%EOF\n".encode())


@pytest.mark.case("C11")
def test_a_download_names_the_file_and_forbids_guessing(cast: Cast, client: Client) -> None:
    payment = cast.declared(with_evidence=False)
    send(client, cast.officer, "desk:evidence_attach", payment.pk, proof_1="bank_receipt", file_1=pdf("x"))
    response = page(client, cast.verifier, "desk:evidence_open", evidence_of(payment).pk, save="1")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''%E5%9B%9E%E5%8D%95.pdf" in response["Content-Disposition"]
    assert "script" not in response["Content-Security-Policy"]


@pytest.mark.case("B2", "B3", "B13")
def test_evidence_of_another_district_is_absent(cast: Cast, client: Client) -> None:
    evidence = evidence_of(cast.declared(project=cast.harbour))
    assert page(client, cast.officer, "desk:evidence_open", evidence.pk).status_code == 404
    assert page(client, cast.officer, "desk:evidence_open", uuid7()).status_code == 404
    assert send(client, cast.officer, "desk:evidence_detach", evidence.pk).status_code == 404


@pytest.mark.case("A6", "B13")
def test_evidence_is_gone_at_once_when_the_role_is_withdrawn(cast: Cast, client: Client) -> None:
    evidence = evidence_of(cast.declared())
    assert page(client, cast.officer, "desk:evidence_open", evidence.pk).status_code == 200
    membership = Membership.objects.of(cast.city).get(user=cast.officer)
    withdraw(membership=membership, by=cast.security, at=cast.rules.drafted_at)
    assert page(client, cast.officer, "desk:evidence_open", evidence.pk).status_code == 403


@pytest.mark.case("B13")
def test_a_stranger_is_asked_to_log_in(cast: Cast, client: Client) -> None:
    evidence = evidence_of(cast.declared())
    assert client.get(f"/desk/evidence/{evidence.pk}/").status_code == 302


@pytest.mark.case("C15")
def test_a_file_changed_on_disk_is_found_marked_and_written_down(cast: Cast, client: Client) -> None:
    payment = cast.declared()
    evidence = evidence_of(payment)
    path = path_of(cast.city.code, evidence.file.digest)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.4\nforged\n%%EOF\n")
    assert page(client, cast.verifier, "desk:evidence_open", evidence.pk).status_code == 409
    assert Event.objects.of(cast.city).filter(verb="capital.evidence.damaged", about_id=str(payment.pk)).exists()
    assert "文件损坏" in text_of(page(client, cast.verifier, "desk:payment", payment.pk))


def test_one_file_cannot_support_two_payments_and_both_are_named(cast: Cast, client: Client) -> None:
    first, second = cast.declared(with_evidence=False), cast.declared(with_evidence=False)
    send(client, cast.officer, "desk:evidence_attach", first.pk, proof_1="bank_receipt", file_1=pdf("same"))
    client.force_login(cast.officer)
    address = f"/desk/payments/{second.pk}/evidence/"
    shown = text_of(client.post(address, {"proof_1": "bank_receipt", "file_1": pdf("same")}, follow=True))
    assert f"/desk/payments/{first.pk}/" in shown
    assert not Evidence.objects.of(cast.city).filter(payment=second).exists()


def test_a_file_taken_off_can_support_another(cast: Cast, client: Client) -> None:
    first, second = cast.declared(with_evidence=False), cast.declared(with_evidence=False)
    send(client, cast.officer, "desk:evidence_attach", first.pk, proof_1="bank_receipt", file_1=pdf("moved"))
    send(client, cast.officer, "desk:evidence_detach", evidence_of(first).pk)
    send(client, cast.officer, "desk:evidence_attach", second.pk, proof_1="bank_receipt", file_1=pdf("moved"))
    assert evidence_of(second).file.name == "回单.pdf"


@pytest.mark.case("C15")
def test_evidence_of_a_verified_payment_stays(cast: Cast, client: Client) -> None:
    payment = cast.verified()
    send(client, cast.officer, "desk:evidence_detach", evidence_of(payment).pk)
    send(client, cast.officer, "desk:evidence_attach", payment.pk, proof_1="other", file_1=pdf("late"))
    assert Evidence.objects.of(cast.city).filter(payment=payment).count() == 1
