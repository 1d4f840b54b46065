"""Something to tell of an invented child, and hypothesis' ways to vary it."""

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from zajedno.casework.enums import MeasureState
from zajedno.casework.logic.fhir import told

PLAIN = told.Told(
    code=UUID(int=7),
    made_on=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
    language="sr",
    sender=told.Institution("w-school", "ОШ „Пример”", "education"),
    receiver=told.Institution("w-health", "Дом здравља Суботица", "health"),
    child=told.ChildTold(
        given_name="Ђорђе", family_name="Њежић", birth_date=date(2016, 5, 4), sex="M", named=True, address="Улица 1",
        place="Суботица", language="sr-latn", numbers=(("national", "0405016820015"), ("education", "123")),
    ),
    consent=told.ConsentTold(
        answer="given", purpose="referral", purpose_label="Упућивање", given_on=date(2026, 3, 1),
        until=date(2026, 9, 1), parts=(("identity", "Name"),), giver=told.GuardianTold("father", "Филип Њежић", "024"),
    ),
    case=told.CaseTold("referral", "Упућивање", "open", "Послато", date(2026, 3, 2), "Треба логопед."),
    plan=told.PlanTold(
        "adopted", "План подршке", (told.GoalTold("Да говори јасније", "d3"),),
        (told.MeasureTold("speech", "Логопед", "planned", "Планирано", "Двапут недељно"),),
    ),
    findings=(told.FindingTold("cfm", "Функционисање", "sees", "Вид", date(2026, 2, 1), value=Decimal("1.5"),
                               unit="points", band="some", band_label="Неке тешкоће"),),
)  # fmt: skip

words = st.text(max_size=40)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1))
maybe_day = st.none() | days
measures = st.builds(
    told.MeasureTold, code=st.sampled_from(["speech", "other"]), label=words,
    state=st.sampled_from(MeasureState.values),
    state_label=words, words=words, who=words, since=maybe_day, until=maybe_day,
)  # fmt: skip
goals = st.builds(told.GoalTold, words=words, icf=st.sampled_from(["", "d3", "b110"]))
findings = st.builds(
    told.FindingTold, form=st.just("cfm"), form_label=words, key=st.just("sees"), label=words, on=days,
    state=st.sampled_from(["sent", "corrects"]), unit=st.sampled_from(["", "z", "%", "points"]),
    value=st.none() | st.integers(-99, 999) | st.decimals(-99, 99, places=2), band=st.sampled_from(["", "some"]),
    band_label=words,
)  # fmt: skip
children = st.builds(
    told.ChildTold, given_name=words, family_name=words, birth_date=maybe_day, sex=st.sampled_from(["F", "M", ""]),
    named=st.booleans(), address=words, place=words, language=st.sampled_from(["", "sr", "hu", "sq"]),
    numbers=st.lists(st.tuples(st.sampled_from(["national", "education", "local"]), words), max_size=2).map(tuple),
)  # fmt: skip
plans = st.builds(
    told.PlanTold, state=st.sampled_from(["draft", "adopted", "ended"]), title=words,
    goals=st.lists(goals, max_size=2).map(tuple), measures=st.lists(measures, max_size=2).map(tuple),
)  # fmt: skip


def tellings() -> st.SearchStrategy[told.Told]:
    consents = st.builds(
        dataclasses.replace, st.just(PLAIN.consent), purpose_label=words, until=maybe_day,
        answer=st.sampled_from(["given", "refused", "ended"]),
        giver=st.none() | st.builds(told.GuardianTold, st.sampled_from(["mother", "trusted"]), words, words),
    )  # fmt: skip
    cases = st.builds(
        told.CaseTold, st.just("referral"), words, st.sampled_from(["open", "closed", "revoked", "anything"]), words,
        days, words,
    )  # fmt: skip
    sectors = st.sampled_from(["health", "education", "civil_society"])
    return st.builds(
        told.Told, code=st.uuids(version=4), made_on=st.just(PLAIN.made_on),
        language=st.sampled_from(["sr", "bs", "en"]),
        sender=st.builds(told.Institution, st.just("a"), words, sectors),
        receiver=st.builds(told.Institution, st.just("b"), words, sectors),
        child=children, consent=consents, case=cases, plan=st.none() | plans,
        findings=st.lists(findings, max_size=2).map(tuple),
    )  # fmt: skip


def resource(bundle: dict[str, Any], kind: str) -> dict[str, Any]:
    """The only one of its kind."""
    (only,) = [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]
    found: dict[str, Any] = only
    return found
