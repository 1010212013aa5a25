"""A line of 400 ms there and back that loses two packets of a hundred: a network of its own whose loopback is so (root alone may).

``python -m faults.long_lossy_line FOLDER`` is what runs inside it: the service, and a program that sends each payment until it is answered.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from faults.served import Installation, Served, ask, laid_out, serving

pytestmark = pytest.mark.installation
PAYMENTS = int(os.environ.get("ZHAOSHANG_LOSSY_PAYMENTS", "30"))
WORSE = ("delay", "200ms", "20ms", "loss", "2%")


@contextmanager
def lossy_network() -> Iterator[str]:
    """The name of a network of its own with a bad loopback; fails where no such may be made."""
    name = f"zhaoshang-{os.getpid()}"
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run(["ip", "-n", name, "link", "set", "lo", "up"], check=True)
        subprocess.run(["tc", "-n", name, "qdisc", "add", "dev", "lo", "root", "netem", *WORSE], check=True)
        yield name
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=True)


@pytest.mark.case("H17")
def test_over_a_slow_lossy_line_that_breaks_each_payment_is_there_once(tmp_path: Path, empty: Path) -> None:
    installation = laid_out(tmp_path / "data", empty)
    with lossy_network() as name:
        command = [
            "ip",
            "netns",
            "exec",
            name,
            sys.executable,
            "-m",
            "faults.long_lossy_line",
            str(installation.folder),
        ]
        env = {**installation.environment, "LOSSY_KEYS": json.dumps(installation.keys)}
        ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-3000:]
    told = json.loads(ran.stdout.splitlines()[-1])
    print(told)
    found = installation.told("look")
    assert found["wrong"] == [] and len(found["payments"]) == PAYMENTS and told["broken"] > 0
    assert told["slowest"] >= 0.4 and told["unequal"] == 0


def _sent(server: Served, key: str, body: dict[str, Any], chance: random.Random, told: dict[str, Any]) -> None:
    """Send it until it is answered, breaking some tries off in the middle; then once more, which must be answered the same."""
    bearer, answers = f"Bearer {server.installation.keys['officer']}", []
    while len(answers) < 2:
        if not answers and chance.random() < 0.4:
            told["broken"] += 1
            _broken_off(server.port, bearer, key, body, chance)
        began = time.monotonic()
        with suppress(OSError):
            status, answer, _headers = ask(
                server.port, "POST", "/api/payments", body, Authorization=bearer, Idempotency_Key=key
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


def main(folder: Path) -> None:
    """Inside the bad network."""
    keys = json.loads(os.environ["LOSSY_KEYS"])
    chance, told = random.Random(20230331), {"broken": 0, "slowest": 0.0, "unequal": 0}
    with serving(Installation(folder, keys), workers=2) as server:
        for _turn in range(PAYMENTS):
            body = {
                "project": keys["project"], "month": "2023-03", "paid_on": "2023-03-06", "amount": "100000.05",
                "source_code": "310000", "kind": "working_capital", "origin": "new", "bank_serial": f"SRV-{uuid4().hex[:20]}",
            }  # fmt: skip
            _sent(server, uuid4().hex, body, chance, told)
    print(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
