"""Who may not score what: said, or because it is their own institution, their own nomination, or they themselves."""

from collections import defaultdict

from zajedno.exchange.models import Conflict, Cycle, Juror, Nomination
from zajedno.kernel import clock
from zajedno.kernel.script import fold
from zajedno.places.queries.post import held

Pair = tuple[int, int]  # nomination, juror


def in_conflict(cycle: Cycle) -> set[Pair]:
    """Every pair of the cycle. Found anew each time: an institution may be told later, and a post may begin."""
    jurors = list(Juror.objects.filter(cycle=cycle).select_related("account"))
    said = set(Conflict.objects.filter(juror__in=jurors).values_list("nomination", "juror"))
    works = _institutions(jurors)
    rows = list(Nomination.objects.filter(cycle=cycle, confirmed_on__isnull=False))
    return said | {(row.pk, one.pk) for one in jurors for row in rows if _own(row, one, works[one.account_id])}


def _institutions(jurors: list[Juror]) -> dict[int, set[int | str]]:
    """Where each account works today, by id and by folded name."""
    found: dict[int, set[int | str]] = defaultdict(set)
    posts = held(clock.today()).filter(account__in=[one.account_id for one in jurors])
    for account, key, name in posts.values_list("account", "organisation", "organisation__key"):
        found[account] |= {key, name}
    return found


def _own(row: Nomination, juror: Juror, works: set[int | str]) -> bool:
    written = {row.organisation_id, fold(row.institution), fold(row.nominee)}
    addresses = {row.nominee_email.casefold(), row.nominator_email.casefold()}
    return bool(written & works) or row.nominator_id == juror.account_id or juror.account.email.casefold() in addresses


def by_juror(cycle: Cycle) -> dict[int, set[int]]:
    """Nominations that each juror may not score."""
    found: dict[int, set[int]] = defaultdict(set)
    for nomination, juror in in_conflict(cycle):
        found[juror].add(nomination)
    return found
