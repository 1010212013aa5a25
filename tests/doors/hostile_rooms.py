"""Hostile texts in the rooms of the pipeline, of outreach and of the site; see ``hostile.infest``."""

from datetime import date, timedelta
from typing import Any

from cast import NOW, Cast
from contracts.papers import LATER, promised, reviewed, uploaded, weighed
from issued import issued
from opportunities.building import FAR, FIELDS, offered
from publishing.test_images import picture

from zhaoshang.contracts.actions.appraising import record_decision
from zhaoshang.contracts.actions.promising import enter_actual
from zhaoshang.contracts.rules.clauses import ReviewKind
from zhaoshang.contracts.rules.promises import Measure
from zhaoshang.contracts.rules.sheets import Outcome
from zhaoshang.contracts.standards import APPRAISAL
from zhaoshang.duties.actions.clocks import start_clock
from zhaoshang.duties.actions.matters import answer_matter, raise_problem, write_order
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.enterprises.actions import Card, change_enterprise
from zhaoshang.enterprises.contacts import Person, add_contact
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.notes import note_risk, reply_to_note
from zhaoshang.enterprises.rosters import NewRoster, add_roster, complete_roster
from zhaoshang.enterprises.rules import Level, Reply, TouchKind
from zhaoshang.enterprises.touches import Meeting, hand_relation, log_touch
from zhaoshang.leads.actions import answer, assign, close, take_in
from zhaoshang.leads.rules import CameBy
from zhaoshang.opportunities.actions import (
    begin_edition,
    check_entry,
    choose_entries,
    release,
    reserve,
    revise_edition,
)
from zhaoshang.opportunities.rules import Kind as Offer
from zhaoshang.people.holds import place_hold
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import close_project
from zhaoshang.projects.stages.rules import Standing as Lost
from zhaoshang.publishing.actions import Words, approve, correct_article, withdraw_article, write_article
from zhaoshang.publishing.actions import submit as submit_version
from zhaoshang.publishing.asking import answer as answer_request
from zhaoshang.publishing.asking import take_request
from zhaoshang.publishing.imaging import add_image
from zhaoshang.publishing.rules import Asked
from zhaoshang.publishing.rules import Kind as ArticleKind
from zhaoshang.publishing.rules import Outcome as Answered
from zhaoshang.regions.origins import NewArea, draw_area
from zhaoshang.review.findings.keeping import explain_finding, sweep_findings
from zhaoshang.review.models import Finding
from zhaoshang.talks import rules as talk_rules
from zhaoshang.talks.claiming import Proof as ClaimProof
from zhaoshang.talks.claiming import register_claim, write_note
from zhaoshang.talks.disputing import answer_dispute, decide_dispute, open_dispute
from zhaoshang.talks.finding import subject_of
from zhaoshang.talks.rules import NoteKind
from zhaoshang.talks.transferring import offer_transfer


def contracts(cast: Cast, texts: list[str]) -> None:
    """A contract, an appraisal, its decision, a review and promises in which every text is hostile."""
    uploaded(
        cast, cast.plant, [f"{text} 甲方返还税款。" for text in texts if text.isprintable()], name=f"{texts[0]}.docx"
    )
    looked = dict.fromkeys(("dishonesty", "land"), ("no", texts[1]))
    appraisal = weighed(cast, cast.plant, answers=looked | {"environment": ("yes", texts[2])}, summary=texts[0])
    record_decision(
        appraisal=appraisal,
        outcome=Outcome.DEFER,
        met_on=LATER.date(),
        members=[text[:40] for text in texts],
        remarks=texts[3],
        by=cast.verifier,
        at=LATER,
    )
    reviewed(cast, cast.plant, ReviewKind.DUE_DILIGENCE, conclusion=texts[0])
    for text in texts:
        promised(cast, cast.plant, text=text, responsible=text[:120], document=text[:120], quantity=text[:60])
    told: dict[str, Any] = {
        "year": 2022,
        "measure": Measure.TAX,
        "amount_fen": 1,
        "document": texts[0],
        "by": cast.officer,
        "at": LATER,
    }
    enter_actual(project=cast.plant, **told)


