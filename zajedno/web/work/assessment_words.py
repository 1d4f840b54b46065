"""Findings in words: values with their units, bands by their names, changes since the sheet before."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.access.queries.account import names as account_names
from zajedno.children.enums import LedTo
from zajedno.children.queries.assessment import Read
from zajedno.forms.logic.scores.contract import Finding
from zajedno.web.shared.dates import day
from zajedno.web.shared.fields import LongText, Radios, Select
from zajedno.web.shared.forms import Form
from zajedno.web.shared.growth_sheets import GROWTH
from zajedno.web.shared.pieces import Cell, Column, Link, Moment, Table, Tag


def number(value: Decimal | int | None, *, signed: bool = False) -> str:
    """As the language writes it; a whole number without digits after the comma. `signed`: with its plus, or nothing."""
    if value is None:
        return ""
    return f"{Decimal(value).normalize():{'+' if signed else ''}f}".replace(".", get_format("DECIMAL_SEPARATOR"))


def value_text(read: Read, finding: Finding) -> str:
    """The value with its unit; nothing where the band says all there is to say."""
    if finding.value is None:
        return _("could not be said")
    unit = "" if finding.unit == "points" else finding.unit
    return "" if not finding.unit and read.band(finding) else f"{number(finding.value)} {unit}".strip()


def meaning(read: Read, finding: Finding) -> str:
    """The band, as people see it or else as the score proposes it."""
    return read.form.facts.band(read.band(finding)) if read.band(finding) else ""


def proposal(read: Read, finding: Finding) -> str:
    """What the score proposed, where people see it otherwise."""
    other = read.band(finding) != finding.band
    return _("the score proposes: %(band)s") % {"band": read.form.facts.band(finding.band)} if other else ""


def finding_text(read: Read, finding: Finding) -> str:
    """Value with unit and, after it, what it means."""
    means = "" if finding.value is None else meaning(read, finding)
    return " – ".join(filter(None, (value_text(read, finding), means)))


def summing(read: Read) -> str:
    """The first finding, which sums the others up; empty where the form has no score."""
    finding = next(iter(read.findings), None)
    if finding is None:
        return ""
    told = f"{read.form.facts.finding(finding.key)}: {finding_text(read, finding)}"
    return ", ".join(filter(None, (told, proposal(read, finding))))


def change_since(read: Read, before: Read | None) -> str:
    """How the summing finding moved since the sheet of the same form before."""
    if before is None or not read.findings or not before.findings:
        return ""
    now, then = read.findings[0], before.findings[0]
    if now.value is None or then.value is None or now.key != then.key:
        return ""
    moved = now.value - then.value
    params = {"day": day(before.row.holds_on), "change": number(moved, signed=True)}
    return _("Unchanged since %(day)s") % params if not moved else _("%(change)s since %(day)s") % params


def findings_table(read: Read) -> Table:
    rows = []
    for one in read.findings:
        tags = (
            Tag(_("Check the entry"), "wait") if one.doubtful else Tag(_("Look here"), "late") if one.flagged else None
        )
        cell = Cell(finding_text(read, one), tag=tags, small=proposal(read, one))
        rows.append([Cell(read.form.facts.finding(one.key)), cell])
    columns = [Column(_("What was measured")), Column(_("What it came to"))]
    return Table("findings", _("Findings"), columns, rows, caption_hidden=True)


def moments(child: UUID, reads: list[Read], most: int | None = None) -> list[Moment]:
    """Sheets of a child, the newest first, each with what has changed since the one of the same form before."""
    who = account_names({read.row.filled_by for read in reads[:most] if read.row.filled_by})
    found = []
    for at, read in enumerate(reads[:most]):
        before = next((one for one in reads[at + 1 :] if one.form.key == read.form.key), None)
        root = f"/work/child/{child}/assessments/"
        here = f"{root}{read.row.uuid}/"
        links = [Link(_("Open"), here, read.form.title())]
        if before is not None:
            query = f"?first={before.row.uuid}&second={read.row.uuid}"
            links.append(Link(_("Compare with the one before"), f"{root}compare/{query}"))
        lines = [summing(read), change_since(read, before), *(one["led_to"].label for one in read.judgements[-1:])]
        byline = ", ".join(filter(None, (who.get(read.row.filled_by or 0, ""), str(read.row.organisation))))
        tag = Tag(_("Corrected by a later one"), "off") if read.later else None
        found.append(
            Moment(read.form.title(), read.row.holds_on, text="\n".join(filter(None, map(str, lines))), byline=byline,
                   tag=tag, links=links)
        )  # fmt: skip
    return found


# What people may say of a sheet's growth as a whole; its other bands belong to single measures.
_AS_A_WHOLE = dict.fromkeys(GROWTH, ("usual", "attention"))


class Judge(Form):
    """What the sheet led to; for scores with bands, another band with a reason."""

    led_to = Radios(label=gettext_lazy("What did it lead to?"), choices=LedTo.choices)
    finding = Select(label=gettext_lazy("We see it otherwise than the score"), required=False,
                     empty=gettext_lazy("No, as it proposes"), optional=False)  # fmt: skip
    reason = LongText(label=gettext_lazy("Why, in a sentence or two"), required=False, rows=3, max_length=2000)

    def __init__(self, *args: Any, read: Read, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facts = read.form.facts
        choices = [
            (f"{one.key}:{band}", f"{facts.finding(one.key)}: {facts.band(band)}")
            for one in read.findings[:1] if one.band
            for band in _AS_A_WHOLE.get(facts.score, facts.bands) if band != one.band
        ]  # fmt: skip
        if choices:
            self.fill("finding", choices)
        else:
            del self.fields["finding"]

    def chosen(self) -> dict[str, str]:
        """As the verb takes it."""
        finding, _mark, band = self.cleaned_data.get("finding", "").partition(":")
        return {"led_to": self.cleaned_data["led_to"], "finding": finding, "band": band,
                "reason": self.cleaned_data["reason"]}  # fmt: skip


class Two(Form):
    """Two sheets to put side by side."""

    first = Select(label=gettext_lazy("One form"), optional=False)
    second = Select(label=gettext_lazy("The other form"), optional=False)

    def __init__(self, *args: Any, sheets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fill("first", sheets)
        self.fill("second", sheets)
