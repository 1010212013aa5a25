"""Filters and order of a list under a title: one's own, shared with a unit or the city, opened, defaulted, deleted."""

import json
from typing import Any

import pytest
from cast import NOW, Cast
from django.test import Client

from zhaoshang.people.models import Event, User
from zhaoshang.regions.access import NotAllowed, viewer_of
from zhaoshang.regions.models import SavedView
from zhaoshang.regions.rules import Shared
from zhaoshang.regions.saved_views import MOST_OF_A_LIST, TooMany, UnknownList, save_view, share_view, views_for

pytestmark = pytest.mark.django_db
ASKED = [("industry", "C"), ("sort", "-contract"), ("after", "x"), ("q", " ")]


def kept(cast: Cast, by: User | None = None, **changes: Any) -> SavedView:
    wanted: dict[str, Any] = {"page": "project_list", "title": "示例视图", "query": ASKED}
    return save_view(city=cast.city, by=by or cast.statistician, at=NOW, **(wanted | changes))


def seen(cast: Cast, by: User) -> list[str]:
    return [one.title for one in views_for(viewer_of(by, cast.city))]


def test_a_view_keeps_filters_and_order_but_no_place(cast: Cast) -> None:
    assert kept(cast).query == [["industry", "C"], ["sort", "-contract"]]


def test_ones_own_view_is_seen_by_nobody_else(cast: Cast) -> None:
    kept(cast)
    assert seen(cast, cast.statistician) == ["示例视图"] and seen(cast, cast.second_statistician) == []


def test_a_view_for_a_unit_is_seen_by_its_officers_only(cast: Cast) -> None:
    kept(cast, shared=Shared.UNIT, unit=cast.east)
    assert seen(cast, cast.officer) == ["示例视图"] and seen(cast, cast.other_officer) == []


def test_a_view_for_the_city_is_seen_by_whoever_may_open_the_list(cast: Cast) -> None:
    kept(cast, shared=Shared.CITY)
    assert seen(cast, cast.other_officer) == seen(cast, cast.leader) == ["示例视图"]
    assert seen(cast, cast.auditor) == seen(cast, cast.partner) == []


def test_an_officer_keeps_views_but_shares_none(cast: Cast) -> None:
    own = kept(cast, cast.officer)
    for attempt in (lambda: kept(cast, cast.officer, title="另一个", shared=Shared.CITY),
                    lambda: share_view(saved=own, shared=Shared.CITY, by=cast.officer, at=NOW)):  # fmt: skip
        with pytest.raises(NotAllowed):
            attempt()


def test_a_list_that_is_none_and_one_too_many_are_refused(cast: Cast) -> None:
    with pytest.raises(UnknownList):
        kept(cast, page="people")
    for number in range(MOST_OF_A_LIST):
        kept(cast, title=f"示例{number}")
    with pytest.raises(TooMany):
        kept(cast)


