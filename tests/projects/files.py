"""The doors that take files, each given a file that says more than it may: a stage, a day, another value."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from cast import Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhaoshang.command.importing import COMMANDS
from zhaoshang.command.parts import Stop
from zhaoshang.common.sheets.writing import Column, write_table
from zhaoshang.people.rules import Role
from zhaoshang.projects.models import Project
from zhaoshang.review.models import ChangeSheet
from zhaoshang.review.project_sheet import COLUMNS, mark_of

HEADS = {"promotion": "阶段", "construction": "阶段", "day": "签约日期", "contract": "合同额（万元）"}


def in_a_changed_list(
    cast: Cast, client: Client, code: str, role: Role, said: Mapping[str, str], folder: Path, changed: str = "示例"
) -> str:
    """The list of projects comes back with ``said`` written into it, and a harmless cell changed; then it is accepted."""
    project = Project.objects.of(cast.city).select_related("enterprise", "unit").get(code=code)
    held = {"code": project.code, "mark": mark_of(project), "investor": changed}
    heads = [(one.key, one.label) for one in COLUMNS if one.key in held] + [(key, HEADS[key]) for key in said]
    row = held | dict(said)
    content = write_table([Column(label) for _, label in heads], [[row[key] for key, _ in heads]], "项目")
    status = client.post("/api/project-changes", {"file": SimpleUploadedFile("a.xlsx", content)}).status_code
    if status == 200:
        key = ChangeSheet.objects.of(cast.city).get().pk
        client.post(f"/api/project-changes/{key}/accept")
    return "not allowed" if status == 403 else "tried"


def workbook(code: str, name: str, said: Mapping[str, str]) -> bytes:
    """A unit's payments, one row of them, with columns that no payment has."""
    heads = "项目编号,项目名称,企业名称,到账日期,到位金额(万元),资金来源地,资金类型,付款方,银行流水号"
    row = f"{code},{name},{name}有限公司,2023-03-06,1,上海市,固定资产投资,示例甲公司,S-1"
    more = "".join(f",{HEADS[key]}" for key in said), "".join(f",{value}" for value in said.values())
    return f"{heads}{more[0]}\n{row}{more[1]}\n".encode()


def in_an_import(
    cast: Cast, client: Client, code: str, role: Role, said: Mapping[str, str], folder: Path, name: str = "示例工厂"
) -> str:
    """The same workbook by the API."""
    file = SimpleUploadedFile("a.csv", workbook(code, name, said))
    given = {"unit": "east", "month": "2023-03", "confirmed": "true", "file": file}
    status = client.post("/api/imports", given).status_code
    return "not allowed" if status == 403 else "tried" if status in (200, 201) else str(status)


def in_a_command(
    cast: Cast, client: Client, code: str, role: Role, said: Mapping[str, str], folder: Path, name: str = "示例工厂"
) -> str:
    """``zhaoshang import`` of a unit's workbook; what it does not know it registers."""
    file = folder / f"{role}-{'-'.join(said.values())}.csv"
    file.write_bytes(workbook(code, name, said))
    parser, command = argparse.ArgumentParser(), COMMANDS["import"]
    command.arguments(parser)
    by = getattr(cast, role.value).username
    asked = [str(file), "--unit", "east", "--month", "2023-03", "--by", by, "--confirm", "--register", "C"]
    try:
        command.run(parser.parse_args(asked))
    except Stop as refusal:
        return "not allowed" if "不能为它申报" in str(refusal) else str(refusal)
    return "tried"
