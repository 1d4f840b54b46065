"""Who is told of a move. A notice says that something waits, never of whom."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.access.queries.account import by_ids
from zajedno.casework.models import Case
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.members import members
from zajedno.casework.queries.plan import lines
from zajedno.places.queries.post import colleagues
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


def people(file: CaseFile, part: str) -> "dict[int, Account]":
    """Accounts behind a part: holders of the post, the person, or colleagues of the organisation who move cases."""
    found: dict[int, Account] = {}
    if file.definition.part[part].kind == "post":
        ids = [member.account for member in members(file) if member.part == part and not member.recused]
        return by_ids(ids)
    for organisation, account, _seat in players(file, part):
        if account:
            found[account.pk] = account
        if organisation:
            for post in colleagues(organisation, file.by.today):
                if post.role.opens_files and "casework.move_case" in post.role.verbs:
                    found[post.account_id] = post.account
    return found


def write(case: Case, accounts: "dict[int, Account]", key: str, subject: Promise, body: Promise) -> int:
    """One letter for each account, in its language; `key` makes each one unique. Returns how many were new."""
    return sum(
        outbox.write(to=account, key=f"{key}-{case.uuid}-{account.pk}", subject=subject, body=body)
        for account in accounts.values()
    )


def tell(file: CaseFile, outcome: Outcome) -> None:
    """Tell the parts that the procedure names; who made the move knows."""
    told: dict[bool, dict[int, Account]] = {False: {}, True: {}}  # by whether a parent is told
    for part in outcome.notifies:
        told[part in file.definition.family] |= people(file, part)
    for family, accounts in told.items():
        accounts.pop(file.by.account, None)
        write(file.case, accounts, f"move-{file.case.moves_made}", _SUBJECT, _TO_PARENTS if family else _AT_WORK)
