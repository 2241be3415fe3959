"""The print gate: a wrong print is worse than no print.

It looks four times: at the content, at the parsed page text, at the laid-out pages and at the finished PDF. Every
reason is one plain sentence that names the exercise or field. WeasyPrint itself only logs most of these defects.
"""

from clinic_app.rendering.gate.content import check_content
from clinic_app.rendering.gate.laid_out import (
    check_images,
    check_pages,
    last_page_begins_with,
    page_one_reasons,
    pages_of_cards,
    pages_with,
    split_cards,
)
from clinic_app.rendering.gate.printed import check_pdf
from clinic_app.rendering.gate.refusal import refuse
from clinic_app.rendering.gate.tree import check_tree

__all__ = [
    "check_content",
    "check_images",
    "check_pages",
    "check_pdf",
    "check_tree",
    "last_page_begins_with",
    "page_one_reasons",
    "pages_of_cards",
    "pages_with",
    "refuse",
    "split_cards",
]
