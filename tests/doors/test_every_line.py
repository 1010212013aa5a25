"""Every change and every refusal is one line of the diary: each form of the desk and the site as it stands on a page, whatever was typed
into it, and each address as each role that may not. Whatever no form on a page reaches, and the API: ``test_every_doing``."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from architecture.addresses import MISSING, address, call
from architecture.routes import Route, routes
from architecture.test_permissions import undone
from cast import NOW, Cast
from desk_payments.asking import text_of
from dictionary import dictionary
from django.db import connection
from django.test import Client
from django.urls import reverse

from doors.bound import Bound
from doors.doings.walked import BY_FORM
from doors.filling import Form, sent
from doors.walking import forms_met
from zhaoshang.common.sheets import open_workbook
from zhaoshang.people.actions import issue_token
from zhaoshang.people.diary import one_line, record
from zhaoshang.people.models import Event
from zhaoshang.people.rules import Role

pytestmark = pytest.mark.one_database

PLAIN = "示例文字"
# Each of these begins a line somewhere, or steers a screen.
BREAKS = "示\r\n例\n甲\r乙\x0b丙\x0c丁\x1c戊\x1e己\x85庚\u2028辛\u2029壬\x1b[31m\x07\t癸"
LONG = "长\n" * 2_560  # 10 KB
MARKS = (PLAIN, "例\n甲\r乙", "长\n长")  # a piece of each
# What is counted or kept beside an act, and is none itself: who is logged in, how often a door was knocked at, where a reader stands.
BESIDE = {"django_session", "people_event", "people_brake", "jobs_worker", "machines_keptanswer"}
# Sent with one press, but several acts: each has its line.
SEVERAL = {
    "api:accepted_changes": "the list that is accepted, and each project that it changes",
    "api:bulk_assignments": "a line each project",
    "api:bulk_moves": "a line each project",
    "api:bulk_schedules": "a line each project",
    "api:claim_paper": "the file that is kept, and the paper",
    "api:import_externals": "a line each figure",
    "api:link_name": "the card that is made for the name, and the link",
    "api:new_contract_text": "the text, and the proof of a stage that it is",
    "api:new_evidence": "the file that is kept, and the evidence that it is",
    "api:new_review": "the review, and the proof of a stage that it is",
    "api:new_handover": "that all was handed over, and each kind of it",
    "api:new_import": "the workbook, its payments as one batch, and that it was accepted",
    "api:new_parting": "a line about each of the two cards",
    "api:new_photo": "the file that is kept, and the photo",
    "api:new_project": "the firm's card, and the project",
    "api:own_claim_paper": "the file that is kept, and the paper",
    "api:project_signed": "the move into the stage, and the signing",
    "api:sweep_findings": "a sweep asked for, and its outcome",
    "desk:bulletin_publish": "the release, the bulletin, each figure that is frozen, and the chain's checkpoint",
    "desk:bureau_upload": "the file that is kept, and the return",
    "desk:claim_paper": "the file that is kept, and the paper",
    "desk:contract_review": "the review, and the proof of a stage that it is",
    "desk:contract_upload": "the text, and the proof of a stage that it is",
    "api:new_merger": "a line about each of the two cards",
    "desk:enterprise_merge": "a line about each of the two cards",
    "desk:enterprise_part": "a line about each of the two cards",
    "desk:evidence_attach": "the file that is kept, and the evidence that it is",
    "desk:external_accept": "a figure each row",
    "desk:finding_sweep": "a sweep asked for, and its outcome",
    "desk:holder_hand_over": "the hand-over, and each thing that goes over",
    "desk:import_accept": "the workbook, and its payments as one batch",
    "desk:import_register": "each project, its firm, and the workbook read anew",
    "desk:import_undo": "the workbook, and what is taken back with it",
    "desk:lead_import": "a lead each row",
    "desk:lead_project": "the firm, the project, and the lead that became it",
    "desk:month_close": "the month, and the lights computed with it",
    "desk:opportunity_attach": "the file that is kept, and the paper",
    "desk:own_paper_new": "the file that is kept, and the paper",
    "desk:payment_new": "each slip that is kept, the payment, and each slip as its evidence",
    "desk:payment_resubmit": "as when it is new",
    "desk:plan_new": "the document that is kept, and the plan",
    "desk:plan_year_new": "the document that is kept, and the year",
    "desk:project_change_accept": "the sheet, and each project that it changes",
    "desk:project_new": "the firm, and the project",
    "desk:project_sign": "the signing at the activity, and the stage that it opens",
    "desk:soe_link": "the firm's card, and the name that it belongs to",
    "desk:targets_new": "a target each unit",
    "desk:transfer_accept": "the transfer, and the project that is followed by another",
}
WROTE = re.compile(r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)')


class Written:
    """Tables that statements wrote to; what a savepoint took back does not count."""

    def __init__(self) -> None:
        self._found: list[str] = []
        self._begun: dict[str, int] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SAVEPOINT"):
            self._begun[sql.split()[-1]] = len(self._found)
        elif sql.startswith("ROLLBACK TO"):
            del self._found[self._begun[sql.split()[-1]] :]
        elif wrote := WROTE.match(sql):
            self._found.append(wrote[1])
        return execute(sql, params, many, context)

    @property
    def tables(self) -> set[str]:
        return set(self._found) - BESIDE


class Acts:
    """What was sent, what it wrote and which lines it left; ``wrong``: what left too few, too many or broken ones."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.changed, self.wrong = cast, dict[str, int](), list[str]()

    def lines(self, ask: Callable[[], int]) -> tuple[int, set[str], list[Event]]:
        """Status, tables written and lines left, all of it undone. What was typed and stands in a statement's text is wrong."""
        written, bound, rows = Written(), Bound(*MARKS), Event.objects.of(self.cast.city)
        with undone():
            before = set(rows.values_list("id", flat=True))
            with connection.execute_wrapper(written), connection.execute_wrapper(bound):
                status = ask()
            self.wrong += bound.raw
            return status, written.tables, list(rows.exclude(id__in=before))

    def look(self, called: str, name: str, ask: Callable[[], int]) -> int:
        """How many lines an act left; 0 where nothing changed. A fault of ours is wrong as well."""
        status, tables, lines = self.lines(ask)
        broken = [line.verb for line in lines if one_line(line.about_text) != line.about_text]
        # Without a change it is a look that is written down, or a refusal.
        most = 99 if name in SEVERAL and tables else 1
        right = not tables or (status < 400 and bool(lines) and not any(line.refused for line in lines))
        only_file = tables == {"capital_evidencefile"} and status >= 400
        if tables == {"capital_evidencefile"} and {line.verb for line in lines} == {"capital.evidence.stored"}:
            # What was sent with a form that is refused stays for the next try: each file has its line.
            right, most = True, 9
        elif status >= 400 and not all(line.refused for line in lines):
            right = False
        if status >= 500 or broken or not right or len(lines) > most:
            self.wrong.append(f"{called}: {status} {sorted(tables)} {[line.verb for line in lines]} {broken}")
        if tables:
            self.changed[name] = max(self.changed.get(name, 0), len(lines))
        return len(lines) if tables and not only_file else 0


