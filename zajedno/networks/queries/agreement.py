"""Agreements: whose they are, which hold on a day, and what an institution's people may see of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Least

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks import rules
from zajedno.networks.enums import AgreementState, Signature
from zajedno.networks.models import Agreement, Clause, ClauseSide, Signatory

SOON = timedelta(days=60)  # before a review or the last day people are warned


def writes(by: Actor, row: Agreement) -> bool:
    return by.may(rules.WRITE_AGREEMENT.key, row.organisation_id)


def visible_to(by: Actor) -> QuerySet[Agreement]:
    """Those that the actor's institutions keep or sign, the newest first."""
    mine = {seat.organisation for seat in by.seats}
    signed = Signatory.objects.filter(agreement=OuterRef("pk"), organisation__in=mine)
    rows = Agreement.objects.filter(
        Q(organisation__in=by.organisations_for(rules.WRITE_AGREEMENT.key)) | Exists(signed)
    )
    return rows.select_related("organisation", "territory__country")


def newest(by: Actor) -> QuerySet[Agreement]:
    """Of each series the version that people work on: the one being written, else the newest."""
    later = Agreement.objects.filter(series=OuterRef("series"), version__gt=OuterRef("version"))
    return visible_to(by).exclude(Exists(later))


def find(by: Actor, uuid: UUID) -> Agreement:
    """NotFound for an agreement of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def in_force(day: date) -> QuerySet[Agreement]:
    """Versions on which something new may rest on that day: the newest of its series that has begun, unless it is over
    or was ended. An earlier version does not come back when a later one ends."""
    later = Agreement.objects.filter(
        series=OuterRef("series"), version__gt=OuterRef("version"), signed_on__isnull=False, valid_from__lte=day
    )
    rows = Agreement.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)
    return rows.filter(state=AgreementState.SIGNED).exclude(Exists(later))


def versions(row: Agreement) -> QuerySet[Agreement]:
    """Every version of the same agreement, the newest first."""
    return Agreement.objects.filter(series=row.series).order_by("-version")


def before(row: Agreement) -> Agreement | None:
    """The version before it."""
    return versions(row).filter(version__lt=row.version).first()


def signatories(row: Agreement) -> QuerySet[Signatory]:
    """Who signs, in the order in which they were named, with institution, place and person."""
    return Signatory.objects.filter(agreement=row).select_related("organisation__kind", "signed_by").order_by("pk")


def waiting_for(by: Actor) -> QuerySet[Signatory]:
    """Signatures that wait for the actor, the oldest first."""
    rows = Signatory.objects.filter(state=Signature.WAITING, agreement__state=AgreementState.DRAFT)
    rows = rows.filter(organisation__in=by.organisations_for(rules.SIGN_AGREEMENT.key))
    return rows.select_related("agreement", "organisation").order_by("pk")


def is_open(row: Agreement) -> bool:
    """May it still be written: a draft that nobody has signed or refused?"""
    return row.state == AgreementState.DRAFT and not row.signatories.exclude(state=Signature.WAITING).exists()


@dataclass(frozen=True)
class Warnings:
    """What comes soon or is past on a day; None: nothing to tell."""

    review: date | None
    last_day: date | None


def warnings(row: Agreement, today: date) -> Warnings:
    """Of a version that is signed: its review and its last day, once they are within `SOON` or past."""
    if row.state != AgreementState.SIGNED:
        return Warnings(None, None)
    near = (day if day is not None and day <= today + SOON else None for day in (row.review_on, row.valid_until))
    return Warnings(*near)


def warned(by: Actor) -> QuerySet[Agreement]:
    """Signed ones that the actor writes, whose review or last day is within `SOON` or past, while no newer version is
    there; the nearest day first."""
    later = Agreement.objects.filter(series=OuterRef("series"), version__gt=OuterRef("version"))
    rows = Agreement.objects.filter(
        Q(review_on__lte=by.today + SOON) | Q(valid_until__lte=by.today + SOON), ~Exists(later),
        organisation__in=by.organisations_for(rules.WRITE_AGREEMENT.key), state=AgreementState.SIGNED,
    )  # fmt: skip
    return rows.annotate(near=Least("review_on", "valid_until")).order_by("near", "pk")


def told(row: Agreement) -> Mapping[str, Mapping[str, Any]]:
    """What a version says, for `logic.difference`: {"": its head, "signatories": {…}, "clause 1": {…}}."""
    head: dict[str, Any] = {
        "titles": row.titles, "kind": row.kind, "organ": row.organ, "valid_from": row.valid_from,
        "valid_until": row.valid_until, "review_on": row.review_on,
    }  # fmt: skip
    signing = {str(one.organisation): True for one in signatories(row)}
    return {"": head, "signatories": signing, **{f"clause {one.number}": _said(one) for one in clauses(row)}}


def clauses(row: Agreement) -> QuerySet[Clause]:
    """In their order, each with its sides."""
    rows = Clause.objects.filter(agreement=row).select_related("agreement", "escalation_role", "escalation_at")
    return rows.prefetch_related("sides__kind", "sides__signatory__organisation").order_by("number")


def _said(row: Clause) -> dict[str, Any]:
    return {
        "procedure": row.procedure, "sides": sorted(map(_side, row.sides.all())), "fields": sorted(row.fields),
        "days": row.days, "deadline": (row.deadline_length, row.deadline_unit), "needs_consent": row.needs_consent,
        "escalation": (row.escalation_part, row.escalation_role_id, row.escalation_at_id), "texts": row.texts,
    }  # fmt: skip


def _side(one: ClauseSide) -> str:
    who = one.signatory.organisation_id if one.signatory else one.sector or one.kind_id
    return f"{one.direction}:{who}"
