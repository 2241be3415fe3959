"""Settings, read once from the environment. Every setting has a default that is safe on one machine."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from clinic_app.emails import settings
from clinic_app.emails.settings import Mail, MailFolder, MailState

ROOT = Path(__file__).resolve().parent.parent
KEY_BYTES = 48  # of chance; written in base64 they are 64 characters


@dataclass(frozen=True, slots=True)
class Config:
    """`data` is the folder of everything that must survive: database, objects, keys.

    `public_url` is the address patients reach, without a slash at the end. It is never read from a request,
    so a forged Host header cannot end up on a printed sheet.
    """

    data: Path
    database_url: str
    public_url: str
    secret_key: str
    address_key: bytes
    password_salt: str
    https: bool = False
    testing: bool = False
    render_processes: int = 2
    render_timeout: float = 30.0  # seconds for one document
    mail: Mail | MailFolder | None = None  # None: e-mail is not set up, and the service says so
    trusted_proxies: int = 0  # proxies in front of the service that name the visitor's address; each is one of ours
    queue_url: str = "memory:"  # what wakes the worker; other forms in jobs.py


def mail_state(config: Config, *, is_demo: bool) -> MailState:
    """Whether e-mail can be sent for a clinic, and the sentence that says so. `is_demo` is the clinic's."""
    return settings.state(config.mail, is_demo=is_demo)


def key_file(folder: Path, name: str) -> str:
    """The secret kept in `folder/name`, made on first use and readable by its owner only.

    Raises:
        ValueError: if the file is there and holds no whole secret; a guess would be worse than no start.
    """
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _place(path, secrets.token_urlsafe(KEY_BYTES))
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < KEY_BYTES:
        raise ValueError(f"{path} holds no whole secret. Restore it from the backup.")
    return secret


def _place(path: Path, secret: str) -> None:
    """Put a whole file under its name at once, so that of processes that start together none reads half a secret."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".")  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # the first one stays
            os.link(draft, path)
    finally:
        Path(draft).unlink()


def from_environment() -> Config:
    """The settings of this process; makes the data folder and its keys when they are missing.

    Raises:
        SettingsError: a setting of e-mail is wrong or missing.
    """
    data = Path(os.environ.get("CLINIC_DATA", ROOT / "instance")).resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys = data / "keys"
    port = os.environ.get("PORT", "8000")
    public_url = os.environ.get("CLINIC_PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/")
    return Config(
        data=data,
        database_url=os.environ.get("DATABASE_URL", f"sqlite:///{data / 'clinic.sqlite3'}"),
        public_url=public_url,
        secret_key=key_file(keys, "session"),
        address_key=key_file(keys, "patient-address").encode("ascii"),
        password_salt=key_file(keys, "password-salt"),
        https=public_url.startswith("https://"),
        render_processes=int(os.environ.get("CLINIC_RENDER_PROCESSES", "2")),
        trusted_proxies=int(os.environ.get("CLINIC_TRUSTED_PROXIES", "0")),
        mail=settings.read(os.environ, data),
        queue_url=os.environ.get("CLINIC_QUEUE_URL", f"sqlite:///{data / 'queue.sqlite3'}"),
    )