def duties(cast: Cast, texts: list[str]) -> None:
    """People, clocks, problems, orders, days and findings in these words; some projects lost for them."""
    for number, text in enumerate(texts):
        project = Project.objects.of(cast.city).select_related("city", "unit").get(code=f"9-{number}")
        told: dict[str, Any] = {"by": cast.officer, "at": NOW}
        team = Team(handler=cast.officer, leader_name=text[:40])
        reassign(city=cast.city, projects=[project], team=team, reason=text, **told)
        start_clock(
            city=cast.city, kind="progress", subject=text, href_name="desk:project", subject_id=project.code, unit=cast.east,
            project=project, **told,
        )  # fmt: skip
        problem = raise_problem(
            project=project, text=text, level="unit", department=text[:60], for_firm=text[:120], **told
        )
        answer_matter(matter=problem, text=text, by=cast.statistician, at=NOW)
        write_order(unit=cast.east, text=text, about=text, due_on=date(2099, 1, 1), by=cast.leader, at=NOW)
        if number % 3 == 0:
            close_project(project=project, standing=Lost.LOST, reason=text, lost_to=text[:60], **told)
    set_day(city=cast.city, day=date(2023, 4, 4), works=False, document=texts[0][:120], by=cast.statistician, at=NOW)
    sweep_findings(city=cast.city, by=cast.statistician, at=NOW)
    rows = Finding.objects.of(cast.city).filter(unit=cast.east, state="open").select_related("city")
    for finding, text in zip(rows, texts, strict=False):
        explain_finding(finding=finding, text=text, by=cast.officer, at=NOW)


def articles(cast: Cast, texts: list[str]) -> None:
    """Articles and requests in these words: published, corrected, withdrawn, answered."""
    decided: dict[str, Any] = {"by": cast.verifier, "at": NOW}
    for number, text in enumerate(texts):
        said = Words(
            text[:120],
            f"{text}\n\n[图1]",
            text[:200],
            text,
            keywords=text[:120],
            source_name=text[:80],
            document=text[:120],
        )
        version = write_article(
            city=cast.city, code=f"odd-{number}", kind=ArticleKind.POLICY, words=said, by=cast.statistician, at=NOW
        )
        words = {"alt": text[:200], "alt_en": text[:300], "by": cast.statistician, "at": NOW}
        add_image(article=version.article, content=picture((20, 20)), name="a.jpg", **words)
        approve(version=submit_version(version=version, by=cast.statistician, at=NOW), **decided)
        correct_article(article=version.article, correction=text[:400], by=cast.statistician, at=NOW)
        asked: dict[str, Any] = {"text": text, "name": text[:60], "contact": text[:120], "today": NOW.date(), "at": NOW}
        request, _receipt = take_request(city=cast.city, asked=Asked.PRIVACY, article=version.article, **asked)
        if number % 2:
            answer_request(
                request=request,
                outcome=Answered.REFUSED,
                reply=text,
                public_reply=text[:400],
                today=NOW.date(),
                **decided,
            )
        if number % 3 == 0:
            withdraw_article(article=version.article, reason=text[:400], **decided)


