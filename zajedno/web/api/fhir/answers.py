"""What a program is told, in FHIR: resources as they are, and an OperationOutcome that says what is wrong and where.

It never repeats what was sent: what stands there may be a child's."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zajedno.casework.logic.fhir.check import Problem
from zajedno.web.shared.problem import FHIR_TYPE

SENTENCES: Mapping[str, str | Promise] = {
    "no_resource": _("This is no resource of FHIR R4."),
    "too_deep": _("Resources are nested too deep within each other."),
    "not_read": _("This could not be read."),
    "unknown_element": _("There is an element here that FHIR R4 does not know."),
    "required": _("This element is required."),
    "wrong_value": _("The value has another form than FHIR R4 asks for."),
    "not_in_set": _("The code is none of the required set."),
    "one_request": _("Send exactly one ServiceRequest."),
    "not_active": _("Only an active ServiceRequest is taken."),
    "no_patient": _("The subject must be a Patient within what is sent."),
    "no_receiver": _("The performer must be an Organization within what is sent."),
    "no_code": _("The Organization needs its code in this house as an identifier."),
    "no_name": _("Send the given and the family name, as registered."),
    "too_long": _("This is longer than can be kept."),
    "birth_date": _("The date of birth is in the future or too long ago."),
    "no_giver": _("Say by name who consented: a RelatedPerson, or a contact of the Patient."),
    "one_consent": _("Send exactly one Consent for this Patient."),
    "consent_not_active": _("The Consent is not active."),
    "consent_denies": _("The Consent does not permit."),
    "consent_day": _("Say on which day the consent was given."),
    "consent_later": _("The consent does not hold yet."),
    "consent_ended": _("The consent has ended."),
    "consent_to_another": _("The Consent does not name the Organization that receives."),
    "no_number": _("Give the referral your own number, so that it is known when it is sent again."),
    "no_reason": _("Say why the child is referred, or for which service."),
    "requester": _("The requester must be an institution for which this token may refer."),
    "receiver": _("No institution with this code receives referrals here."),
    "to_oneself": _("An institution does not refer to itself."),
    "no_procedure": _("Referrals are not taken in that country yet."),
    "not_json": _("This is not JSON."),
}


def fhir(content: Mapping[str, Any] | bytes, status: int = 200) -> HttpResponse:
    body = content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=FHIR_TYPE, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def outcome(status: int, kind: str, sentence: str | Promise) -> HttpResponse:
    return fhir(_outcome([{"severity": "error", "code": kind, "diagnostics": str(sentence)}]), status)


def refused(problems: Iterable[Problem], status: int = 422) -> HttpResponse:
    issues = [
        {"severity": "error", "code": one.kind, "diagnostics": str(SENTENCES[one.said]),
         **({"expression": [one.where]} if one.where else {})}
        for one in problems
    ]  # fmt: skip
    return fhir(_outcome(issues), status)


def _outcome(issues: list[dict[str, Any]]) -> dict[str, Any]:
    return {"resourceType": "OperationOutcome", "issue": issues}
