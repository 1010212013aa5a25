"""Every hostile file is refused with its reason, by one worker that stays within 5 s and 300 MB and lives (catalogue C1)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from intake.hostile import HOSTILE

MOST_SECONDS, MOST_BYTES = 5, 300 * 1024 * 1024

WORKER = f"""
import json, resource, sys, time
from pathlib import Path
from zhaoshang.common.sheets import Refused, open_workbook
resource.setrlimit(resource.RLIMIT_AS, ({MOST_BYTES}, {MOST_BYTES}))
for path in sorted(Path(sys.argv[1]).iterdir()):
    content, start = path.read_bytes(), time.process_time()
    try:
        code, message = "opened", str(open_workbook(content, "到位资金.xlsx"))
    except Refused as refused:
        code, message = refused.code, refused.message
    print(json.dumps([path.name, code, message, time.process_time() - start]), flush=True)
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str, float]]:
    """Case → (code, message, seconds), all from one worker process with 300 MB of address space."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    for name, (_, make) in HOSTILE.items():
        (folder / name).write_bytes(make())
    command = [sys.executable, "-c", WORKER, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return {name: (code, message, seconds) for name, code, message, seconds in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.case("C1")
def test_is_refused_in_time_with_its_reason(case, answers):
    code, message, seconds = answers[case]
    assert code == HOSTILE[case][0]
    assert "{" not in message
    assert seconds < MOST_SECONDS
