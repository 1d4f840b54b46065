"""Who is told of a move. A notice says that something waits, never of whom."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import holders_elsewhere, members
from zajedno.casework.queries.plan import lines
from zajedno.casework.rules import MOVE_CASE
from zajedno.places.queries.post import carrying
from zajedno.procedures.logic.walk import Outcome

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.places.models import Organisation

_SUBJECT = _("A case waits for you in Zajedno")
_AT_WORK = _("Something has changed in a case in which you take part. Log in and look at “My work”.")
_TO_PARENTS = _("Something has changed in a procedure in which you take part. Log in and look at your page.")


def players(file: CaseFile, part: str) -> "Iterator[tuple[Organisation | None, Account | None, str]]":
    """Who plays a part: organisations and persons as (organisation, account, seat)."""
    if part == file.definition.keeper:
        yield file.case.organisation, None, ""
        return
    if file.definition.part[part].planned:
        for measure in lines(file):
            for giver in (measure.responsible, measure.service.organisation if measure.service else None):
                if giver is not None:
                    yield giver, None, ""
    for row in file.participants:
        if row.part == part:
            yield row.tie.organisation, row.tie.account, row.seat


def people(file: CaseFile, *parts: str) -> "dict[int, Account]":
    """Accounts behind parts: holders of the post, the person, or colleagues of the organisation who move cases."""
    posts = {part for part in parts if file.definition.part[part].kind == "post"}
    holders = [one.person for one in members(file) if one.part in posts and not one.recused] if posts else []
    found: dict[int, Account] = {one.pk: one for one in (*holders, *holders_elsewhere(file, posts))}
    for organisation, account, _seat in chain.from_iterable(players(file, part) for part in parts if part not in posts):
        if account:
            found[account.pk] = account
        if organisation:
            posts_there = carrying(MOVE_CASE.key, file.by.today).filter(organisation=organisation)
            found |= {post.account_id: post.account for post in posts_there.select_related("account")}
    return found


def write(case: Case, accounts: "dict[int, Account]", key: str, subject: Promise, body: Promise) -> None:
    """One letter for each account, in its language; `key` makes each one unique."""
    letters = {f"{key}-{case.uuid}-{account.pk}": account for account in accounts.values()}
    outbox.write_each(to=letters, subject=subject, body=body)


def tell(file: CaseFile, outcome: Outcome) -> None:
    """Tell the parts that the procedure names; who made the move knows."""
    parents = file.definition.family
    for family in (False, True):
        accounts = people(file, *(part for part in outcome.notifies if (part in parents) == family))
        accounts.pop(file.by.account, None)
        write(file.case, accounts, f"move-{file.case.moves_made}", _SUBJECT, _TO_PARENTS if family else _AT_WORK)
