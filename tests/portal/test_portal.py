"""The public site: only what is published, without a login or a cookie, and with what every figure rests on."""

import re
from typing import Any

import pytest
from architecture.query_counts import QUERY_COUNTS, queries_of
from bulletins.conftest import told  # noqa: F401 - the account that the bulletins' tests know by heart
from bulletins.test_writing import drafted, paragraph, published, revised
from cast import NOW, YI, Cast
from dictionary import Dictionary
from django.test import Client
from django.urls import reverse
from issued import issued

from zhaoshang.bulletins import writing
from zhaoshang.bulletins.models import Bulletin
from zhaoshang.capital import queries
from zhaoshang.capital.actions import declare_opposite
from zhaoshang.capital.models import Payment
from zhaoshang.capital.verification import verify
from zhaoshang.common.periods import Period, parse_month
from zhaoshang.figures.freezing import frozen_in
from zhaoshang.publishing.queries import SITE


@pytest.fixture
def bulletin(told: Dictionary, cast: Cast) -> Bulletin:  # noqa: F811
    return published(cast)


def page(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(f"portal:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_home_page_shows_the_latest_figures_each_with_its_seal(
    client: Client, bulletin: Bulletin, cast: Cast
) -> None:
    issued(cast, SITE, SITE.shipped | {"least_firms": 1}, valid_from=NOW.date())
    shown = page(client, "home")
    assert bulletin.title in shown
    assert re.search(r"figure-value\">10\.0<", shown)
    assert "+66.7%" in shown


def test_before_anything_is_published_the_home_page_says_so(client: Client, told: Dictionary, cast: Cast) -> None:  # noqa: F811
    draft = drafted(cast)
    assert "还没有发布过数据" in page(client, "home")
    assert client.get(reverse("portal:bulletin", args=[draft.pk])).status_code == 404
    assert client.get(reverse("portal:bulletin_file", args=[draft.pk, "pdf"])).status_code == 404


def test_an_installation_without_a_city_still_answers(client: Client, db: None) -> None:
    assert "还没有发布过数据" in page(client, "home")


def test_no_cookie_is_set_and_caches_may_keep_the_page(client: Client, bulletin: Bulletin) -> None:
    figure = frozen_in(bulletin.city, bulletin.snapshot)[0]
    for name, args in (
        ("home", []),
        ("bulletin", [bulletin.pk]),
        ("figure", [figure.pk]),
        ("bulletin_file", [bulletin.pk, "docx"]),
    ):
        answer = client.get(reverse(f"portal:{name}", args=args))
        assert not answer.cookies
        assert answer["Cache-Control"].startswith("public, max-age=")
        again = client.get(reverse(f"portal:{name}", args=args), headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_pages_change_nothing_and_take_no_other_verb(client: Client, bulletin: Bulletin) -> None:
    for name, args in (("home", []), ("bulletin", [bulletin.pk])):
        assert client.post(reverse(f"portal:{name}", args=args)).status_code == 405


def test_a_bulletin_shows_digest_ledger_and_signature_and_offers_its_files(client: Client, bulletin: Bulletin) -> None:
    shown = re.sub(r"</?span>", "", page(client, "bulletin", bulletin.pk))
    assert bulletin.digest in shown.replace("\n", "")
    assert bulletin.checkpoint.signature in shown
    assert client.get(reverse("portal:bulletin_file", args=[bulletin.pk, "docx"])).content.startswith(b"PK")
    assert client.get(reverse("portal:bulletin_file", args=[bulletin.pk, "pdf"])).content.startswith(b"%PDF")
    assert client.get(reverse("portal:bulletin_file", args=[bulletin.pk, "exe"])).status_code == 404


def test_the_same_file_is_given_each_time(client: Client, bulletin: Bulletin, settings: Any) -> None:
    address = reverse("portal:bulletin_file", args=[bulletin.pk, "pdf"])
    first = client.get(address).content
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert client.get(address).content == first


@pytest.mark.case("I11")
def test_a_withdrawn_bulletin_stays_readable_with_its_reason(client: Client, bulletin: Bulletin, cast: Cast) -> None:
    writing.withdraw_bulletin(bulletin=bulletin, reason="示例原因", by=cast.statistician, at=NOW)
    shown = page(client, "bulletin", bulletin.pk)
    assert ("示例原因" in shown, "全市完成到位内资" in shown) == (True, True)
    assert "已撤回" in page(client, "home")


def test_a_later_correction_is_shown_beside_the_unchanged_text(client: Client, bulletin: Bulletin, cast: Cast) -> None:
    issued(cast, SITE, SITE.shipped | {"least_firms": 1}, valid_from=NOW.date())
    assert "发布以后账上有更正" not in page(client, "bulletin", bulletin.pk)
    cast.verified(amount_fen=2 * YI)
    shown = page(client, "bulletin", bulletin.pk)
    assert "发布以后账上有更正" in shown
    assert "12.00" in shown
    assert "全市完成到位内资" in shown


@pytest.mark.case("I9")
def test_of_a_figure_of_too_few_firms_the_public_learns_that_it_was_corrected_but_not_by_how_much(
    client: Client, bulletin: Bulletin, cast: Cast
) -> None:
    cast.verified(amount_fen=2 * YI)
    shown = page(client, "bulletin", bulletin.pk)
    assert ("发布以后账上有更正" in shown, "未公布（企业数不足）" in shown, "12.00" in shown) == (True, True, False)


def february_taken_back(cast: Cast) -> Bulletin:
    """A bulletin of February, and a quarter of its one payment taken back in March."""
    told_of = published_of(cast, Period.parse("2023-02"))
    february = Payment.objects.of(cast.city).select_related("city").get(report_month=parse_month("2023-02"))
    opposite = declare_opposite(
        payment=february, report_month=parse_month("2023-03"), amount_fen=YI, reason="示例退回", by=cast.officer, at=NOW
    )
    verify(payment=opposite, revision=1, by=cast.verifier, at=NOW)
    return told_of


def published_of(cast: Cast, period: Period) -> Bulletin:
    return writing.publish_bulletin(bulletin=drafted(cast, period), revision=1, waived=[], by=cast.statistician, at=NOW)


def frozen_as(bulletin: Bulletin, ref: str) -> Any:
    return next(one for one in frozen_in(bulletin.city, bulletin.snapshot) if one.ref == ref)


@pytest.mark.case("F22")
def test_what_was_taken_back_since_stands_in_the_public_s_tables_by_unit_and_month_and_names_no_project(
    client: Client,
    told: Dictionary,  # noqa: F811
    cast: Cast,
) -> None:
    issued(cast, SITE, SITE.shipped | {"least_firms": 1}, valid_from=NOW.date())
    bulletin = february_taken_back(cast)
    row = frozen_as(bulletin, "capital_in_place@2023:*:2023-02")
    english = page(client, "figure", row.pk, lang="en").partition('id="taken-back"')[2].partition("</section>")[0]
    chinese = page(client, "figure", row.pk).partition('id="taken-back"')[2].partition("</section>")[0]
    for shown in (english, chinese):
        assert ("1.00" in shown, "2023-03" in shown, cast.plant.name in shown, "示例退回" in shown) == (
            True,
            True,
            False,
            False,
        )
    assert ("东山区" in chinese, "East" in english) == (True, True)
    assert not re.search("[一-龥]", re.sub(r"<[^>]+>", "", english))
    assert statistics(client)[str(row.pk)]["taken_back"] == "-1.00"
    assert b"-1.00" in client.get(reverse("portal:statistics_file", args=["csv"])).content


@pytest.mark.case("F22", "I9")
def test_what_one_firm_took_back_the_public_learns_without_the_amount(
    client: Client,
    told: Dictionary,  # noqa: F811
    cast: Cast,
) -> None:
    bulletin = february_taken_back(cast)
    row = frozen_as(bulletin, "capital_in_place@2023:*:2023-02")
    shown = page(client, "figure", row.pk).partition('id="taken-back"')[2].partition("</section>")[0]
    assert ("未公布金额（企业数不足）" in shown, "1.00" in shown) == (True, False)
    assert statistics(client)[str(row.pk)]["taken_back"] == ""


WHOLE = "capital_in_place@2023:*:2023Q1"


def statistics(client: Client) -> dict[str, dict[str, str]]:
    """The open statistics, by address of the figure."""
    rows = client.get(reverse("portal:statistics_file", args=["json"])).json()["figures"]
    return {row["address"].rsplit("/", 2)[1]: row for row in rows}


@pytest.mark.case("I9")
def test_a_figure_of_too_few_firms_is_held_back_from_its_page_and_from_open_data(
    client: Client, bulletin: Bulletin
) -> None:
    row = next(one for one in frozen_in(bulletin.city, bulletin.snapshot) if one.ref == WHOLE)
    shown = page(client, "figure", row.pk)
    assert ("未公布（企业数不足）" in shown, "10.00" in shown, row.digest[:8] in shown) == (True, False, False)
    found = statistics(client)[str(row.pk)]
    assert (found["value"], found["note"]) == ("", "未公布（企业数不足）")
    assert b"10.00" not in client.get(reverse("portal:statistics_file", args=["csv"])).content


def test_a_large_ledger_is_read_cell_by_cell_to_the_same_answer(
    bulletin: Bulletin, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = next(one for one in frozen_in(bulletin.city, bulletin.snapshot) if one.ref == WHOLE).version
    assert version.rule_set
    asked = (cast.city, version.rule_set, version.classes, Period.parse("2022-01/2023-03"), bulletin.ledger_seq, 0)
    at_once = queries.firms_by_unit_and_month(*asked, enough=30)
    monkeypatch.setattr(queries, "READ_AT_ONCE", 1)
    assert queries.firms_by_unit_and_month(*asked, enough=30) == at_once
    assert {len(firms) for firms in queries.firms_by_unit_and_month(*asked, enough=1).values()} == {1}


def test_open_statistics_tell_what_was_published_with_a_dictionary_of_every_column(
    client: Client, bulletin: Bulletin, cast: Cast
) -> None:
    issued(cast, SITE, SITE.shipped | {"least_firms": 1}, valid_from=NOW.date())
    row = next(one for one in frozen_in(bulletin.city, bulletin.snapshot) if one.ref == WHOLE)
    found = statistics(client)[str(row.pk)]
    assert (found["value"], found["unit"], found["from_month"], found["to_month"]) == (
        "10.00",
        "亿元",
        "2023-01",
        "2023-03",
    )
    answer = client.get(reverse("portal:statistics_file", args=["json"])).json()
    assert [one["name"] for one in answer["dictionary"]] == list(found)
    assert "未公布（企业数不足）" in page(client, "statistics")
    assert client.get(reverse("portal:statistics_file", args=["xls"])).status_code == 404


def test_a_figure_tells_definition_rules_digest_and_where_it_was_published(
    client: Client, bulletin: Bulletin, cast: Cast
) -> None:
    issued(cast, SITE, SITE.shipped | {"least_firms": 1}, valid_from=NOW.date())
    row = next(
        one for one in frozen_in(bulletin.city, bulletin.snapshot) if one.ref == "capital_in_place@2023:*:2023Q1"
    )
    shown = page(client, "figure", row.pk)
    plain = re.sub(r"<[^>]+>", "", shown)
    assert ("10.00" in plain, "到位内资（2023年口径）" in plain, "省外和省内市外资金计入" in plain) == (
        True,
        True,
        True,
    )
    assert row.digest in plain.replace("\n", "").replace(" ", "")
    assert bulletin.title in plain
    assert "同比增长66.7%" in plain


def test_a_frozen_figure_that_no_bulletin_published_is_absent(client: Client, told: Dictionary, cast: Cast) -> None:  # noqa: F811
    from zhaoshang.figures.freezing import freeze
    from zhaoshang.figures.models import FrozenFigure
    from zhaoshang.figures.queries import figure

    snapshot = freeze(
        city=cast.city,
        figures=[figure(cast.city, "capital_in_place", drafted(cast).period)],
        by=cast.statistician,
        at=NOW,
    )
    row = FrozenFigure.objects.of(cast.city).get(snapshot=snapshot)
    assert client.get(reverse("portal:figure", args=[row.pk])).status_code == 404


def test_the_language_stands_in_the_address_and_stays_in_the_links(client: Client, bulletin: Bulletin) -> None:
    shown = page(client, "home", lang="en")
    assert ('lang="en"' in shown, f"{reverse('portal:bulletin', args=[bulletin.pk])}?lang=en" in shown) == (True, True)
    assert 'lang="zh-Hans"' in page(client, "home", lang="xx")


def test_who_is_logged_in_sees_the_same_public_page(client: Client, bulletin: Bulletin, cast: Cast) -> None:
    before = page(client, "bulletin", bulletin.pk)
    client.force_login(cast.statistician)
    assert page(client, "bulletin", bulletin.pk) == before


def _private(cast: Cast) -> list[str]:
    """Words that stand in private columns of the cast's rows."""
    people = [cast.officer, cast.verifier, cast.statistician, cast.leader]
    return [
        *(person.username for person in people),
        *(person.display_name for person in people),
        "上海示例甲公司",
        "示例工厂",
        "SAMPLE-",
        "waived",
    ]


@pytest.mark.case("B7")
def test_nothing_private_leaves_the_building(client: Client, told: Dictionary, cast: Cast) -> None:  # noqa: F811
    draft = revised(cast, drafted(cast), [*drafted(cast).blocks, paragraph("另走访企业37家。")])
    context = [one.context for one in writing.unbound(draft.blocks)]
    out = writing.publish_bulletin(bulletin=draft, revision=2, waived=context, by=cast.statistician, at=NOW)
    cast.verified(amount_fen=YI)
    pages = [page(client, "home"), page(client, "bulletin", out.pk)]
    pages += [page(client, "figure", row.pk) for row in frozen_in(cast.city, out.snapshot)]
    assert [word for word in _private(cast) if any(word in shown for shown in pages)] == []


@pytest.mark.case("C10")
def test_hostile_words_in_a_bulletin_stay_words(client: Client, told: Dictionary, cast: Cast) -> None:  # noqa: F811
    draft = revised(cast, drafted(cast), [paragraph("<img src=x onerror=alert(1)> <b>粗</b>")])
    waived = [one.context for one in writing.unbound(draft.blocks)]
    out = writing.publish_bulletin(bulletin=draft, revision=2, waived=waived, by=cast.statistician, at=NOW)
    shown = page(client, "bulletin", out.pk)
    assert ("<img src=x" in shown, "&lt;img src=x" in shown) == (False, True)
    assert client.get(reverse("portal:bulletin_file", args=[out.pk, "pdf"])).status_code == 200


@pytest.mark.parametrize("name", ["home", "bulletin", "figure"])
def test_public_pages_cost_a_fixed_number_of_queries(name: str, client: Client, bulletin: Bulletin) -> None:
    in_parts = next(figure["frozen"] for figure in bulletin.figures if figure["aspect"].startswith("part_"))
    args = {"home": [], "bulletin": [bulletin.pk], "figure": [in_parts]}[name]
    assert queries_of(client, reverse(f"portal:{name}", args=args)) == QUERY_COUNTS[f"portal:{name}"]


def test_a_page_is_small(client: Client, bulletin: Bulletin) -> None:
    assert len(page(client, "home").encode()) < 30_000
