"""What an agreement says, in the words and tables of its pages."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zajedno.access.queries.account import roles
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.networks.enums import AgreementKind, AgreementState, Direction, Signature
from zajedno.networks.logic.difference import Change
from zajedno.networks.queries import agreement as queries
from zajedno.networks.queries.clause import sides
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import kinds, names
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import of_version, procedures
from zajedno.web.shared.agreements import fields_said, length_said
from zajedno.web.shared.dates import day
from zajedno.web.shared.pieces import Cell, Column, Row, Table, Tag, Task

if TYPE_CHECKING:
    from zajedno.networks.models import Agreement, Clause, Signatory

STATES = {AgreementState.DRAFT: "wait", AgreementState.SIGNED: "done", AgreementState.ENDED: "off"}
SIGNATURES = {Signature.WAITING: "wait", Signature.SIGNED: "done", Signature.REFUSED: "late", Signature.LEFT: "off"}


def address(row: "Agreement", rest: str = "") -> str:
    return f"/network/agreements/{row.uuid}/{rest}"


def state_of(row: "Agreement", by: Actor) -> Tag:
    """Its state on the day: one that is signed may not have begun, or be over."""
    if row.state == AgreementState.SIGNED and row.valid_from > by.today:
        return Tag(_("Signed, begins on %(day)s") % {"day": day(row.valid_from)}, "info")
    if row.state == AgreementState.SIGNED and not row.holds(by.today):
        return Tag(_("Over since %(day)s") % {"day": day(row.valid_until)}, "late")
    return Tag(row.get_state_display(), STATES[AgreementState(row.state)])


def to_sign(one: "Signatory") -> Task:
    """Among what somebody has to do; the agreement is read first."""
    said = _("for %(institution)s") % {"institution": one.organisation}
    return Task(str(one.agreement), Tag(_("To sign"), "wait"), address(one.agreement), said)


def warned(row: "Agreement", by: Actor) -> list[str]:
    """Sentences about what comes soon, or is past."""
    found = queries.warnings(row, by.today)
    told = []
    if found.review:
        told.append(_("It is to be reviewed by %(day)s.") % {"day": day(found.review)})
    if found.last_day and found.last_day >= by.today:
        told.append(_("Its last day is %(day)s: then everything shown under it closes.") % {"day": day(found.last_day)})
    elif found.last_day:
        told.append(_("Its last day has passed: nothing is shown under it any more."))
    return [*told, _("Make a new version and have it signed in time.")] if told else []


def days_said(row: "Agreement") -> str:
    until = day(row.valid_until) if row.valid_until else _("without a last day")
    return f"{day(row.valid_from)} – {until}"


def facts(row: "Agreement") -> list[Row]:
    return [
        Row(_("Kind"), row.get_kind_display()),
        Row(_("Municipality"), str(row.territory)),
        Row(_("Kept by"), str(row.organisation)),
        Row(_("Adopted by"), row.organ),
        Row(_("Valid"), days_said(row)),
        Row(_("To be reviewed on"), day(row.review_on)),
        Row(_("Signed"), day(row.signed_on) or _("not yet by everybody")),
        Row(_("Version"), str(row.version)),
        *([Row(_("Ended"), [day(row.ended_on), row.ended_reason])] if row.ended_on else []),
    ]


def signatory_table(rows: "Iterable[Signatory]", links: Mapping[int, str]) -> Table:
    """`links`: where a signatory is taken off the list, by its id."""
    lines = [
        [
            Cell(str(one.organisation), small=str(one.organisation.kind)),
            Cell(one.representative, small=one.signed_by.name if one.signed_by else ""),
            day(one.signed_on),
            Cell(tag=Tag(one.get_state_display(), SIGNATURES[Signature(one.state)]), small=_why(one)),
            *([Cell(_("Take off"), href=links[one.pk])] if links else []),
        ]
        for one in rows
    ]
    columns = [Column(_("Institution")), Column(_("Signed by")), Column(_("Day")), Column(_("Signature"))]
    columns += [Column(_("What you can do"))] if links else []
    return Table("signatories", _("Who signs"), columns, lines, empty=_("Nobody is named yet."))


def _why(one: "Signatory") -> str:
    return " ".join(filter(None, (day(one.left_on), one.reason)))


def resting(country: str) -> list[Definition]:
    """Procedures of a country, or of any, that show something under an agreement."""
    found = (of_version(row.pk) for row in procedures() if row.definition.country in (country, ""))
    return [one for one in found if any(tie.clause for tie in one.all_ties())]


def clause_rows(row: "Clause", known: Mapping[str, Definition]) -> list[Row]:
    """A clause in words. `known`: procedures by key."""
    definition = known.get(row.procedure)
    time = length_said(row.deadline_length, row.deadline_unit) if row.deadline_length is not None else ""
    lasts = ngettext("%d day", "%d days", row.days) % row.days if row.days else _("until the case ends")
    return [
        Row(_("In words"), str(row)),
        Row(_("For"), label(definition.labels) if definition else row.procedure),
        Row(_("Who gives"), side_said(row, Direction.GIVES)),
        Row(_("Who receives"), side_said(row, Direction.RECEIVES)),
        Row(_("What the receiver sees"), fields_said(row.fields)),
        Row(_("How long"), lasts),
        Row(_("Time for an answer"), time or _("as the procedure says")),
        Row(_("Who is told when it passes"), escalation_said(row, definition) or _("as the procedure says")),
        Row(_("Parent's consent"), _("needed") if row.needs_consent else _("not asked for by the agreement")),
    ]


def side_said(row: "Clause", direction: str) -> list[str]:
    side = sides(row, direction)
    kinds_said = {one.key: str(one) for one in kinds()} if side.kinds else {}
    named = names(set(side.organisations)) if side.organisations else {}
    told = [
        *(str(Sector(key).label) for key in side.sectors),
        *(kinds_said.get(key, key) for key in side.kinds),
        *(named.get(key, "") for key in side.organisations),
    ]
    return told or [_("every institution that signs")]


def escalation_said(row: "Clause", definition: Definition | None) -> str:
    if row.escalation_part:
        part = definition.part.get(row.escalation_part) if definition else None
        return label(part.labels) if part else row.escalation_part
    return f"{row.escalation_role}, {row.escalation_at}" if row.escalation_role and row.escalation_at else ""


def version_table(row: "Agreement", by: Actor) -> Table:
    lines = []
    for one in queries.versions(row):
        here = one.pk == row.pk
        compared = Cell(_("What it changes"), href=address(one, "changes/")) if one.version > 1 else Cell()
        number = _("Version %(number)s") % {"number": one.version}
        lines.append([Cell(number, href="" if here else address(one)), days_said(one), Cell(tag=state_of(one, by)),
                      compared])  # fmt: skip
    columns = [Column(_("Version")), Column(_("Valid")), Column(_("State")), Column(_("Difference"))]
    return Table("versions", _("Versions"), columns, lines)


def change_table(found: "Iterable[Change]") -> Table:
    lines = [
        [Cell(_place(one)), _name(one.name), said(one.name, one.before), said(one.name, one.after)] for one in found
    ]
    columns = [Column(_("Where")), Column(_("What")), Column(_("Before")), Column(_("Now"))]
    return Table("changes", _("What the new version changes"), columns, lines, empty=_("Nothing is different."))


def _place(one: Change) -> str:
    if one.place == "signatories":
        return _("Who signs")
    return _("Clause %(number)s") % {"number": one.place.removeprefix("clause ")} if one.place else _("The agreement")


def _name(name: str) -> str:
    return {
        "titles": pgettext("of a text", "Title"), "kind": _("Kind"), "organ": _("Adopted by"),
        "valid_from": _("Valid from"),
        "valid_until": _("Last day"), "review_on": _("To be reviewed on"), "procedure": _("For"), "sides": _("Between"),
        "fields": _("What the receiver sees"), "days": _("How long"), "deadline": _("Time for an answer"),
        "escalation": _("Who is told when it passes"), "needs_consent": _("Parent's consent"), "texts": _("In words"),
    }.get(name, name)  # fmt: skip


def said(name: str, value: Any) -> str:
    """A value of a version, as the page of differences writes it."""
    if value is None or value in ((None, ""), ("", None, None), "", []):
        return "–"
    if value is True or value is False:
        return _("yes") if value else _("no")
    ways = {
        "titles": label, "texts": label, "deadline": lambda pair: length_said(*pair), "fields": _fields,
        "kind": lambda key: str(AgreementKind(key).label), "sides": lambda keys: ", ".join(map(_side, keys)),
        "escalation": _escalation,
    }  # fmt: skip
    return ways[name](value) if name in ways else day(value) if hasattr(value, "year") else str(value)


def _fields(value: Iterable[str]) -> str:
    return ", ".join(fields_said(value))


def _side(pair: str) -> str:
    """`told` writes a side as its direction and a sector, kind or id."""
    direction, _mark, key = pair.partition(":")
    known = {**dict(Sector.choices), **{one.key: str(one) for one in kinds()}}
    who = known.get(key) or (names({int(key)}).get(int(key), key) if key.isdecimal() else key)
    return f"{Direction(direction).label}: {who}"


def _escalation(value: tuple[str, str | None, int | None]) -> str:
    part, role, at = value
    if part:
        return part
    roles_said = {one.key: str(one) for one in roles()}
    return f"{roles_said.get(str(role), role)}, {names({at}).get(at, '')}" if at else ""
