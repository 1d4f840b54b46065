"""The report of a school on dropout: released figures of its municipality, and what it does. It tells no number of its
own pupils: of one school, few enough could be known by it."""

from django.utils.translation import gettext as _

from zajedno.casework.queries import report as queries
from zajedno.casework.rules import ISSUE_REPORT
from zajedno.kernel.actor import Actor
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import by_ids
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.report.sections import Section
from zajedno.web.work.frame import work_page
from zajedno.web.work.office_report import Asked, Kind, figures_of, rules_of, urls

HOME = "/work/school-report/"


def school(asked: Asked) -> Section:
    """What the school is, and that its own pupils are not counted here."""
    facts = [(_("School"), str(asked.office)), (_("Municipality"), str(asked.office.territory))]
    return Section(asked.t["school"], facts, [asked.t["own_numbers"]])


def dropout(asked: Asked) -> Section:
    return figures_of(asked, "dropout", ["d1"], school_year(asked.year - 1))


def plans_of_pupils(asked: Asked) -> Section:
    return figures_of(asked, "plans_of_pupils", ["d2", "d3"], school_year(asked.year - 1))


def deadlines(asked: Asked) -> Section:
    return rules_of(asked, "dropout-prevention")


def school_year(year: int) -> str:
    """Named by the year in which it begins."""
    return f"{year}/{(year + 1) % 100:02}"


def schools(by: Actor) -> list[int]:
    """Institutions of education in which the actor holds a post that opens files."""
    rows = by_ids(queries.reads(by))
    return sorted(one.pk for one in rows.values() if one.kind.sector == Sector.EDUCATION)


def writes_one(by: Actor) -> bool:
    """Is there a report for this person to write at the work desk?"""
    return any(by.may(ISSUE_REPORT.key, school) for school in schools(by))


REPORT = Kind(
    home=HOME, title="title_school", guard=work_page, serves=schools,
    sections=(school, dropout, plans_of_pupils, deadlines), period=school_year,
    way=lambda: [Link(_("My work"), "/work/")], nav=lambda by: (),
)  # fmt: skip
urlpatterns = urls(REPORT)
