"""A child's file: only the parts that the person's ties open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zajedno.casework.queries.begin import beginnings, takes_requests
from zajedno.casework.queries.case import of_child
from zajedno.casework.queries.clause import of_ties
from zajedno.children.actions.file import open_file, record_reading
from zajedno.children.enums import Field
from zajedno.children.queries import assessment as assessments
from zajedno.children.queries.alias import proposals
from zajedno.children.queries.child import find
from zajedno.children.queries.file import FullRecord
from zajedno.children.queries.tie import fields_open, keys_open
from zajedno.children.rules import (
    ASSESS,
    CHANGE,
    DECIDE_ALIAS,
    ENROL,
    INVITE_FAMILY,
    LINK_FAMILY,
    RECORD_CONSENT,
    WITHDRAW_CONSENT,
    seat_about,
)
from zajedno.kernel.actor import Actor
from zajedno.kernel.labels import label
from zajedno.kernel.verbs import Verb
from zajedno.procedures.queries.definition import of_version, purposes
from zajedno.web.shared.agreements import clause_label
from zajedno.web.shared.dates import day
from zajedno.web.shared.guards import answer, comes_back, desk_page
from zajedno.web.shared.language import NAMES
from zajedno.web.shared.pieces import Cell, Column, Link, Row, Table, Tag
from zajedno.web.shared.request import PersonRequest
from zajedno.web.work.assessment_words import moments
from zajedno.web.work.attendance import attendance_table
from zajedno.web.work.labels import step_label

Page = Callable[..., HttpResponse]


@dataclass(frozen=True)
class ChildFile:
    """The child as one asker may read it. `record` is the opened file; None while a form is being sent."""

    by: Actor
    child: Any
    fields: frozenset[Field]
    record: FullRecord | None = None

    def opens(self, field: str) -> bool:
        return field in self.fields

    @cached_property
    def keys(self) -> set[int]:
        """By which ties the asker acts about the child; none of who only reads."""
        return keys_open(self.by, self.child)

    def may(self, verb: Verb) -> bool:
        """For pages, so that they offer what can be done."""
        return seat_about(self.by, verb, self.keys) is not None

    @property
    def opened(self) -> FullRecord:
        """The record; only pages that show the file ask for it."""
        if self.record is None:
            raise ValueError("the file was not opened")
        return self.record


def child_page(view: Page) -> Page:
    """A page of a child's file: looking is recorded, as is a form that comes back; sending records its own act."""

    @desk_page
    @wraps(view)
    def page(request: PersonRequest, uuid: UUID, **kwargs: Any) -> HttpResponse:
        by = request.actor
        response = view(request, _sent(by, uuid) if request.method == "POST" else _opened(by, uuid), **kwargs)
        if comes_back(request, response):
            record_reading(by=by, uuid=uuid)
        return response

    return page


def _opened(by: Actor, uuid: UUID) -> ChildFile:
    record = open_file(by=by, uuid=uuid)
    return ChildFile(by, record.child, record.fields, record)


def _sent(by: Actor, uuid: UUID) -> ChildFile:
    child = find(by, uuid)
    return ChildFile(by, child, fields_open(by, child))


def address(file: ChildFile, rest: str = "") -> str:
    return f"/work/child/{file.child.uuid}/{rest}"


def show(request: HttpRequest, file: ChildFile, template: str, **more: Any) -> HttpResponse:
    child = file.child
    identity = file.opens(Field.IDENTITY)
    born = [Row(_("born"), day(child.birth_date))] if identity and child.birth_date else []
    crumbs = [Link(_("My work"), "/work/"), *([Link(_("Child's file"), address(file))] if template != "child" else [])]
    frame = {"who": child.full_name if identity else _("Child"), "facts": born, "crumbs": crumbs, "here": address(file)}
    return answer(request, f"work/{template}.html", {**frame, **more})


@require_safe
@child_page
def child(request: HttpRequest, file: ChildFile) -> HttpResponse:
    """The whole file on one page, in cards."""
    by, pairs = file.by, proposals(file.by, file.child)
    same = [one.other for one in pairs if one.other and one.alias.state == "confirmed"]
    return show(
        request, file, "child", identity=identity_rows(file), contact=contact_rows(file),
        guardians=guardian_cards(file), family=family_rows(file), enrolments=enrolment_table(file),
        consents=consent_table(file), ties=tie_table(file), cases=case_table(file),
        attendance=attendance_table(file.by, file.child),
        alerts=[one for one in pairs if not one.alias.decided_on], may_decide=by.may(DECIDE_ALIAS.key),
        others=[Link(str(one.registered_by), f"/work/child/{one.uuid}/") for one in same],
        may_change=file.may(CHANGE), may_consent=file.may(RECORD_CONSENT) and file.opens(Field.FAMILY),
        may_enrol=file.may(ENROL) and file.opens(Field.ENROLMENT), may_begin=bool(file.keys and beginnings(by)),
        may_request=bool(file.keys) and takes_requests(by), may_assess=file.may(ASSESS),
        may_link=file.may(LINK_FAMILY) and file.opens(Field.IDENTITY), uuid=file.child.uuid,
        assessed=moments(file.child.uuid, assessments.of_child(by, file.child), 3),
        opens={field: file.opens(field) for field in Field.values},
    )  # fmt: skip


