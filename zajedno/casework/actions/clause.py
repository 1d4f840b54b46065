"""What a move opens under a clause of an agreement: the fields that both allow, until the clause's last day."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from zajedno.casework.actions.participant import Rests
from zajedno.casework.queries.case import CaseFile
from zajedno.casework.queries.clause import giver_of, standing
from zajedno.casework.queries.needs import SHARING, is_set_aside
from zajedno.children.queries import consent as consents
from zajedno.kernel.actor import Actor
from zajedno.kernel.refusal import Refused
from zajedno.networks.queries.clause import fitting
from zajedno.procedures.logic.check_clause import CLAUSE
from zajedno.procedures.logic.definition import MoveRule, Tie

if TYPE_CHECKING:
    from zajedno.children.models import Consent
    from zajedno.networks.models import Clause
    from zajedno.places.models import Organisation


def under(
    *, by: Actor, file: CaseFile, rule: MoveRule, ties: Sequence[Tie], to: Any, given: Mapping[str, Any]
) -> tuple[list[str], Rests | None]:
    """Fields that `ties` of a move open to the organisation `to` (None: a person), and the clause they rest on, if any.

    Who takes part under a clause already keeps it. `given["clause"]`: the one that was chosen where several fit. Raises
    Refused where there is none, or none was chosen, or its consent is missing.
    """
    fields = [field for tie in ties for field in tie.fields]
    said = {tie.clause for tie in ties} - {""}
    if not said or to is None:
        return fields, None
    before = standing(file.case, by.today, key=to.pk, part=ties[0].part)
    if before is not None and before.clause and before.giver:
        return _both(fields, before.clause), Rests(before.clause, before.giver, before.tie.until, before.tie.consent)
    giver = giver_of(file, rule)
    clause = _chosen(by, file, giver, to, given)
    if clause is None and "needed" not in said:
        return fields, None
    if clause is None:
        raise Refused(
            _("There is no agreement in force under which %(giver)s may show this to %(receiver)s. Choose another "
              "institution, or ask the coordinator of your network to prepare an agreement.")
            % {"giver": giver, "receiver": to}, "no_clause",
        )  # fmt: skip
    consent = _consent(by, file, clause, giver, to)
    return _both(fields, clause), Rests(clause, giver, _last_day(clause, consent, by.today), consent)


def _both(fields: Sequence[str], clause: "Clause") -> list[str]:
    both = [field for field in fields if field in clause.fields]
    if not both:
        raise Refused(_("The agreement opens nothing of what this step shows. Choose another clause."), "no_fields")
    return both


def _chosen(
    by: Actor, file: CaseFile, giver: "Organisation", receiver: "Organisation", given: Mapping[str, Any]
) -> "Clause | None":
    found = fitting(
        procedure=file.definition.key, purpose=file.definition.purpose, giver=giver, receiver=receiver, day=by.today
    )
    if wanted := str(given.get(CLAUSE) or ""):
        chosen = next((one for one in found if str(one.uuid) == wanted), None)
        if chosen is None:
            raise Refused(_("This clause does not hold between these two institutions today."), "other_clause")
        return chosen
    if len(found) > 1:
        names = "; ".join(f"{one.agreement}, {one.number}" for one in found)
        raise Refused(_("Several clauses hold between you: %(names)s. Choose one.") % {"names": names}, "which_clause")
    return found[0] if found else None


def _last_day(clause: "Clause", consent: "Consent | None", today: date) -> date | None:
    """Of the clause, the agreement or the consent, whichever comes first; None: the case's end."""
    days = (
        today + timedelta(days=clause.days) if clause.days else None,
        clause.agreement.valid_until,
        consent.until if consent else None,
    )
    return min((day for day in days if day is not None), default=None)


def _consent(
    by: Actor, file: CaseFile, clause: "Clause", giver: "Organisation", receiver: "Organisation"
) -> "Consent | None":
    """The consent on which the tie rests, where the clause asks for one; what is withdrawn later ends the tie."""
    if not clause.needs_consent or is_set_aside(file, SHARING):
        return None
    for recipient in (receiver, giver, file.case.organisation):
        found = consents.in_force(
            child=file.case.child_id, purpose=clause.purpose, recipient=recipient.pk, day=by.today
        )
        if found is not None:
            return found
    if is_set_aside(file, SHARING):
        return None
    raise Refused(_("The agreement asks for the parent's consent. Record it first."), "consent")
