"""Named places where a test lets this process die as if the power had gone. In service they do nothing.

The place is read once from CLINIC_FAILPOINT. The process kills itself, with SIGKILL, so that no clean-up runs.
"""

from __future__ import annotations

import os
import signal
from functools import cache

VARIABLE = "CLINIC_FAILPOINT"


def failpoint(name: str) -> None:
    """Die here, if a test asked for `name`."""
    if name == _chosen():
        os.kill(os.getpid(), signal.SIGKILL)


@cache
def _chosen() -> str:
    return os.environ.get(VARIABLE, "")