def pressed(form: Form) -> Iterator[tuple[int, bool]]:
    """Each button, with everything typed and with as little as may be."""
    for button in range(max(1, len(form.press))):
        yield button, False
        yield button, True


def as_before(client: Client, form: Form, typed: str, button: int, sparing: bool) -> int:
    """The status; a new session, which a new password begins, is undone like all else, and so is the cookie that names it."""
    held = deepcopy(client.cookies)
    status = sent(client, form, typed, button, sparing).status_code
    client.cookies = held
    return status


def send_all(acts: Acts, client: Client, forms: list[Form]) -> None:
    """Until each button of each address changed something: then once more with line breaks and with 10 KB in its texts."""
    tried: Counter[Any] = Counter()
    over: set[Any] = set()
    for form in forms:
        for button, sparing in pressed(form):
            key = (form.named, *form.press[button : button + 1])
            if key in over or tried[key] >= 8 or form.named == "desk:logout":
                continue
            tried[key] += 1

            def ask(typed: str, form: Form = form, button: int = button, sparing: bool = sparing) -> Callable[[], int]:
                return lambda: as_before(client, form, typed, button, sparing)

            left = acts.look(f"{key}", form.named, ask(PLAIN))
            if left:
                over.add(key)
                for typed in (BREAKS, LONG):
                    again = acts.look(f"{key} {typed[:3]!r}", form.named, ask(typed))
                    if again not in (0, left):
                        acts.wrong.append(f"{key} {typed[:3]!r}: {again} lines instead of {left}")


# None: a visitor.
WALKERS = [Role.OFFICER, Role.VERIFIER, Role.STATISTICIAN, Role.LEADER, Role.SYSTEM, Role.SECURITY, Role.AUDITOR, None]


