"""The letter that any procedure may issue: titled by the procedure, in each language, empty fields left out."""

import io
from datetime import date
from typing import Any

import docx
import pypdf
import pytest
from django.conf import settings

from tests.letters import CHILD, HEAD
from zajedno.casework.logic.letters import gaps
from zajedno.kernel.documents import Rendering, letter_languages, render_pdf, render_word

TEMPLATE = settings.PACKS_DIR / "common" / "letters" / "notice.typ"
DAY = date(2026, 11, 24)
NOTICE: dict[str, Any] = {
    "head": HEAD,
    "child": CHILD,
    "to": [{"part": "Родитељ", "name": "Filip Љубисављевић"}, {"part": "Центар за социјални рад", "name": ""}],
    "procedure": "Индивидуални образовни план",
    "step": "Чека се сагласност",
    "began": date(2026, 9, 14),
    "parts": [{"part": "Педагошки колегијум", "name": "Ëmin Nagyőri"}],
    "guardians": ["Filip Љубисављевић", "Ана Ђукић"],
    "said": 'Тим је сачинио план.\n#read("x") *није* {{ ознака }}',
    "due": [{"what": "Изјашњење родитеља", "until": date(2026, 12, 2)}],
    "place": "сала 7",
    "day": date(2026, 12, 1),
    "signer": {"name": "", "role": "Школа"},
}
BARE = NOTICE | {"to": [], "guardians": [], "said": "", "due": [], "place": "", "day": "",
                 "head": HEAD | {"contact": ""}}  # fmt: skip


def rendering(language: str) -> Rendering:
    return Rendering(language, "Позив родитељу", "Основна школа", DAY)


def pdf_text(data: dict[str, Any], language: str) -> str:
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(TEMPLATE, data, rendering(language)).content))
    return "".join("".join(page.extract_text() for page in pdf.pages).split())


def word_text(data: dict[str, Any], language: str) -> str:
    page = docx.Document(io.BytesIO(render_word(TEMPLATE.with_suffix(".docx"), data, rendering(language))))
    return "".join("".join(paragraph.text for paragraph in page.paragraphs).split())


def test_its_shape_is_declared() -> None:
    assert gaps("notice", NOTICE) == []
    assert gaps("notice", {**NOTICE, "due": [{"what": "x"}]}) == ["due.0.until"]


@pytest.mark.parametrize("text", [pdf_text, word_text])
@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs", "en"])
def test_it_says_what_it_is_and_when_in_each_language(language: str, text: Any) -> None:
    assert language in letter_languages(TEMPLATE, (language,))
    said = text(NOTICE, language)
    for words in ("Позив родитељу", "Ђурђица Љубисављевић-Њежић", "Filip Љубисављевић", "Ана Ђукић", "14. 9. 2026.",
                  "2. 12. 2026.", "сала 7", "Тим је сачинио план.", '#read("x") *није* {{ ознака }}'):  # fmt: skip
        assert "".join(words.split()) in said, words
    assert "ËminNagyőri" not in said  # only those it is for are named


@pytest.mark.parametrize("text", [pdf_text, word_text])
def test_what_is_not_known_is_left_out(text: Any) -> None:
    said = text(BARE, "en")
    assert "Wewriteabouttheprocedure" in said
    for words in ("Timelimits", "Parent/guardian", "Forquestions", "Place"):
        assert words not in said
