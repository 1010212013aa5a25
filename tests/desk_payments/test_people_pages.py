"""Accounts, keys, the diary and the chain: each to its own role, and every look written down."""

import ast
import json
import re
from pathlib import Path

import pytest
from cast import NOW, Cast
from django.conf import settings
from django.test import Client
from django.urls import reverse

from desk_payments.asking import page, send, text_of
from zhaoshang.desk.diary_words import NOUNS, WORDS
from zhaoshang.people.account import change_password
from zhaoshang.people.diary import record
from zhaoshang.people.models import Event, Token, User
from zhaoshang.people.rules import Role
from zhaoshang.regions.access import viewer_of
from zhaoshang.regions.models import Membership


def shown_password(markup: str) -> str:
    return re.findall(r"\b(?:[a-z0-9]{4}-){3}[a-z0-9]{4}\b", markup)[0]


def opened(cast: Cast, client: Client) -> tuple[User, str]:
    response = send(client, cast.system, "desk:person_new", username="newcomer", display_name="示例新人")
    return User.objects.get(username="newcomer"), shown_password(text_of(response))


def test_a_new_account_gets_a_password_that_is_shown_once_and_must_be_replaced(cast: Cast, client: Client) -> None:
    user, password = opened(cast, client)
    assert password not in text_of(page(client, cast.security, "desk:person", user.pk))
    assert user.check_password(password)
    send(client, cast.security, "desk:person_grant", user.pk, role="leader", unit="")
    newcomer = Client()
    newcomer.force_login(user)
    assert newcomer.get(reverse("desk:payment_list"))["Location"] == reverse("desk:password")
    wanted = "a-long-enough-phrase"
    newcomer.post(reverse("desk:password"), {"present": password, "wanted": wanted, "again": wanted})
    assert newcomer.get(reverse("desk:payment_list")).status_code == 200


@pytest.mark.case("A6")
def test_a_granted_role_works_and_a_withdrawn_one_ends_at_once(cast: Cast, client: Client) -> None:
    user, password = opened(cast, client)
    wanted = "a-long-enough-phrase"
    change_password(city=cast.city, user=user, present=password, wanted=wanted, by=user, at=NOW)
    send(client, cast.security, "desk:person_grant", user.pk, role="officer", unit="west")
    assert viewer_of(user, cast.city).unit_ids == {cast.west.pk}
    membership = Membership.objects.of(cast.city).get(user=user)
    send(client, cast.security, "desk:membership_withdraw", membership.pk)
    assert viewer_of(user, cast.city).role is None


@pytest.mark.parametrize(("role", "unit"), [("officer", ""), ("leader", "east"), ("king", "")])
def test_a_role_and_its_unit_go_together(cast: Cast, client: Client, role: str, unit: str) -> None:
    user, _ = opened(cast, client)
    assert send(client, cast.security, "desk:person_grant", user.pk, role=role, unit=unit).status_code == 422


@pytest.mark.case("B10")
def test_a_second_post_is_refused(cast: Cast, client: Client) -> None:
    send(client, cast.security, "desk:person_grant", cast.auditor.pk, role="security", unit="")
    assert viewer_of(cast.auditor, cast.city).role == Role.AUDITOR


@pytest.mark.case("A6")
def test_a_disabled_account_is_out_at_its_next_request(cast: Cast, client: Client) -> None:
    leader = Client()
    leader.force_login(cast.leader)
    assert leader.get(reverse("desk:payment_list")).status_code == 200
    send(client, cast.system, "desk:person_switch", cast.leader.pk, active="0")
    assert leader.get(reverse("desk:payment_list")).status_code == 302


