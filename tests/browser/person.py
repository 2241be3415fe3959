"""A member of staff at the screen, who finds things by what they are called and whose actions are counted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

import pypdfium2
from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD, email

LOW_BACK_SIX = "Low back: six exercises"


@dataclass
class Person:
    tab: Page
    actions: int = field(default=0)

    def press(self, name: str, role: str = "button") -> None:
        self.actions += 1
        self.find(name, role).click()

    def type(self, label: str, text: str) -> None:
        self.actions += 1
        self.tab.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str, option: str) -> None:
        """Choose the first option that begins with `option`."""
        self.actions += 1
        box = self.tab.get_by_label(label, exact=True)
        words = box.get_by_role("option").filter(has_text=re.compile(f"^{re.escape(option)}")).first.inner_text()
        box.select_option(label=words)

    def pick(self, name: str) -> None:
        """Pick the radio button whose words begin with `name`."""
        self.actions += 1
        self.tab.get_by_role("radio", name=re.compile(f"^{re.escape(name)}")).check()

    def find(self, name: str, role: str = "button") -> Locator:
        words = re.escape(name).replace(r":\ ", r"\s*:\s*")  # a hidden half of a name may stand after a space
        return self.tab.get_by_role(role, name=re.compile(f"^{words}$"))  # type: ignore[arg-type] # a role by its name

    def go(self, address: str) -> None:
        """Open a page without waiting for its pictures."""
        self.tab.goto(address, wait_until="domcontentloaded")

    def arrive(self, address: str) -> None:
        # The path alone: the sign-in page carries the wanted address in its query.
        path = address.removeprefix("**")
        self.tab.wait_for_url(lambda url: fnmatchcase(urlsplit(url).path, path), wait_until="domcontentloaded")

    def sign_in(self, first_name: str) -> None:
        self.type("E-mail", email(first_name))
        self.type("Password", PASSWORD)
        self.press("Sign in")
        self.arrive("**/staff/today")

    def sign_out(self) -> None:
        self.actions += 1
        self.tab.locator("summary", has_text="Account of").click()
        self.press("Sign out")
        self.arrive("/sign-in")

    def start_low_back_six(self, patient: str = "Ada Example") -> None:
        """From the page of the day, in two actions: the patient, and the protocol that starts at once."""
        self.type("Start a programme: patient", patient)
        expect(self.tab.get_by_role("radio", name=re.compile(f"^{re.escape(patient)}"))).to_be_checked()
        self.actions += 1
        self.protocol(LOW_BACK_SIX).click()
        self.arrive("**/staff/programmes/*")

    def protocol(self, name: str) -> Locator:
        """The button on the page of the day that starts a protocol."""
        return self.tab.get_by_role("button", name=re.compile(f"^Start {re.escape(name)}"))

    def issue_and_print(self) -> bytes:
        """Press the button, wait for the pages in the browser's viewer, and return them."""
        with self.tab.expect_response(lambda response: response.url.endswith(".pdf")) as sent:
            self.press("Issue and print")
        assert sent.value.status == 200
        return self.pages_shown()

    def pages_shown(self) -> bytes:
        """The bytes behind the PDF that the tab shows: the viewer hands out its own frame, not the file."""
        self.arrive("**/*.pdf")
        answer = self.tab.context.request.get(self.tab.url)
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()


def text_of(pdf: bytes) -> str:
    """All words of a PDF, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()
