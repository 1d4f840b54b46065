"""What speaks FHIR, as the description of the API has it (`docs/fhir.md`)."""

from zajedno.casework.rules import CHILD_OUT, REFERRALS_IN
from zajedno.web.api.declared import UUID, Endpoint, Parameter, Speech
from zajedno.web.api.fhir import views
from zajedno.web.api.schemas import TEXT, resource, shape
from zajedno.web.shared.problem import FHIR

MEDIA = "application/fhir+json"
SPEECH = Speech(MEDIA, MEDIA, "OperationOutcome", kept=False)
_ASKED = resource("Parameters")
_ASKED["required"].append("parameter")
_ASKED["properties"]["parameter"] = {
    "type": "array", "minItems": 1,
    "items": shape({"name": {"type": "string", "enum": ["receiver", "language"]}, "valueString": TEXT}),
    "description": "receiver: code of the institution; language: of the words in the file.",
}  # fmt: skip


def _one(about: str) -> tuple[Parameter, ...]:
    return (Parameter("uuid", about, UUID, within="path", required=True),)


ENDPOINTS = (
    Endpoint("GET", f"{FHIR}metadata", "What is there in FHIR", views.metadata, resource("CapabilityStatement"),
             media=(MEDIA,), elsewhere=True, speech=SPEECH),
    Endpoint("POST", f"{FHIR}ServiceRequest", "Send a referral", views.service_request, resource("Task"),
             scope=REFERRALS_IN, takes=resource("Bundle", "ServiceRequest"), media=(MEDIA,), refuses=(404, 409),
             elsewhere=True, speech=SPEECH, makes=True),
    Endpoint("GET", f"{FHIR}Task/{{uuid}}", "How a referral that was sent stands", views.task, resource("Task"),
             _one("Of the Task."), REFERRALS_IN, media=(MEDIA,), refuses=(400,), elsewhere=True, speech=SPEECH),
    Endpoint("POST", f"{FHIR}handout/{{uuid}}", "Take out one child, with consent", views.handed_out,
             resource("Bundle"), _one("Of the case."), CHILD_OUT, _ASKED, (MEDIA,), (409,), elsewhere=True,
             speech=SPEECH),
)  # fmt: skip
