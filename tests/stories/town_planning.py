"""What the network of the town plans and runs: real rows for the addresses of plans and programmes."""

from decimal import Decimal

from tests.programmes.planning import Planning, parts
from tests.world import World
from zajedno.programmes.actions import session as meetings


def planned(world: World) -> dict[str, object]:
    """A plan that Csaba writes for the network, and a programme that meets today."""
    planning = Planning(world)
    row, run = planning.plan(), planning.programme()
    with planning.at_work("csaba") as by:
        met = meetings.plan_session(by=by, programme=run, on=by.today, place="Школа")
        values = meetings.Values("Стрес", "", Decimal(3), None, "Упитник")
        measured = meetings.measure(by=by, programme=run, values=values)
    return {
        "plans/uuid": row.uuid, "parts/part": parts(row)[2].uuid, "programmes/uuid": run.uuid,
        "sessions/session": met.uuid, "measured/measured": measured.uuid,
    }  # fmt: skip
