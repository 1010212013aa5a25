"""A line of 400 ms there and back on which two pieces of a hundred are lost and come a second late, and which breaks now and then.

What lost packets are to a program: TCP sends them again, later. The line is a relay of our own between the caller and the served system.
"""

import json
import os
import random
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from faults.served import ask, laid_out, serving

pytestmark = pytest.mark.installation
PAYMENTS = int(os.environ.get("ZHAOSHANG_LOSSY_PAYMENTS", "30"))
THERE_S, WAVERS_S, LOST, AGAIN_S, BREAKS, PIECE = 0.2, 0.02, 0.02, 1.0, 0.01, 512


@dataclass
class Line:
    """What goes to ``port`` reaches ``behind`` late, in pieces of half a kilobyte; ``lost`` and ``broken`` count what befell them."""

    behind: int
    chance: random.Random
    server: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    lost: int = 0
    broken: int = 0

    @property
    def port(self) -> int:
        """Where it is called."""
        return int(self.server.getsockname()[1])

    def run(self) -> None:
        """Until it is closed."""
        with suppress(OSError):
            while True:
                caller, _ = self.server.accept()
                there = socket.create_connection(("127.0.0.1", self.behind))
                for source, target in ((caller, there), (there, caller)):
                    Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE):
                late = THERE_S + self.chance.uniform(-WAVERS_S, WAVERS_S)
                if self.chance.random() < LOST:
                    self.lost, late = self.lost + 1, late + AGAIN_S
                time.sleep(late)
                if self.chance.random() < BREAKS:
                    self.broken += 1
                    source.close()
                    break
                target.sendall(piece)
            target.shutdown(socket.SHUT_WR)


@pytest.mark.case("H17")
def test_over_a_slow_lossy_line_that_breaks_each_payment_is_there_once(tmp_path: Path, empty: Path) -> None:
    installation, chance = laid_out(tmp_path / "data", empty), random.Random(20230331)
    told: dict[str, Any] = {"broken": 0, "slowest": 0.0, "unequal": 0}
    with serving(installation, workers=2) as served:
        line = Line(served.port, random.Random(7))
        Thread(target=line.run, daemon=True).start()
        for _turn in range(PAYMENTS):
            body = {
                "project": installation.keys["project"], "month": "2023-03", "paid_on": "2023-03-06", "amount": "100000.05",
                "source_code": "310000", "kind": "working_capital", "origin": "new", "bank_serial": f"SRV-{uuid4().hex[:20]}",
            }  # fmt: skip
            _sent(line, f"Bearer {installation.keys['officer']}", uuid4().hex, body, chance, told)
        line.server.close()
    print(f"{told}, {line.lost} pieces lost, the line broke by itself {line.broken} times")
    found = installation.told("look")
    assert found["wrong"] == [] and len(found["payments"]) == PAYMENTS and told["broken"] > 0 and line.lost > 0
    assert told["slowest"] >= 0.4 and told["unequal"] == 0


def _sent(line: Line, bearer: str, key: str, body: dict[str, Any], chance: random.Random, told: dict[str, Any]) -> None:
    """Send it until it is answered, breaking some tries off in the middle; then once more, which must be answered the same."""
    answers: list[bytes] = []
    while len(answers) < 2:
        if not answers and chance.random() < 0.4:
            told["broken"] += 1
            _broken_off(line.port, bearer, key, body, chance)
        began = time.monotonic()
        with suppress(OSError):
            status, answer, _headers = ask(
                line.port, "POST", "/api/payments", body, Authorization=bearer, Idempotency_Key=key
            )
            if status == 201:
                answers.append(answer)
        told["slowest"] = max(told["slowest"], time.monotonic() - began)
    told["unequal"] += answers[0] != answers[1]


def _broken_off(port: int, bearer: str, key: str, body: dict[str, Any], chance: random.Random) -> None:
    sent = json.dumps(body).encode()
    head = (
        f"POST /api/payments HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
        f"Authorization: {bearer}\r\nIdempotency-Key: {key}\r\n\r\n"
    ).encode()
    whole = head + sent
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(whole[: chance.choice([40, len(head) + 20, len(whole)])])
        time.sleep(chance.uniform(0, 0.6))
