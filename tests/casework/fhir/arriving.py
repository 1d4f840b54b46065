"""A referral as another system sends it. All invented."""

from typing import Any

from django.conf import settings

from zajedno.casework.logic.fhir.codes import load

CODES = load(settings.PACKS_DIR)
AT = CODES.systems["organisation"]


def referral(number: str = "R-1", receiver: str = "w-health", given: str = "Ђорђе", **request: Any) -> dict[str, Any]:
    """A Bundle that holds: Patient, Consent with the father, two institutions, ServiceRequest."""

    def institution(code: str) -> dict[str, Any]:
        return {"resourceType": "Organization", "identifier": [{"system": AT, "value": code}]}

    def ref(name: str) -> dict[str, str]:
        return {"reference": f"urn:uuid:{name}"}

    role = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "FTH"}]}
    resources = {
        "p": {"resourceType": "Patient", "name": [{"family": "Њежић", "given": [given]}], "gender": "male",
              "birthDate": "2016-05-04", "address": [{"line": ["Улица 1"], "city": "Суботица"}]},
        "s": institution("w-school"),
        "r": institution(receiver),
        "f": {"resourceType": "RelatedPerson", "patient": ref("p"), "relationship": [role],
              "name": [{"text": "Филип Њежић"}], "telecom": [{"system": "phone", "value": "024 111"}]},
        "c": {"resourceType": "Consent", "status": "active", "patient": ref("p"), "dateTime": "2026-03-01",
              "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope",
                                    "code": "patient-privacy"}]},
              "category": [{"text": "referral"}], "performer": [ref("f")], "policyRule": {"text": "referral"},
              "provision": {"type": "permit", "period": {"start": "2026-03-01", "end": "2027-03-01"},
                            "actor": [{"role": {"text": "receiver"}, "reference": ref("r")}]}},
        "q": {"resourceType": "ServiceRequest", "status": "active", "intent": "order", "subject": ref("p"),
              "identifier": [{"system": "urn:other", "value": number}], "requester": ref("s"), "performer": [ref("r")],
              "code": {"text": "Логопед"}, "reasonCode": [{"text": "Говори нејасно."}]} | request,
    }  # fmt: skip
    return {"resourceType": "Bundle", "type": "collection",
            "entry": [{"fullUrl": f"urn:uuid:{name}", "resource": one} for name, one in resources.items()]}  # fmt: skip


def part(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    """The first of its kind, to change it."""
    return next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind)
