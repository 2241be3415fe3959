"""Settings of e-mail: whole and right, or a start that is refused with one line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clinic_app.emails.settings import Mail, MailFolder, Security, Sender, SettingsError, read, state

HOST = "smtp.clinic.example"
LEAST = {"CLINIC_SMTP_HOST": HOST, "CLINIC_MAIL_FROM": "handouts@clinic.example"}


def test_without_settings_there_is_no_mail(tmp_path: Path) -> None:
    assert read({}, tmp_path) is None
    said = state(None, is_demo=False)
    assert not said.can_send
    assert "not set up" in said.words


def test_the_least_that_must_be_said_is_safe(tmp_path: Path) -> None:
    mail = read(LEAST, tmp_path)
    assert mail == Mail(HOST, 465, Security.TLS, Sender("", "handouts@clinic.example"))
    assert state(mail, is_demo=False).can_send


def test_all_that_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("open sesame\n")
    (tmp_path / "ca.pem").write_text("x")
    mail = read(
        {
            "CLINIC_SMTP_HOST": HOST,
            "CLINIC_SMTP_PORT": "2525",
            "CLINIC_SMTP_SECURITY": "starttls",
            "CLINIC_SMTP_USER": "clinic",
            "CLINIC_SMTP_PASSWORD_FILE": str(tmp_path / "password"),
            "CLINIC_SMTP_CA_FILE": str(tmp_path / "ca.pem"),
            "CLINIC_MAIL_FROM": '"Harbour Physiotherapy" <handouts@clinic.example>',
        },
        tmp_path,
    )
    sender = Sender("Harbour Physiotherapy", "handouts@clinic.example")
    assert mail == Mail(HOST, 2525, Security.STARTTLS, sender, "clinic", "open sesame", tmp_path / "ca.pem")
    assert "sesame" not in repr(mail)


@pytest.mark.parametrize(("security", "port"), [("tls", 465), ("starttls", 587), ("none", 25)])
def test_each_security_has_its_port(tmp_path: Path, security: str, port: int) -> None:
    mail = read(LEAST | {"CLINIC_SMTP_HOST": "localhost", "CLINIC_SMTP_SECURITY": security}, tmp_path)
    assert isinstance(mail, Mail)
    assert mail.port == port


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_only_this_machine_goes_without_safety(tmp_path: Path, host: str) -> None:
    assert read(LEAST | {"CLINIC_SMTP_HOST": host, "CLINIC_SMTP_SECURITY": "none"}, tmp_path)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"CLINIC_MAIL_FROM": ""}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_SMTP_HOST": ""}, "CLINIC_SMTP_HOST"),
        ({"CLINIC_SMTP_HOST": "smtp clinic"}, "CLINIC_SMTP_HOST"),
        ({"CLINIC_SMTP_HOST": "user@smtp.example"}, "CLINIC_SMTP_HOST"),
        ({"CLINIC_SMTP_PORT": "0"}, "CLINIC_SMTP_PORT"),
        ({"CLINIC_SMTP_PORT": "65536"}, "CLINIC_SMTP_PORT"),
        ({"CLINIC_SMTP_PORT": "465000000000"}, "CLINIC_SMTP_PORT"),
        ({"CLINIC_SMTP_PORT": "smtp"}, "CLINIC_SMTP_PORT"),
        ({"CLINIC_SMTP_SECURITY": "ssl"}, "CLINIC_SMTP_SECURITY"),
        ({"CLINIC_SMTP_SECURITY": "none"}, "CLINIC_SMTP_SECURITY=none"),
        ({"CLINIC_SMTP_SECURITY": "none", "CLINIC_SMTP_HOST": "10.0.0.1"}, "CLINIC_SMTP_SECURITY=none"),
        ({"CLINIC_SMTP_SECURITY": "none", "CLINIC_SMTP_HOST": "localhost.example"}, "CLINIC_SMTP_SECURITY=none"),
        ({"CLINIC_SMTP_USER": "clinic"}, "CLINIC_SMTP_PASSWORD_FILE"),
        ({"CLINIC_SMTP_PASSWORD_FILE": "password"}, "CLINIC_SMTP_USER"),
        ({"CLINIC_SMTP_USER": "clinic", "CLINIC_SMTP_PASSWORD_FILE": "nowhere"}, "CLINIC_SMTP_PASSWORD_FILE"),
        ({"CLINIC_SMTP_CA_FILE": "nowhere"}, "CLINIC_SMTP_CA_FILE"),
        ({"CLINIC_MAIL_FROM": "handouts"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAIL_FROM": "a@clinic.example, b@clinic.example"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAIL_FROM": "A <a@clinic.example> B"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAIL_FROM": "A <a@clinic.example>, B <b@clinic.example>"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAIL_FROM": "A\r\nBcc: x <a@clinic.example>"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAIL_FROM": "zoë@clinic.example"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAIL_FROM": "x" * 81 + " <a@clinic.example>"}, "CLINIC_MAIL_FROM"),
        ({"CLINIC_MAILBOX": "yes"}, "CLINIC_MAILBOX=yes"),
        ({"CLINIC_MAILBOX": "perhaps"}, "CLINIC_MAILBOX"),
    ],
)
def test_wrong_or_half_settings_are_named(tmp_path: Path, changed: dict[str, str], named: str) -> None:
    with pytest.raises(SettingsError, match=named) as caught:
        read(LEAST | changed, tmp_path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("password", ["", "\n", "zwei\nZeilen", "pässwort", "tab\t"])
def test_a_password_that_cannot_be_one(tmp_path: Path, password: str) -> None:
    (tmp_path / "password").write_text(password, encoding="utf-8")
    said = {"CLINIC_SMTP_USER": "clinic", "CLINIC_SMTP_PASSWORD_FILE": str(tmp_path / "password")}
    with pytest.raises(SettingsError, match="PASSWORD_FILE") as caught:
        read(LEAST | said, tmp_path)
    assert not password.strip() or password.strip() not in str(caught.value)


def test_the_folder_counts_for_the_demo_only(tmp_path: Path) -> None:
    folder = read({"CLINIC_MAILBOX": "yes"}, tmp_path)
    assert isinstance(folder, MailFolder)
    assert folder.path == tmp_path / "mailbox"
    assert state(folder, is_demo=True).can_send
    assert not state(folder, is_demo=False).can_send, "a real patient's mail would look as if it had been sent"
    assert read({"CLINIC_MAILBOX": "no"}, tmp_path) is None


def test_the_start_is_refused_with_one_line(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {"CLINIC_DATA": str(tmp_path), "CLINIC_SMTP_HOST": HOST, "PATH": "", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stderr == "Not started: CLINIC_MAIL_FROM is missing, but other settings of e-mail are there.\n"
