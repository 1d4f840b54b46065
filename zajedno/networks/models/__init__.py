"""Tables of the room. Every one of them stands behind the fence (`migrations/0002_fence.py`, `0004_arrival.py`,
`0006_agreement_fence.py`)."""

from zajedno.networks.models.agreement import Agreement, AgreementFile, Signatory
from zajedno.networks.models.arrival import Arrival
from zajedno.networks.models.clause import Clause, ClauseSide
from zajedno.networks.models.consensus import Consensus
from zajedno.networks.models.respondent import Respondent
from zajedno.networks.models.round import Outcome, Round
from zajedno.networks.models.sheet import RoundDraft, RoundSheet
from zajedno.networks.models.social import GroupThere

__all__ = [
    "Agreement",
    "AgreementFile",
    "Arrival",
    "Clause",
    "ClauseSide",
    "Consensus",
    "GroupThere",
    "Outcome",
    "Respondent",
    "Round",
    "RoundDraft",
    "RoundSheet",
    "Signatory",
]