def identity_rows(file: ChildFile) -> list[Row]:
    if not file.opens(Field.IDENTITY):
        return []
    child = file.child
    rows = [
        Row(_("Given name"), child.given_name),
        Row(_("Family name"), child.family_name),
        Row(_("Date of birth"), day(child.birth_date)),
        Row(_("Sex"), child.get_sex_display()),
    ]
    return rows + [Row(one.kind.label, [one.value, one.issuer]) for one in file.opened.numbers]


def contact_rows(file: ChildFile) -> list[Row]:
    if not file.opens(Field.CONTACT):
        return []
    code = file.child.language
    return [
        Row(_("Address"), file.child.address),
        Row(_("Municipality"), file.opened.residence),
        Row(_("Kind of settlement"), file.opened.settlement),
        Row(_("Language of the family"), NAMES.get(code) or (get_language_info(code)["name_local"] if code else "")),
    ]


def guardian_cards(file: ChildFile) -> list[tuple[str, list[Row]]]:
    may = file.may(CHANGE)
    found = []
    for row in file.opened.guardians:
        links = (
            [
                Link(_("Change"), address(file, f"guardian/{row.uuid}/"), row.name),
                Link(pgettext("act", "End"), address(file, f"guardian/{row.uuid}/end/"), row.name),
            ]
            if may
            else []
        )
        if file.may(INVITE_FAMILY) and row.represents:
            links.append(Link(_("Invite"), address(file, f"guardian/{row.uuid}/invite/"), row.name))
        role = (
            row.get_kind_display()
            if row.represents
            else [row.get_kind_display(), _("does not represent the child by law")]
        )
        contact = [value for value in (row.phone, row.email, row.address) if value]
        found.append((row.name, [Row(_("Relation"), role, links), Row(_("Contact"), contact)]))
    return found


def family_rows(file: ChildFile) -> list[Row]:
    """Linked children whom the person may see too."""
    return [
        Row(one.kind.label, one.child.full_name, [Link(_("Open"), f"/work/child/{one.child.uuid}/", _("the file"))])
        for one in file.opened.relatives
    ]


def enrolment_table(file: ChildFile) -> Table:
    rows = [
        [Cell(str(row.organisation)), row.class_name, day(row.since), day(row.until)] for row in file.opened.enrolments
    ]
    columns = [Column(_("School or kindergarten")), Column(_("Class or group")), Column(_("Since")), Column(_("Until"))]
    return Table("enrolments", _("School or kindergarten"), columns, rows, empty=_("Not entered"), caption_hidden=True)


def purpose_labels(country: str) -> dict[str, str]:
    return {one.key: label(one.labels) for one in purposes(country)}


def country_of(file: ChildFile) -> str:
    code: str = file.child.registered_by.territory.country_id
    return code


def consent_table(file: ChildFile) -> Table:
    labels, may = purpose_labels(country_of(file)), file.may(WITHDRAW_CONSENT)
    rows = []
    for row in file.opened.consents:
        given = row.answer == "given"
        state = (
            Tag(_("Withdrawn"), "off")
            if row.withdrawn_on
            else Tag(row.get_answer_display(), "done" if given else "late")
        )
        withdraw = may and given and not row.withdrawn_on
        rows.append([
            Cell(labels.get(row.purpose, row.purpose)), Cell(tag=state, small=day(row.withdrawn_on)), day(row.given_on),
            row.giver.name if row.giver and file.opens(Field.FAMILY) else "",
            ", ".join(str(one) for one in row.recipients.all()),
            Cell(_("Withdraw"), href=address(file, f"consent/{row.uuid}/withdraw/")) if withdraw else Cell(),
        ])  # fmt: skip
    columns = [
        Column(_("For what")),
        Column(_("Answer")),
        Column(_("Day")),
        Column(_("Who answered")),
        Column(_("To whom")),
        Column(_("What you can do")),
    ]
    return Table("consents", _("Consents"), columns, rows, empty=_("No answer is recorded yet."), caption_hidden=True)


def tie_table(file: ChildFile) -> Table:
    """Who may see this file today, and who could before."""
    labels, today, ended = purpose_labels(country_of(file)), file.by.today, Tag(_("Ended"), "off")
    under = of_ties(file.opened.ties)
    rows = []
    for row in file.opened.ties:
        over = row.until is not None and row.until < today
        parts = ", ".join(str(Field(name).label) for name in row.fields)
        rows.append([
            Cell(row.account.name if row.account else str(row.organisation), tag=ended if over else None),
            Cell(labels.get(row.purpose, row.purpose), small=parts), day(row.since),
            Cell(day(row.until) or _("no end yet"), small=clause_label(under[row.pk]) if row.pk in under else ""),
        ])  # fmt: skip
    columns = [Column(_("Who")), Column(_("For what")), Column(_("Since")), Column(_("Last day"))]
    return Table("ties", _("Who may see this file"), columns, rows, caption_hidden=True)


def case_table(file: ChildFile) -> Table:
    rows = []
    for case in of_child(file.by, file.child.pk):
        definition = of_version(case.version_id)
        step = Cell(step_label(definition, case.step), small=label(definition.labels))
        rows.append([
            Cell(case.number or _("Without a number yet"), href=f"/work/case/{case.uuid}/"), step,
            day(case.received_on), str(case.organisation),
        ])  # fmt: skip
    columns = [Column(_("Case")), Column(_("Step")), Column(_("Received")), Column(_("Who keeps the case"))]
    return Table(
        "cases", _("Cases"), columns, rows, empty=_("No case of this child is open to you."), caption_hidden=True
    )
