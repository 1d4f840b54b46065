"""Nominations: found by a link, by who runs the cycle, by who judges it."""

from collections import defaultdict
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zajedno.exchange.enums import Consent
from zajedno.exchange.models import Cycle, Juror, Nomination, Score
from zajedno.exchange.queries.award import juror, run_by, visible_to
from zajedno.exchange.rules import AWARD
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import NotFound


def token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _one(rows: QuerySet[Nomination]) -> Nomination:
    found = rows.select_related("cycle__organisation", "category", "territory").first()
    if found is None:
        raise NotFound("")
    return found


def to_confirm(token: str) -> Nomination:
    """The nomination behind a nominator's link; NotFound for a used link as for an invented one."""
    return _one(Nomination.objects.filter(confirm_hash=token_hash(token), confirmed_on=None, set_aside_on=None))


def to_answer(token: str) -> Nomination:
    """The nomination behind the nominee's link that works now."""
    return _one(Nomination.objects.filter(consent_hash=token_hash(token), set_aside_on=None))


def in_hand(cycle: Cycle) -> QuerySet[Nomination]:
    """All that an organiser has on the table: confirmed; also what was refused, of which nothing is left."""
    rows = Nomination.objects.filter(cycle=cycle, confirmed_on__isnull=False, set_aside_on=None)
    return rows.select_related("category", "territory").order_by("category__position", "confirmed_on", "pk")


def eligible(cycle: Cycle) -> QuerySet[Nomination]:
    """Those the jury scores and that can be honoured: the nominee agreed."""
    return in_hand(cycle).filter(consent=Consent.GIVEN)


def find(by: Actor, uuid: UUID) -> Nomination:
    """One of a cycle that the actor runs, or judges and the nominee agreed to."""
    run = Q(cycle__organisation__in=by.organisations_for(AWARD.key))
    seen = run | Q(consent=Consent.GIVEN)
    rows = Nomination.objects.filter(seen, cycle__in=visible_to(by), confirmed_on__isnull=False, set_aside_on=None)
    return _one(rows.filter(uuid=uuid))


def run_one(by: Actor, uuid: UUID) -> Nomination:
    """One of a cycle that the actor runs."""
    row = find(by, uuid)
    run_by(by, row.cycle.uuid)
    return row


def ballot(member: Juror, row: Nomination) -> dict[int, int]:
    """What a juror gave, by criterion; empty when nothing yet."""
    return dict(Score.objects.filter(juror=member, nomination=row).values_list("criterion", "value"))


def scored(cycle: Cycle) -> dict[int, set[int]]:
    """Nominations that each juror has scored by every criterion."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Score.objects.filter(juror__cycle=cycle).values_list("juror", "nomination").annotate(many=Count("pk"))
    for member, nomination, _many in rows.filter(many=cycle.criteria.count()):
        found[member].add(nomination)
    return found


def still_to_score(by: Actor, cycle: Cycle, out: dict[int, set[int]]) -> bool:
    """Does the actor sit in the jury with ballots to fill? Until then they see no sums."""
    member = juror(by, cycle)
    if member is None or cycle.decided_on:
        return False
    return bool({*eligible(cycle).values_list("pk", flat=True)} - scored(cycle)[member.pk] - out.get(member.pk, set()))
