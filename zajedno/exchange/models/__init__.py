"""Tables of the room, one file a noun. None of them knows a child."""

from zajedno.exchange.models.award import AwardCategory, AwardCriterion, Cycle, Juror
from zajedno.exchange.models.campaign import Campaign, CampaignActivity, CampaignMaterial
from zajedno.exchange.models.community import Contribution, ContributionMove, ContributionReport, Subscription
from zajedno.exchange.models.event import Event, EventPlace
from zajedno.exchange.models.gathering import (
    Agreed,
    Gathering,
    GatheringFile,
    Handout,
    Programme,
    Proposal,
    Room,
    Session,
    Speaker,
    Track,
)
from zajedno.exchange.models.listing import FacetCount, Listing
from zajedno.exchange.models.model import ModelPackage, ModelVersion
from zajedno.exchange.models.move import PracticeMove
from zajedno.exchange.models.nomination import Conflict, Honour, Nomination, Score
from zajedno.exchange.models.practice import (
    Follow,
    Practice,
    PracticeFile,
    PracticeText,
    PracticeVersion,
    Question,
    Review,
    Taking,
)
from zajedno.exchange.models.registration import Evaluation, Letter, Registration
from zajedno.exchange.models.site import Adaptation, Fidelity, Lesson, Result, Retraction, Site, SiteMove
from zajedno.exchange.models.sought import Sought
from zajedno.exchange.models.wave import Wave, WaveAnswer, WaveTicket

__all__ = [
    "Adaptation",
    "Agreed",
    "AwardCategory",
    "AwardCriterion",
    "Campaign",
    "CampaignActivity",
    "CampaignMaterial",
    "Conflict",
    "Contribution",
    "ContributionMove",
    "ContributionReport",
    "Cycle",
    "Evaluation",
    "Event",
    "EventPlace",
    "FacetCount",
    "Fidelity",
    "Follow",
    "Gathering",
    "GatheringFile",
    "Handout",
    "Honour",
    "Juror",
    "Lesson",
    "Letter",
    "Listing",
    "ModelPackage",
    "ModelVersion",
    "Nomination",
    "Practice",
    "PracticeFile",
    "PracticeMove",
    "PracticeText",
    "PracticeVersion",
    "Programme",
    "Proposal",
    "Question",
    "Registration",
    "Result",
    "Retraction",
    "Review",
    "Room",
    "Score",
    "Session",
    "Site",
    "SiteMove",
    "Sought",
    "Speaker",
    "Subscription",
    "Taking",
    "Track",
    "Wave",
    "WaveAnswer",
    "WaveTicket",
]
