"""A restored copy's two decisions, on the page where the security administrator takes them."""

from cast import NOW, Cast
from django.test import Client

from desk_payments.asking import page, send, text_of
from zhaoshang.people.copies import mark_restored
from zhaoshang.people.models import Event
from zhaoshang.tenancy.models import City


def held(cast: Cast) -> tuple[bool, int]:
    city = City.objects.get(pk=cast.city.pk)
    return city.restored_from is not None, city.behind_seq


def test_the_gap_is_accepted_and_the_copy_becomes_the_live_one_each_with_its_reason(cast: Cast, client: Client) -> None:
    cast.verified()
    mark_restored(city=cast.city, made_at=NOW, behind_seq=7, erased=0, at=NOW)
    shown = text_of(page(client, cast.security, "desk:copy"))
    assert "第 1 条" in shown and "第 7 条" in shown
    assert send(client, cast.security, "desk:copy_gap", **{"gap-reason": " "}).status_code == 422
    assert held(cast) == (True, 7)
    send(client, cast.security, "desk:copy_gap", **{"gap-reason": "没有更晚的备份"})
    assert held(cast) == (True, 0)
    done = send(client, cast.security, "desk:copy_live", **{"live-reason": "服务器硬盘损坏"})
    assert (done["Location"], held(cast)) == ("/desk/people/copy/", (False, 0))
    told = Event.objects.of(cast.city).filter(verb__in=["people.copy.gap_accepted", "people.copy.declared_live"])
    assert {line.detail["reason"] for line in told} == {"没有更晚的备份", "服务器硬盘损坏"}


def test_the_live_system_has_nothing_to_decide(cast: Cast, client: Client) -> None:
    assert "这是现用系统" in text_of(page(client, cast.security, "desk:copy"))
    send(client, cast.security, "desk:copy_live", **{"live-reason": "再来"})
    assert not Event.objects.of(cast.city).filter(verb="people.copy.declared_live").exists()


def test_only_who_may_decide_is_led_to_it_from_the_band(cast: Cast, client: Client) -> None:
    mark_restored(city=cast.city, made_at=NOW, behind_seq=0, erased=0, at=NOW)
    band = 'href="/desk/people/copy/"'
    assert band in text_of(page(client, cast.security, "desk:people"))
    leader = page(client, cast.leader, "desk:home")
    assert "恢复的副本" in text_of(leader) and band not in text_of(leader)
    assert page(client, cast.leader, "desk:copy").status_code == 403


def test_where_writing_has_stopped_a_refusal_is_still_a_refusal(cast: Cast, client: Client) -> None:
    mark_restored(city=cast.city, made_at=NOW, behind_seq=7, erased=0, at=NOW)
    assert page(client, cast.leader, "desk:copy").status_code == 403
    stopped = send(client, cast.statistician, "desk:month_begin", month="2023-04")
    assert stopped.status_code == 409 and "已停止写入" in text_of(stopped)
