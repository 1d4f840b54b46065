"""Letters of the packs that a page gives: in a language in which they are complete, as PDF or Word."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language

from zajedno.kernel.documents import Rendering, letter_languages, render_pdf, render_word
from zajedno.kernel.refusal import NotFound
from zajedno.web.shared.language import COMPLETE
from zajedno.web.shared.uploads import MEDIA_TYPES, saved


def language_of(template: Path, wanted: str = "") -> str:
    """The one wanted, else that of the page; English where words of the letter are missing in it. What the letter says
    is put together under it (`override`), so that it is never half in another language."""
    language = wanted or get_language() or "en"
    return language if language in letter_languages(template, COMPLETE) else "en"


def given(template: Path, data: Mapping[str, Any], about: Rendering, name: str) -> HttpResponse:
    """The file `name`, whose ending says what it is; Word from the template of the same name beside the other."""
    ending = name.rpartition(".")[2]
    if ending == "docx":
        content = render_word(template.with_suffix(".docx"), data, about)
    elif ending == "pdf":
        content = render_pdf(template, data, about).content
    else:
        raise NotFound("")
    return saved(content, MEDIA_TYPES[ending], name)
