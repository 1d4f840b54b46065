"""Entering a register in the background: ids come in, the person's own posts decide."""

from zajedno.casework.actions.batch.commit import commit, fail
from zajedno.casework.models import CaseBatch
from zajedno.casework.queries.batch import find
from zajedno.kernel.aside import Aside
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import Refused
from zajedno.places.queries.actor import actor_for


def run(*, batch: str, account: int) -> None:
    """Enter a batch as the person who asked for it, behind their own fence. Asked twice, the second finds it done."""
    try:
        with acting(RUNTIME, account):
            by = actor_for(account, today())
            found = find(by, batch)
            if found.state != CaseBatch.State.COMMITTING:
                return
            with Aside(by, CaseBatch._meta.db_table, found.pk) as progress:
                commit(by=by, batch=found, progress=progress)
    except Refused as refusal:
        if refusal.status == 409:
            return  # another worker is at it
        with acting(RUNTIME, account):
            by = actor_for(account, today())
            fail(by=by, batch=find(by, batch))
