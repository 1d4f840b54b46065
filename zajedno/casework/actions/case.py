"""Opening a case: a request of a family, or an initiative of an institution with the parent's consent."""

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in, join, let_family_in
from zajedno.casework.enums import Initiator
from zajedno.casework.logic.request import FIELDS
from zajedno.casework.models import Case, DraftRequest, Move, Request
from zajedno.casework.queries.begin import within
from zajedno.casework.queries.case import CaseFile, alike, find
from zajedno.casework.rules import CHANGE_REQUEST, MOVE_CASE, OPEN_CASE
from zajedno.children.queries.child import find_to
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.kernel.verbs import ask
from zajedno.procedures.logic.definition import Definition
from zajedno.procedures.logic.opened import at_once
from zajedno.procedures.queries.definition import Current, current

if TYPE_CHECKING:
    from zajedno.children.models import Child
    from zajedno.places.models import Organisation

OPENED = "open"  # the first line of every history; not a move of the procedure


@transaction.atomic
def open_case(
    *,
    by: Actor,
    child: "Child",
    keeper: "Organisation",
    procedure: str,
    initiator: str = Initiator.INSTITUTION,
    initiated_by: "Organisation | None" = None,
    received_on: date | None = None,
    request: Mapping[str, Any] | None = None,
) -> Case:
    """Begin a case in the procedure's first step and write the ties of its opening.

    `child` must be one about whom the actor may act; `keeper` keeps the case. It is begun by the institution
    `initiated_by`, or by the keeper's own post: for itself, or for a parent at its counter. Who knows of an open case
    of the procedure there opens no second one.
    """
    opener = initiated_by if initiated_by and initiated_by != keeper else None
    seat = ask(by, OPEN_CASE, (opener or keeper).pk)
    child = find_to(by, OPEN_CASE, child)
    found = current(procedure, keeper.territory.country_id)
    if alike(by, child.pk, keeper.pk, procedure).exists():
        raise Refused(_("This child already has an open case of this procedure here. Open that one."), "open_already")
    day = received_on or by.today
    if day > by.today:
        raise Refused(_("The day of receiving lies in the future."), "future")
    case = begin(
        by=by, child=child, keeper=keeper, found=found, initiator=initiator, opener=opener, day=day,
        request=request or {}, repeats=None, post=seat.post,
    )  # fmt: skip
    audit.record(by=by, verb=OPEN_CASE.key, about=case, organisation=seat.organisation)
    return case


def _may_begin(definition: Definition, keeper: "Organisation", opener: "Organisation | None") -> None:
    kinds = definition.part[definition.keeper].kinds
    if kinds and keeper.kind_id not in kinds:
        raise Refused(_("This institution does not keep cases of this procedure. Choose another."), "keeper")
    if opener and not definition.opener:
        raise Refused(_("Only who keeps the case can begin this procedure."), "opener")
    places = [keeper, *([opener] if opener else [])]
    if outside := [one for one in places if one not in within(definition, places)]:
        said = _("%(institution)s lies where another procedure holds. Choose the one of its entity or canton.")
        raise Refused(said % {"institution": outside[0].name}, "elsewhere")


def begin(
    *,
    by: Actor,
    child: "Child",
    keeper: "Organisation",
    found: Current,
    initiator: str,
    opener: "Organisation | None",
    day: date,
    request: Mapping[str, Any],
    repeats: Case | None,
    post: int | None,
) -> Case:
    """The case with its first line of history, its request and its first part; asks no permission of its own."""
    _may_begin(found.definition, keeper, opener)
    case = Case.objects.create(
        version_id=found.version, child=child, organisation=keeper, initiator=initiator,
        initiated_by=opener or (keeper if initiator == Initiator.INSTITUTION else None), received_on=day, opened_on=day,
        step=found.definition.first, repeats=repeats, moves_made=1,
        acl=[repeats.organisation_id, -by.account] if repeats else [],  # until its first part is written
    )  # fmt: skip
    Move.objects.create(
        case=case, position=1, move=OPENED, from_step="", to_step=case.step, account=by.account, post=post,
        moment=clock.now(), happened_on=day,
    )  # fmt: skip
    row = Request(case=case)
    row.text = json.dumps(_known(request), ensure_ascii=False)
    row.save()
    part, organisation = (found.definition.opener, opener) if opener else (found.definition.keeper, keeper)
    fields = [field for tie in at_once(found.definition, part) for field in tie.fields]
    join(by=by, verb=OPEN_CASE if repeats is None else MOVE_CASE, case=case, part=part, organisation=organisation,
         purpose=found.definition.purpose, fields=fields)  # fmt: skip
    let_family_in(by=by, verb=OPEN_CASE if repeats is None else MOVE_CASE, case=case, definition=found.definition)
    return case


def _known(request: Mapping[str, Any]) -> dict[str, Any]:
    return {key: request[key] for key in FIELDS if key in request}


@transaction.atomic
def change_request(*, by: Actor, file: CaseFile, request: Mapping[str, Any]) -> None:
    """Write what the request says, until the commission has accepted it as complete."""
    file = find(by, file.case.uuid, lock=True)
    seat = ask_in(file, by, CHANGE_REQUEST)
    if file.case.step not in file.definition.opening.while_in:
        raise Refused(_("The request was accepted as complete and is no longer changed."), "accepted")
    row, _new = Request.objects.select_for_update().get_or_create(case=file.case)
    row.case = file.case
    before = json.loads(row.text) if row.text else {}
    row.text = json.dumps({**before, **_known(request)}, ensure_ascii=False)
    row.changed_on = clock.now()
    row.save()
    audit.record(by=by, verb=CHANGE_REQUEST.key, about=file.case, organisation=seat.organisation)


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
