"""A throwaway Redis server for the tests: on loopback, with nothing on the disk."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as NotThere
from redis.retry import Retry

PATIENCE = 60  # seconds for the server to start, or to stop
PAUSE = 0.1  # seconds between two looks


@contextmanager
def server() -> Iterator[str]:
    """The URL of a server that is ready; it is stopped at the end.

    Raises:
        redis.exceptions.ConnectionError: it did not start in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        ("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""), stdout=subprocess.DEVNULL
    )
    try:
        retry = Retry(ConstantBackoff(PAUSE), int(PATIENCE / PAUSE), supported_errors=(NotThere,))
        with Redis(port=port, retry=retry) as client:
            client.ping()
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait(PATIENCE)
