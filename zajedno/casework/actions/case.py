"""Opening a case: a request of a family, or an initiative of an institution with the parent's consent."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import join
from zajedno.casework.enums import Initiator
from zajedno.casework.logic.request import FIELDS
from zajedno.casework.models import Case, DraftRequest, Move, Request
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.rules import CHANGE_REQUEST, OPEN_CASE
from zajedno.children.models import Child
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.places.models import Organisation
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.queries.definition import by_id, current

OPENED = "open"  # the first line of every history; not a move of the procedure


@transaction.atomic
def open_case(
    *,
    by: Actor,
    child: Child,
    commission: Organisation,
    initiator: str,
    initiated_by: Organisation | None = None,
    received_on: date | None = None,
    request: Mapping[str, Any] | None = None,
    procedure: str = "additional-support",
    repeats: Case | None = None,
) -> Case:
    """Begin a case in the procedure's first step and write the ties of its opening.

    `child` must be one the actor has found. The opener is the initiating institution or, for a parent at the
    counter, the commission's own post. One child has one open case of a procedure at a commission.
    """
    opener = initiated_by if initiator == Initiator.INSTITUTION else None
    ask(by, OPEN_CASE, (opener or commission).pk)
    if Case.objects.filter(child=child, organisation=commission, closed_on=None).exists():
        raise Refused(_("This child already has an open case at this commission. Open that one."), "open_already")
    day = received_on or by.today
    if day > by.today:
        raise Refused(_("The day of receiving lies in the future."), "future")
    version = current(procedure, commission.territory.country_id.lower())
    definition = by_id(version.pk)
    case = Case.objects.create(
        version=version, child=child, organisation=commission, initiator=initiator, initiated_by=opener,
        received_on=day, opened_on=day, step=definition.first, repeats=repeats, moves_made=1,
    )  # fmt: skip
    _first_ties(by, case, definition, opener)
    seat = next(by.seats_for(OPEN_CASE.key, (opener or commission).pk))
    Move.objects.create(
        case=case, position=1, move=OPENED, from_step="", to_step=case.step, account=by.account, post=seat.post,
        moment=clock.now(), happened_on=day,
    )  # fmt: skip
    row = Request(case=case)
    row.text = json.dumps(_known(request or {}), ensure_ascii=False)
    row.save()
    audit.record(by=by, verb=OPEN_CASE.key, about=case, organisation=seat.organisation)
    return case


def _first_ties(by: Actor, case: Case, definition: Definition, opener: Organisation | None) -> None:
    """Who opens takes part at once; the commission of an institution's initiative only when it is submitted."""
    fields = {tie.part: tie.fields for tie in definition.opening.ties}
    purpose = definition.purpose
    part, organisation = ("initiator", opener) if opener else ("commission", case.organisation)
    join(by=by, verb=OPEN_CASE, case=case, part=part, organisation=organisation, purpose=purpose,
         fields=fields.get("initiator", ()))  # fmt: skip


def _known(request: Mapping[str, Any]) -> dict[str, Any]:
    return {key: request[key] for key in FIELDS if key in request}


@transaction.atomic
def change_request(*, by: Actor, file: CaseFile, request: Mapping[str, Any]) -> None:
    """Write what the request says, until the commission has accepted it as complete."""
    seat = ask(by, CHANGE_REQUEST)
    file = find(by, file.case.uuid, lock=True)
    if file.case.step not in ("draft", "submitted", "completeness", "returned"):
        raise Refused(_("The request was accepted as complete and is no longer changed."), "accepted")
    row, _new = Request.objects.select_for_update().get_or_create(case=file.case)
    row.case = file.case
    before = json.loads(row.text) if row.text else {}
    row.text = json.dumps({**before, **_known(request)}, ensure_ascii=False)
    row.changed_on = clock.now()
    row.save()
    audit.record(by=by, verb=CHANGE_REQUEST.key, about=file.case, organisation=seat.organisation)


def request_of(file: CaseFile) -> dict[str, Any]:
    """The request's content for an actor whose ties open it; empty otherwise."""
    row = getattr(file.case, "request", None)
    if row is None or not row.text or "request" not in file.fields:
        return {}
    content: dict[str, Any] = json.loads(row.text)
    return content


@transaction.atomic
def save_draft(
    *, by: Actor, organisation: int, step: str, content: Mapping[str, Any], draft: DraftRequest | None
) -> DraftRequest:
    """Keep a half-written request of one person: save and return."""
    ask(by, OPEN_CASE, organisation)
    draft = draft or DraftRequest(account_id=by.account, organisation_id=organisation)
    draft.step, draft.saved_on = step, clock.now()
    draft.text = json.dumps(content, ensure_ascii=False)
    draft.save()
    return draft


@transaction.atomic
def drop_draft(*, by: Actor, draft: DraftRequest) -> None:
    if draft.account_id == by.account:
        draft.delete()
