"""Tables of the room. Every one of them stands behind the fence (`migrations/0002_fence.py`)."""

from zajedno.children.models.alias import AliasWeight, AliasWord
from zajedno.children.models.assessment import Assessment, AssessmentDraft, Judgement
from zajedno.children.models.attendance import Attendance, SchoolBatch, SchoolBatchRow
from zajedno.children.models.batch import ChildBatch, ChildBatchRow
from zajedno.children.models.child import Alias, Child, DataKey, Identifier
from zajedno.children.models.consent import Consent
from zajedno.children.models.enrolment import Enrolment
from zajedno.children.models.family import FamilyLink, Guardian
from zajedno.children.models.family_desk import FamilyInvitation, FamilyRequest
from zajedno.children.models.submission import FieldCode, Submission, SubmissionFile
from zajedno.children.models.tie import Tie

__all__ = [
    "Alias",
    "AliasWeight",
    "AliasWord",
    "Assessment",
    "AssessmentDraft",
    "Attendance",
    "Child",
    "ChildBatch",
    "ChildBatchRow",
    "Consent",
    "DataKey",
    "Enrolment",
    "FamilyInvitation",
    "FamilyLink",
    "FamilyRequest",
    "FieldCode",
    "Guardian",
    "Identifier",
    "Judgement",
    "SchoolBatch",
    "SchoolBatchRow",
    "Submission",
    "SubmissionFile",
    "Tie",
]
