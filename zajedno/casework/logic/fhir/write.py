"""What is told, as a Bundle of FHIR R4: Patient, Consent, ServiceRequest, CarePlan, Observations, and who is named in
them. Every reference stands within the Bundle; every text is escaped."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any
from uuid import uuid5

from zajedno.casework.logic.fhir.codes import Codes
from zajedno.casework.logic.fhir.told import FindingTold, GoalTold, Institution, MeasureTold, Told
from zajedno.casework.logic.fhir.xml_text import clean

Json = dict[str, Any]
XHTML = "http://www.w3.org/1999/xhtml"
LANGUAGES = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn"}  # as browsers and registers of languages name them
CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
UCUM = "http://unitsofmeasure.org"
UNITS = {"z": "{z-score}", "%": "%", "points": "{score}"}


def bundle(told: Told, codes: Codes) -> Json:
    """The whole; `bundle.check` of it finds nothing."""
    writer = _Writer(told, codes)
    return {
        "resourceType": "Bundle",
        "language": writer.language,
        "identifier": {"system": codes.systems["handout"], "value": str(told.code)},
        "type": "collection",
        "timestamp": told.made_on.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": writer.url(name), "resource": _full(one)} for name, one in writer.resources()],
    }


def _full(value: Any) -> Any:
    """Without what is empty: FHIR knows no empty texts, lists and objects."""
    if isinstance(value, dict):
        return {key: one for key, inner in value.items() if (one := _full(inner)) not in (None, "", [], {})}
    return [one for inner in value if (one := _full(inner)) not in (None, "", [], {})] if _is_list(value) else value


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _number(value: Decimal | int | None) -> float | int | None:
    """JSON knows no Decimal."""
    return float(value) if isinstance(value, Decimal) else value


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


class _Writer:
    def __init__(self, told: Told, codes: Codes) -> None:
        self.told, self.codes = told, codes
        self.language = LANGUAGES.get(told.language, told.language)

    def url(self, name: str) -> str:
        """Of this Bundle alone."""
        return f"urn:uuid:{uuid5(self.told.code, name)}"

    def ref(self, name: str, display: str = "") -> Json:
        return {"reference": self.url(name), "display": clean(display)}

    def resources(self) -> Iterator[tuple[str, Json]]:
        told = self.told
        yield "patient", self._patient()
        yield "sender", self._organisation(told.sender)
        yield "receiver", self._organisation(told.receiver)
        if told.consent.giver:
            yield "giver", self._giver()
        yield "consent", self._consent()
        yield "request", self._request()
        for place, finding in enumerate(told.findings):
            yield f"finding-{place}", self._observation(finding)
        if told.plan:
            for place, goal in enumerate(told.plan.goals):
                yield f"goal-{place}", self._goal(goal)
            yield "plan", self._plan()

    def _head(self, kind: str, *lines: str) -> Json:
        """What every resource begins with. The narrative is what a person reads; nothing in it is markup of ours."""
        words = [clean(line) for line in lines if clean(line).strip()] or [kind]
        said = "".join(f"<p>{escape(line)}</p>" for line in words)
        div = f'<div xmlns="{XHTML}" lang="{self.language}" xml:lang="{self.language}">{said}</div>'
        return {"resourceType": kind, "language": self.language, "text": {"status": "generated", "div": div}}

    def _coded(self, system: str, code: str, text: str) -> Json:
        coding = [{"system": self.codes.systems[system], "code": code}] if code else []
        return {"coding": coding, "text": clean(text)}

    def _patient(self) -> Json:
        child = self.told.child
        name = clean(f"{child.given_name} {child.family_name}").strip()
        # The number that the receiver may be given; without one the Patient is known within this Bundle alone.
        numbers = [
            {"system": known.system, "value": clean(value)}
            for kind, value in child.numbers
            if (known := self.codes.numbers.get(kind)) and self.told.receiver.sector in known.to
        ]
        address = {"text": clean(child.address), "city": clean(child.place)}
        tongue = [{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": self.tongue}]}}] if self.tongue else []
        return {
            **self._head("Patient", name, _day(child.birth_date) or ""),
            "identifier": numbers,
            "name": [{"use": "official", "text": name, "family": clean(child.family_name),
                      "given": [clean(child.given_name)]}] if name else [],
            "gender": self.codes.said("gender", child.sex) if child.named else None,
            "birthDate": _day(child.birth_date),
            "address": [address] if any(address.values()) else [],
            "communication": tongue,
        }  # fmt: skip

    @property
    def tongue(self) -> str:
        language = self.told.child.language
        return LANGUAGES.get(language, language)

    def _organisation(self, one: Institution) -> Json:
        return {
            **self._head("Organization", one.name),
            "identifier": [{"system": self.codes.systems["organisation"], "value": one.code}],
            "name": clean(one.name),
        }

    def _giver(self) -> Json:
        giver = self.told.consent.giver
        assert giver is not None
        code, system = self.codes.kin.get(giver.kind), self.codes.kin["system"]
        return {
            **self._head("RelatedPerson", giver.name),
            "patient": self.ref("patient"),
            "relationship": [{"coding": [{"system": system, "code": code}]}] if code else [],
            "name": [{"text": clean(giver.name)}],
            "telecom": [{"system": "phone", "value": clean(giver.phone)}] if giver.phone.strip() else [],
        }

    def _consent(self) -> Json:
        consent, told = self.told.consent, self.told
        role = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]}
        return {
            **self._head("Consent", consent.purpose_label, _day(consent.given_on) or ""),
            "status": self.codes.said("consent", consent.answer),
            "scope": {"coding": [{"system": CONSENT_SCOPE, "code": "patient-privacy"}]},
            "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
            "patient": self.ref("patient"),
            "dateTime": _day(consent.given_on),
            "performer": [self.ref("giver")] if consent.giver else [],
            "organization": [self.ref("sender", told.sender.name)],
            "policyRule": self._coded("purpose", consent.purpose, consent.purpose_label),
            "provision": {
                "type": "permit",
                "period": {"start": _day(consent.given_on), "end": _day(consent.until)},
                "actor": [{"role": role, "reference": self.ref("receiver", told.receiver.name)}],
                "code": [self._coded("purpose", key, words) for key, words in consent.parts],
            },
        }

    def _request(self) -> Json:
        told, case = self.told, self.told.case
        return {
            **self._head("ServiceRequest", case.label, case.step, case.words),
            "identifier": [{"system": self.codes.systems["handout"], "value": str(told.code)}],
            "status": self.codes.said("case", case.state),
            "intent": "order",
            "code": self._coded("procedure", case.procedure, case.label),
            "subject": self.ref("patient"),
            "authoredOn": _day(case.received_on),
            "requester": self.ref("sender", told.sender.name),
            "performer": [self.ref("receiver", told.receiver.name)],
            "reasonCode": [{"text": clean(case.words)}] if case.words.strip() else [],
            "supportingInfo": [self.ref("consent"), *(self.ref(name) for name in self._found())],
        }

    def _found(self) -> list[str]:
        return [f"finding-{place}" for place, _one in enumerate(self.told.findings)]

    def _observation(self, one: FindingTold) -> Json:
        amount = {"value": _number(one.value), "unit": one.unit, "system": UCUM, "code": UNITS.get(one.unit, "1")}
        absent = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]}
        said = "" if one.value is None else f"{one.value} {one.unit}"
        return {
            **self._head("Observation", f"{one.form_label}: {one.label}", said, one.band_label),
            "status": self.codes.said("sheet", one.state),
            "code": self._coded("finding", f"{one.form}.{one.key}", f"{one.form_label}: {one.label}"),
            "subject": self.ref("patient"),
            "effectiveDateTime": _day(one.on),
            "valueQuantity": amount if one.value is not None else None,
            "dataAbsentReason": absent if one.value is None else None,
            "interpretation": [self._coded("band", f"{one.form}.{one.band}", one.band_label)] if one.band else [],
        }

    def _goal(self, goal: GoalTold) -> Json:
        coding = [{"system": self.codes.systems["icf"], "code": goal.icf}] if goal.icf else []
        words = clean(goal.words).strip() or goal.icf or "Goal"
        return {
            **self._head("Goal", goal.words),
            "lifecycleStatus": "active",
            "description": {"coding": coding, "text": words},
            "subject": self.ref("patient"),
        }

    def _plan(self) -> Json:
        plan = self.told.plan
        assert plan is not None
        return {
            **self._head("CarePlan", plan.title, *_lines(plan.measures)),
            "status": self.codes.said("plan", plan.state),
            "intent": "plan",
            "title": clean(plan.title),
            "subject": self.ref("patient"),
            "author": self.ref("sender", self.told.sender.name),
            "goal": [self.ref(f"goal-{place}") for place, _one in enumerate(plan.goals)],
            "activity": [{"detail": self._activity(one)} for one in plan.measures],
        }

    def _activity(self, one: MeasureTold) -> Json:
        return {
            "code": self._coded("measure", one.code, one.label),
            "status": self.codes.said("measure", one.state),
            "statusReason": {"text": clean(one.state_label)},
            "scheduledPeriod": {"start": _day(one.since), "end": _day(one.until)},
            "performer": [{"display": clean(one.who)}] if one.who.strip() else [],
            "description": clean(one.words),
        }


def _lines(measures: Iterable[MeasureTold]) -> Iterator[str]:
    for one in measures:
        yield ": ".join(text for text in (one.label, one.state_label, one.words) if text)
