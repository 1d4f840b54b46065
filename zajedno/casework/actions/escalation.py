"""Who else learns that an institution did not answer in the time that an agreement sets: once, and without a child."""

from typing import TYPE_CHECKING, cast

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from zajedno.access.actions import outbox
from zajedno.casework.actions import notices
from zajedno.casework.models import Clock
from zajedno.casework.queries.case import CaseFile
from zajedno.places.queries.post import held_at

if TYPE_CHECKING:
    from zajedno.access.models import Account
    from zajedno.networks.models import Clause


def escalate(file: CaseFile, row: Clock, clause: "Clause") -> int:
    """Write to the part or post that the clause names; who was told of the deadline anyway gets this letter too, since
    it says that they are asked to act. Returns how many letters were new."""
    told = _told(file, clause)
    return sum(
        outbox.write(
            to=account,
            key=f"escalated-{row.pk}-{row.due_on:%y%m%d}-{account.pk}",
            subject=_("An institution has not answered in time"),
            body=_body(clause),
        )
        for account in told.values()
    )  # fmt: skip


def _body(clause: "Clause") -> Promise:
    """In the language of whoever reads it: the title of the agreement has several."""
    said = _("The time that the agreement “%(agreement)s” gives for an answer is past, and it says that you are told. "
             "Ask the institutions that signed it why nobody has answered.")  # fmt: skip
    return cast(Promise, lazy(lambda: str(said) % {"agreement": clause.agreement}, str)())


def _told(file: CaseFile, clause: "Clause") -> "dict[int, Account]":
    if clause.escalation_part:
        return notices.people(file, clause.escalation_part) if clause.escalation_part in file.definition.part else {}
    if clause.escalation_at_id is None:
        return {}
    posts = held_at(clause.escalation_at_id, file.by.today).filter(role=clause.escalation_role_id)
    return {post.account_id: post.account for post in posts}
