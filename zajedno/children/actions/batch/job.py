"""Entering a register of any room in the background: ids come in, the person's own posts decide."""

from types import ModuleType

from zajedno.access.models.batch import Batch
from zajedno.kernel.aside import Aside
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, Overtaken, Refused
from zajedno.places.queries.actor import actor_for


def run(actions: ModuleType, queries: ModuleType, *, batch: str, account: int) -> None:
    """Enter a batch as the person who asked for it, behind their own fence. Broken off, it may simply run again; asked
    twice, the second finds it done."""
    try:
        with acting(RUNTIME, account):
            by = actor_for(account, today())
            found = queries.find(by, batch)
            if found.state != Batch.State.COMMITTING:
                return
            with Aside(by, found._meta.db_table, found.pk) as progress:
                actions.commit(by=by, batch=found, progress=progress)
    except (Overtaken, NotFound):
        return  # another worker is at it, or it is no longer the person's work
    except Refused:
        with acting(RUNTIME, account):
            by = actor_for(account, today())
            actions.fail(by=by, batch=queries.find(by, batch))
