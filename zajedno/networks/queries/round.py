"""Rounds: those a person runs, and those in which they are asked."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.networks import rules
from zajedno.networks.models import Respondent, Round, RoundSheet


def organisations(by: Actor) -> set[int]:
    """Ids of the networks and institutions whose rounds the actor runs."""
    return {one for verb in (rules.OPEN_ROUND, rules.SETTLE) for one in by.organisations_for(verb.key)}


def visible_to(by: Actor) -> QuerySet[Round]:
    """The newest first, with how many were asked and have answered (`asked`, `answered`: of use to who runs it)."""
    asked = Respondent.objects.filter(account=by.account).values("round")
    sheets = RoundSheet.objects.filter(respondent=OuterRef("respondents"))
    return (
        Round.objects.filter(Q(organisation__in=organisations(by)) | Q(pk__in=asked))
        .select_related("organisation__territory", "outcome")
        .annotate(asked=Count("respondents"), answered=Count("respondents", filter=Exists(sheets)))
        .order_by("-opens_on", "-pk")
    )


def run_list(by: Actor) -> QuerySet[Round]:
    """Only those that the actor runs."""
    return visible_to(by).filter(organisation__in=organisations(by))


def find(by: Actor, uuid: UUID) -> Round:
    """NotFound for a round of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def read(by: Actor, uuids: Collection[UUID]) -> set[UUID]:
    """Those of the rounds that the actor reads."""
    return set(visible_to(by).filter(uuid__in=uuids).values_list("uuid", flat=True)) if uuids else set()


def run_by(by: Actor, uuid: UUID) -> Round:
    """A round that the actor runs; to who is only asked in it there is none."""
    found = run_list(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def runs(by: Actor, row: Round) -> bool:
    return row.organisation_id in organisations(by)


def before(by: Actor, row: Round) -> Round | None:
    """The newest earlier round of the same organisation and form, in any version, that was closed with answers."""
    rows = like(by, row).filter(outcome__content__sheets__gt=0).exclude(pk=row.pk)
    return rows.first()


def like(by: Actor, row: Round) -> QuerySet[Round]:
    """The round and earlier ones of the same organisation and form, in any version, that were closed."""
    rows = visible_to(by).filter(organisation=row.organisation_id, version__form=row.version.form_id)
    earlier = Q(opens_on__lt=row.opens_on) | Q(opens_on=row.opens_on, pk__lte=row.pk)
    return rows.filter(earlier, outcome__isnull=False)
