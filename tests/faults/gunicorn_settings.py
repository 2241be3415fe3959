"""The settings of `make run`'s server, and that it dies where a test says: once, in the request that comes next."""

import os
import runpy
from pathlib import Path
from typing import Any

from clinic_app import failpoints
from clinic_app.config import ROOT

ORDER = "die-here"  # in the data folder: the name of a failpoint

globals().update(
    {name: value for name, value in runpy.run_path(str(ROOT / "gunicorn.conf.py")).items() if name[0] != "_"}
)


def pre_request(_worker: Any, _request: Any) -> None:
    """The order is taken away before it is carried out: the process that comes after lives.

    So does this one if the request goes another way: what was not reached holds for no later request.
    """
    order = Path(os.environ["CLINIC_DATA"], ORDER)
    os.environ.pop(failpoints.VARIABLE, None)
    if order.exists():
        os.environ[failpoints.VARIABLE] = order.read_text("ascii")
        order.unlink()
