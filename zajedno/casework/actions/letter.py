"""Letters of a case: rendered, numbered, hashed and kept sealed with it."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.actions.reading import note_reading
from zajedno.casework.models import Letter
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.letter_data import data_for, writer
from zajedno.casework.rules import ISSUE_LETTER
from zajedno.kernel.actor import Actor
from zajedno.kernel.documents import Rendering, letter_languages, render_pdf, render_word
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import NotFound, Refused

READABLE = {"joint-opinion": {"opinions", "plan"}, "minutes": {"opinions"}}  # what a tie must open; others: identity


def template_of(file: CaseFile, kind: str) -> Path:
    """The letter's template in the pack of the case's country, or else in the common one."""
    letter = file.definition.letter.get(kind)
    if letter is None:
        raise NotFound("")
    country, common = (settings.PACKS_DIR / name / "letters" / f"{letter.template}.typ" for name in _packs(file))
    return country if country.exists() else common


def _packs(file: CaseFile) -> tuple[str, str]:
    return file.definition.country.lower() or "common", "common"


def languages(file: CaseFile, kind: str) -> list[str]:
    """Languages in which the pack has every word of a letter."""
    return letter_languages(template_of(file, kind), tuple(code for code, _name in settings.LANGUAGES))


def _rendering(file: CaseFile, kind: str, language: str, day: date) -> Rendering:
    title = label(file.definition.letter[kind].labels, language)
    return Rendering(language=language, title=title, author=writer(file, kind).name, on=day)


def issue(*, by: Actor, file: CaseFile, kind: str, day: date | None = None, language: str = "") -> Letter:
    """Issue a letter by hand: again, or in a second language or script, under the number of the first."""
    seat = ask_in(file, by, ISSUE_LETTER)
    return keep(by=by, file=file, kind=kind, day=day or by.today, language=language, organisation=seat.organisation)


@transaction.atomic
def keep(*, by: Actor, file: CaseFile, kind: str, day: date, language: str = "", organisation: int) -> Letter:
    """Render a letter and keep it. What a move issues needs no further permission than the move."""
    language = language or file.case.organisation.language
    if language not in languages(file, kind):
        raise Refused(_("This letter is not translated into that language. Choose another one."), "no_language")
    number = _number(file, kind, language)
    pdf = render_pdf(
        template_of(file, kind), data_for(file, kind, day, language, number), _rendering(file, kind, language, day)
    )
    letter = Letter(
        case=file.case, kind=kind, number=number, language=language, sha256=bytes.fromhex(pdf.sha256),
        size=len(pdf.content), issued_on=day, issued_by=by.account,
    )  # fmt: skip
    letter.bytes_inside = pdf.content
    letter.save()
    detail = {"kind": kind, "language": language}
    audit.record(by=by, verb=ISSUE_LETTER.key, about=file.case, organisation=organisation, detail=detail)
    return letter


def _number(file: CaseFile, kind: str, language: str) -> str:
    """Registry number, if there is one, and running number of the letter; another language of the newest one keeps its
    number."""
    issued = file.case.letters.order_by("-id")
    newest = issued.filter(kind=kind).first()
    if newest and not issued.filter(number=newest.number, language=language).exists():
        return newest.number
    running = str(issued.values("number").distinct().count() + 1)
    return f"{file.case.number}-{running}" if file.case.number else running


@transaction.atomic
def read(*, by: Actor, file: CaseFile, uuid: str) -> tuple[Letter, bytes]:
    """The PDF as it was issued; reading it is recorded."""
    letter = file.case.letters.filter(uuid=uuid).first()
    if letter is None or not file.fields & READABLE.get(letter.kind, {"identity"}):
        raise NotFound("")
    letter.case = file.case
    note_reading(by=by, file=file, verb="casework.read_letter", detail={"letter": str(letter.uuid)})
    return letter, letter.bytes_inside


@transaction.atomic
def as_word(*, by: Actor, file: CaseFile, letter: Letter) -> bytes:
    """The same words and data as Word, for offices that edit. Not kept: what was issued is the PDF."""
    ask_in(file, by, ISSUE_LETTER)
    template = template_of(file, letter.kind).with_suffix(".docx")
    data = data_for(file, letter.kind, letter.issued_on, letter.language, letter.number)
    note_reading(by=by, file=file, verb="casework.read_letter", detail={"letter": str(letter.uuid), "as": "word"})
    return render_word(template, data, _rendering(file, letter.kind, letter.language, letter.issued_on))
