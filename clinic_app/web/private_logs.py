"""The address of a calendar feed carries its secret in the path, so no log record of this process may name one.

It is taken out where records are made. So it does not matter who writes them: the service, the web server with an
access log that somebody switched on, or a library.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable
from typing import Any

from flask import Flask

FEED = re.compile(r"(/p/calendar/)[^\s\"'<>]+")
HIDDEN = r"\1…"


def init_app(_app: Flask) -> None:
    made = logging.getLogRecordFactory()
    if not hasattr(made, "hides_feeds"):
        logging.setLogRecordFactory(_without_feeds(made))


def _without_feeds(made: Callable[..., logging.LogRecord]) -> Callable[..., logging.LogRecord]:
    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = made(*args, **kwargs)
        try:
            said = record.getMessage()
        except (TypeError, ValueError, KeyError):  # the words do not fit their values: reported where it is written
            return record
        if FEED.search(said):
            record.msg, record.args = FEED.sub(HIDDEN, said), None
        if record.exc_info and record.exc_info[0]:
            told = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            if FEED.search(told):
                record.exc_text = FEED.sub(HIDDEN, told)
        return record

    make.hides_feeds = True  # type: ignore[attr-defined]
    return make
