"""One order to print: the handout, the bytes of its pictures, and the patient's address, as one value.

It travels to the printing process as bytes (JSON, no pickle: a reader can only ever get values back), and its key names
the finished PDF in the cache.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from clinic_app.rendering import fonts, layout, snapshot
from clinic_app.rendering.content import Handout, PatientAddress

ENGINES = ("weasyprint", "pydyf", "tinyhtml5", "tinycss2", "cssselect2", "pillow", "segno", "fonttools")


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of a picture or logo; `media_type` is "image/svg+xml", "image/jpeg" or "image/png"."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Job:
    """`files` is keyed by the SHA-256 (hex) of the bytes. Without an address no QR code and no code is printed."""

    handout: Handout
    files: Mapping[str, File]
    address: PatientAddress | None
    layout: str = "standard"


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF and its number of pages."""

    pdf: bytes
    pages: int


def encode(job: Job) -> bytes:
    """The job as UTF-8 JSON for a pipe; equal jobs give equal bytes."""
    files = {name: [file.media_type, b64encode(file.data).decode()] for name, file in job.files.items()}
    parts = {
        "handout": snapshot.to_json(job.handout),
        "files": files,
        "address": asdict(job.address) if job.address else None,
        "layout": job.layout,
    }
    return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()


def decode(data: bytes) -> Job:
    """The job that `encode` wrote; raises errors.BrokenContent or ValueError for anything else."""
    parts = json.loads(data)
    return Job(
        handout=snapshot.from_json(parts["handout"]),
        files={name: File(b64decode(text), kind) for name, (kind, text) in parts["files"].items()},
        address=PatientAddress(**parts["address"]) if parts["address"] else None,
        layout=parts["layout"],
    )


def key(job: Job) -> str:
    """SHA-256 (hex) over everything that decides the bytes of the PDF: content, files, address, layout, fonts, engines.

    The pictures' bytes are in it through their names, which are hashes and are checked before printing.
    """
    parts = [
        snapshot.to_json(job.handout),
        sorted((name, file.media_type) for name, file in job.files.items()),
        asdict(job.address) if job.address else None,
        job.layout,
        layout.digest(job.layout),
        fonts.digest(),
        _engines(),
    ]
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


@cache
def _engines() -> tuple[tuple[str, str], ...]:
    # Reading the metadata of eight packages takes longer than all the rest of a cache hit.
    return tuple((name, version(name)) for name in ENGINES)
