"""Filip, the father of the twins, comes in with a letter for each, and the commission waits for his consent."""

from collections.abc import Callable
from datetime import timedelta

from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.family import enter
from zajedno.children.actions.invitation import invite_by_letter
from zajedno.children.models import Guardian
from zajedno.kernel import clock
from zajedno.kernel.fence import identify
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.cases import REQUEST
from zajedno.site.demo.institutions import Towns
from zajedno.site.demo.way import Way

AGO = 5  # days: when Ana gave him the letters


def seed_parents(towns: Towns, progress: Callable[[str], None]) -> None:
    filip, start = towns.accounts["filip"], clock.today() - timedelta(days=AGO)
    rows = list(Guardian.objects.filter(account=filip).select_related("child").order_by("id"))
    with clock.on(start):
        for row in rows:
            by = actor_for(towns.accounts["ana"].pk, start)
            enter(secret=invite_by_letter(by=by, guardian=row)[1], account=filip)
        identify(None)
        case = open_case(
            by=by, child=rows[0].child, keeper=towns.organisations["irk-subotica"], procedure="additional-support",
            initiator="institution", initiated_by=towns.organisations["school-subotica"], request=REQUEST,
        )  # fmt: skip
    Way(towns, "subotica", "ana", case, start, clock.today()).to("awaiting_consent")
    progress("Filip, a father, with his twins")
