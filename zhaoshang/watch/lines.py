"""Log lines as JSON. Of an exception its kind and place are written, never its text or its variables: both may hold what people typed."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """What the record tells; arguments of Django's own request log, which are addresses, are left out."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "from": record.name,
        }
        told = getattr(record, "told", None)
        if told is not None:
            line |= told
        else:
            line["said"] = str(record.msg) if record.name.startswith("django") else record.getMessage()
        if record.exc_info and record.exc_info[0]:
            kind, _error, trace = record.exc_info
            line["error"] = kind.__name__
            line["place"] = [
                f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)[-8:]
            ]
        return json.dumps(line, ensure_ascii=False)
