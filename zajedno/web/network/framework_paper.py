"""A framework of results on paper, in the language of the page."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import get_language, override

from zajedno.kernel.actor import Actor
from zajedno.programmes.queries import frame as queries
from zajedno.web.network import framework_words as words
from zajedno.web.shared.report import pages, released
from zajedno.web.shared.report.papers import Draft, language_of
from zajedno.web.shared.report.sections import Section, pairs, printed, tables

if TYPE_CHECKING:
    from zajedno.programmes.models import Frame


def given(by: Actor, row: "Frame", ending: str) -> HttpResponse:
    """As PDF or for Word: the tables of its page."""
    language = language_of(get_language() or "en", get_language() or "")
    whole = queries.whole(row)

    def made() -> list[Section]:
        facts = Section(str(row), pairs(words.facts(row, whole)))
        found = [(str(one.caption), printed(one)) for one in words.tables(whole)]
        return [facts, *(Section(title, tables=tables(one)) for title, one in found)]

    with override(language):
        draft = Draft(str(row), row.country, "", row.source, language, by.today, made, released.names, issues=False)
        return pages.draft_file(draft, ending, row.key)
