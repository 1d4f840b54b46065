"""Who may not score what: said, or because it is their own institution, their own nomination, or they themselves."""

from collections import defaultdict

from zajedno.exchange.models import Conflict, Cycle, Juror, Nomination
from zajedno.kernel.script import fold
from zajedno.places.queries.post import of_account

Pair = tuple[int, int]  # nomination, juror


def in_conflict(cycle: Cycle) -> set[Pair]:
    """Every pair of the cycle. Found anew each time: an institution may be told later, and a post may begin."""
    jurors = list(Juror.objects.filter(cycle=cycle).select_related("account"))
    said = set(Conflict.objects.filter(juror__in=jurors).values_list("nomination", "juror"))
    mine = {one.pk: _institutions(one) for one in jurors}
    rows = list(Nomination.objects.filter(cycle=cycle, confirmed_on__isnull=False))
    return said | {(row.pk, one.pk) for one in jurors for row in rows if _own(row, one, *mine[one.pk])}


def _institutions(juror: Juror) -> tuple[set[int], set[str]]:
    """Where somebody works or has worked, by id and by folded name."""
    posts = list(of_account(juror.account_id))
    return {post.organisation_id for post in posts}, {post.organisation.key for post in posts}


def _own(row: Nomination, juror: Juror, ids: set[int], names: set[str]) -> bool:
    written = {fold(row.institution), fold(row.nominee)}
    addresses = {row.nominee_email.casefold(), row.nominator_email.casefold()}
    return (
        row.organisation_id in ids
        or bool(written & names)
        or row.nominator_id == juror.account_id
        or juror.account.email.casefold() in addresses
    )


def by_juror(cycle: Cycle) -> dict[int, set[int]]:
    """Nominations that each juror may not score."""
    found: dict[int, set[int]] = defaultdict(set)
    for nomination, juror in in_conflict(cycle):
        found[juror].add(nomination)
    return found
