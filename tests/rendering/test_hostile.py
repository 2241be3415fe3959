"""What people type is printed as they typed it; nothing is ever fetched, run or read as markup."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
import tinyhtml5

from clinic_app.errors import NotPrintable
from clinic_app.rendering import layout, pdf, view
from clinic_app.rendering.content import Change, ChangeKind, Handout, SafetyAction, SorenessGuide, SorenessLevel, Text
from clinic_app.rendering.fetcher import Assets
from clinic_app.rendering.gate.content import texts
from clinic_app.rendering.job import Job
from clinic_app.rendering.layouts import LAYOUTS

CANARY = "http://c.test/x"
# Every way by which WeasyPrint's default fetcher reaches the network, and some that other printers have.
FETCHES = (
    f'<img src="{CANARY}">',
    f'<img srcset="{CANARY} 2x">',
    f'<link rel="stylesheet" href="{CANARY}">',
    f'<link rel="attachment" href="{CANARY}">',
    f'<a rel="attachment" href="{CANARY}">a</a>',
    f"<style>@import '{CANARY}';</style>",
    f"<style>@font-face{{font-family:f;src:url({CANARY})}}</style>",
    f"<style>@color-profile --p{{src:url({CANARY})}}</style>",
    f"<style>p{{background:url({CANARY})}}</style>",
    f"<style>p::before{{content:url({CANARY})}}</style>",
    f"<style>li{{list-style-image:url({CANARY})}}</style>",
    f"<style>p{{border-image:url({CANARY})}}</style>",
    f"<style>p{{cursor:url({CANARY}),auto}}</style>",
    f'<p style="background:url({CANARY})">a</p>',
    f'<object data="{CANARY}">a</object>',
    f'<embed src="{CANARY}">',
    f'<iframe src="{CANARY}"></iframe>',
    f'<base href="{CANARY}">',
    f'<meta http-equiv="refresh" content="0;{CANARY}">',
    f'<script src="{CANARY}"></script>',
    f'<video src="{CANARY}" poster="{CANARY}"></video>',
    f'<audio src="{CANARY}"></audio>',
    f'<input type="image" src="{CANARY}">',
    f'<svg><image href="{CANARY}"/></svg>',
    f'<svg><use href="{CANARY}#a"/></svg>',
    f'<img src="data:image/svg+xml,<image href={CANARY}>">',
    '<img src="file:///etc/passwd">',
    "<a href=\"javascript:alert('x')\">a</a>",
)
OTHER = (
    "{{7*7}}",
    "{% raw %}",
    "${x}",
    "&lt;b&gt; &amp; &#65;",
    "*bold* _it_ # head",
    "\\u0041 %s {0}",
    "]]> <!-- -->",
)


def with_text_everywhere(handout: Handout, text: str) -> Handout:
    """The same text in every field that a person types."""
    row = SafetyAction(text, text)
    exercises = tuple(
        replace(
            exercise,
            name=text,
            group=text,
            steps=(text, text, text),
            feel=text,
            take_care=text,
            easier=text,
            note=text,
            pictures=tuple(replace(picture, alt=text, caption=text) for picture in exercise.pictures),
        )
        for exercise in handout.exercises[:2]
    )
    clinic = replace(handout.clinic, name=text, address=(text,), phone=text, hours=text, footer=text, specialist=text)
    return replace(
        handout,
        title=text,
        why=Text(text, (text,)),
        soreness=SorenessGuide(text, tuple(SorenessLevel(each, each, text, text) for each in range(3))),
        floor=Text(text, (text,)),
        progress=Text(text, (text,)),
        clinic=clinic,
        patient=replace(handout.patient, name=text, reference=text),
        clinician=replace(handout.clinician, name=text, job_title=text),
        exercises=exercises,
        changes=(Change(ChangeKind.CHANGED, exercises[0].slug, text, text, text),),
        safety=replace(
            handout.safety, title=text, lead=text, emergency=(text, text), urgent=row, stop=row, specialist=row
        ),
    )


@pytest.fixture(scope="module")
def asked() -> list[str]:
    return []


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("text", [*FETCHES, *OTHER])
def test_markup_is_escaped_in_every_field(text: str, name: str, job: Job) -> None:
    hostile = replace(job, handout=with_text_everywhere(job.handout, text), layout=name)
    root = tinyhtml5.parse(layout.html(name, {"page": view.page(hostile)}), namespace_html_elements=False)
    heard = " ".join(root.itertext()) + " ".join(image.get("alt", "") for image in root.iter("img"))
    typed = [field for field, words in texts(hostile) if words == text]
    assert len(typed) > 40
    # The footer and head say some fields again; the line "now" is said in brackets on the card.
    assert heard.count(text) >= len(typed)
    elements = {element.tag for element in root.iter() if isinstance(element.tag, str)}
    assert elements <= {
        "html",
        "head",
        "meta",
        "title",
        "body",
        "section",
        "div",
        "p",
        "span",
        "b",
        "h1",
        "h2",
        "h3",
    } | {*("img", "ol", "ul", "li", "table", "thead", "tbody", "tr", "th", "td")}
    assert {image.get("src", "").partition(":")[0] for image in root.iter("img")} == {"asset"}


@pytest.mark.parametrize("text", [" ".join(FETCHES[:3]), FETCHES[9], FETCHES[-1], " ".join(OTHER)])
def test_markup_prints_literally_and_nothing_is_fetched(
    text: str, job: Job, monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    fetch = Assets.fetch

    def watched(self: Assets, url: str, headers: Any = None) -> Any:
        asked.append(url)
        return fetch(self, url, headers)

    monkeypatch.setattr(Assets, "fetch", watched)
    one = replace(job.handout.exercises[0], note=text)
    handout = replace(job.handout, exercises=(one, *job.handout.exercises[1:]))
    printed = pdf.render(replace(job, handout=handout))
    assert all(url.startswith("asset:") for url in asked)
    page = pypdfium2.PdfDocument(printed.pdf)[1]
    assert "".join(text.split()) in "".join(page.get_textpage().get_text_range().split())
    with pikepdf.open(BytesIO(printed.pdf)) as document:
        assert not [page for page in document.pages if "/Annots" in page]
        assert not document.attachments


def test_an_address_outside_the_handout_stops_the_print(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    html = layout.html
    monkeypatch.setattr(
        layout, "html", lambda *args: html(*args).replace("</h1>", f'</h1><img src="{CANARY}" alt="x" />')
    )
    with pytest.raises(NotPrintable, match="a file that does not belong to this handout"):
        pdf.render(job)