@pytest.mark.thorough
@pytest.mark.parametrize("role", WALKERS, ids=str)
@pytest.mark.case("F23")
def test_whatever_a_form_changes_is_one_line_whatever_was_typed(
    cast: Cast, role: Role | None, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    acts = Acts(cast)
    send_all(acts, *forms_met(cast, role, PLAIN))
    print(f"{role}: {len(acts.changed)} addresses changed something: {sorted(acts.changed)}", *acts.wrong, sep="\n")
    missed = {name for name, by in BY_FORM.items() if by == (role or "")} - set(acts.changed)
    assert (acts.wrong, missed) == ([], set())


def one_call(client: Client, route: Route, path: str) -> Callable[[], int]:
    return lambda: call(client, route, path)


@pytest.mark.thorough
@pytest.mark.case("F23", "B10")
def test_every_refusal_for_want_of_right_is_one_line(cast: Cast) -> None:
    """Each address of desk and API as each role that may not, one line that says so, nothing else."""
    acts, tried = Acts(cast), 0
    for role in Role:
        client = Client(raise_request_exception=False)
        client.force_login(getattr(cast, role.value))
        for route in routes():
            if route.needs and role not in route.roles:
                row = MISSING if "<uuid:" in route.pattern else "none"
                status, tables, lines = acts.lines(one_call(client, route, address(route, row)))
                tried += 1
                told = [(line.refused, line.by_id, line.verb) for line in lines]
                verb = f"{route.name.split(':')[0]}.refused"
                if (status, tables, told) != (403, set(), [(True, getattr(cast, role.value).pk, verb)]):
                    acts.wrong.append(f"{route.verb} {route.name} as {role}: {status} {sorted(tables)} {told}")
    print(f"{tried} refusals", *acts.wrong, sep="\n")
    assert acts.wrong == [] and tried > 2_000


@pytest.mark.case("F23")
def test_a_key_beyond_its_scope_is_refused_with_one_line(cast: Cast) -> None:
    said = {"city": cast.city, "user": cast.officer, "name": "t", "days": 9999, "by": cast.officer, "at": cast.now}
    _token, reading = issue_token(can_write=False, **said)
    for path in ("payments", "leads"):
        answer = Client().post(f"/api/{path}", {}, "application/json", headers={"Authorization": f"Bearer {reading}"})
        assert answer.status_code == 403
    left = Event.objects.of(cast.city).filter(verb="api.refused", by=cast.officer, refused=True)
    assert sorted(line.detail["path"] for line in left) == ["/api/leads", "/api/payments"]


@pytest.mark.case("F23")
def test_reading_the_diary_by_program_is_written_down(cast: Cast, client: Client) -> None:
    client.force_login(cast.auditor)
    assert client.get("/api/diary", {"verb": "people."}).status_code == 200
    line = Event.objects.of(cast.city).get(verb="people.diary.read")
    assert (line.by, line.detail["sought"]) == (cast.auditor, {"verb": "people."})


@pytest.mark.case("F23")
def test_a_line_is_one_row_of_the_page_and_of_the_file_whatever_was_typed(cast: Cast, client: Client) -> None:
    cast.plant.name = f"{BREAKS}\x00"
    record("projects.project.registered", city=cast.city, by=None, at=NOW, about=cast.plant, reason=BREAKS + "\x00")
    record("desk.refused", city=cast.city, by=cast.officer, at=NOW, refused=True, path=LONG)
    client.force_login(cast.auditor)
    client.get(reverse("desk:diary"))  # whose reading is a line
    lines = Event.objects.of(cast.city).count()
    page = client.get(reverse("desk:diary")).content.decode()
    sheet = open_workbook(client.get(reverse("desk:diary"), {"xlsx": "1"}).content, "a.xlsx").sheets[0]
    cells = [cell.text for row in sheet.rows for cell in row.cells.values()]
    assert page.count("<tr") - 1 == min(lines, 50) and "示例甲" not in text_of(client.get(reverse("desk:diary")))
    assert cells.count("desk.refused") == 1
    told = [text for text in cells if "壬" in text]
    assert len(told) == 2 and [text for text in told if one_line(text) != text] == []


@pytest.mark.case("F23")
def test_a_refused_login_is_one_line_whatever_was_typed(cast: Cast, client: Client) -> None:
    dictionary(cast)
    for name in (BREAKS, f"a{LONG}", "officer\x00x"):
        before = Event.objects.of(cast.city).count()
        assert client.post(reverse("desk:login"), {"username": name, "password": "x"}).status_code == 200
        assert Event.objects.of(cast.city).count() - before == 1, name[:10]
