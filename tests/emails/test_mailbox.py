"""The demo's folder keeps messages as a mail server would take them."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_IMODE

import pytest

from clinic_app.emails import mailbox, transport
from clinic_app.emails.handout_mail import compose
from clinic_app.emails.outcome import Temporary
from clinic_app.emails.settings import MailFolder
from tests.a_mail import URL, handout_mail
from tests.mail_servers import SENDER


def kept(folder: Path, steps: list[str], **changed: object) -> None:
    message = compose(handout_mail(**changed))
    transport.send(message, MailFolder(folder, SENDER), lambda: steps.append("on_data"), steps.append)


def test_the_steps_are_those_of_a_server(tmp_path: Path) -> None:
    steps: list[str] = []
    kept(tmp_path / "mailbox", steps)
    assert steps == ["connect", "mail", "rcpt", "on_data", "data", "content", "answered"]
    (file,) = (tmp_path / "mailbox").iterdir()
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert S_IMODE(file.parent.stat().st_mode) == 0o700


def test_what_is_kept_can_be_read(tmp_path: Path) -> None:
    kept(tmp_path, [], pdf=b"%PDF-1.7", recipient="zoë@post.example", clinic="Härbour")
    (letter,) = mailbox.letters(tmp_path)
    assert letter.subject == "Your exercises from Härbour"
    assert letter.recipient == "zoë@post.example"
    assert letter.at == handout_mail().date
    assert URL in letter.text
    assert "<h1" in letter.page
    assert letter.files == ("exercises-1.pdf",)
    assert mailbox.attached(tmp_path, letter.name) == b"%PDF-1.7"
    assert mailbox.letter(tmp_path, letter.name) == letter


def test_the_newest_stands_first_and_the_same_message_once(tmp_path: Path) -> None:
    for number in (1, 2, 3, 2):
        kept(tmp_path, [], message_id=f"<{number}@clinic.example>", edition=number)
    for at, file in enumerate(sorted(tmp_path.iterdir(), key=lambda path: path.read_text().count("Edition"))):
        os.utime(file, (at, at))
    times = [(tmp_path / f"{each.name}.eml").stat().st_mtime for each in mailbox.letters(tmp_path)]
    assert times == [2, 1, 0]


def test_nothing_is_kept_when_the_note_fails(tmp_path: Path) -> None:
    def fail() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        mailbox.put(compose(handout_mail()), tmp_path, fail)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "mailbox").write_text("a file, not a folder")
    with pytest.raises(Temporary):
        kept(tmp_path / "mailbox", [])


@pytest.mark.parametrize("name", ["", "x", "../secret", "0" * 24, "0" * 23 + "/", "..%2f" + "0" * 19])
def test_no_other_file_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "mailbox").mkdir()
    (tmp_path / "secret.eml").write_text("Subject: x\n\nx")
    assert mailbox.letter(tmp_path / "mailbox", name) is None
    assert mailbox.attached(tmp_path / "mailbox", name) is None


def test_no_folder_is_an_empty_mailbox(tmp_path: Path) -> None:
    assert mailbox.letters(tmp_path / "none") == []
