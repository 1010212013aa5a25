"""Writers that may be killed at any instant: processes of their own, which say through a pipe what they try and what is committed."""

import os
import random
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import UUID

from cast import NOW, Cast
from django.db import connections, transaction

from zhaoshang.capital import rollup
from zhaoshang.capital.actions import AlreadyDeclared
from zhaoshang.capital.checkpoints import walk
from zhaoshang.capital.evidence import FileDamaged, content_of, store
from zhaoshang.capital.models import Evidence, EvidenceFile, Payment
from zhaoshang.capital.rules import Proof, Standing
from zhaoshang.common.ids import uuid7
from zhaoshang.people.models import Event
from zhaoshang.review.actions import decide, submit

Tell = Callable[[str], None]


def submitted(cast: Cast, key: UUID) -> Payment:
    """One payment with its slip, as the form of the desk submits it."""
    content = f"%PDF-1.4\n% {key}\n%%EOF\n".encode()
    file = store(city=cast.city, content=content, name="slip.pdf", by=cast.officer, at=NOW)
    draft = cast.draft(key=key, bank_serial=f"SAMPLE-{key}")
    return submit(draft=draft, proofs=[(file, Proof.BANK_RECEIPT)], by=cast.officer, at=NOW)


def write_one(cast: Cast, tell: Tell) -> None:
    """Declare a payment and have it verified by the second person."""
    key = uuid7()
    tell(f"try {key}")
    payment = submitted(cast, key)
    tell(f"declared {key}")
    decide(payment=payment, verdict="verify", revision=payment.revision, by=cast.verifier, at=NOW)
    tell(f"verified {key}")


def write_on(cast: Cast, tell: Tell) -> None:
    """Write one payment after the other, until the process is killed."""
    while True:
        write_one(cast, tell)


def tell_too_soon(cast: Cast, tell: Tell) -> None:
    """The mistake that the checks must find: it says that a payment is declared, and has not committed it."""
    key = uuid7()
    tell(f"try {key}")
    with transaction.atomic():
        submitted(cast, key)
        tell(f"declared {key}")
        time.sleep(60)


@dataclass
class Told:
    """What the writers said, as far as it came through."""

    tried: set[UUID] = field(default_factory=set)
    declared: set[UUID] = field(default_factory=set)
    verified: set[UUID] = field(default_factory=set)

    def hear(self, said: bytes) -> None:
        """Note whole lines; what a kill cut off was not said."""
        for line in said.split(b"\n")[:-1]:
            verb, key = line.decode().split()
            {"try": self.tried, "declared": self.declared, "verified": self.verified}[verb].add(UUID(key))


class Writer:
    """A process that does ``work``. It is forked: to begin a new one takes milliseconds, so thousands can be killed."""

    def __init__(self, cast: Cast, work: Callable[[Cast, Tell], None], told: Told) -> None:
        connections.close_all()
        reading, writing = os.pipe()
        self.told, self._pipe, self._heard = told, reading, b""
        self.pid = os.fork()
        if not self.pid:
            os.close(reading)
            with suppress(BaseException):
                work(cast, lambda said: _write(writing, said))
            os._exit(1)
        os.close(writing)

    def wait_for(self, word: bytes) -> None:
        """Read until the writer has said ``word``."""
        while word not in self._heard:
            got = os.read(self._pipe, 65536)
            assert got, f"the writer ended by itself: {self._heard.decode()}"
            self._heard += got

    def hear(self) -> None:
        """Note what it has said so far, without waiting."""
        while select.select([self._pipe], [], [], 0)[0] and (got := os.read(self._pipe, 65536)):
            self._heard += got
        self.told.hear(self._heard[: self._heard.rfind(b"\n") + 1])

    def kill(self) -> None:
        """End it as the kernel does, and note what it had said."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        while got := os.read(self._pipe, 65536):
            self._heard += got
        os.close(self._pipe)
        self.told.hear(self._heard)


def _write(pipe: int, said: str) -> None:
    os.write(pipe, f"{said}\n".encode())


def kill_again_and_again(cast: Cast, kills: int, crew: int, seed: int) -> Told:
    """Let ``crew`` writers work, kill one at a time at a random instant of its work, and put another in its place."""
    chance, told = random.Random(seed), Told()
    writers = [Writer(cast, write_on, told) for _ in range(crew)]
    for turn in range(kills):
        place = turn % crew
        writers[place].wait_for(b"declared")
        time.sleep(chance.uniform(0, 0.05))
        writers[place].kill()
        writers[place] = Writer(cast, write_on, told)
    for writer in writers:
        writer.kill()
    return told


def wrong_after(cast: Cast, told: Told) -> list[str]:
    """What the store lost, made twice or left half of what the writers did."""
    payments = {one.pk: one for one in Payment.objects.of(cast.city)}
    verified = {key for key, one in payments.items() if one.standing == Standing.VERIFIED}
    lines = Event.objects.of(cast.city).filter(verb__startswith="capital.payment.").values_list("verb", "about_id")
    noted = {
        verb: [UUID(key) for name, key in lines if name == f"capital.payment.{verb}"]
        for verb in ("declared", "verified")
    }
    slips = Evidence.objects.of(cast.city).select_related("file", "file__city")
    whole = {slip.payment_id for slip in slips if _is_whole(slip.file)}
    checks = {
        "a declared payment is lost": told.declared - payments.keys(),
        "a verified payment is lost": told.verified - verified,
        "a payment that nobody tried": payments.keys() - told.tried,
        "declarations and their diary lines differ": set(noted["declared"]) ^ payments.keys(),
        "decisions and their diary lines differ": set(noted["verified"]) ^ verified,
        "diary lines twice": [len(keys) for keys in noted.values() if len(keys) != len(set(keys))],
        "payments without their slip": payments.keys() - whole,
        "the chain": walk(cast.city).faults,
        "the roll-ups": rollup.drift(cast.city),
    }
    return [f"{what}: {found}" for what, found in checks.items() if found]


def _is_whole(file: EvidenceFile) -> bool:
    try:
        return bool(content_of(file))
    except FileDamaged:
        return False


def tried_again(cast: Cast, told: Told) -> list[UUID]:
    """Send once more, with its key, everything that was tried and not answered; gives those that were there already."""
    there = []
    for key in sorted(told.tried - told.declared):
        try:
            submitted(cast, key)
        except AlreadyDeclared:
            there.append(key)
    return there
