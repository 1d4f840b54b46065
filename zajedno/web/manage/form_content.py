"""What a version of a form says, for the pages that show one."""

from typing import TYPE_CHECKING, Any

from zajedno.forms.logic.book import Book
from zajedno.forms.queries import office
from zajedno.forms.queries.form import facts_of
from zajedno.web.manage import form_questions, form_shown

if TYPE_CHECKING:
    from zajedno.forms.models import Version


def content(version: "Version") -> dict[str, Any]:
    """Context of `manage/form_content.html`."""
    facts, book = facts_of(version.facts), Book.from_json(version.book)
    return {
        "heading": office.title(version),
        "shown": version,  # `version` is the program's, in the footer
        "address": form_shown.address(version.form),
        "verified": facts.verified,
        "notices": facts.sentences,
        "facts": form_shown.facts_rows(version),
        "questions": form_questions.questions(book),
        "findings": form_shown.findings(facts) if facts.score else None,
        "texts": form_questions.languages(book.with_latin()),
    }
