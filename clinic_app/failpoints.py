"""Named places where a test lets this process die as if the power had gone. In service they do nothing.

The place stands in CLINIC_FAILPOINT. The process kills itself, with SIGKILL, so that no clean-up runs.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "CLINIC_FAILPOINT"


def failpoint(name: str) -> None:
    """Die here, if a test asked for `name`."""
    if name == os.environ.get(VARIABLE):
        os.kill(os.getpid(), signal.SIGKILL)
