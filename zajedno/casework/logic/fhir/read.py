"""A referral that comes in as FHIR: a Bundle with a ServiceRequest, or one that contains the others. What it says is
read, or it is refused with every place that is wrong. Nothing is looked up elsewhere: no address in it is followed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from zajedno.casework.logic.fhir.check import REFERENCE, REQUIRED, VALUE, Problem, problems
from zajedno.casework.logic.fhir.codes import Codes
from zajedno.casework.logic.fhir.pool import At, Json, Pool
from zajedno.casework.logic.fhir.xml_text import clean

RULE, LONG = "business-rule", "too-long"
NAME, WORDS = 120, 8000  # letters at most
MOST = 100  # resources; a referral has six
SEX = {"female": "F", "male": "M"}


@dataclass(frozen=True, slots=True)
class Giver:
    """Who consented. `kind`: of children.enums.GuardianKind."""

    kind: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Arriving:
    """`number`: the sender's own of this referral, with its system; `receiver`, `requester`: codes of institutions, the
    second may be empty. `numbers`: (kind, as written)."""

    number: str
    receiver: str
    requester: str
    given_name: str
    family_name: str
    birth_date: date | None
    sex: str
    address: str
    numbers: tuple[tuple[str, str], ...]
    giver: Giver
    given_on: date
    until: date | None
    priority: str
    asked: str  # for which service, in words
    words: str  # why


class Unreadable(Exception):
    """It is refused; `problems` say where and why."""

    def __init__(self, found: list[Problem]) -> None:
        super().__init__(f"{len(found)} problems")
        self.problems = found


def read(content: Any, codes: Codes, today: date) -> Arriving:
    """Raises Unreadable."""
    entries = content.get("entry") if isinstance(content, dict) else None
    if isinstance(entries, list) and len(entries) > MOST:
        raise Unreadable([Problem("Bundle.entry", LONG, "too_long")])
    if found := problems(content, codes):
        raise Unreadable(found)
    reader = _Reader(_tidy(content), codes, today)
    try:
        arriving = reader.arriving()
    except (TypeError, AttributeError, KeyError, ValueError) as error:  # the library lets shapes pass that R4 has not
        raise Unreadable([Problem(reader.root, VALUE, "not_read")]) from error
    if arriving is None or reader.found:
        raise Unreadable(reader.found)
    return arriving


def _tidy(value: Any) -> Any:
    """Without what is said to be nothing; in a list it becomes an empty text, so that places stay what they are."""
    if isinstance(value, dict):
        return {key: _tidy(one) for key, one in value.items() if one is not None}
    return ["" if one is None else _tidy(one) for one in value] if isinstance(value, list) else value


class _Reader:
    def __init__(self, content: Json, codes: Codes, today: date) -> None:
        self.codes, self.today = codes, today
        self.pool = Pool(content)
        self.root = str(content["resourceType"])
        self.found: list[Problem] = []

    def wrong(self, where: str, kind: str, said: str) -> None:
        self.found.append(Problem(where, kind, said))

    def arriving(self) -> Arriving | None:
        requests = self.pool.of_kind("ServiceRequest")
        if len(requests) != 1:
            self.wrong(self.root, RULE, "one_request")
            return None
        (request,) = requests
        if request.content.get("status") != "active":
            self.wrong(f"{request.where}.status", RULE, "not_active")
        patient = self.pool.follow(request, request.content.get("subject"), "Patient")
        if patient is None:
            self.wrong(f"{request.where}.subject", REFERENCE, "no_patient")
            return None
        receiver = self._institution(request, "performer", "no_receiver")
        consent = self._consent(patient, receiver)
        if consent is None:
            return None
        period = consent.content.get("provision", {}).get("period", {})
        return Arriving(
            number=self._number(request), receiver=self._code(receiver), requester=self._requester(request),
            **self._child(patient), giver=self._giver(consent, patient),
            given_on=self._day(consent.content["dateTime"]) or self.today, until=self._day(period.get("end")),
            priority=str(request.content.get("priority", "routine")), asked=self._asked(request),
            words=self._words(request),
        )  # fmt: skip

    # ------------------------------------------------------------ who

    def _institution(self, request: At, field: str, said: str) -> At | None:
        value = request.content.get(field)
        first = value[0] if isinstance(value, list) and value else value
        found = self.pool.follow(request, first, "Organization")
        if found is None:
            self.wrong(f"{request.where}.{field}", REFERENCE, said)
        elif not self._code(found):
            self.wrong(f"{found.where}.identifier", REQUIRED, "no_code")
        return found

    def _requester(self, request: At) -> str:
        """May be left out where who sends sits in one institution alone."""
        found = self.pool.follow(request, request.content.get("requester"), "Organization")
        return self._code(found)

    def _code(self, at: At | None) -> str:
        numbers = at.content.get("identifier", ()) if at else ()
        system = self.codes.systems["organisation"]
        return next((clean(str(one.get("value", ""))) for one in numbers if one.get("system") == system), "")

    def _child(self, at: At) -> dict[str, Any]:
        content = at.content
        names = content.get("name", ())
        name: Json = next((one for one in names if one.get("use") in ("official", "usual")), next(iter(names), {}))
        given = " ".join(clean(str(one or "")) for one in name.get("given", ()))
        family = clean(str(name.get("family", "")))
        if not given or not family:
            self.wrong(f"{at.where}.name", REQUIRED, "no_name")
        if max(len(given), len(family)) > NAME:
            self.wrong(f"{at.where}.name", LONG, "too_long")
        born = self._day(content.get("birthDate"))
        if born and not date(1900, 1, 1) <= born <= self.today:
            self.wrong(f"{at.where}.birthDate", VALUE, "birth_date")
        address: Json = next(iter(content.get("address", ())), {})
        lines = address.get("text") or _joined(*address.get("line", ()), address.get("city"), by=", ")
        return {
            "given_name": given, "family_name": family, "birth_date": born, "address": clean(str(lines))[:200],
            "sex": SEX.get(str(content.get("gender", "")), ""), "numbers": tuple(self._numbers(content)),
        }  # fmt: skip

    def _numbers(self, content: Json) -> Iterator[tuple[str, str]]:
        kinds = {one.system: kind for kind, one in self.codes.numbers.items()}
        for one in content.get("identifier", ()):
            if one.get("system") in kinds and clean(str(one.get("value", ""))):
                yield kinds[one["system"]], clean(str(one["value"]))[:40]

    def _giver(self, consent: At, patient: At) -> Giver:
        """Who consented: named in the Consent, else the first contact of the Patient."""
        performer = next(iter(consent.content.get("performer", ())), None)
        person = self.pool.follow(consent, performer, "RelatedPerson")
        contact = person.content if person else next(iter(patient.content.get("contact", ())), {})
        where = f"{person.where}.name" if person else f"{consent.where}.performer"
        names = contact.get("name", {})
        name: Json = next(iter(names), {}) if isinstance(names, list) else names
        whole = clean(str(name.get("text") or _joined(*name.get("given", ()), name.get("family"))))
        if not whole:
            self.wrong(where, REQUIRED, "no_giver")
        if len(whole) > NAME:
            self.wrong(where, LONG, "too_long")
        phones = (one.get("value", "") for one in contact.get("telecom", ()) if one.get("system") == "phone")
        codings = [coding for one in contact.get("relationship", ()) for coding in one.get("coding", ())]
        code = next((str(one.get("code", "")) for one in codings if one.get("system") == self.codes.kin["system"]), "")
        return Giver(self.codes.kin_of(code), whole, clean(str(next(phones, "")))[:60])

    # ------------------------------------------------------------ what

    def _consent(self, patient: At, receiver: At | None) -> At | None:
        """The one about this child, in force today, that lets the receiver know."""
        every = self.pool.of_kind("Consent")
        about = [one for one in every if self.pool.follow(one, one.content.get("patient"), "Patient") is patient]
        if len(about) != 1:
            self.wrong(self.root, RULE, "one_consent")
            return None
        (found,) = about
        content, provision = found.content, found.content.get("provision", {})
        period = provision.get("period", {})
        begun, ended = self._day(content.get("dateTime")), self._day(period.get("end"))
        if content.get("status") != "active":
            self.wrong(f"{found.where}.status", RULE, "consent_not_active")
        if provision.get("type") != "permit":
            self.wrong(f"{found.where}.provision.type", RULE, "consent_denies")
        if begun is None:
            self.wrong(f"{found.where}.dateTime", REQUIRED, "consent_day")
        elif begun > self.today or (self._day(period.get("start")) or begun) > self.today:
            self.wrong(f"{found.where}.dateTime", RULE, "consent_later")
        if ended and ended < self.today:
            self.wrong(f"{found.where}.provision.period.end", RULE, "consent_ended")
        actors = (self.pool.follow(found, one.get("reference"), "Organization") for one in provision.get("actor", ()))
        if receiver is None or receiver not in actors:
            self.wrong(f"{found.where}.provision.actor", RULE, "consent_to_another")
        return None if self.found else found

    def _number(self, request: At) -> str:
        """By it a referral that is sent again is known."""
        first: Json = next(iter(request.content.get("identifier", ())), {})
        value = clean(str(first.get("value", "")))
        if not value:
            self.wrong(f"{request.where}.identifier", REQUIRED, "no_number")
        return f"{first.get('system', '')}|{value}"

    def _asked(self, request: At) -> str:
        coded = request.content.get("code", {})
        said = coded.get("text") or next((one.get("display", "") for one in coded.get("coding", ())), "")
        return clean(str(said))[:250]

    def _words(self, request: At) -> str:
        reasons = [one.get("text", "") for one in request.content.get("reasonCode", ())]
        notes = [one.get("text", "") for one in request.content.get("note", ())]
        whole = "\n".join(text for one in (*reasons, *notes) if (text := clean(str(one))))
        if not whole and not self._asked(request):
            self.wrong(f"{request.where}.reasonCode", REQUIRED, "no_reason")
        if len(whole) > WORDS:
            self.wrong(f"{request.where}.reasonCode", LONG, "too_long")
        return whole

    def _day(self, value: Any) -> date | None:
        """A whole day; FHIR lets one write a year or month alone, which says no day."""
        try:
            return date.fromisoformat(str(value or "")[:10])
        except ValueError:
            return None


def _joined(*texts: Any, by: str = " ") -> str:
    """Of lists in which FHIR lets a text be missing."""
    return by.join(str(one) for one in texts if one)
