"""A class in Subotica, entrusted to its teacher: marks and absences of all, a first risk sheet of half of them."""

from collections.abc import Callable
from datetime import date, timedelta

from zajedno.children.actions.child import register
from zajedno.children.actions.enrolment import enrol
from zajedno.children.actions.entering import GuardianDetails
from zajedno.children.actions.school_class import PupilRow, entrust, take_in_class
from zajedno.children.models import Attendance, Child
from zajedno.children.queries.enrolment import school_year
from zajedno.forms.queries.form import find
from zajedno.kernel import clock
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.cases import national_number
from zajedno.site.demo.institutions import Towns
from zajedno.site.demo.people import CHILDREN

SCHOOL, CLASS, FORM = "school-subotica", "VI-2", "dropout-risk"
PUPILS, ASSESSED = 24, 12
SHIFT = 11  # given names go with other family names than in the cases
# What troubles each pupil, in turn: the level that most questions are answered with, and every how many the next one.
TROUBLES = ((0, 9), (0, 30), (0, 2), (1, 4), (0, 12), (0, 30), (1, 2), (0, 2), (2, 3), (0, 5))
# Lessons missed, excused and unexcused.
ABSENCES = ((12, 0), (4, 1), (30, 3), (18, 8), (9, 0), (2, 0), (40, 31), (15, 4), (60, 44), (7, 0))


def seed_class(towns: Towns, progress: Callable[[str], None]) -> None:
    """On a day of this school year, so that the class is still entrusted today."""
    today = clock.today()
    began = date(school_year(today), 9, 1)
    with clock.on(max(today - timedelta(days=10), began)):
        pupils = [_pupil(towns, number, began) for number in range(PUPILS)]
        Attendance.objects.bulk_create(_told(towns, child, number, began.year) for number, child in enumerate(pupils))
        by = actor_for(towns.accounts["ana"].pk, clock.today())
        entrust(by=by, organisation=towns.organisations[SCHOOL].pk, class_name=CLASS, teacher=towns.accounts["vera"].pk)
        _assess(towns, pupils[:ASSESSED])
    progress(f"a class of {PUPILS} pupils")


def _pupil(towns: Towns, number: int, began: date) -> Child:
    given, sex, _family, *_parents = CHILDREN[number]
    family, mother, _father = CHILDREN[(number + SHIFT) % len(CHILDREN)][2:]
    born = date(began.year - 12, 1 + number * 5 % 12, 1 + number * 11 % 28)
    by, school = actor_for(towns.accounts["ana"].pk, clock.today()), towns.organisations[SCHOOL]
    child = register(
        by=by, organisation=school, given_name=given, family_name=family, birth_date=born, sex=sex,
        numbers={"national": national_number(born, sex, number)}, confirm_distinct=True,
        guardians=[GuardianDetails(f"{mother} {family}", "mother", phone="000 000 000", address="Улица примера 3")],
        residence=school.territory, address="Улица примера 3", settlement="rural" if number % 4 == 0 else "urban",
    )  # fmt: skip
    enrol(by=by, child=child, organisation=school, since=began, class_name=CLASS)
    return child


def _told(towns: Towns, child: Child, number: int, year: int) -> Attendance:
    excused, unexcused = ABSENCES[number % len(ABSENCES)]
    return Attendance(
        child=child, organisation=towns.organisations[SCHOOL], school_year=year, half_year=1, lessons=420,
        excused=excused, unexcused=unexcused, after_notice=unexcused // 2, mean_mark=5 - (excused % 7) / 4,
        negative_marks=unexcused // 12,
    )  # fmt: skip


def _assess(towns: Towns, pupils: list[Child]) -> None:
    """By the teacher, for the whole class at once."""
    by, school = actor_for(towns.accounts["vera"].pk, clock.today()), towns.organisations[SCHOOL]
    form = find(FORM, [school.pk], "child", by.today)
    names = [question.path.split("/")[2:] for question in form.form.questions() if question.asks]
    rows = {}
    for child, (level, every) in zip(pupils, TROUBLES * 2, strict=False):
        answers: dict[str, dict[str, str]] = {}
        for at, (group, name) in enumerate(names):
            answers.setdefault(group, {})[name] = str(min(level + (at % every == 0), 2))
        rows[child.pk] = PupilRow(answers)
    take_in_class(by=by, organisation=school, class_name=CLASS, form=form, rows=rows)