@pytest.mark.parametrize("who", ["system", "security"])
@pytest.mark.case("B10")
def test_neither_who_keeps_accounts_nor_who_grants_sees_a_figure(cast: Cast, client: Client, who: str) -> None:
    cast.verified(payer="示例付款人")
    person = getattr(cast, who)
    shown = text_of(page(client, person, "desk:people")) + text_of(page(client, person, "desk:person", cast.officer.pk))
    assert ("10,000.00" in shown, "示例付款人" in shown) == (False, False)
    assert (
        page(client, person, "desk:payment_list").status_code == page(client, person, "desk:diary").status_code == 403
    )


ACCOUNTS = {"person_switch": {"active": "0"}, "person_reset": {}}
RIGHTS = {"person_grant": {"role": "leader"}, "person_factor_reset": {}, "person_unlock": {}, "person_unlink": {}}


@pytest.mark.case("B10")
def test_each_of_the_three_does_only_its_own_and_attempts_are_logged(cast: Cast, client: Client) -> None:
    own = {"system": ACCOUNTS, "security": RIGHTS, "auditor": {}}
    for who, acts in own.items():
        for name, sent in (ACCOUNTS | RIGHTS).items():
            status = send(client, getattr(cast, who), f"desk:{name}", cast.other_officer.pk, **sent).status_code
            assert (status == 403) == (name not in acts), f"{name} as {who}"
        status = send(
            client, getattr(cast, who), "desk:person_new", username=f"by-{who}", display_name="示例"
        ).status_code
        assert (status == 403) == (who != "system")
    refused = Event.objects.of(cast.city).filter(verb="desk.refused", refused=True)
    told = {who: refused.filter(by=getattr(cast, who)).count() for who in own}
    assert told == {"system": len(RIGHTS), "security": len(ACCOUNTS) + 1, "auditor": len(ACCOUNTS | RIGHTS) + 1}


@pytest.mark.case("B10")
def test_each_sees_only_the_buttons_that_are_theirs(cast: Cast, client: Client) -> None:
    for who, there, absent in (("system", "/reset/", "/grant/"), ("security", "/grant/", "/switch/")):
        shown = text_of(page(client, getattr(cast, who), "desk:person", cast.officer.pk))
        address = f"/desk/people/{cast.officer.pk}"
        assert f"{address}{there}" in shown and f"{address}{absent}" not in shown
        listed = text_of(page(client, getattr(cast, who), "desk:people"))
        assert ("/desk/people/new/" in listed) == (who == "system")


@pytest.mark.parametrize("who", ["officer", "verifier", "statistician", "leader", "auditor"])
@pytest.mark.case("B5")
def test_nobody_else_grants(cast: Cast, client: Client, who: str) -> None:
    response = send(client, getattr(cast, who), "desk:person_grant", cast.leader.pk, role="verifier", unit="")
    assert (response.status_code, viewer_of(cast.leader, cast.city).role) == (403, Role.LEADER)


def test_a_key_is_shown_once_and_kept_as_a_digest(cast: Cast, client: Client) -> None:
    shown = text_of(send(client, cast.verifier, "desk:token_list", name="报表程序", days="90"))
    key = re.findall(r"zs_[\w-]{40,}", shown)[0]
    token = Token.objects.of(cast.city).get(user=cast.verifier)
    assert (key in text_of(page(client, cast.verifier, "desk:token_list")), token.can_write) == (False, False)
    assert key not in token.digest
    send(client, cast.verifier, "desk:token_revoke", token.pk)
    assert Token.objects.of(cast.city).get(pk=token.pk).revoked_at


def test_anothers_key_cannot_be_stopped_by_address(cast: Cast, client: Client) -> None:
    send(client, cast.verifier, "desk:token_list", name="x", days="30")
    token = Token.objects.of(cast.city).get(user=cast.verifier)
    assert send(client, cast.leader, "desk:token_revoke", token.pk).status_code == 404


def test_a_role_that_is_held_already_is_refused_with_words(cast: Cast, client: Client) -> None:
    answer = send(client, cast.security, "desk:person_grant", cast.officer.pk, role="officer", unit="east")
    assert answer.status_code == 422 and "没有重复授予" in text_of(answer)
    assert Membership.objects.of(cast.city).filter(user=cast.officer).count() == 1


