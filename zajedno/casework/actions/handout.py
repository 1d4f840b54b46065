"""Handing a child's data out as FHIR is an opening of the file to another house: asked, consented, recorded, told."""

import hashlib
import json
import uuid as uuids
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.casework.actions.participant import ask_in
from zajedno.casework.logic.fhir.check import loose, problems
from zajedno.casework.logic.fhir.codes import load
from zajedno.casework.logic.fhir.write import bundle
from zajedno.casework.models import Handout
from zajedno.casework.queries.case import CaseFile, find
from zajedno.casework.queries.handout import May, may_go, told
from zajedno.casework.rules import HAND_OUT
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.places.queries.organisation import by_ids


@transaction.atomic
def hand_out(*, by: Actor, uuid: UUID, receiver: str, language: str = "sr") -> tuple[Handout, bytes]:
    """The file for an institution, by its code, and the row that says that it left.

    Raises NotFound for a foreign case as for none, NotPermitted, or Refused where no consent in force lets it go there.
    """
    file = find(by, uuid)
    seat = ask_in(file, by, HAND_OUT)
    may = _allowed(file, receiver)
    row = Handout(
        uuid=uuids.uuid4(), case=file.case, sender_id=seat.organisation, receiver=may.receiver, consent=may.consent,
        fields=sorted(may.parts), made_by=by.account, made_on=clock.now(),
    )  # fmt: skip
    content = _written(file, may, row, language)
    row.sha256 = hashlib.sha256(content).digest()
    row.save()
    detail = {"handout": str(row.uuid), "receiver": may.receiver.pk, "fields": row.fields}
    audit.record(by=by, verb=HAND_OUT.key, about=file.case, organisation=seat.organisation, detail=detail)
    return row, content


def _allowed(file: CaseFile, receiver: str) -> May:
    found = next((one for one in may_go(file) if one.receiver.code == receiver), None)
    if found is None:
        raise Refused(
            _("There is no consent in force that lets this go to that institution. Record the consent first."),
            "consent",
        )
    return found


def _written(file: CaseFile, may: May, row: Handout, language: str) -> bytes:
    """Held against FHIR before it leaves; what does not hold stays here."""
    codes = load(settings.PACKS_DIR)
    sender = by_ids([row.sender_id])[row.sender_id]
    content: dict[str, Any] = bundle(
        told(file, may, sender, code=row.uuid, moment=clock.now(), language=language), codes
    )
    if problems(content, codes) or loose(content):
        raise Refused(_("The file could not be made as FHIR asks for it. Nothing was handed out."), "not_fhir")
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
