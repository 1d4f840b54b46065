"""Tables of the room. Every one of them stands behind the fence (`migrations/0002_fence.py`, `0004_arrival.py`,
`0006_agreement_fence.py`, `0008_body_fence.py`, `0010_lasting_fence.py`,
`0013_year_fence.py`)."""

from zajedno.networks.models.agreement import Agreement, AgreementFile, Signatory
from zajedno.networks.models.arrival import Arrival
from zajedno.networks.models.body import Body, BodyFile, Member
from zajedno.networks.models.clause import Clause, ClauseSide
from zajedno.networks.models.consensus import Consensus
from zajedno.networks.models.meeting import AgendaItem, Attendance, BodyTask, Meeting
from zajedno.networks.models.respondent import Respondent
from zajedno.networks.models.round import Outcome, Round
from zajedno.networks.models.sheet import RoundDraft, RoundSheet
from zajedno.networks.models.social import GroupThere
from zajedno.networks.models.step import NextStep
from zajedno.networks.models.sustainability import SustainabilityLevel
from zajedno.networks.models.training import Training, TrainingEffect
from zajedno.networks.models.year import YearReport, YearWords

__all__ = [
    "AgendaItem",
    "Agreement",
    "AgreementFile",
    "Arrival",
    "Attendance",
    "Body",
    "BodyFile",
    "BodyTask",
    "Clause",
    "ClauseSide",
    "Consensus",
    "GroupThere",
    "Meeting",
    "Member",
    "NextStep",
    "Outcome",
    "Respondent",
    "Round",
    "RoundDraft",
    "RoundSheet",
    "Signatory",
    "SustainabilityLevel",
    "Training",
    "TrainingEffect",
    "YearReport",
    "YearWords",
]
