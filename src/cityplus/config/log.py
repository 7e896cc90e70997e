"""Logs: one JSON object a line, UTC, with no address, mail or token of anybody."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime


class LineFormatter(logging.Formatter):
    """Formats a record as one line of JSON; line breaks in a message cannot forge a second record."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            line["trace"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(line, ensure_ascii=False)
