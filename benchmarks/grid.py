"""A class of 30 pupils and 18 questions, saved at once by its teacher: as many queries as for 3, and per pupil at most so
many times what it costs to insert a sheet that is sealed already."""

import time
from typing import Any

from benchmarks import country

FEW, PUPILS, QUESTIONS, ROUNDS = 3, 30, 18, 5
DEARER = 15


def run() -> bool:
    world = country.begin()
    from tests.children.classes import THIS_CLASS, School

    school = School(world)
    more = [school.pupil(f"Ученик{number}", "Многи", THIS_CLASS) for number in range(PUPILS - FEW)]
    school.entrust()
    save(school, school.pupils, 0)  # what is read once is in memory now
    few, _seconds = save(school, school.pupils, 1)
    rounds = [save(school, [*school.pupils, *more], number) for number in range(2, 2 + ROUNDS)]
    many, whole = max(count for count, _seconds in rounds), min(seconds for _count, seconds in rounds)
    bare = insert(school)
    ratio = whole / PUPILS / bare
    print(f"{PUPILS} pupils x {QUESTIONS} questions in {whole:.3f} s: {many} queries; {FEW} pupils: {few} queries")
    print(f"a pupil costs {1000 * whole / PUPILS:.1f} ms, {ratio:.0f} times a bare insert (bound {DEARER})")
    return many == few and ratio <= DEARER


def save(school: Any, pupils: list[Any], turn: int) -> tuple[int, float]:
    """Queries and seconds to keep a sheet of every pupil, each another than the one before."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from zajedno.children.actions.school_class import PupilRow, take_in_class
    from zajedno.children.models import Assessment
    from zajedno.kernel.fence import RUNTIME, acting

    by, form, wanted = school.world.actor("vera"), school.form(), [child.pk for child in pupils]
    seen = dict(Assessment.objects.filter(child__in=wanted).order_by("pk").values_list("child", "uuid"))
    rows = {pk: PupilRow(answers(form, turn), seen.get(pk)) for pk in wanted}
    with acting(RUNTIME, by.account), CaptureQueriesContext(connection) as queries:
        start = time.perf_counter()
        reports = take_in_class(by=by, organisation=school.place, class_name="III-2", form=form, rows=rows)
        seconds = time.perf_counter() - start
    if [one.verdict for one in reports] != ["saved"] * len(pupils):
        raise SystemExit(f"the class was not saved: {reports}")
    return len(queries), seconds


def answers(form: Any, turn: int) -> dict[str, Any]:
    """Levels of the first questions of the risk sheet."""
    from zajedno.kernel.clock import today
    from zajedno.web.shared.sheets.grid import layout, sheet_of

    columns = layout(form.form, "sr").columns[:QUESTIONS]
    return sheet_of(form, {one.path: str((at + turn) % 3) for at, one in enumerate(columns)}, today(), "sr").draft()


def insert(school: Any) -> float:
    """Seconds that one row takes, inserted by itself as it stands."""
    from django.db import connection

    from zajedno.children.models import Assessment

    row = Assessment.objects.order_by("-pk").values_list(
        "child", "version", "organisation", "part", "holds_on", "sealed"
    )[0]
    start = time.perf_counter()
    for _number in range(PUPILS * ROUNDS):
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into children_assessment (uuid, sent_on, retired, reason, child_id, version_id, organisation_id,"
                " part, holds_on, sealed) values (gen_random_uuid(), now(), false, '', %s, %s, %s, %s, %s, %s)",
                row,
            )
    return (time.perf_counter() - start) / (PUPILS * ROUNDS)
