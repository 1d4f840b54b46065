"""How a form is shown to whoever keeps it: what lies beside it, findings, versions, and where it is used."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zajedno.children.enums import Field
from zajedno.forms.queries import office
from zajedno.forms.queries.form import Facts, facts_of
from zajedno.kernel.labels import Labels, label
from zajedno.places.queries.organisation import names
from zajedno.procedures.queries import definition as definitions
from zajedno.web.manage.frame import day, moment
from zajedno.web.manage.unverified import form_path
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag

if TYPE_CHECKING:
    from zajedno.forms.models import Form, Version

STATES = {
    office.PACK: (gettext_lazy("From a pack"), "info"),
    office.WAITING: (gettext_lazy("Waits for approval"), "wait"),
    office.ALLOWED: (gettext_lazy("Approved"), "done"),
    office.REFUSED: (gettext_lazy("Refused"), "late"),
    office.REPLACED: (gettext_lazy("Replaced by a later one"), "off"),
}


def address(form: "Form", tail: str = "") -> str:
    return form_path(form.country, form.key) + tail


def state(version: "Version") -> Tag:
    if version.form.retired_on is not None:
        return Tag(_("Retired on %(day)s") % {"day": day(version.form.retired_on)}, "off")
    text, tone = STATES[office.standing(version)]
    return Tag(text, tone)


def source_mark(facts: Facts) -> Tag:
    return Tag(_("Verified"), "done") if facts.verified else Tag(_("Not verified"), "wait")


def listed(found: Sequence[office.Kept]) -> Table:
    """A form a line, by its newest version."""
    columns = [
        Column(_("Form")), Column(_("About")), Column(_("Version"), numeric=True), Column(_("State")),
        Column(_("Source")), Column(_("Institutions that use it"), numeric=True),
    ]  # fmt: skip
    rows = [
        [
            Cell(office.title(one.newest), address(one.form), small=one.form.key),
            one.form.get_about_display(),
            str(one.newest.number),
            Cell(tag=state(one.newest)),
            Cell(tag=source_mark(facts_of(one.newest.facts))),
            str(len(one.used)),
        ]
        for one in found
    ]
    return Table("forms", _("Forms"), columns, rows, caption_hidden=True)


def facts_rows(version: "Version") -> list[Row]:
    """What lies beside the questions, and who published them."""
    form, facts = version.form, facts_of(version.facts)
    owner = names({form.owner}).get(form.owner, "") if form.owner else ""
    return [
        Row(_("Key"), form.key),
        *([Row(_("Sent by"), owner)] if owner else []),
        Row(_("About"), form.get_about_display()),
        *([Row(_("Part of a child's file"), [Field(one).label for one in facts.parts])] if facts.parts else []),
        *([Row(_("Purpose"), purposes().get(facts.purpose, facts.purpose))] if facts.purpose else []),
        *([Row(_("Filled in for a whole class"), _("yes"))] if facts.grid else []),
        *([Row(_("Way of scoring"), [facts.score, _options(facts.options)])] if facts.score else []),
        Row(_("Source"), facts.source.get("text", "")),
        Row(_("Licence"), facts.source.get("licence", "")),
        Row(_("State of the source"), [source_mark(facts), facts.source.get("note", "")]),
    ]


def _options(options: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in options.items() if isinstance(value, (str, int, float)))


def purposes() -> dict[str, str]:
    """What purposes are called, by key, in the lists of every country."""
    countries = [one.definition.country for one in definitions.loaded() if one.definition.kind == "purposes"]
    return {one.key: label(one.labels) for country in countries for one in definitions.purposes(country)}


def findings(facts: Facts) -> Table:
    """What the score can say, as people read it."""
    rows = [*_named(facts.findings, _("Finding")), *_named(facts.bands, _("Band"))]
    columns = [Column(_("What the score says")), Column(_("Kind")), Column(_("Key"))]
    return Table("findings", _("Score and its bands"), columns, rows)


def _named(texts: Mapping[str, Labels], kind: str) -> list[list[str]]:
    return [[label(labels), kind, key] for key, labels in texts.items()]


def versions(found: office.Kept) -> Table:
    columns = [Column(_("Version")), Column(_("Loaded")), Column(_("State")), Column(_("Reason")), Column(_("In use"))]
    rows = []
    for one in found.versions:
        said = office.approval(one)
        used = Tag(_("In use"), "done") if one is found.valid and not found.form.retired_on else None
        text, tone = STATES[office.standing(one)]
        number = Cell(str(one.number), address(found.form, f"{one.number}/"))
        rows.append(
            [number, moment(one.loaded_on), Cell(tag=Tag(text, tone)), said.reason if said else "", Cell(tag=used)]
        )
    return Table("versions", _("Versions"), columns, rows)


def used(page: Any) -> Table:
    """Institutions that have taken the form into use."""
    called = names({row.organisation for row in page})
    rows = [[called.get(row.organisation, ""), day(row.since)] for row in page]
    empty = _("No institution that you may see has taken it into use.")
    return Table("used", _("Where it is in use"), [Column(_("Institution")), Column(_("Since"))], rows, empty=empty)
