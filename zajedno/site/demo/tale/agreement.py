"""The protocol under which institutions of a story show each other what a procedure opens only under a clause."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.networks.actions import agreement, clause, signature
from zajedno.networks.enums import AgreementKind
from zajedno.networks.queries.clause import in_force_for
from zajedno.places.queries.actor import actor_for
from zajedno.procedures.logic.definition import Definition

if TYPE_CHECKING:
    from zajedno.places.models import Organisation

TITLES = {"sr": "Протокол о сарадњи (измишљен)", "bs": "Protokol o saradnji (izmišljen)", "en": "Protocol (invented)"}


def rests_on_one(definition: Definition) -> bool:
    return any(tie.clause for tie in definition.all_ties())


def agree(definition: Definition, keeper: "Organisation", writer: int, signing: "Mapping[Organisation, int]") -> None:
    """Written today by an account of the network that keeps it, one clause, signed by one account for each; once."""
    if all(in_force_for(definition.key, clock.today(), givers=[one.pk]).exists() for one in signing):
        return
    fields = {field for tie in definition.all_ties() if tie.clause for field in tie.fields}
    head = agreement.Head(TITLES, AgreementKind.PROTOCOL, keeper.territory, str(keeper), clock.today())
    with acting(RUNTIME, writer):
        by = actor_for(writer, clock.today())
        row = agreement.draft(by=by, organisation=keeper.pk, head=head)
        named = [agreement.name_signatory(by=by, agreement=row, organisation=one) for one in signing]
        clause.write(by=by, agreement=row, terms=clause.Terms(definition.key, sorted(fields), TITLES))
    for signatory in named:
        account = signing[signatory.organisation]
        with acting(RUNTIME, account):
            signature.sign(by=actor_for(account, clock.today()), signatory=signatory, representative="Директор")
