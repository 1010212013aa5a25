"""Restoring: what goes, what stays, and the way back."""

from __future__ import annotations

import pytest

from zhaoshang.reading import restore


@pytest.mark.parametrize(
    ("scraped", "clean"),
    [
        ("國(guó)內(nèi)招商引資(zī)", "国内招商引资"),
        ("長(cháng)海縣(xiàn)、重慶(chóng qìng)、大連市[dà lián shì]", "长海县、重庆、大连市"),
        ("會(huì )議（yì）召開(kai)", "会议召开"),
        ("液化天然氣(LNG)、生產總值(GDP)", "液化天然气(LNG)、生产总值(GDP)"),
        ("目?jī)蓚(gè)項(xiàng)目", "目两个项目"),
        ("批示。?，F(xiàn)將通報", "批示。现将通报"),
        ("拟引资金10.96亿元�! �", "拟引资金10.96亿元。"),
        ("新引進專案３８個，佔比４５．６％", "新引进项目38个，占比45.6%"),
        ("食品,、家俱,,建材,。", "食品、家具,建材。"),
        ("同比增长28. 1% ,共 1, 598 万 元", "同比增长28.1%,共1,598万元"),
        ("完成投\n资", "完成投\n资"),
        ("到位资金12.\n5亿元", "到位资金12.5亿元"),
        ("增长12.4【广告】扫码看地图%,其中", "增长12.4%,其中"),
        ("完*年度目标,利用外*达3亿元", "完成年度目标,利用外资达3亿元"),
        ("<p>到位&nbsp;<b>5</b>亿元</p>", "\n到位5亿元\n"),
        ("# url: somewhere\n到位资金", "到位资金"),
    ],
)
def test_scraped_text_becomes_clean(scraped: str, clean: str) -> None:
    assert restore(scraped).text == clean


def test_lines_of_a_table_stay_apart() -> None:
    table = "地区 到位资金(亿元) 增长(%)\n江北区 76.2 22.1\n青岚县 58.9 15.3"
    assert restore(table).text == table


def test_every_character_knows_where_it_came_from() -> None:
    scraped = "國(guó)內(nèi)到位７２９．４億(yì)元"
    restored = restore(scraped)
    start = restored.text.index("729.4")
    first, last = restored.span(start, start + len("729.4亿元"))
    assert scraped[first:last] == "７２９．４億(yì)元"
    assert len(restored.offsets) == len(restored.text)


def test_an_empty_span_is_refused() -> None:
    with pytest.raises(ValueError, match="no such span"):
        restore("到位").span(1, 1)
