"""Families whom the visiting nurse follows in Bujanovac: a consent, and measures of growth over a year and a half."""

from collections.abc import Callable
from datetime import date, timedelta

from zajedno.children.actions.assessment import judge, take_in
from zajedno.children.actions.child import register
from zajedno.children.actions.consent import record
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.models import Child
from zajedno.forms.queries.form import find
from zajedno.kernel import clock
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns

CENTRE, FORM, AGO = "health-bujanovac", "who-growth", (540, 360, 180, 7)  # days before today
# Given name, sex, family name, mother, age today in days; weight in kg and length or height in cm on each visit.
FAMILIES = (
    ("Diell", "M", "Gashi", "Drita", 1010, ((10.1, 76.0), (11.6, 82.9), (12.7, 88.1), (13.9, 92.6))),
    ("Ema", "F", "Berisha", "Shpresa", 900, ((8.9, 73.4), (9.6, 79.0), (9.9, 83.0), (10.0, 86.1))),
    ("Лука", "M", "Ристић", "Јована", 760, ((7.6, 65.5), (9.8, 75.6), (11.4, 82.4), (12.4, 87.6))),
    ("Selma", "F", "Shaqiri", "Valbona", 1250, ((10.4, 80.1), (12.0, 87.4), (13.8, 92.9), (16.9, 97.4))),
    ("Мила", "F", "Демировић", "Сабина", 640, ((5.4, 57.9), (8.0, 70.1), (9.6, 77.8), (10.8, 83.2))),
)  # fmt: skip


def seed_visits(towns: Towns, progress: Callable[[str], None]) -> None:
    today = clock.today()
    for number, family in enumerate(FAMILIES):
        with clock.on(today - timedelta(days=AGO[0])):
            child = _family(towns, number, today - timedelta(days=family[4]))
        for days, measured in zip(AGO, family[5], strict=True):
            with clock.on(today - timedelta(days=days)):
                _visit(towns, child, *measured)
    progress(f"{len(FAMILIES)} families visited in Bujanovac")


def _family(towns: Towns, number: int, born: date) -> Child:
    given, sex, family, mother, *_rest = FAMILIES[number]
    by, centre = actor_for(towns.accounts["besa"].pk, clock.today()), towns.organisations[CENTRE]
    child = register(
        by=by, organisation=centre, given_name=given, family_name=family, birth_date=born, sex=sex,
        guardians=[GuardianDetails(f"{mother} {family}", "mother", phone="000 000 000", address="Улица примера 5")],
        residence=centre.territory, address="Улица примера 5", settlement="rural",
        confirm_distinct=True,
    )  # fmt: skip
    record(by=by, child=child, purpose="screening", recipients=[centre], giver=child.guardians.get(),
           proof="Потписан образац (измишљен пример)")  # fmt: skip
    return child


def _visit(towns: Towns, child: Child, weight: float, length: float) -> None:
    by = actor_for(towns.accounts["besa"].pk, clock.today())
    lying = (clock.today() - child.birth_date).days < 731 if child.birth_date else False
    answers = {"measured_on": str(clock.today()), "weight_kg": str(weight), "oedema": "n", "lenhei_cm": str(length),
               "measure": "l" if lying else "h"}  # fmt: skip
    form = find(FORM, [towns.organisations[CENTRE].pk], "child", by.today)
    sheet = take_in(by=by, child=child, form=form, answers=answers)
    judge(by=by, assessment=sheet, led_to="repeat")
