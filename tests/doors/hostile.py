"""Texts that people with bad intentions type, and a city in which they have typed them everywhere."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cast import NOW, YI, Cast
from contracts.papers import LATER, promised, reviewed, uploaded, weighed
from dictionary import dictionary
from opportunities.building import FAR, FIELDS, offered

from zhaoshang.assessments.assessing import show_assessment, start_assessment
from zhaoshang.assessments.entering import enter_inputs
from zhaoshang.assessments.lighting import compute_lights, explain_light
from zhaoshang.assessments.objecting import raise_objection, reject_objection
from zhaoshang.assessments.regulating import draft_regulation, issue_regulation
from zhaoshang.assessments.rules.states import Purpose
from zhaoshang.bulletins.actions import check_text
from zhaoshang.bulletins.writing import Head, draft_bulletin, publish_bulletin, revise_bulletin, withdraw_bulletin
from zhaoshang.capital.actions import attach, declare, declare_opposite, withdraw
from zhaoshang.capital.counting import draft_rules
from zhaoshang.capital.evidence import store
from zhaoshang.capital.models import Payment
from zhaoshang.capital.rules import Kind, Proof
from zhaoshang.capital.verification import return_
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.contracts.actions.appraising import record_decision
from zhaoshang.contracts.actions.promising import enter_actual
from zhaoshang.contracts.rules.clauses import ReviewKind
from zhaoshang.contracts.rules.promises import Measure
from zhaoshang.contracts.rules.sheets import Outcome
from zhaoshang.duties.actions.clocks import start_clock
from zhaoshang.duties.actions.matters import answer_matter, raise_problem, write_order
from zhaoshang.duties.actions.responsibility import Team, reassign
from zhaoshang.duties.actions.ruling import set_day
from zhaoshang.enterprises.actions import Card, change_enterprise, register_enterprise
from zhaoshang.enterprises.contacts import Person, add_contact
from zhaoshang.enterprises.models import Enterprise
from zhaoshang.enterprises.notes import note_risk, reply_to_note
from zhaoshang.enterprises.rosters import NewRoster, add_roster, complete_roster
from zhaoshang.enterprises.rules import Level, Reply, TouchKind
from zhaoshang.enterprises.touches import Meeting, hand_relation, log_touch
from zhaoshang.figures.actions import enter_external
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
from zhaoshang.people.actions import issue_token, open_account
from zhaoshang.plans.actions import (
    NewItem,
    add_campaign,
    add_item,
    add_plan,
    add_year,
    change_item,
    report_progress,
    set_target,
    tag_projects,
)
from zhaoshang.plans.rules import Standing
from zhaoshang.projects.actions import NewProject, register_project
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import close_project
from zhaoshang.projects.stages.rules import Standing as Lost
from zhaoshang.publishing.actions import Words, approve, correct_article, withdraw_article, write_article
from zhaoshang.publishing.actions import submit as submit_version
from zhaoshang.publishing.asking import answer as answer_request
from zhaoshang.publishing.asking import take_request
from zhaoshang.publishing.rules import Asked
from zhaoshang.publishing.rules import Kind as ArticleKind
from zhaoshang.publishing.rules import Outcome as Answered
from zhaoshang.questions.actions import save_question
from zhaoshang.questions.rules import parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.regions.actions import add_unit, ask_reopen, close_month
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

MARK = "zsx"
SCRIPTS = [
    "<script>alert('zsx')</script>",
    "<ScRiPt>alert(`zsx`)</sCrIpT>",
    "</script><script>alert('zsx')</script>",
    "</title><script>alert('zsx')</script>",
    "</textarea><script>alert('zsx')</script>",
    "</style><script>alert('zsx')</script>",
    "<img src=x onerror=alert('zsx')>",
    "<img/src='x'/onerror='alert(\"zsx\")'>",
    "<svg onload=alert('zsx')>",
    "<svg><script>alert('zsx')</script></svg>",
    "<svg><animate onbegin=alert('zsx') attributeName=x>",
    "<math><mi xlink:href='javascript:alert(\"zsx\")'>x",
    "<iframe src='javascript:alert(\"zsx\")'>",
    "<iframe srcdoc='<script>alert(\"zsx\")</script>'>",
    "<object data='javascript:alert(\"zsx\")'>",
    "<embed src='javascript:alert(\"zsx\")'>",
    "<a href='javascript:alert(\"zsx\")'>x</a>",
    "<base href='https://evil.example/zsx/'>",
    "<form action='https://evil.example/zsx'><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/zsx'>",
    "<link rel=stylesheet href='https://evil.example/zsx.css'>",
    "<style>body{display:none}/*zsx*/</style>",
    "<input autofocus onfocus=alert('zsx')>",
    "<details open ontoggle=alert('zsx')>",
    "<video><source onerror=alert('zsx')></video>",
    "<marquee onstart=alert('zsx')>",
    "<body onload=alert('zsx')>",
    "<div hx-get='/desk/' hx-trigger='load' hx-on:click='alert(\"zsx\")'>",
    "<div style='position:fixed;inset:0'>zsx</div>",
    "\"><script>alert('zsx')</script>",
    "'><script>alert('zsx')</script>",
    '" onmouseover="alert(\'zsx\')" x="',
    "' autofocus onfocus='alert(\"zsx\")' x='",
    "` onmouseover=alert('zsx') `",
    "javascript:alert('zsx')",
    "data:text/html,<script>alert('zsx')</script>",
    "{{7*7}}zsx",
    "{{ request.user.password }}zsx{% include 'zsx' %}",
    "${alert('zsx')}#{7*7}",
    '<!--<img src=\'--><img src=x onerror=alert("zsx")>',
    "<noscript><p title='</noscript><img src=x onerror=alert(\"zsx\")>'>",
    "＜script＞alert('zsx')＜/script＞",
    "&lt;script&gt;alert('zsx')&lt;/script&gt;",
    "\u202e<b>zsx</b>\u202c",
]
FORMULAS = [
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "＝1+1",
    '=HYPERLINK("https://evil.example","x")',
    "=zsx",
]


def infest(cast: Cast, texts: list[str]) -> None:
    """Fill every text that a person can fill, each text in each kind of field of projects and payments."""
    dictionary(cast)
    for number, text in enumerate(texts):
        _project_of(cast, text, number)
    _enterprises(cast, texts)
    _people_and_places(cast, texts)
    _statements(cast, texts)
    _bulletins(cast, texts)
    _outreach(cast, texts)
    for text in texts:
        printable = "".join(letter for letter in text if letter.isprintable())[:80]
        question = parse({"rows": ["payer"], "payer": [printable]}, SUBJECTS)
        save_question(city=cast.city, question=question, title=printable, shared=True, by=cast.leader, at=NOW)
    _assessments(cast, texts)
    _duties(cast, texts)
    _opportunities(cast, texts)
    _leads(cast, texts)
    _articles(cast, texts)
    _contracts(cast, texts)


def _contracts(cast: Cast, texts: list[str]) -> None:
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


def _duties(cast: Cast, texts: list[str]) -> None:
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


def _articles(cast: Cast, texts: list[str]) -> None:
    """Articles and requests in these words: published, corrected, withdrawn, answered."""
    decided: dict[str, Any] = {"by": cast.verifier, "at": NOW}
    for number, text in enumerate(texts):
        said = Words(
            text[:120], text, text[:200], text, keywords=text[:120], source_name=text[:80], document=text[:120]
        )
        version = write_article(
            city=cast.city, code=f"odd-{number}", kind=ArticleKind.POLICY, words=said, by=cast.statistician, at=NOW
        )
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


def _leads(cast: Cast, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        lead = take_in(
            city=cast.city, came_by=CameBy.TRIP, origin_label=text[:120], origin_ref=str(number), text=text, investor=text[:120],
            subject=text[:200], contact=text[:60], phone=text[:30], by=cast.officer, at=NOW,
        )  # fmt: skip
        assign(lead=lead, unit=cast.east, handler=cast.officer, by=cast.statistician, at=NOW)
        answer(lead=lead, text=text[:1000], by=cast.officer, at=NOW)
        if number % 2:
            close(lead=lead, reason=text[:400], by=cast.officer, at=NOW)


def _opportunities(cast: Cast, texts: list[str]) -> None:
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


def _project_of(cast: Cast, text: str, number: int) -> None:
    firm = register_enterprise(city=cast.city, name=text, by=cast.officer, at=NOW)
    new = NewProject(
        code=f"9-{number}", name=text, source_code="310000", industry="C", contract_fen=5 * YI, investor=text, signed_on=date(2023, 2, 1),
        source=text, site=text,
    )  # fmt: skip
    project = register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, by=cast.officer, at=NOW)
    _talk_about(cast, project, text, number)
    said = {
        "project": project,
        "payer": text,
        "bank_serial": f"{number}{text}"[:60],
        "note": text,
        "kind": Kind.EQUIPMENT,
    }
    payment = declare(draft=cast.draft(**said), by=cast.officer, at=NOW)
    pdf = f"%PDF-1.4\n% {number}\n%%EOF\n".encode()
    file = store(city=cast.city, content=pdf, name=f"{text}.pdf", by=cast.officer, at=NOW)
    attach(payment=payment, file=file, kind=Proof.OTHER, by=cast.officer, at=NOW)
    payment = Payment.objects.of(cast.city).select_related("city").get(pk=payment.pk)
    if number % 4 == 0:
        return_(payment=payment, revision=payment.revision, reason=text, by=cast.verifier, at=NOW)
    elif number % 4 == 1:
        withdraw(payments=[payment], reason=text, by=cast.officer, at=NOW)


def _talk_about(cast: Cast, project: Project, text: str, number: int) -> None:
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


def _enterprises(cast: Cast, texts: list[str]) -> None:
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


def _people_and_places(cast: Cast, texts: list[str]) -> None:
    for number, text in enumerate(texts):
        open_account(
            city=cast.city,
            username=f"u{number}",
            display_name=text[:40],
            password="sample-password",
            by=cast.security,
            at=NOW,
        )
        issue_token(city=cast.city, user=cast.leader, name=text[:60], can_write=False, days=9, by=cast.leader, at=NOW)
    add_unit(
        city=cast.city, by=None, at=NOW, code="odd", name=texts[0][:40], short_name=texts[1][:12], name_en=texts[2][:60],
        position=9, valid_from=date(2020, 1, 1),
    )  # fmt: skip
    month = parse_month("2022-01")
    close_month(city=cast.city, number=month, by=cast.statistician, at=NOW)
    ask_reopen(city=cast.city, number=month, reason=texts[0], by=cast.statistician, at=NOW)


def _statements(cast: Cast, texts: list[str]) -> None:
    from zhaoshang.figures.queries import indicator_of

    indicator = indicator_of(cast.city, "capital_in_place")
    for number, text in enumerate(texts):
        enter_external(
            indicator=indicator, period=Period.parse("2023Q1"), place_code=f"99{number:04}", place_name=text[:40], source=text,
            dated=date(2023, 4, 1), value=YI, by=cast.statistician, at=NOW,
        )  # fmt: skip
    set_target(
        city=cast.city, indicator=indicator.code, year=2023, unit=cast.east, amount=YI, document=texts[0], issued_on=date(2023, 1, 1),
        by=cast.statistician, at=NOW,
    )  # fmt: skip
    _plans(cast, texts)
    rules = {"rules": [{"no": "1", "kind": "source", "counts": ["outside_province"], "text": text} for text in texts]}
    draft_rules(
        city=cast.city, code="odd", title=texts[0], content=rules, source=texts[1], valid_from=parse_month("2023-04"),
        by=cast.statistician, at=NOW,
    )  # fmt: skip
    verified = cast.verified()
    declare_opposite(
        payment=verified,
        amount_fen=YI // 2,
        report_month=parse_month("2023-03"),
        reason=texts[0],
        by=cast.officer,
        at=NOW,
    )
    said = "\n".join(f"{text}，2023年一季度到位内资9亿元。" for text in texts)
    check_text(city=cast.city, text=said, title=texts[0][:120], source=f"{texts[1]}.txt", by=cast.leader, at=NOW)


def _plans(cast: Cast, texts: list[str]) -> None:
    """A plan whose every name is hostile, a measure and a campaign for each text, a report and a change."""
    said: dict[str, Any] = {"issued_on": date(2023, 1, 1), "by": cast.statistician, "at": NOW}
    plan = add_plan(city=cast.city, code="odd", title=texts[0], years=(2023, 2025), document=texts[1], **said)
    year = add_year(plan=plan, year=2023, title=texts[2], document=texts[3], **said)
    for number, text in enumerate(texts):
        new = NewItem(title=text, owner_department=text[:60])
        item = add_item(year_plan=year, above=None, new=new, by=cast.statistician, at=NOW)
        report_progress(
            item=item, reported_on=date(2023, 2, 1), standing=Standing.DONE, text=text, by=cast.statistician, at=NOW
        )
        change_item(item=item, new=NewItem(title=text), reason=text, by=cast.statistician, at=NOW)
        campaign = add_campaign(
            city=cast.city, code=f"odd-{number}", year=2023, name=text[:80], industry=text[:80], lead_department=text[:60],
            starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31), document=text, target_fen=YI, by=cast.statistician, at=NOW,
        )  # fmt: skip
        tag_projects(campaign=campaign, projects=[cast.plant], by=cast.statistician, at=NOW)


def _bulletins(cast: Cast, texts: list[str]) -> None:
    from zhaoshang.bulletins.blocks import unbound

    plain = [text for text in texts if "{{" not in text]
    for number in range(3):
        bulletin = draft_bulletin(
            city=cast.city,
            period=Period.parse("2023Q1"),
            issuer=plain[number],
            dated=date(2023, 4, 10),
            by=cast.statistician,
            at=NOW,
        )
        blocks = [*bulletin.blocks, *({"kind": "paragraph", "text": text} for text in plain)]
        head = Head(
            title=plain[number], number="", issuer=plain[number + 1], recipients=plain[number + 2], dated=bulletin.dated
        )
        bulletin = revise_bulletin(
            bulletin=bulletin, revision=bulletin.revision, head=head, blocks=blocks, by=cast.statistician, at=NOW
        )
        if number:
            waived = [one.context for one in unbound(blocks)]
            bulletin = publish_bulletin(
                bulletin=bulletin, revision=bulletin.revision, waived=waived, by=cast.statistician, at=NOW
            )
        if number == 2:
            withdraw_bulletin(bulletin=bulletin, reason=plain[3], by=cast.statistician, at=NOW)


def _assessments(cast: Cast, texts: list[str]) -> None:
    """Regulations, an assessment with objections, entered numbers and lights, all in these words."""
    odd = json.dumps(texts[0], ensure_ascii=False)[:60] if len(texts[0]) < 50 else '"zsx"'
    article = f'no = "一"\nname = {odd}\ntext = {json.dumps(" ".join(texts)[:900], ensure_ascii=False)}\n'
    entered = f'[[entered]]\ncode = "odd"\nname = {odd}\nunit = "<b>"\nabsent = 0\n'
    scores = f'{entered}[[line]]\n{article}kind = "ratio"\nweight = 9\ninput = "entered.odd"\n'
    cases = 'otherwise = "green"\ncases = [{ colour = "red", when = ["entered.odd > 0"] }]\n'
    texts_of = {Purpose.SCORES: scores, Purpose.LIGHTS: f"{entered}[[light]]\n{article}{cases}"}
    made = {}
    for purpose, text in texts_of.items():
        draft = draft_regulation(
            city=cast.city, code=f"odd-{purpose}", purpose=purpose, title=texts[0][:120], source=texts[1], text=text,
            valid_from=parse_month("2023-01"), by=cast.statistician, at=NOW,
        )  # fmt: skip
        made[purpose] = issue_regulation(regulation=draft, document=texts[2][:120], by=cast.statistician, at=NOW)
    quarter, today = Period.parse("2023Q1"), date(2023, 4, 3)
    for place in range(3):
        enter_inputs(
            city=cast.city, code="odd", period=quarter, values={cast.east: Decimal(1)}, document=texts[place][:200],
            note=texts[place], by=cast.statistician, at=NOW,
        )  # fmt: skip
    one = start_assessment(
        city=cast.city,
        regulation=made[Purpose.SCORES],
        period=quarter,
        title=texts[3][:120],
        by=cast.statistician,
        at=NOW,
    )
    one = show_assessment(
        assessment=one, objections_from=today, objections_until=today + timedelta(days=9000), today=today,
        by=cast.statistician, at=NOW,
    )  # fmt: skip
    for text in texts[:4]:
        given = {"assessment": one, "unit": cast.east, "article": "一", "reason": text, "today": today}
        objection = raise_objection(**given, by=cast.officer, at=NOW)
        reject_objection(objection=objection, answer=text, by=cast.statistician, at=NOW)
    for light in compute_lights(regulation=made[Purpose.LIGHTS], month=quarter.last, by=cast.statistician, at=NOW):
        explain_light(light=light, text=texts[0], by=cast.officer, at=NOW)


def _outreach(cast: Cast, texts: list[str]) -> None:
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
        visit = going.visited(cast, firm=text, place=text, visitors=text, purpose=text)
        demand = take_demand(visit=visit, text=text, department=text[:60], by=cast.officer, at=NOW)
        open_demand(demand=demand, by=cast.officer, at=NOW)
        answer_demand(demand=demand, answer=text, by=cast.officer, at=NOW)
