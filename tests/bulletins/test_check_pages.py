"""Checking a text through the desk's page."""

import pytest
from cast import YI, Cast
from dictionary import dictionary
from django.test import Client
from django.urls import reverse

from zhaoshang.bulletins.models import TextCheck

TEXT = "示例市招商简报\n2023年一季度，全市完成到位内资10.0亿元，同比增长25%。东山区到位内资5亿元。签约项目3个。"


def _checked(client: Client, text: str = TEXT) -> TextCheck:
    answer = client.post(reverse("desk:text_list"), {"text": text})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return TextCheck.objects.of(TextCheck.objects.model.city.get_queryset().get(code="dalian")).first()  # type: ignore[no-any-return]


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    dictionary(cast)
    cast.verified(amount_fen=10 * YI)
    client.force_login(cast.statistician)
    return client


def test_a_pasted_text_comes_back_with_every_claim_marked_and_held_against_the_account(desk: Client) -> None:
    check = _checked(desk)
    page = desk.get(reverse("desk:text_open", args=[check.pk])).content.decode()
    assert page.count('data-claims="1"') == 2
    assert "账上为10.00亿元，与文中相符" in page
    assert "账上为10.00亿元，文中少了5.00亿元" in page
