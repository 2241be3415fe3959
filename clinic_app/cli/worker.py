from __future__ import annotations

import click
from flask import Flask, current_app

from clinic_app import jobs


@click.command()
@click.option("--threads", default=jobs.THREADS, show_default=True, type=click.IntRange(1, 32))
def command(threads: int) -> None:
    """Send e-mail that is due until it is asked to stop; what it has in hand is finished first.

    Several may run at once, on several machines. `make run` has one inside.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    jobs.consumer(app, jobs.WorkerConsumer, threads).run()
