"""Editions: chosen, approved by a second person, frozen, compared; and what a text says of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cast import NOW, YI, Cast
from django.db import DatabaseError, transaction
from django.test import Client

from opportunities.building import FAR, held, new_entry, offered
from zhaoshang.bulletins.reconcile import check_text_of
from zhaoshang.opportunities import actions
from zhaoshang.opportunities.editions import digest_of, entries_in, total_of
from zhaoshang.opportunities.models import Edition, Opportunity
from zhaoshang.opportunities.papers import Printer
from zhaoshang.opportunities.rules import Kind
from zhaoshang.ui.documents.booklet import code_of, write_booklet
from zhaoshang.ui.documents.docx import check_docx, write_docx
from zhaoshang.ui.documents.kept import document_from

OUT = datetime(2023, 3, 20, 2, 0, tzinfo=UTC)
EARLY = datetime(2023, 3, 1, 2, 0, tzinfo=UTC)


def _begun(cast: Cast, at: datetime = NOW) -> Edition:
    head: dict[str, Any] = {"title": "示例清单", "title_en": "Sample lists", "issuer": "示例办公室", "dated": at.date()}
    return actions.begin_edition(city=cast.city, by=cast.statistician, at=at, **head)


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.of(edition.city_id).select_related("city").get(pk=edition.pk)  # type: ignore[no-any-return]


def _filled(cast: Cast, entries: list[Opportunity], at: datetime = NOW) -> Edition:
    edition = _begun(cast, at)
    for one in edition.lists:
        fitting = [entry for entry in entries if entry.kind in one["kinds"]]
        actions.choose_entries(edition=edition, list_code=one["code"], entries=fitting, by=cast.statistician, at=at)
    return _fresh(edition)


def issued(cast: Cast, entries: list[Opportunity], at: datetime = NOW) -> Edition:
    """Chosen, asked for by one and approved by another."""
    edition = _filled(cast, entries, at)
    edition = actions.ask_approval(edition=edition, revision=edition.revision, by=cast.statistician, at=at)
    said: dict[str, Any] = {"revision": edition.revision, "published_at": at, "by": cast.verifier, "at": at}
    return _fresh(actions.approve_edition(edition=edition, **said))


def _early(cast: Cast, kind: Kind, **changes: Any) -> Opportunity:
    entry = actions.add_entry(city=cast.city, new=new_entry(cast, kind, **changes), by=cast.officer, at=EARLY)
    return held(actions.publish_entry(entry=entry, by=cast.officer, at=EARLY))


def test_nobody_approves_what_they_sent(cast: Cast) -> None:
    edition = _filled(cast, [offered(cast)])
    said: dict[str, Any] = {"revision": edition.revision, "published_at": NOW, "at": NOW}
    with pytest.raises(actions.NotAsked):
        actions.approve_edition(edition=edition, by=cast.verifier, **said)
    actions.ask_approval(edition=edition, revision=edition.revision, by=cast.statistician, at=NOW)
    with pytest.raises(actions.SamePerson):
        actions.approve_edition(edition=edition, by=cast.statistician, **said)
    actions.leave_out(edition=edition, entries=list(Opportunity.objects.of(cast.city)), by=cast.statistician, at=NOW)
    with pytest.raises(actions.Changed):
        actions.approve_edition(edition=edition, by=cast.verifier, **said)


def test_a_frozen_edition_never_changes(cast: Cast) -> None:
    edition = issued(cast, [offered(cast)])
    assert edition.digest == digest_of(edition.frozen)
    with pytest.raises(actions.AlreadyFrozen):
        actions.choose_entries(edition=edition, list_code="land", entries=[offered(cast)], by=cast.statistician, at=NOW)
    rows = Edition.objects.of(cast.city)
    for write in (lambda: rows.update(title="x"), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_what_was_sold_meanwhile_stops_the_approval(cast: Cast) -> None:
    entry = offered(cast)
    edition = _filled(cast, [entry])
    edition = actions.ask_approval(edition=edition, revision=edition.revision, by=cast.statistician, at=NOW)
    actions.take(entry=entry, project=cast.plant, text="", by=cast.officer, at=NOW)
    with pytest.raises(actions.Unfit):
        actions.approve_edition(edition=edition, revision=edition.revision, published_at=NOW, by=cast.verifier, at=NOW)


def test_an_edition_is_out_from_its_instant_on(cast: Cast) -> None:
    edition = _filled(cast, [offered(cast)])
    edition = actions.ask_approval(edition=edition, revision=edition.revision, by=cast.statistician, at=NOW)
    later = NOW + timedelta(days=3)
    actions.approve_edition(edition=edition, revision=edition.revision, published_at=later, by=cast.verifier, at=NOW)
    assert not Edition.objects.issued(cast.city, later - timedelta(seconds=1)).exists()
    assert Edition.objects.issued(cast.city, later).get().number == 1


def test_the_next_edition_says_what_came_went_and_changed(cast: Cast) -> None:
    sold, changed = offered(cast), offered(cast, Kind.ZONE)
    issued(cast, [sold, changed])
    actions.take(entry=sold, project=cast.plant, text="", by=cast.officer, at=NOW)
    more = new_entry(cast, Kind.ZONE, amount_fen=3 * YI)
    actions.amend_entry(entry=changed, revision=changed.revision, new=more, by=cast.officer, at=NOW)
    new = offered(cast, Kind.PLANNED)
    found = issued(cast, [held(changed), new]).frozen["difference"]
    assert [row["code"] for row in found["added"]] == [new.code]
    assert [(row["code"], row["why"]) for row in found["gone"]] == [(sold.code, "taken")]
    assert found["changed"][0]["changes"] == [{"name": "amount_fen", "before": YI, "after": 3 * YI}]


def test_an_old_edition_says_so_and_shows_what_was_sold_since(cast: Cast, client: Client) -> None:
    sold = offered(cast)
    issued(cast, [sold])
    issued(cast, [offered(cast)])
    actions.take(entry=sold, project=cast.plant, text="", by=cast.officer, at=NOW)
    client.force_login(cast.leader)
    page = client.get("/desk/editions/1/").content.decode()
    assert "这是旧期" in page and "已落定" in page
    assert "这是旧期" not in client.get("/desk/editions/2/").content.decode()


def test_an_internal_field_is_in_no_edition(cast: Cast) -> None:
    said = new_entry(cast, Kind.SOE).fields | {"minimum_price": "12345", "contact_person": "某某"}
    edition = issued(cast, [offered(cast, Kind.SOE, fields=said)])
    assert not {"minimum_price", "contact_person"} & set(entries_in(edition.frozen)[0]["fields"])


def test_page_word_pdf_and_sheet_come_from_the_frozen_content(cast: Cast) -> None:
    edition = issued(cast, [offered(cast), offered(cast, Kind.ZONE)])
    printer = Printer(edition.frozen, edition.digest, str, False)
    word = write_docx(document_from(printer.paper()))
    assert check_docx(word) == []
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0L9 9"/></svg>'
    pdf = write_booklet(printer.booklet(picture, "图"))
    assert pdf.startswith(b"%PDF") and pdf == write_booklet(printer.booklet(picture, "图"))
    columns, rows, _notes = printer.sheet()
    assert len(rows) == 2 and all(len(row) == len(columns) for row in rows)


def test_a_code_is_a_drawing_that_needs_nothing_from_outside() -> None:
    assert code_of("https://example.cn/opportunities/DK-2023-0001/").startswith("<svg")


def test_claims_on_the_lists_are_summed_from_the_edition_in_force(cast: Cast) -> None:
    parcels = [_early(cast, Kind.PARCEL), _early(cast, Kind.PARCEL), _early(cast, Kind.KEY_REGION)]
    others = [_early(cast, kind) for kind in (Kind.ZONE, Kind.GOVERNMENT, Kind.PLANNED, Kind.SOE)]
    issued(cast, [*parcels, *others], OUT)
    text = (
        "2023年一季度，会上推介示例园区和政府重大项目，计划总投资2亿元；推介重点区域1个和地块3个，面积合计2.88万平方米；"
        "推介谋划项目1个，总投资1亿元；推介国企合作项目1个，总投资1亿元。"
    )
    verdicts = check_text_of(cast.city, text).verdicts
    differing = [one.claim.quote for one in verdicts if one.outcome != "confirmed"]
    assert (len(verdicts), differing) == (8, ["地块3个"])


def test_before_the_first_edition_nothing_is_held(cast: Cast) -> None:
    issued(cast, [_early(cast, Kind.PARCEL)], OUT)
    verdict = check_text_of(cast.city, "2022年一季度，推介招商地块1个。").verdicts[0]
    assert verdict.reason.code == "no_edition"


def test_a_text_that_offers_nothing_is_not_about_the_lists(cast: Cast) -> None:
    issued(cast, [_early(cast, Kind.PARCEL)], OUT)
    verdicts = check_text_of(cast.city, "2023年一季度，全市出让地块1个。").verdicts
    assert all("edition" not in verdict.reason.code for verdict in verdicts)


def test_totals_are_summed_and_never_typed() -> None:
    rows = [
        {"kind": "parcel", "amount_fen": None, "area_m2": "0.10"},
        {"kind": "zone", "amount_fen": 5, "area_m2": None},
    ]
    total = total_of(rows)
    assert (total.count, total.amount_fen, str(total.area_m2)) == (2, 5, "0.10")


def test_an_expired_entry_is_not_offered_for_choosing(cast: Cast, client: Client) -> None:
    seen, gone = offered(cast), offered(cast, expires_on=date(2023, 4, 4))
    _begun(cast)
    client.force_login(cast.statistician)
    page = client.get("/desk/editions/1/lists/land/").content.decode()
    assert seen.code in page and gone.code not in page
    assert seen.expires_on == FAR
