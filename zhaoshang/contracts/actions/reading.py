"""Taking in a contract's text, flagging what looks risky in it, and a reviewer's word on each flag; then the reviews themselves."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhaoshang.common.files import digest
from zhaoshang.common.files.texts import Passage, passages_of
from zhaoshang.common.problems import N_
from zhaoshang.contracts.actions.appraising import NotNewest, OwnDraft
from zhaoshang.contracts.models import ContractText, Flag
from zhaoshang.contracts.rules.clauses import CLEAR, UNREADABLE, Handled, Lexicon, find, passage
from zhaoshang.contracts.standards import CLAUSES
from zhaoshang.people.diary import record
from zhaoshang.people.models import User
from zhaoshang.people.persons import same_person
from zhaoshang.people.rules import Can
from zhaoshang.projects.models import Project
from zhaoshang.projects.stages.actions import NotOpen, locked
from zhaoshang.projects.stages.proofs import keep_proof
from zhaoshang.projects.stages.rules import CONTRACT_TEXT, Standing
from zhaoshang.rulesets.kinds import InForce

STAGE, MOST_FLAGS = "signed", 500
NO_TEXT = N_("文件没有文字层（多半是扫描件），系统读不到内容。请审查人通读原件，写明读了什么、有没有风险条款。")
NO_TEXT_EN = (
    "The file has no text layer (a scan, most likely) and cannot be searched. "
    "A reviewer reads the original and says what was read and what was found."
)


class SameText(Exception):
    """The same file has been taken in before; the number is its version's."""


class AlreadyHandled(Exception):
    """Somebody has dealt with this flag."""


class ReasonMissing(Exception):
    """Keeping a flagged clause, or reading a whole file by oneself, takes words."""


class NotThisFlag(Exception):
    """A file without text is read by a reviewer; a passage is removed, justified or no hit."""


@transaction.atomic
def upload_text(*, project: Project, content: bytes, name: str, by: User, at: datetime) -> ContractText:
    """Take in the next version of the contract and flag what the lexicon of the day finds in it.

    What a reviewer said of the same passage in the version before holds on, unless it was to be removed. Raises
    ``common.files.Refused``, :class:`SameText`, ``NotOpen``, ``NotAllowed``.
    """
    held = locked(project, by, Can.PREPARE_CONTRACT)
    if held.standing != Standing.OPEN:
        raise NotOpen(held.code)
    kind, passages = passages_of(content, name)
    earlier = list(ContractText.objects.of(held.city_id).filter(project_id=held.pk).order_by("version"))
    sha256 = digest(content)
    if same := next((one for one in earlier if one.digest == sha256), None):
        raise SameText(same.version)
    standard = CLAUSES.on(held.city, timezone.localdate(at))
    proof = keep_proof(project=held, stage=STAGE, kind=CONTRACT_TEXT, content=content, name=name, by=by, at=at)
    text: ContractText = ContractText.objects.create(
        city=held.city,
        project=held,
        version=earlier[-1].version + 1 if earlier else 1,
        digest=sha256,
        mime=kind.mime,
        size_bytes=len(content),
        name=proof.name,
        passages=[[one.page, one.text] for one in passages],
        standard=standard.told,
        is_sample=held.is_sample,
        drafted_by=by,
        drafted_at=at,
    )
    flags = _flags(text, passages, standard, _said_before(earlier[-1], by) if earlier else {})
    Flag.objects.bulk_create(flags, batch_size=200)
    told: dict[str, Any] = {"version": text.version, "digest": sha256, "flags": len(flags)}
    record("contracts.text.uploaded", city=held.city, by=by, at=at, about=held, **told)
    return text


def _said_before(text: ContractText, drafter: User) -> dict[tuple[str, str], Flag]:
    rows = Flag.objects.of(text.city_id).filter(text_id=text.pk, handled__in=[Handled.JUSTIFIED, Handled.NO_HIT])
    return {(one.code, one.passage): one for one in rows if not same_person(one.handled_by_id, drafter)}


def _flags(
    text: ContractText, passages: list[Passage], standard: InForce[Lexicon], before: dict[tuple[str, str], Flag]
) -> list[Flag]:
    if not passages:
        said = {"code": UNREADABLE, "label": N_("没有文字层"), "label_en": "No text layer", "article": "—"}
        where = {"paragraph": 0, "start": 0, "end": 0, "passage": text.name}
        return [
            Flag(city=text.city, text=text, number=1, explanation=NO_TEXT, explanation_en=NO_TEXT_EN, **said, **where)
        ]
    lexicon = standard.read
    hits = find(lexicon, [one.text for one in passages])[:MOST_FLAGS]
    flags = []
    for number, hit in enumerate(hits, start=1):
        clause, found = lexicon.clauses[hit.code], passages[hit.paragraph]
        flag = Flag(
            city=text.city,
            text=text,
            number=number,
            code=hit.code,
            label=clause["label"][:60],
            label_en=clause.get("label_en", "")[:80],
            article=clause["article"][:120],
            explanation=clause["explanation"][:400],
            explanation_en=clause.get("explanation_en", "")[:600],
            paragraph=hit.paragraph + 1,
            page=found.page,
            start=hit.start,
            end=hit.end,
            passage=passage(found.text, hit.start, hit.end),
        )
        if kept := before.get((flag.code, flag.passage)):
            for field in ("handled", "reason", "handled_by_id", "handled_at"):
                setattr(flag, field, getattr(kept, field))
        flags.append(flag)
    return flags


@transaction.atomic
def handle_flag(*, flag: Flag, handled: Handled, reason: str = "", by: User, at: datetime) -> Flag:
    """A reviewer's word on a flagged passage of the newest text: to be removed, justified (why), no hit; or a whole scan read.

    Raises :class:`OwnDraft`, :class:`NotNewest`, :class:`AlreadyHandled`, :class:`ReasonMissing`, :class:`NotThisFlag`, ``NotAllowed``.
    """
    held = locked(flag.text.project, by, Can.REVIEW_CONTRACT)
    if same_person(flag.text.drafted_by_id, by):
        raise OwnDraft
    if newest(held) != flag.text:
        raise NotNewest
    found: Flag = Flag.objects.of(held.city_id).select_for_update().get(pk=flag.pk)
    if found.handled:
        raise AlreadyHandled
    if handled == Handled.OPEN or (handled == Handled.READ) != (found.code == UNREADABLE and handled != Handled.REMOVE):
        raise NotThisFlag
    if handled in (Handled.JUSTIFIED, Handled.READ) and not reason.strip():
        raise ReasonMissing
    found.handled, found.reason, found.handled_by, found.handled_at = handled, reason.strip()[:400], by, at
    found.save(update_fields=["handled", "reason", "handled_by", "handled_at"])
    told: dict[str, Any] = {"version": flag.text.version, "flag": found.number, "label": found.label}
    record("contracts.flag.handled", city=held.city, by=by, at=at, about=held, **told, handled=str(handled))
    return found


def newest(project: Project) -> ContractText | None:
    """The version that is to be signed. One query."""
    rows = ContractText.objects.of(project.city_id).filter(project_id=project.pk).select_related("drafted_by")
    found: ContractText | None = rows.order_by("-version").first()
    return found


def uncleared(text: ContractText) -> int:
    """Flags that nobody has dealt with, or that are to be removed. One query."""
    rows = Flag.objects.of(text.city_id).filter(text_id=text.pk)
    return rows.exclude(handled__in=[str(one) for one in CLEAR]).count()


def has_come(day: date, at: datetime) -> bool:
    """Whether the day is not in the future."""
    return day <= timezone.localdate(at)
