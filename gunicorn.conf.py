"""How `make run` serves: one process with threads; PDFs are made in processes of their own."""

import os
from typing import Any

from clinic_app import jobs

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 1
worker_class = "gthread"
threads = 8
timeout = 120  # seconds without a sign of life; the time limit of one PDF is shorter and is kept elsewhere
graceful_timeout = 20  # seconds for open requests when asked to stop
# There is no access log: the address of a patient's page is a secret and would stand in it.
accesslog = None
loglevel = "warning"
# Otherwise gunicorn opens a socket for control in the home folder.
control_socket_disable = True
# Heartbeats go to memory: on a slow disk a write could outlast the time limit.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108

# Threads beside those of the pages that send e-mail; 0 when `flask worker` runs elsewhere.
mail_threads = int(os.environ.get("CLINIC_WORKER_THREADS", "2"))


def post_worker_init(worker: Any) -> None:
    """Start what sends e-mail, once the application is there."""
    if mail_threads:
        worker.mail = jobs.consumer(worker.wsgi, jobs.EmbeddedConsumer, mail_threads)
        worker.mail.start()


def worker_exit(_server: object, worker: Any) -> None:
    """Let it finish what it has in hand. What takes too long is found by its lease after the next start."""
    if hasattr(worker, "mail"):
        worker.mail.stop(graceful=True)
