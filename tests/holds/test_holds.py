"""What is held stays: no term, request, draft's end or command takes it away until another person lifts the hold."""

from datetime import timedelta
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from cast import NOW, Cast
from desk_payments.asking import entry, page, send, text_of
from desk_payments.test_entry import pdf
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from leads.told import told
from talks.talking import offered

from zhaoshang.capital.models import Evidence, Payment
from zhaoshang.common.problems import Held
from zhaoshang.enterprises.contacts import Person, add_contact, erase_again, erase_contact
from zhaoshang.enterprises.models import Contact
from zhaoshang.leads.erasing import erase_people
from zhaoshang.leads.models import Lead
from zhaoshang.leads.rules import ENDED
from zhaoshang.people.actions import open_account
from zhaoshang.people.holds import (
    HeldAlready,
    LiftedAlready,
    NotARecord,
    ReasonMissing,
    SamePerson,
    lift_hold,
    place_hold,
)
from zhaoshang.people.models import Brake, Event, Hold, User
from zhaoshang.people.persons import mark_person
from zhaoshang.people.rules import Role
from zhaoshang.projects.models import Project
from zhaoshang.regions.actions import grant
from zhaoshang.review.holding import KINDS, named
from zhaoshang.tenancy.apart import note_erased, subject
from zhaoshang.tenancy.going import went_before

pytestmark = pytest.mark.case("J11")
WHY = "示例：法院协助调查函〔2023〕5号"


def hold(cast: Cast, kind: str = "project", number: str = "2023-0001") -> Hold:
    return place_hold(**named(cast.city, kind, number), city=cast.city, reason=WHY, by=cast.security, at=NOW)


def second(cast: Cast) -> User:
    """Another security administrator."""
    other = open_account(
        username="second_security", display_name="示例安全二", display_name_en="", city=cast.city, password=None,
        by=cast.system, at=NOW,
    )  # fmt: skip
    grant(user=other, role=Role.SECURITY, city=cast.city, unit=None, by=cast.security, at=NOW)
    return other


def rows_of(model: Any, cast: Cast) -> int:
    return int(model.objects.of(cast.city).count())


def test_a_project_is_held_with_its_payments_evidence_and_talks(cast: Cast) -> None:
    offer, payment = offered(cast, project=cast.plant), cast.declared()
    other = cast.declared(project=cast.harbour, by=cast.other_officer)
    hold(cast)
    for row in (cast.plant, payment, Evidence.objects.of(cast.city).filter(payment=payment).first(), offer):
        with pytest.raises(Held, match="project 2023-0001"):
            type(row).objects.of(cast.city).filter(pk=row.pk).delete()
        with pytest.raises(Held):
            type(row).objects.of(cast.city).filter(pk=row.pk)._raw_delete("default")
    assert Evidence.objects.of(cast.city).filter(payment=other).delete()[0] == 1


def test_a_held_lead_outlives_its_term_and_goes_with_the_next_round_once_another_has_lifted_it(cast: Cast) -> None:
    held, free = told(cast), told(cast, investor="示例另一家")
    late = NOW + timedelta(days=4_000)
    Lead.objects.of(cast.city).update(state=sorted(ENDED)[0], reason="示例")
    kept = hold(cast, "lead", str(held.pk))
    assert erase_people(city=cast.city, today=timezone.localdate(late), at=late) == 1
    standing = set(Lead.objects.of(cast.city).filter(erased_at=None).values_list("pk", flat=True))
    assert standing == {held.pk} and free.pk not in standing
    with pytest.raises(Held):
        Lead.objects.of(cast.city).filter(pk=held.pk).update(erased_at=late)
    lift_hold(hold=kept, reason="示例：已结案", by=second(cast), at=late)
    assert erase_people(city=cast.city, today=timezone.localdate(late), at=late) == 1


def test_a_request_to_erase_a_held_contact_is_refused_and_says_so(cast: Cast, client: Client) -> None:
    person = Person(name="示例联系人", phone="13800000000", source="示例名片")
    contact = add_contact(enterprise=cast.plant.enterprise, person=person, unit=cast.east, by=cast.officer, at=NOW)
    hold(cast, "contact", "")
    with pytest.raises(Held):
        erase_contact(contact=contact, reason="本人要求", by=cast.statistician, at=NOW)
    answer = send(client, cast.officer, "desk:contact_erase", contact.pk, reason="本人要求")
    assert answer.status_code == 409 and "在保全中" in text_of(answer)
    assert Contact.objects.of(cast.city).get().phone == "13800000000"


def test_what_was_erased_before_an_older_backup_came_back_is_erased_again_even_if_that_backup_holds_it(
    cast: Cast,
) -> None:
    person = Person(name="示例联系人", phone="13800000000", source="示例名片")
    contact = add_contact(enterprise=cast.plant.enterprise, person=person, unit=cast.east, by=cast.officer, at=NOW)
    hold(cast, "contact", "")
    listed = {subject("enterprises.contact", contact.pk): ""}
    with pytest.raises(Held):
        erase_again(city=cast.city, listed=listed, at=NOW)
    with went_before():
        assert erase_again(city=cast.city, listed=listed, at=NOW) == 1
    note_erased("enterprises.contact", [], NOW)


