"""Cycles of champions: the public wall, those a person runs or judges, and what a jury came to."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, F, Func, Q, QuerySet, TextField

from zajedno.exchange.enums import Consent
from zajedno.exchange.logic.award import mean
from zajedno.exchange.models import Cycle, Honour, Juror, Nomination, Score
from zajedno.exchange.queries.conflict import in_conflict
from zajedno.exchange.rules import AWARD, JURY
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound
from zajedno.kernel.script import fold
from zajedno.places.queries.post import held

if TYPE_CHECKING:
    from zajedno.places.models import Post


def wall() -> QuerySet[Honour]:
    """Published champions whose consent is in force, the newest cycle first."""
    rows = Honour.objects.filter(nomination__consent=Consent.GIVEN, cycle__published_on__isnull=False)
    rows = rows.select_related("cycle__organisation", "nomination__territory", "nomination__category")
    return rows.order_by("-cycle__decided_on", "-cycle_id", "plaque")


def champion(slug: str) -> Honour:
    """One of the wall; NotFound for a withdrawn one as for none."""
    found = wall().filter(slug=slug).first()
    if found is None:
        raise NotFound("")
    return found


def open_cycles(today: date) -> QuerySet[Cycle]:
    """Those in which anybody can nominate on a day."""
    rows = Cycle.objects.filter(opens_on__lte=today, closes_on__gte=today, decided_on=None)
    return rows.select_related("organisation").order_by("closes_on", "pk")


def open_cycle(uuid: UUID, today: date) -> Cycle:
    found = open_cycles(today).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def visible_to(by: Actor) -> QuerySet[Cycle]:
    """Cycles that the actor runs or judges."""
    judged = Juror.objects.filter(account=by.account).values("cycle") if by.may(JURY.key) else []
    mine = Q(organisation__in=by.organisations_for(AWARD.key)) | Q(pk__in=judged)
    return Cycle.objects.filter(mine).select_related("organisation")


def find(by: Actor, uuid: UUID) -> Cycle:
    """NotFound for a cycle of others as for none."""
    found = visible_to(by).filter(uuid=uuid).first()
    if found is None:
        raise NotFound("")
    return found


def runs(by: Actor, cycle: Cycle) -> bool:
    return by.may(AWARD.key, cycle.organisation_id)


def run_by(by: Actor, uuid: UUID) -> Cycle:
    """A cycle that the actor runs; to who only judges it there is none."""
    found = visible_to(by).filter(uuid=uuid, organisation__in=by.organisations_for(AWARD.key)).first()
    if found is None:
        raise NotFound("")
    return found


def jury(cycle: Cycle) -> QuerySet[Juror]:
    return Juror.objects.filter(cycle=cycle).select_related("account").order_by("account__name", "pk")


def juror(by: Actor, cycle: Cycle) -> Juror | None:
    """The actor's seat in the jury."""
    return Juror.objects.filter(cycle=cycle, account=by.account).first() if by.may(JURY.key) else None


def candidates(by: Actor, cycle: Cycle, text: str = "") -> "QuerySet[Post]":
    """Posts that let their holder judge, of people who are not in this jury; by every word of `text`."""
    rows = held(by.today).filter(role__verbs__contains=[JURY.key]).exclude(account__in=jury(cycle).values("account"))
    rows = rows.alias(folded=Func(F("account__name"), function="app.fold", output_field=TextField()))
    for word in fold(text).split():
        rows = rows.filter(Q(folded__contains=word) | Q(organisation__key__contains=word))
    return rows.select_related("account", "organisation", "role").order_by("account__name", "organisation__key", "pk")


def means(cycle: Cycle) -> dict[int, tuple[Decimal | None, int]]:
    """By nomination: what the jury came to and of how many ballots. Who is in a conflict does not count."""
    out = in_conflict(cycle)
    ballots: dict[int, dict[int, dict[int, int]]] = {}
    for score in Score.objects.filter(nomination__cycle=cycle):
        if (score.nomination_id, score.juror_id) not in out:
            sheet = ballots.setdefault(score.nomination_id, {}).setdefault(score.juror_id, {})
            sheet[score.criterion_id] = score.value
    weights = dict(cycle.criteria.values_list("pk", "weight"))
    return {key: (mean(sheets.values(), weights), len(sheets)) for key, sheets in ballots.items()}


def counts(cycles: list[Cycle]) -> dict[int, int]:
    """How many confirmed nominations, by cycle."""
    rows = Nomination.objects.filter(cycle__in=cycles, confirmed_on__isnull=False, set_aside_on=None)
    return dict(rows.values_list("cycle").annotate(Count("pk")))