@pytest.mark.case("F23")
def test_reading_the_diary_is_written_down_once_a_visit(cast: Cast, client: Client) -> None:
    client.force_login(cast.auditor)
    for _ in range(3):
        assert client.get(reverse("desk:diary")).status_code == 200
    assert Event.objects.of(cast.city).filter(verb="people.diary.read", by=cast.auditor).count() == 1
    client.get(reverse("desk:diary"), {"xlsx": "1"})
    assert Event.objects.of(cast.city).filter(verb="people.diary.exported", by=cast.auditor).count() == 1


def test_the_diary_is_found_by_person_day_and_refusal(cast: Cast, client: Client) -> None:
    cast.declared()
    record("desk.refused", city=cast.city, by=cast.leader, at=NOW, refused=True, path="/desk/people/")
    shown = text_of(page(client, cast.auditor, "desk:diary", refused="1"))
    assert ("越权被拒" in shown, "申报到账" in shown) == (True, False)
    assert "申报到账" in text_of(page(client, cast.auditor, "desk:diary", who="officer", since="2023-04-03"))
    assert "申报到账" not in text_of(page(client, cast.auditor, "desk:diary", since="2023-04-05", noun="capital"))
    assert page(client, cast.auditor, "desk:diary", since="never").status_code == 200


@pytest.mark.case("F23")
def test_a_line_break_in_a_name_stays_one_line_of_the_diary(cast: Cast) -> None:
    cast.plant.name = "示例\n工厂"
    line = record("projects.project.registered", city=cast.city, by=None, at=NOW, about=cast.plant)
    assert "\n" not in line.about_text


def test_every_verb_that_is_written_has_its_words() -> None:
    root = Path(settings.BASE_DIR)
    verbs = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record" and node.args:
                verbs |= {part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)}
    assert sorted(verb for verb in verbs if isinstance(verb, str) and verb not in WORDS) == []
    assert {verb.partition(".")[0] for verb in WORDS} == set(NOUNS)  # so the page can look for each


def test_the_chain_is_walked_on_the_page(cast: Cast, client: Client) -> None:
    cast.verified()
    assert "没有发现改动" in text_of(page(client, cast.auditor, "desk:ledger_walk", begin="1"))


def test_a_long_chain_is_walked_in_parts(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhaoshang.desk.views.ledger.AT_ONCE", 2)
    monkeypatch.setattr("zhaoshang.desk.views.ledger.SECONDS", 0)
    for _ in range(4):
        cast.verified()
    client.force_login(cast.auditor)
    address = reverse("desk:ledger_walk")
    shown = [text_of(client.get(address, {"begin": "1"})), text_of(client.get(address)), text_of(client.get(address))]
    assert ["没有发现改动" in text for text in shown] == [False, False, True]


def test_a_checkpoint_and_the_export_leave_as_files(cast: Cast, client: Client) -> None:
    cast.verified()
    send(client, cast.auditor, "desk:checkpoint_make")
    shown = text_of(page(client, cast.auditor, "desk:ledger"))
    key = re.findall(r"/desk/ledger/checkpoints/([0-9a-f-]+)/", shown)[0]
    point = json.loads(page(client, cast.auditor, "desk:checkpoint_file", key).content)
    export = page(client, cast.auditor, "desk:ledger_export")
    entry = json.loads(b"".join(export.streaming_content).decode())
    assert (point["seq"], point["digest"]) == (1, entry["digest"])
    assert Event.objects.of(cast.city).filter(verb="capital.ledger.exported").count() == 1


@pytest.mark.case("B10")
def test_who_has_no_business_with_it_does_not_reach_diary_or_chain(cast: Cast, client: Client) -> None:
    for user in (cast.officer, cast.verifier, cast.leader, cast.security):
        assert page(client, user, "desk:diary").status_code == 403
        assert page(client, user, "desk:ledger_export").status_code == 403
