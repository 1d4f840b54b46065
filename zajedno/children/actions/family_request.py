"""A parent asks for a correction or a copy of the file; an institution answers, by a day that the pack sets."""

import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit, outbox
from zajedno.children import rules
from zajedno.children.enums import PARENTHOOD, Asked, AskedState
from zajedno.children.models import Child, FamilyRequest
from zajedno.children.queries.child import find_to
from zajedno.children.queries.family_copy import family_copy
from zajedno.children.queries.guardian import asked_of, child_of, own_row
from zajedno.children.queries.tie import ties_of
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.kernel.verbs import ask as may
from zajedno.places.queries.post import carrying
from zajedno.procedures.queries.definition import purposes

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

EMPTY: Mapping[str, Any] = MappingProxyType({})
LONGEST = 20_000  # letters of a question or an answer


@transaction.atomic
def ask(*, by: Actor, child: UUID, kind: str, text: str) -> FamilyRequest:
    """Put a question to the institution that keeps the file. `by` is a guardian (`queries.guardian.as_guardian`)."""
    may(by, rules.ASK_ABOUT_FILE)
    found = child_of(by, child)
    if kind == Asked.CORRECTION and not text.strip():
        raise Refused(_("Write what is wrong and what would be right."), "empty")
    keeper = _keeper(by, found)
    days = next((one.answer_days for one in purposes(keeper.territory.country_id) if one.key == PARENTHOOD), 0)
    row = FamilyRequest(
        child=found, guardian=own_row(by, found), account_id=by.account, organisation=keeper, kind=Asked(kind),
        asked_on=by.today, due_on=by.today + timedelta(days=days),
    )  # fmt: skip
    row.put("sealed", text.strip()[:LONGEST] or " ")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise Refused(_("You have asked for this already, and it waits for an answer."), "waiting") from None
    audit.record(by=by, verb=rules.ASK_ABOUT_FILE.key, about=found, detail={"request": str(row.uuid), "kind": row.kind})
    _tell(row, by)
    return row


def _keeper(by: Actor, child: Child) -> "Organisation":
    """Who registered the child, while a tie to them lasts; else the newest institution that sees the file."""
    living = [row for row in ties_of(child) if row.organisation and (row.until is None or row.until >= by.today)]
    found = next((row for row in living if row.organisation_id == child.registered_by_id), next(iter(living), None))
    return found.organisation if found and found.organisation else child.registered_by


def _tell(row: FamilyRequest, by: Actor) -> None:
    posts = carrying(rules.ANSWER_FAMILY.key, by.today).filter(organisation=row.organisation)
    for post in posts.select_related("account"):
        outbox.write(
            to=post.account, key=f"family-asks-{row.uuid}-{post.account_id}",
            subject=_("A parent waits for an answer in Zajedno"),
            body=_("A parent has asked something of a file. Log in and look at “Questions of parents”."),
        )  # fmt: skip


def asked(by: Actor, uuid: UUID) -> FamilyRequest:
    """A question to one of the actor's institutions; NotFound for those of others as for none."""
    may(by, rules.ANSWER_FAMILY)
    row = asked_of(by).filter(uuid=uuid).first()
    if row is None:
        raise NotFound(_("There is no such question."), "no_request")
    find_to(by, rules.ANSWER_FAMILY, row.child)
    return row


@transaction.atomic
def answer(
    *, by: Actor, uuid: UUID, granted: bool, reply: str, told: Collection[int], more: Mapping[str, Any] = EMPTY
) -> FamilyRequest:
    """Do what was asked, or refuse with a reason. A copy that is granted is made now; `told` are the ties in it,
    `more` what higher rooms keep."""
    row = asked(by, uuid)
    FamilyRequest.objects.select_for_update().get(pk=row.pk)
    row.refresh_from_db(fields=["state"])
    if row.state != AskedState.WAITING:
        raise Overtaken(_("Somebody has answered this in the meantime."), "answered")
    if not granted and not reply.strip():
        raise Refused(_("Say why it is refused, and where the parent can turn to."), "empty")
    row.state = AskedState.GRANTED if granted else AskedState.REFUSED
    row.answered_on, row.answered_by = by.today, by.account
    row.put("reply", reply.strip()[:LONGEST])
    if granted and row.kind == Asked.COPY:
        copy = {**family_copy(row.child, row.guardian, told), **more}
        row.put("copy", json.dumps(copy, ensure_ascii=False, indent=1))
    row.save()
    detail = {"request": str(row.uuid), "kind": row.kind, "granted": granted}
    audit.record(by=by, verb=rules.ANSWER_FAMILY.key, about=row.child, organisation=row.organisation_id, detail=detail)
    outbox.write(
        to=row.account, key=f"family-answer-{row.uuid}", subject=_("An answer waits for you in Zajedno"),
        body=_("An institution has answered you. Log in and look at your page."),
    )  # fmt: skip
    return row
