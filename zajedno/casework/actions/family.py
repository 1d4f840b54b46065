"""What parents do themselves: come in, say what they think, give and withdraw consent."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.move import move_case
from zajedno.casework.enums import Heard
from zajedno.casework.models import Note
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.family import own_file, stopping, told_ties
from zajedno.casework.queries.family_copy import cases_elsewhere, cases_told
from zajedno.casework.rules import ADD_VIEW
from zajedno.children.actions import consent as consents
from zajedno.children.actions import family_request, invitation
from zajedno.children.enums import Asked
from zajedno.children.queries.consent import of_child
from zajedno.children.queries.guardian import child_of, own_row
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.kernel.verbs import ask

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.children.models import Child, Consent, FamilyRequest


def enter(
    *, secret: str, account: "Account | None", email: str = "", password: str = "", language: str = "sr"
) -> "Child":
    """Use a code or link, and take part in the child's cases. Refuses as `children.actions.invitation.enter`."""
    child = invitation.enter(secret=secret, account=account, email=email, password=password, language=language)
    with connection.cursor() as cursor:
        cursor.execute("select app.join_family(%s)", [child.uuid])
    return child


@transaction.atomic
def add_view(*, by: Actor, uuid: UUID, text: str) -> Note:
    """The family's own words, kept sealed with the case. They are not a hearing: that is for whoever hears."""
    ask(by, ADD_VIEW)
    file = own_file(by, uuid, lock=True)
    if file.case.closed_on:
        raise Refused(_("This procedure is over. Write to the institution, or ask for a correction."), "closed")
    if not text.strip():
        raise Refused(_("Write what you think."), "empty")
    note = Note(case=file.case, kind=Heard.FAMILY, happened_on=by.today, written_by=by.account, written_on=clock.now())
    note.text = text.strip()
    note.save()
    audit.record(by=by, verb=ADD_VIEW.key, about=file.case)
    return note


@transaction.atomic
def give_consent(*, by: Actor, file: CaseFile) -> "Consent":
    """For the purpose of the procedure, to the institution that keeps the case."""
    child = child_of(by, file.case.child.uuid)
    return consents.record(
        by=by, child=child, purpose=file.definition.purpose, recipients=[file.case.organisation],
        giver=own_row(by, child), proof=str(_("Given by the parent on this site")),
    )  # fmt: skip


@transaction.atomic
def withdraw_consent(*, by: Actor, child: UUID, consent: UUID) -> "Consent":
    """One's own consent ends now, with the ties that rest on it; and each case that rests on it makes the move that its
    procedure has for that."""
    found = child_of(by, child)
    row = of_child(found.pk).filter(uuid=consent, giver=own_row(by, found)).first()
    if row is None:
        raise NotFound(_("There is no such consent."), "no_consent")
    moves = stopping(by, row)
    ended = consents.withdraw(by=by, consent=row)
    for file, rule in moves:
        move_case(by=by, uuid=file.case.uuid, move=rule.key, seen=file.case.moves_made)
    return ended


@transaction.atomic
def answer(*, by: Actor, uuid: UUID, granted: bool, reply: str) -> "FamilyRequest":
    """An institution answers a parent; a copy holds what the family is told of, also of the child's cases."""
    row = family_request.asked(by, uuid)
    told, cases = told_ties(row.child, row.account_id), {}
    if granted and row.kind == Asked.COPY:
        here = cases_told(by, row)
        cases = {"case": here, "case_elsewhere": cases_elsewhere(by, row, here)}
    return family_request.answer(by=by, uuid=uuid, granted=granted, reply=reply, told=told, more=cases)
