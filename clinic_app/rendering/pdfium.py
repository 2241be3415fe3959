"""PDFium must not be used by two threads of a process at once: whoever uses it holds this lock meanwhile."""

from __future__ import annotations

from threading import Lock

one_at_a_time = Lock()