def test_evidence_of_a_held_payment_is_not_taken_off_by_its_officer(cast: Cast, client: Client) -> None:
    assert (
        send(client, cast.officer, "desk:payment_new", **entry(cast, proof_1="bank_receipt", file_1=pdf())).status_code
        == 302
    )
    payment, evidence = Payment.objects.of(cast.city).get(), Evidence.objects.of(cast.city).get()
    hold(cast)
    answer = send(client, cast.officer, "desk:evidence_detach", evidence.pk, revision=payment.revision)
    assert answer.status_code == 409 and rows_of(Evidence, cast) == 1


@pytest.mark.case("F7")
def test_a_second_account_of_the_same_person_is_not_another(cast: Cast) -> None:
    kept, other = hold(cast), second(cast)
    for user in (cast.security, other):
        mark_person(city=cast.city, user=user, person="工号0042", by=cast.system, at=NOW)
    with pytest.raises(SamePerson):
        lift_hold(hold=kept, reason="已结案", by=other, at=NOW)
    mark_person(city=cast.city, user=other, person="工号0043", by=cast.system, at=NOW)
    assert lift_hold(hold=kept, reason="已结案", by=other, at=NOW).lifted_by == other


def test_a_hold_is_lifted_once_by_another_and_never_changed_or_deleted(cast: Cast) -> None:
    kept = hold(cast)
    with pytest.raises(SamePerson):
        lift_hold(hold=kept, reason="示例", by=cast.security, at=NOW)
    other = second(cast)
    with pytest.raises(ReasonMissing):
        lift_hold(hold=kept, reason=" ", by=other, at=NOW)
    for change in ("DELETE FROM people_hold", "UPDATE people_hold SET reason = 'other'",
                   "UPDATE people_hold SET lifted_by_id = placed_by_id, lifted_at = placed_at"):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    lift_hold(hold=kept, reason="示例：已结案", by=other, at=NOW)
    with pytest.raises(LiftedAlready):
        lift_hold(hold=kept, reason="示例", by=other, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_hold SET lifted_at = NULL, lifted_by_id = NULL")
    verbs = list(Event.objects.of(cast.city).filter(about_id=str(kept.pk)).values_list("verb", flat=True))
    assert sorted(verbs) == ["people.hold.lifted", "people.hold.placed"]


def test_a_hold_is_placed_once_with_words_and_on_records_only(cast: Cast) -> None:
    hold(cast)
    with pytest.raises(HeldAlready):
        hold(cast)
    with pytest.raises(ReasonMissing):
        place_hold(city=cast.city, model=Project, key=None, called="x", reason=" ", by=cast.security, at=NOW)
    with pytest.raises(NotARecord):
        place_hold(city=cast.city, model=Brake, key=None, called="x", reason="x", by=cast.security, at=NOW)


def test_every_kind_that_the_page_offers_can_be_held(cast: Cast) -> None:
    for kind in KINDS:
        assert hold(cast, kind, "").called == kind


def test_the_security_administrator_holds_on_the_page_and_the_auditor_sees_it(cast: Cast, client: Client) -> None:
    wrong = send(client, cast.security, "desk:hold_place", kind="project", number="none", reason=WHY)
    assert wrong.status_code == 422 and "没有这个编号" in text_of(wrong)
    done = send(client, cast.security, "desk:hold_place", kind="project", number="2023-0001", reason=WHY)
    assert done.status_code == 302
    shown = text_of(page(client, cast.auditor, "desk:hold_list"))
    assert "2023-0001" in shown and WHY in shown and "示例工厂" not in shown and "作出保全" not in shown
    kept = Hold.objects.of(cast.city).get()
    send(client, cast.security, "desk:hold_lift", kept.pk, **{f"{kept.pk}-reason": "示例"})
    assert Hold.objects.of(cast.city).get().lifted_at is None
    send(client, second(cast), "desk:hold_lift", kept.pk, **{f"{kept.pk}-reason": "示例：已结案"})
    assert Hold.objects.of(cast.city).get().lifted_at is not None
    assert page(client, cast.auditor, "desk:hold_list", standing="1").status_code == 200
    assert page(client, cast.auditor, "desk:hold_list", xlsx="1")["Content-Type"].startswith("application/vnd.")
    assert send(client, cast.auditor, "desk:hold_place", kind="project", reason=WHY).status_code == 403


def test_the_list_asks_the_same_of_the_database_for_one_hold_and_for_many(cast: Cast, client: Client) -> None:
    client.force_login(cast.auditor)
    hold(cast)
    few = queries_of(client, reverse("desk:hold_list"))
    for kind in KINDS:
        hold(cast, kind, "")
    assert queries_of(client, reverse("desk:hold_list")) == few == QUERY_COUNTS["desk:hold_list"]


def test_programs_hold_and_lift_too(cast: Cast, client: Client) -> None:
    client.force_login(cast.security)
    said = {"kind": "project", "number": "2023-0001", "reason": WHY}
    made = client.post("/api/holds", said, content_type="application/json")
    assert made.status_code == 201 and made.json()["number"] == "2023-0001"
    again = client.post("/api/holds", said, content_type="application/json")
    assert (again.status_code, again.json()["code"]) == (409, "held_already")
    lifting = {
        "path": f"/api/holds/{made.json()['id']}/lift",
        "data": {"reason": "示例"},
        "content_type": "application/json",
    }
    assert client.post(**lifting).json()["code"] == "same_person"
    client.force_login(second(cast))
    assert client.post(**lifting).json()["lifted_by"] == "second_security"
    assert client.get("/api/holds?standing=true").json()["rows"] == []
