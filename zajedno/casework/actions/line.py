"""Lines of a case's history that are no moves of its procedure: the case stays where it is and its clocks go on."""

from django.utils.translation import gettext as _

from zajedno.casework.models import Case, Move
from zajedno.casework.queries.case import CaseFile
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Overtaken


def seen_as(file: CaseFile, seen: int) -> None:
    """Refuse when somebody acted since the page was drawn; what was typed stays in its form."""
    if file.case.moves_made != seen:
        raise Overtaken(_("Somebody has moved this case in the meantime. Look at it again before you go on."))


def add_line(*, by: Actor, case: Case, key: str, post: int, text: str = "") -> Move:
    """`key` of `logic.passing`; who looks at an older page of the case is told that it has changed."""
    case.moves_made += 1
    case.save(update_fields=["moves_made"])
    row = Move(
        case=case, position=case.moves_made, move=key, from_step=case.step, to_step=case.step, account=by.account,
        post=post, moment=clock.now(), happened_on=by.today,
    )  # fmt: skip
    row.text = text.strip()
    row.save()
    return row
