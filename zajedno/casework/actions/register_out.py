"""The commission's register goes out, in the columns in which it also comes in."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.actions import audit
from zajedno.casework.enums import Initiator
from zajedno.casework.logic.register_line import Line
from zajedno.casework.queries.register import commission, in_register, lines, measures_of
from zajedno.casework.rules import EXPORT_REGISTER
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.refusal import Refused
from zajedno.kernel.script import latin
from zajedno.kernel.spreadsheets import Cell, write_csv, write_workbook
from zajedno.kernel.verbs import ask
from zajedno.procedures.queries.definition import of_version

# Headings that `match_register` knows again; in the register's own language, whatever the page is shown in.
HEADINGS = (
    "деловодни број", "датум пријема", "име детета", "презиме детета", "датум рођења", "родитељ", "адреса",
    "подносилац", "установа", "статус", "датум седнице", "датум мишљења", "мере подршке",
)  # fmt: skip
SHEET = "Регистар"
INITIATORS = {Initiator.PARENT: "родитељ", Initiator.INSTITUTION: "установа"}
KINDS = ("xlsx", "csv")
SCRIPTS = ("sr", "sr-latn")


@transaction.atomic
def export(*, by: Actor, organisation: int, kind: str, script: str) -> bytes:
    """The register as a workbook or CSV (UTF-8), in Cyrillic or Latin. Names in Latin are never turned into Cyrillic.

    What the commission's ties do not open stays out. Written in the audit with the number of rows.
    """
    ask(by, EXPORT_REGISTER, organisation)
    if kind not in KINDS or script not in SCRIPTS:
        raise Refused(gettext_lazy("Choose the kind of file and the script."), "kind")
    rows = list(_rows(by, organisation, script))
    header = [_in(script, name) for name in HEADINGS]
    with translation.override(script):
        if kind == "csv":
            content = "".join(write_csv(header, rows, ";")).encode()
        else:
            content = write_workbook(header, rows, _in(script, SHEET))
    audit.record(
        by=by, verb=EXPORT_REGISTER.key, about=commission(organisation), organisation=organisation,
        detail={"rows": len(rows), "kind": kind},
    )  # fmt: skip
    return content


def _rows(by: Actor, organisation: int, script: str) -> Iterator[Sequence[Cell]]:
    coded = measures_of(commission(organisation).territory.country_id)
    names = {key: label(one.labels, script) for key, one in coded.items()}
    for case, line in lines(in_register(by, organisation), organisation, by.today):
        step = of_version(case.version_id).step[line.step]
        yield _cells(line, label(step.labels, script), names, script)


def _cells(line: Line, status: str, measures: dict[str, str], script: str) -> Sequence[Cell]:
    texts = (line.given, line.family)
    initiator = line.initiator_name or INITIATORS[Initiator(line.initiator or Initiator.PARENT)]
    planned = "\n".join(measures.get(one, one) for one in line.measures)
    return (
        _in(script, line.number), line.received, *(_in(script, text) for text in texts), line.born,
        *(_in(script, text) for text in (line.parent, line.address, initiator, line.institution, status)),
        line.sitting, line.opinion, _in(script, planned),
    )  # fmt: skip


def _in(script: str, text: str) -> str:
    return latin(text) if script == "sr-latn" else text


def file_name(kind: str, script: str, day: date) -> str:
    """Name of the file for a person's folder: no child in it."""
    word = _("register")
    return f"{latin(word) if script == 'sr-latn' else word}-{day.isoformat()}.{kind}"
