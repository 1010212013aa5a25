"""A bulletin of an invented city, with everything a document can hold."""

from datetime import date

import pytest

from zhaoshang.ui.documents.model import (
    Checkpoint,
    Column,
    Document,
    FigureRun,
    Heading,
    Image,
    Paragraph,
    Source,
    Table,
    row,
    runs,
)

DIGEST = "5f" * 32
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 120" width="720" height="120" font-family="Noto Sans SC">'
    '<rect x="80" y="20" width="500" height="24" fill="#1d4f7c"/><a href="/regions/1"><text x="10" y="36">示例甲区</text></a></svg>'
)
TOTAL = FigureRun("729.4亿元", "capital_in_place/v2/city/2023Q1")
GROWTH = FigureRun("24.3%", "capital_in_place/v2/city/2023Q1/growth")
PLACE = FigureRun("120.5", "capital_in_place/v2/jia/2023Q1")


def _source(figure: FigureRun) -> Source:
    return Source(figure.ref, "到位内资（省外）", "2023版", "示例规则第3条", DIGEST, "snapshot-01")


@pytest.fixture(scope="session")
def bulletin() -> Document:
    """关于示例市一季度的通报: two headings, three bound figures, a table, a drawing, a checkpoint."""
    table = Table(
        (Column("地区", weight=2), Column("到位内资", "right"), Column("同比（%）", "right")),
        (row("示例甲区", PLACE, "18.2"), row("示例乙区", "98.0", "-2.7")),
        caption="表1　各地区到位内资",
        unit_note="单位：亿元",
        source_note="注：按资金到位地统计。",
    )
    return Document(
        title="关于2023年一季度全市招商引资工作情况的通报",
        issuer="示例市招商引资工作领导小组办公室",
        date=date(2023, 4, 18),
        number="示招领办〔2023〕5号",
        recipients="各区市县人民政府",
        attachments=("重点项目清单", "各地区完成情况表"),
        notes=("联系人：示例处",),
        sample=True,
        sources=(_source(TOTAL), _source(GROWTH), _source(PLACE)),
        blocks=(
            Heading(1, runs("总体情况")),
            Paragraph(runs("一季度，全市到位内资", TOTAL, "，同比增长", GROWTH, "。")),
            Heading(2, runs("各地区情况")),
            table,
            Image(DRAWING, "各地区到位内资条形图", "图1　各地区到位内资"),
            Heading(1, runs("下一步工作")),
            Paragraph(runs("继续做好项目服务。")),
            Checkpoint(f"账本检查点：第128笔，链首 {DIGEST}"),
        ),
    )
