"""What is told of a child: only what the consent, the purpose and the ties of who hands it out open. Nothing else."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Institution:
    code: str
    name: str
    sector: str = ""


@dataclass(frozen=True, slots=True)
class ChildTold:
    """Empty where the part of the file is not open. `numbers`: (kind, value)."""

    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    named: bool = False  # is the part with name, birth date and sex open?
    address: str = ""
    place: str = ""
    language: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class GuardianTold:
    kind: str
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """`answer`: of `maps.consent`; `purpose_label` in words. `giver` is None where the family is not open."""

    answer: str
    purpose: str
    purpose_label: str
    given_on: date
    until: date | None = None
    parts: tuple[tuple[str, str], ...] = ()  # of the file: key and words
    giver: GuardianTold | None = None


@dataclass(frozen=True, slots=True)
class CaseTold:
    """`state`: "open", or the key of the step in which it ended."""

    procedure: str
    label: str
    state: str
    step: str
    received_on: date
    words: str = ""


@dataclass(frozen=True, slots=True)
class MeasureTold:
    code: str
    label: str
    state: str
    state_label: str
    words: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class GoalTold:
    words: str
    icf: str = ""


@dataclass(frozen=True, slots=True)
class PlanTold:
    """`state`: draft, adopted or ended."""

    state: str
    title: str
    goals: tuple[GoalTold, ...] = ()
    measures: tuple[MeasureTold, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingTold:
    """One finding of a filled-in form. `state`: sent, or corrects (it put another right)."""

    form: str
    form_label: str
    key: str
    label: str
    on: date
    state: str = "sent"
    value: Decimal | int | None = None
    unit: str = ""
    band: str = ""
    band_label: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """`code`: of this handing out alone, so that two receivers cannot put their files together by it."""

    code: UUID
    made_on: datetime
    language: str
    sender: Institution
    receiver: Institution
    child: ChildTold
    consent: ConsentTold
    case: CaseTold
    plan: PlanTold | None = None
    findings: tuple[FindingTold, ...] = ()
