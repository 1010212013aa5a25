"""Files made worse by chance, sent through every door that takes one: whatever comes, the answer is no fault of ours."""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from architecture.addresses import OWNED
from cast import Cast
from desk_payments.asking import entry
from dictionary import dictionary
from django.db import transaction
from django.test import Client
from django.urls import reverse
from imports.sending import MONTH
from partners.appointed import brought, chamber
from publishing.test_articles import written

from doors.mutating import good_files, hostile_file
from zhaoshang.partners.claiming import file_claim
from zhaoshang.people.models import User

# `make test-long` sends ten thousand.
FILES = int(os.environ.get("ZHAOSHANG_FILES", "60"))
SEED = int(os.environ.get("ZHAOSHANG_SEED", "20230331"))
# What any of the forms asks beside the file; what a form does not know it leaves alone.
ANYTHING: dict[str, Any] = {
    "unit": "east", "month": str(MONTH), "period": "2023Q1", "indicator": "capital_in_place", "source": "示例来文", "year": "2023",
    "title": "示例", "document": "示例〔2023〕1号", "code": "x-1", "alt": "示例", "alt_en": "x", "on": "2023-03-01", "revision": "1",
    "first_year": "2021", "last_year": "2025", "name": "示例", "text": "", "investor": "示例", "industry": "C", "article": "1",
    "reason": "示例", "stage": "signed", "agreed_on": "2023-01-10", "amount": "1", "done_on": "2023-03-01", "conclusion": "示例",
    "finding": "passed", "status": "kept",
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """An address that takes a file, who may send one, what it wants to know beside it."""

    address: str
    who: User
    asks: dict[str, Any]
    field: str = "file"


def doors(cast: Cast) -> Iterator[Door]:
    """Every door, on rows of the own unit."""
    own = {what: OWNED[what](cast, True) for what in ("payments", "talks", "opportunities", "promises")}
    dictionary(cast)
    partner, article = chamber(cast), str(written(cast).pk)
    claim = str(file_claim(lead=brought(cast, partner), partner=partner, by=cast.statistician, at=cast.now).pk)
    project, count, write = cast.plant.code, cast.statistician, cast.officer
    yield Door(reverse("desk:payment_new"), write, entry(cast, proof_1="bank_receipt"), "file_1")
    for name, who, asks in (
        ("import_list", write, {}), ("bureau_upload", count, {}), ("campaign_import", count, {}), ("enterprise_upload", count, {}),
        ("external_upload", count, {}), ("lead_import", count, {}), ("plan_new", count, {}), ("project_changes", write, {}),
        ("schedule_upload", write, {}), ("targets_import", count, {}), ("text_list", write, {}), ("talk_new", write, {"kind": "letter"}),
        ("opportunity_import", write, {"kind": "parcel"}), ("project_new", write, {}),
    ):  # fmt: skip
        yield Door(reverse(f"desk:{name}"), who, asks, "contract_file" if name == "project_new" else "file")
    for name, key, who, asks in (
        ("project_proof", project, write, {"kind": "contract"}), ("article_picture", article, count, {}),
        ("opportunity_outline", own["opportunities"], write, {}), ("opportunity_attach", own["opportunities"], write, {"kind": "photo"}),
        ("roster_upload", "2023-01-01", count, {}), ("evidence_attach", own["payments"], write, {"proof_1": "bank_receipt"}),
        ("contract_upload", project, write, {}), ("contract_review", project, cast.verifier, {"kind": "due_diligence"}),
        ("promise_settle", own["promises"], write, {}), ("talk_proof", own["talks"], write, {"kind": "letter"}),
        ("claim_paper", claim, count, {"kind": "contract"}),
    ):  # fmt: skip
        yield Door(reverse(f"desk:{name}", args=[key]), who, asks, "file_1" if name == "evidence_attach" else "file")
    for path, who, asks in (
        (f"payments/{own['payments']}/evidence", write, {"kind": "bank_receipt"}), ("project-changes", write, {}),
        (f"projects/{project}/proofs", write, {"kind": "contract"}), (f"talks/{own['talks']}/evidence", write, {"kind": "letter"}),
        (f"projects/{project}/contract-texts", write, {}), (f"projects/{project}/reviews", cast.verifier, {"kind": "due_diligence"}),
        (f"promises/{own['promises']}/settlement", write, {}), ("enterprise-lists", count, {}), ("imports", write, {"month": "2023-03"}),
        (f"articles/{article}/images", count, {}), (f"opportunities/{own['opportunities']}/photos", write, {}),
        ("external-figures/import", count, {}), (f"claims/{claim}/papers", count, {"kind": "contract"}),
    ):  # fmt: skip
        yield Door(f"/api/{path}", who, asks)


def sent(door: Door, client: Client, name: str, content: bytes) -> Any:
    """The answer to one file; what it changed is taken back."""
    asks = ANYTHING | door.asks
    query = "&".join(f"{key}={value}" for key, value in asks.items())
    client.force_login(door.who)
    with transaction.atomic():
        file: Any = BytesIO(content)
        file.name = name  # as it comes over the line: an upload of Django's own would clean it, or refuse it
        answer = client.post(f"{door.address}?{query}", asks | {door.field: file})
        transaction.set_rollback(True)
    return answer


@pytest.mark.case("C1", "C11", "C16")
def test_whatever_file_comes_through_whatever_door_the_answer_is_no_fault_of_ours(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client.raise_request_exception = False
    good, every, chance = good_files(), list(doors(cast)), Random(SEED)
    statuses: Counter[str] = Counter()
    wrong = []
    for number in range(FILES):
        door = every[number % len(every)]
        name, content = hostile_file(good, chance)
        answer = sent(door, client, name, content)
        statuses[f"{door.address.partition('?')[0]} {answer.status_code}"] += 1
        if answer.status_code >= 500:
            (tmp_path / f"{number}").write_bytes(content)
            wrong.append(
                f"{number}: {door.address} {name!r} {answer.status_code} {tmp_path / str(number)} {answer.exc_info}"
            )
    print(f"{FILES} files through {len(every)} doors, seed {SEED}: {dict(sorted(statuses.items()))}")
    assert wrong == []


def test_a_sound_file_is_taken_by_its_door(cast: Cast, client: Client) -> None:
    """So that what is refused above is refused for what it is, and not before it was looked at."""
    good = good_files()[".pdf"]
    papers = [door for door in doors(cast) if {"contract", "letter", "bank_receipt"} & {*door.asks.values()}]
    told = {
        door.address: sent(door, client, "示例.pdf", good).status_code
        for door in papers
        if "talks/new" not in door.address
    }
    assert len(told) > 8 and {*told.values()} <= {201, 302}, told