def test_who_may_not_open_a_list_keeps_no_view_of_it(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        kept(cast, cast.auditor)


def post(client: Client, path: str, **given: str) -> str:
    return client.post(f"/desk/views/{path}", given, follow=True).content.decode()


def test_the_page_keeps_what_its_address_shows_and_opens_it_again(cast: Cast, client: Client) -> None:
    client.force_login(cast.officer)
    page = post(client, "save/", page="project_list", title="制造业", asked="industry=C&sort=-contract&q=")
    assert "已存下视图“制造业”" in page and 'aria-current="true">制造业' in page
    saved = SavedView.objects.of(cast.city).get()
    assert client.get(f"/desk/views/{saved.pk}/").headers["Location"] == "/desk/projects/?industry=C&sort=-contract"


@pytest.mark.parametrize("page", ["projects", "leads", "payments", "opportunities", "enterprises"])
def test_the_five_lists_keep_views(cast: Cast, client: Client, page: str) -> None:
    client.force_login(cast.statistician)
    shown = client.get(f"/desk/{page}/").content.decode()
    name = shown.split('name="page" value="')[1].split('"')[0]
    post(client, "save/", page=name, title="示例视图", asked="q=示例")
    assert SavedView.objects.of(cast.city).get().page == name


def test_a_list_opens_with_its_default_until_it_is_asked_plainly(cast: Cast, client: Client) -> None:
    saved = kept(cast, cast.officer, is_default=True)
    client.force_login(cast.officer)
    assert client.get("/desk/projects/").headers["Location"].endswith("?industry=C&sort=-contract")
    assert client.get("/desk/projects/?view=").status_code == 200
    kept(cast, cast.officer, title="新的默认", is_default=True)
    assert not SavedView.objects.of(cast.city).get(pk=saved.pk).is_default
    post(client, f"{SavedView.objects.of(cast.city).get(is_default=True).pk}/prefer/", preferred="0")
    assert client.get("/desk/projects/").status_code == 200


def test_a_filter_that_is_gone_is_left_out_and_said(cast: Cast, client: Client) -> None:
    saved = kept(cast, cast.officer)
    SavedView.objects.of(cast.city).filter(pk=saved.pk).update(query=[["industry", "C"], ["colour", "red"]])
    client.force_login(cast.officer)
    page = client.get(f"/desk/views/{saved.pk}/", follow=True).content.decode()
    assert "条件 colour 已取消" in page
    assert client.get(f"/desk/views/{saved.pk}/").headers["Location"] == "/desk/projects/?industry=C"
    assert "条件 colour 已取消" in client.get("/desk/views/").content.decode()


def test_a_view_is_renamed_shared_and_deleted_with_a_line_each(cast: Cast, client: Client) -> None:
    saved = kept(cast)
    client.force_login(cast.statistician)
    post(client, f"{saved.pk}/rename/", title="新名字")
    post(client, f"{saved.pk}/share/", shared="unit:east")
    held = SavedView.objects.of(cast.city).get()
    assert (held.title, held.shared, held.unit_id) == ("新名字", "unit", cast.east.pk)
    post(client, f"{saved.pk}/delete/")
    verbs = Event.objects.of(cast.city).filter(verb__startswith="regions.view").order_by("id")
    assert {one.verb.split(".")[2] for one in verbs} == {"saved", "renamed", "shared", "deleted"}
    assert not SavedView.objects.of(cast.city).exists()


def test_anothers_view_looks_absent_to_every_act(cast: Cast, client: Client) -> None:
    saved = kept(cast, shared=Shared.CITY)
    client.force_login(cast.second_statistician)
    for act in ("rename", "share", "prefer", "delete"):
        assert client.post(f"/desk/views/{saved.pk}/{act}/", {"title": "x"}).status_code == 404
    assert client.get("/desk/views/").content.decode().count("示例视图") >= 1


def test_two_views_of_a_title_are_refused_with_a_sentence(cast: Cast, client: Client) -> None:
    kept(cast)
    client.force_login(cast.statistician)
    assert "已有一个叫“示例视图”的视图" in post(client, "save/", page="project_list", title="示例视图", asked="")
    assert "请给视图起一个名字" in post(client, "save/", page="project_list", title=" ", asked="")


def test_the_api_keeps_shares_and_deletes(cast: Cast, client: Client) -> None:
    client.force_login(cast.statistician)

    def call(path: str, **body: Any) -> Any:
        return client.post(f"/api/views{path}", json.dumps(body), content_type="application/json")

    made = call("", page="lead_list", title="未答复", query=[["late", "1"], ["colour", "x"]])
    assert made.status_code == 201 and made.json()["query"] == [["late", "1"]]
    key = made.json()["id"]
    assert call("", page="lead_list", title="未答复", query=[]).json()["code"] == "title_taken"
    assert call("", page="none", title="x", query=[]).json()["code"] == "unknown_list"
    assert call(f"/{key}/title", title="过期未答复").json()["title"] == "过期未答复"
    assert call(f"/{key}/sharing", shared="unit", unit="east").json()["unit"] == "east"
    assert call(f"/{key}/default", default=True).json()["default"] is True
    client.force_login(cast.officer)
    assert [one["title"] for one in client.get("/api/views?page=lead_list").json()] == ["过期未答复"]
    assert client.delete(f"/api/views/{key}").status_code == 404
    client.force_login(cast.statistician)
    assert client.delete(f"/api/views/{key}").json() == {"deleted": key}
