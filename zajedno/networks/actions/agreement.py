"""Agreements are written, get their next version, and are ended."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import audit
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.kernel.verbs import ask
from zajedno.networks.enums import AgreementKind, AgreementState
from zajedno.networks.models import Agreement, AgreementFile, ClauseSide, Signatory
from zajedno.networks.queries.agreement import clauses, is_open, signatories, versions
from zajedno.networks.rules import WRITE_AGREEMENT

if TYPE_CHECKING:
    from zajedno.places.models import Organisation, Territory

FEWEST = 2  # signatories
MEDIA_TYPES = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True)
class Head:
    """What an agreement says of itself. `titles` by language; days are inclusive, `valid_until` is the last."""

    titles: Mapping[str, str]
    kind: str
    territory: "Territory"
    organ: str
    valid_from: date
    valid_until: date | None = None
    review_on: date | None = None

    def checked(self) -> dict[str, object]:
        """As columns; raises Refused with what is wrong."""
        titles = {code: text.strip() for code, text in self.titles.items() if text.strip()}
        if not titles:
            raise Refused(_("Give the agreement a title."), "title")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise Refused(_("The last day lies before the first."), "days")
        if self.review_on is not None and self.review_on < self.valid_from:
            raise Refused(_("The review lies before the first day."), "days")
        if self.kind not in AgreementKind.values:
            raise Refused(_("Choose the kind of agreement."), "kind")
        fields = {name: getattr(self, name) for name in ("territory", "valid_from", "valid_until", "review_on")}
        return {**fields, "titles": titles, "kind": self.kind, "organ": " ".join(self.organ.split())[:200]}


@transaction.atomic
def draft(*, by: Actor, organisation: int, head: Head) -> Agreement:
    """Begin an agreement that the organisation (its id) will keep."""
    ask(by, WRITE_AGREEMENT, organisation)
    row = Agreement.objects.create(organisation_id=organisation, written_by=by.account, **head.checked())
    _record(by, row, {"version": 1})
    return row


@transaction.atomic
def change(*, by: Actor, agreement: Agreement, head: Head) -> None:
    row = writable(by, agreement)
    for name, value in head.checked().items():
        setattr(row, name, value)
    row.save()
    _record(by, row, {"changed": True})


@transaction.atomic
def name_signatory(*, by: Actor, agreement: Agreement, organisation: "Organisation") -> Signatory:
    """Ask an institution to sign."""
    row = writable(by, agreement)
    try:
        with transaction.atomic():
            made = Signatory.objects.create(agreement=row, organisation=organisation)
    except IntegrityError:
        raise Refused(_("This institution is named already."), "twice") from None
    _record(by, row, {"signatory": organisation.pk})
    return made


@transaction.atomic
def drop_signatory(*, by: Actor, agreement: Agreement, signatory: Signatory) -> None:
    row = writable(by, agreement)
    if ClauseSide.objects.filter(signatory=signatory).exists():
        raise Refused(_("A clause names this institution. Change the clause first."), "named")
    Signatory.objects.filter(pk=signatory.pk, agreement=row).delete()
    _record(by, row, {"signatory": -signatory.organisation_id})


@transaction.atomic
def attach(*, by: Actor, agreement: Agreement, name: str, media_type: str, content: bytes) -> AgreementFile:
    """Keep the signed paper; `web` has checked its kind and size. It is put once."""
    ask(by, WRITE_AGREEMENT, agreement.organisation_id)
    if media_type not in MEDIA_TYPES:
        raise Refused(_("Send a PDF or a picture of the paper."), "kind")
    if AgreementFile.objects.filter(agreement=agreement).exists():
        raise Overtaken(_("The paper is kept already."))
    row = AgreementFile.objects.create(
        agreement=agreement, name=name[:200], media_type=media_type, size=len(content), content=content,
        sha256=hashlib.sha256(content).digest(), added_by=by.account, added_on=clock.now(),
    )  # fmt: skip
    _record(by, agreement, {"file": True})
    return row


@transaction.atomic
def new_version(*, by: Actor, agreement: Agreement) -> Agreement:
    """A draft that says the same, to be changed and signed anew. What rests on the older version keeps its clause.

    Of a draft that somebody has signed or refused already, too: that one is then ended.
    """
    row = locked(by, agreement)
    last = versions(row).select_for_update().first()
    if last is None or last.pk != row.pk:
        raise Overtaken(_("There is a newer version already."))
    if is_open(row):
        raise Refused(_("Nobody has signed this version yet, so it can be changed as it is."), "open")
    if row.state == AgreementState.DRAFT:
        _end(row, by.today, _("Replaced by a newer version before it was signed."))
    kept = ("series", "organisation_id", "titles", "kind", "territory_id", "organ", "valid_until", "review_on")
    made = Agreement.objects.create(
        **{name: getattr(row, name) for name in kept} | {"valid_until": _not_past(row.valid_until, by.today),
           "review_on": _not_past(row.review_on, by.today)},
        version=row.version + 1, valid_from=max(row.valid_from, by.today), written_by=by.account,
    )  # fmt: skip
    _copy(row, made)
    _record(by, made, {"version": made.version})
    return made


def _not_past(day: date | None, today: date) -> date | None:
    return day if day is None or day >= today else None


def _copy(row: Agreement, made: Agreement) -> None:
    """Signatories that have not left, and every clause with its sides."""
    again = {
        one.pk: Signatory.objects.create(agreement=made, organisation=one.organisation)
        for one in signatories(row)
        if one.left_on is None
    }
    for clause in clauses(row):
        before = list(clause.sides.all())
        clause.pk, clause.uuid, clause.agreement, clause._state.adding = None, uuid4(), made, True
        clause.save()
        for side in before:
            if side.signatory_id is None or side.signatory_id in again:
                side.pk, side.clause, side._state.adding = None, clause, True
                side.signatory = again[side.signatory_id] if side.signatory_id else None
                side.save()


@transaction.atomic
def end(*, by: Actor, agreement: Agreement, reason: str) -> None:
    """From this moment nothing rests on any version of it: the database ends every tie that did."""
    row = locked(by, agreement)
    if row.state == AgreementState.ENDED:
        raise Overtaken(_("This agreement was ended already."))
    if versions(row).filter(version__gt=row.version, signed_on__isnull=False).exists():
        raise Overtaken(_("There is a newer version already."))
    if not reason.strip():
        raise Refused(_("Say why the agreement ends."), "reason")
    _end(row, by.today, reason)
    _record(by, row, {"ended": str(by.today)})


def _end(row: Agreement, day: date, reason: object) -> None:
    row.state, row.ended_on, row.ended_reason = AgreementState.ENDED, day, " ".join(str(reason).split())[:250]
    row.save(update_fields=["state", "ended_on", "ended_reason"])


def locked(by: Actor, agreement: Agreement) -> Agreement:
    """The agreement of an institution for which the actor writes, held until the end of the transaction."""
    ask(by, WRITE_AGREEMENT, agreement.organisation_id)
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def writable(by: Actor, agreement: Agreement) -> Agreement:
    """The same, while nobody has signed it."""
    row = locked(by, agreement)
    if not is_open(row):
        raise Overtaken(_("Somebody has signed this version already. Make a new version to change it."), "signed")
    return row


def _record(by: Actor, row: Agreement, detail: dict[str, object]) -> None:
    audit.record(by=by, verb=WRITE_AGREEMENT.key, about=row, organisation=row.organisation_id, detail=detail)
