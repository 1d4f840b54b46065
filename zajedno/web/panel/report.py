"""The annual report of a commission: who sits in it and when it sat, and released figures of its municipality. No
number of children in it is counted here."""

from django.utils.translation import gettext as _

from zajedno.casework.queries import report as queries
from zajedno.casework.queries.panel import commissions
from zajedno.kernel.labels import label
from zajedno.places.queries.post import held_at
from zajedno.web.panel.frame import panel_page, sections
from zajedno.web.shared.pieces import Link
from zajedno.web.shared.report.sections import Printed, Section, tables
from zajedno.web.work.office_report import Asked, Kind, figures_of, rules_of, urls

HOME = "/panel/report/"


def composition(asked: Asked) -> Section:
    """Roles and seats, not persons: a report may go anywhere."""
    seats = {
        seat.key: label(seat.labels)
        for procedure in queries.kept_procedures(asked.office)
        for seat in (procedure.composition.seats if procedure.composition else ())
    }
    rows = [
        [str(post.role), seats.get(post.seat, post.seat) or "–", str(post.since.year)]
        for post in held_at(asked.office.pk, asked.by.today)
        if post.deputy_for_id is None
    ]
    heads = [_("Role"), _("Seat"), _("Since")]
    title = asked.t["composition"]
    return Section(title, [(asked.t["people"], str(len(rows)))], tables=tables(Printed(title, heads, rows)))


def sittings(asked: Asked) -> Section:
    sat = queries.sat(asked.office.pk, asked.year)
    counts = {"sittings_held": sat.held, "sittings_cancelled": sat.cancelled, "sittings_planned": sat.planned}
    return Section(asked.t["sittings"], [(asked.t[key], str(count)) for key, count in counts.items()])


def requests(asked: Asked) -> Section:
    return figures_of(asked, "requests", ["k1"], str(asked.year - 1))


def opinions(asked: Asked) -> Section:
    return figures_of(asked, "opinions", ["k2"], str(asked.year - 1))


def support(asked: Asked) -> Section:
    return figures_of(asked, "support", ["k3", "k4"], str(asked.year - 1))


def deadlines(asked: Asked) -> Section:
    """The rules by which its work is judged."""
    return rules_of(asked)


REPORT = Kind(
    home=HOME, title="title_commission", guard=panel_page, serves=commissions,
    sections=(composition, sittings, requests, opinions, support, deadlines), period=str,
    way=lambda: [Link(_("Commission"), "/panel/")], nav=lambda by: sections("report", by),
)  # fmt: skip
urlpatterns = urls(REPORT)
