"""What `pack.toml` may say."""

from __future__ import annotations

from typing import Literal

from clinic_app.starter.authored import Strict
from clinic_app.starter.lists import ReviewStatus
from clinic_app.starter.plain_text import Name, Sentence


class PackAbout(Strict):
    """`pack.toml`: what the pack is called, who wrote it, and that the clinic has yet to review it."""

    name: Name
    version: Name
    language: Literal["en-GB"]
    licence: Name
    author: Name
    review_status: ReviewStatus
    notice: Sentence
