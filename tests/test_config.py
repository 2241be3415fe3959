"""Settings are safe when nobody sets any, and secrets are made once and kept from others."""

from __future__ import annotations

from pathlib import Path
from stat import S_IMODE
from threading import Barrier, Thread

import pytest

from clinic_app.config import from_environment, key_file, mail_state
from clinic_app.emails import settings
from clinic_app.emails.settings import Mail, SettingsError


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    ours = ("DATABASE_URL", "CLINIC_PUBLIC_URL", "PORT", "CLINIC_RENDER_PROCESSES")
    for name in (*ours, *settings.ALL, settings.FOLDER):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CLINIC_DATA", str(tmp_path / "data"))
    return monkeypatch


def test_without_settings_everything_stays_in_the_data_folder(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made = from_environment()
    assert made.data == tmp_path / "data"
    assert made.database_url == f"sqlite:///{tmp_path / 'data' / 'clinic.sqlite3'}"
    assert made.public_url == "http://127.0.0.1:8000"
    assert not made.https
    assert not made.testing
    assert S_IMODE(made.data.stat().st_mode) == 0o700


def test_the_secrets_are_three_long_and_kept(environment: pytest.MonkeyPatch) -> None:
    first, second = from_environment(), from_environment()
    secrets = {first.secret_key, first.address_key.decode("ascii"), first.password_salt}
    assert len(secrets) == 3
    assert all(len(secret) >= 43 for secret in secrets), "fewer than 256 bits"
    assert first == second
    for path in (first.data / "keys").iterdir():
        assert S_IMODE(path.stat().st_mode) == 0o600, path
    assert S_IMODE((first.data / "keys").stat().st_mode) == 0o700


def test_two_folders_have_different_secrets(tmp_path: Path) -> None:
    assert key_file(tmp_path / "one", "session") != key_file(tmp_path / "two", "session")


def test_processes_that_start_together_agree_on_a_secret(tmp_path: Path) -> None:
    gate = Barrier(6)
    made: list[str] = []

    def start() -> None:
        gate.wait()
        made.append(key_file(tmp_path, "session"))

    threads = [Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert made[0]
    assert [path.name for path in tmp_path.iterdir()] == ["session"]


@pytest.mark.parametrize(
    ("url", "kept", "https"),
    [
        ("https://handouts.example/", "https://handouts.example", True),
        ("http://10.0.0.7:8000", "http://10.0.0.7:8000", False),
    ],
)
def test_the_public_address(environment: pytest.MonkeyPatch, url: str, kept: str, https: bool) -> None:
    environment.setenv("CLINIC_PUBLIC_URL", url)
    made = from_environment()
    assert made.public_url == kept
    assert made.https is https


def test_what_is_set_is_taken(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgresql+psycopg://db/clinic")
    environment.setenv("PORT", "9001")
    environment.setenv("CLINIC_RENDER_PROCESSES", "5")
    environment.setenv("CLINIC_TRUSTED_PROXIES", "1")
    made = from_environment()
    assert made.trusted_proxies == 1
    assert made.database_url == "postgresql+psycopg://db/clinic"
    assert made.public_url == "http://127.0.0.1:9001"
    assert made.render_processes == 5


def test_without_settings_of_e_mail_nothing_is_sent(environment: pytest.MonkeyPatch) -> None:
    made = from_environment()
    assert made.mail is None
    assert not mail_state(made, is_demo=True).can_send


def test_the_settings_of_e_mail_are_taken_or_refused(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("CLINIC_SMTP_HOST", "smtp.clinic.example")
    with pytest.raises(SettingsError, match="CLINIC_MAIL_FROM"):
        from_environment()
    environment.setenv("CLINIC_MAIL_FROM", "handouts@clinic.example")
    made = from_environment()
    assert isinstance(made.mail, Mail)
    assert mail_state(made, is_demo=False).can_send


@pytest.mark.parametrize("left_over", ["", "\n", "half of a secr"])
def test_half_a_secret_stops_the_start(tmp_path: Path, left_over: str) -> None:
    """An empty key would sign everybody's sessions and addresses alike."""
    (tmp_path / "session").write_text(left_over)
    with pytest.raises(ValueError, match="no whole secret"):
        key_file(tmp_path, "session")
