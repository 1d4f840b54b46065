"""Thin door to background jobs of this room."""

from zajedno.children.actions import batch as batches
from zajedno.children.queries.batch import find_by_id
from zajedno.kernel.aside import Aside
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.jobs import task
from zajedno.kernel.refusal import Overtaken, Refused
from zajedno.places.queries.actor import actor_for


@task("children.enter_register")
def enter_register(batch: int, account: int) -> None:
    """Enter a checked register in the name of who started it. Broken off, it may simply run again."""
    try:
        with acting(RUNTIME, account):
            by = actor_for(account, today())
            with Aside(by, "children_childbatch", batch) as progress:
                batches.commit(by=by, batch=find_by_id(by, batch), progress=progress)
    except Overtaken:
        return
    except Refused:
        with acting(RUNTIME, account):
            by = actor_for(account, today())
            batches.fail(by=by, batch=find_by_id(by, batch))
