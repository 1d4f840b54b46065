"""Classes, marks and absences of a block of children: this school year and those before, not every sheet of them."""

import numpy as np

from zajedno.site.seed.file import File
from zajedno.site.seed.pattern import NULL

THE_YEAR_BEFORE = 0.6  # share of enrolments known for it
TOLD = 0.4  # share of half-years whose marks and absences came in
TRUANT = 0.03
CLASSES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
STARTS = (3, 7, 15)  # years of age: a year before, the child went elsewhere


def write_school(file: File) -> None:
    _enrolments(file)
    _marks(file)


def _enrolments(file: File) -> None:
    """This school year, and for most the one before, in the same institution."""
    year, children, rows = file.families.school_year, file.children, list[tuple[int, int]]()
    then, before = (
        file.families.age_in_september(children.born).tolist(),
        file.dice.random(file.count) < THE_YEAR_BEFORE,
    )
    for at in np.flatnonzero(children.goes).tolist():
        rows += [(at, year)] + ([(at, year - 1)] if before[at] and then[at] not in STARTS else [])
    section = file.dice.integers(1, 5, file.count).tolist()
    file.pages.add(
        "children_enrolment", ("id", "child_id", "organisation_id", "school_year", "class_name", "since", "until"),
        (file.pages.numbered("children_enrolment", len(rows)), [file.ids[at] for at, _year in rows],
         [str(file.offices[at].id) for at, _year in rows], [str(one) for _at, one in rows],
         [_class(children.kind[at], then[at] - (year - one), section[at]) for at, one in rows],
         [f"{one}-09-01" for _at, one in rows],
         [NULL if one == year else f"{one + 1}-08-31" for _at, one in rows]),
    )  # fmt: skip


def _class(kind: str, age: int, section: int) -> str:
    if kind == "kindergarten":
        return f"група {section}"
    first, last = (7, 8) if kind == "primary_school" else (15, 4)
    return f"{CLASSES[min(max(age - first, 0), last - 1)]}-{section}"


def _marks(file: File) -> None:
    """Worse in winter, a few truants; what a sheet leaves out is not known."""
    dice, halves = file.dice, _halves(file)
    count, winter = len(halves), np.array([half == 1 for _at, _year, half in halves], dtype=np.int64)
    excused = dice.poisson(14 + 8 * winter) if count else winter
    unexcused = dice.geometric(0.35, count) - 1 + (dice.random(count) < TRUANT) * dice.integers(10, 80, count)
    mark = np.clip(dice.normal(4.0, 0.7, count), 1, 5).round(2)
    file.pages.add(
        "children_attendance",
        ("id", "child_id", "organisation_id", "school_year", "half_year", "lessons", "excused", "unexcused",
         "after_notice", "mean_mark", "negative_marks", "written_on"),
        (file.pages.numbered("children_attendance", count), [file.ids[at] for at, _year, _half in halves],
         [str(file.offices[at].id) for at, _year, _half in halves], [str(year) for _at, year, _half in halves],
         [str(half) for _at, _year, half in halves], file.missing(["420"] * count, 0.1),
         file.missing(list(map(str, excused.tolist())), 0.05), list(map(str, unexcused.tolist())),
         file.missing(list(map(str, (unexcused // 2).tolist())), 0.4),
         file.missing(list(map(str, mark.tolist())), 0.08),
         file.missing(list(map(str, (mark < 2).astype(int).tolist())), 0.15),
         [f"{year + 1}-{'01' if half == 1 else '06'}-20 10:00:00+00" for _at, year, half in halves]),
    )  # fmt: skip


def _halves(file: File) -> list[tuple[int, int, int]]:
    """Child, school year, half: of the years that a pupil has been in this school."""
    then = file.families.age_in_september(file.children.born)
    here, terms = np.where(then < 15, then - 6, then - 14).tolist(), file.families.terms
    pupils = np.flatnonzero(np.isin(np.array(file.children.kind), ("primary_school", "secondary_school"))).tolist()
    found = [(at, *term) for at in pupils for term in terms[: max(0, 2 * here[at] - 1)]]
    return [one for one, told in zip(found, file.dice.random(len(found)) < TOLD, strict=True) if told]