def leads(cast: Cast, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        lead = take_in(
            city=cast.city, came_by=CameBy.TRIP, origin_label=text[:120], origin_ref=str(number), text=text, investor=text[:120],
            subject=text[:200], contact=text[:60], phone=text[:30], by=cast.officer, at=NOW,
        )  # fmt: skip
        assign(lead=lead, unit=cast.east, handler=cast.officer, by=cast.statistician, at=NOW)
        answer(lead=lead, text=text[:1000], by=cast.officer, at=NOW)
        if number % 2:
            close(lead=lead, reason=text[:400], by=cast.officer, at=NOW)


def opportunities(cast: Cast, texts: list[str]) -> None:
    """Parcels whose every text is hostile, reserved and released for hostile reasons; an edition of them with such a guide."""
    entries = []
    for number, text in enumerate(texts):
        fields = FIELDS[Offer.PARCEL] | {"location": text[:200], "industry_direction": text[:200], "contact": text[:60]}
        said = {"title": text[:120], "title_en": text[:160], "summary": text, "summary_en": text}
        entry = offered(cast, fields=fields | {"contact_phone": text[:40]}, **said)
        document = f"{number}{text}"[:200]
        reserve(entry=entry, project=cast.plant, until_on=FAR, document=document, by=cast.officer, at=NOW)
        check_entry(entry=entry, by=cast.officer, at=NOW, note=text)
        entries.append(entry)
    edition = begin_edition(
        city=cast.city, title=texts[0][:120], title_en=texts[1][:160], issuer=texts[2][:120], dated=NOW.date(), by=cast.statistician,
        at=NOW,
    )  # fmt: skip
    sections = [{"title": text[:200], "title_en": text, "text": text, "text_en": text} for text in texts]
    revise_edition(edition=edition, revision=edition.revision, sections=sections, by=cast.statistician, at=NOW)
    choose_entries(edition=edition, list_code="land", entries=entries, by=cast.statistician, at=NOW)
    release(entry=entries[0], reason=texts[0], by=cast.officer, at=NOW)


def talk_about(cast: Cast, project: Project, text: str, number: int) -> None:
    """A first talk on the project whose every word is hostile, disputed and ruled on, or offered to another unit."""
    said: dict[str, Any] = {"by": cast.officer, "at": NOW}
    proof = ClaimProof(kind="minutes", document=text)
    claim = register_claim(unit=cast.east, subject=subject_of(project), proof=proof, nevertheless=text, **said)
    write_note(talk=claim.talk, kind=NoteKind.VISIT, on=NOW.date(), text=text, **said)
    if number % 2:
        offer_transfer(talk=claim.talk, to_unit=cast.west, shares="5:5", reason=text, terms=text, **said)
        return
    dispute = open_dispute(claim=claim, unit=cast.west, grounds=text, document=text, by=cast.other_officer, at=NOW)
    answer_dispute(dispute=dispute, answer=text, document=text, **said)
    decide_dispute(dispute=dispute, outcome=talk_rules.Outcome.UPHELD, ruling=text, by=cast.verifier, at=NOW)


def local_rules(cast: Cast, texts: list[str]) -> None:
    """Sets to come whose titles, documents and words are hostile."""
    limit = {"measure": "fixed_per_mu", "at_least": "300"}
    for number, text in enumerate(texts):
        veto = {"code": "x", "name": text, "name_en": text, "question": text, "article": text, "source": text}
        content = {"threshold": [limit | {"article": text, "source": text}], "veto": [veto]}
        head = {"code": f"h{number}", "title": text[:120], "title_en": text[:120], "document": text[:120]}
        issued(cast, APPRAISAL, content, valid_from=date(2099, 1, 1) + timedelta(days=number), **head)


def enterprises(cast: Cast, texts: list[str]) -> None:
    """A card whose every part is hostile: people, notes with replies, meetings, a changed name; a list and a region in these words."""
    by, day = cast.officer, date(2023, 4, 1)
    firm = cast.plant.enterprise
    for number, text in enumerate(texts):
        person = Person(name=text[:40], post=text[:60], phone=text[:40], mail=text[:120], source=text)
        contact = add_contact(enterprise=firm, person=person, unit=cast.east, by=by, at=NOW)
        told: dict[str, Any] = {"level": Level.GRAVE, "text": text, "source": text, "noted_on": day, "unit": cast.east}
        note = note_risk(enterprise=firm, by=by, at=NOW, **told)
        reply_to_note(note=note, kind=Reply.ANSWERED, text=text, for_the_bureau=False, by=by, at=NOW)
        meeting = Meeting(
            on=day, kind=TouchKind.VISIT, who=text[:120], said=text, whom=text[:120], contact=contact, next_step=text, next_on=day,
            key=f"{number}",
        )  # fmt: skip
        log_touch(enterprise=firm, meeting=meeting, unit=cast.east, by=by, at=NOW)
    hand_relation(enterprise=firm, unit=None, document=texts[0][:120], valid_from=day, by=cast.statistician, at=NOW)
    for name in (f"{texts[0]} 2", firm.name):
        held = Enterprise.objects.of(cast.city).get(pk=firm.pk)
        card = Card(name=name[:120], uscc=held.uscc)
        change_enterprise(enterprise=held, revision=held.revision, card=card, by=by, at=NOW)
    new = NewRoster(title=texts[0][:120], source=texts[1], dated=date(2023, 1, 1), published=999)
    complete_roster(
        roster=add_roster(city=cast.city, new=new, by=cast.statistician, at=NOW),
        names=[text[:120] for text in texts], by=cast.statistician, at=NOW,
    )  # fmt: skip
    area = NewArea(
        code="odd", name=texts[0][:40], name_en=texts[1][:60], source=texts[2], valid_from=day, parts=["310000"]
    )
    draw_area(city=cast.city, new=area, by=cast.statistician, at=NOW)


def _matched(cast: Cast, activity: Any, text: str) -> None:
    """A pair with the text as its note, at a table named so."""
    from matchmaking.meeting import entry, group, pair

    from zhaoshang.matchmaking.actions import arrange, move_pair, set_session
    from zhaoshang.matchmaking.rules import PairState

    firm = group(cast, f"{text}{activity.code}"[:120])
    offer = entry(cast, title=text[:120])
    one = pair(cast, activity, firm, offer)
    set_session(activity=activity, begins_at=NOW, minutes=20, slots=2, tables=[text[:30]], by=cast.statistician, at=NOW)
    arrange(activity=activity, by=cast.statistician, at=NOW)
    move_pair(pair=one, state=PairState.INVITED, on=NOW.date(), note=text[:400], by=cast.statistician, at=NOW)


def outreach(cast: Cast, texts: list[str]) -> None:
    """Trips, activities and visits with the texts in every field."""
    from outreach import going

    from zhaoshang.outreach.actions.activities import NewGuest, NewSigning, invite, open_registration, sign_at
    from zhaoshang.outreach.actions.meetings import NewMeeting, NewMinutes, add_meeting, link_project, write_minutes
    from zhaoshang.outreach.actions.trips import NewMember, report_trip
    from zhaoshang.outreach.actions.visits import answer_demand, open_demand, take_demand

    for number, text in enumerate(texts):
        member = NewMember(text[:40], text[:80], "unit_head", leads=True)
        where = [("310000", text[:40])]
        trip = going.approved(
            cast,
            member,
            code=f"x{number}",
            title=text,
            purpose=text,
            destinations=where,
            unit=cast.east,
            by=cast.officer,
        )
        said = {"party": text, "place": text, "people": text, "purpose": text}
        meeting = add_meeting(trip=trip, new=NewMeeting(day=trip.first_day, **said), by=cast.officer, at=NOW)
        minutes = NewMinutes(key=trip.pk, text=text, met=text, next_step=text)
        write_minutes(meeting=meeting, new=minutes, by=cast.officer, at=NOW)
        report_trip(trip=trip, text=text, by=cast.officer, at=NOW)
        link_project(trip=trip, project=cast.plant, note=text, by=cast.officer, at=NOW)
        held = going.activity(cast, code=f"x{number}", title=text, place=text, about=text, unit=cast.east)
        guest = NewGuest(text, text[:40], text[:80], text[:30], cast.east)
        invite(activity=held, guests=[guest], by=cast.statistician, at=NOW)
        sign_at(activity=held, signings=[NewSigning(text, text, 1, cast.east)], by=cast.statistician, at=NOW)
        open_registration(activity=held, consent=text, by=cast.statistician, at=NOW)
        _matched(cast, held, text)
        visit = going.visited(cast, firm=text, place=text, visitors=text, purpose=text)
        demand = take_demand(visit=visit, text=text, department=text[:60], by=cast.officer, at=NOW)
        open_demand(demand=demand, by=cast.officer, at=NOW)
        answer_demand(demand=demand, answer=text, by=cast.officer, at=NOW)


def holds(cast: Cast, texts: list[str]) -> None:
    """Holds in these words, on projects that are theirs."""
    for project, text in zip(Project.objects.of(cast.city).order_by("id"), texts, strict=False):
        said = {"model": Project, "key": project.pk, "called": f"project {text}", "reason": text}
        place_hold(city=cast.city, by=cast.security, at=NOW, **said)
