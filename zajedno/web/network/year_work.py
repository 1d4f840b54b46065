"""Sections of the annual report about the work: plan, programmes, services, money; and what the next year brings."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zajedno.figures import queries as figures_queries
from zajedno.kernel.money import Money
from zajedno.networks.queries import meeting as meetings
from zajedno.networks.queries import year as networks
from zajedno.places.queries.directory import tally
from zajedno.programmes.logic.glance import OPEN
from zajedno.programmes.queries import budget as budgets
from zajedno.programmes.queries import plan as plans
from zajedno.programmes.queries import year as queries
from zajedno.programmes.queries.need import needs
from zajedno.web.network import body_words, money_words, plan_words
from zajedno.web.network.year_report import FEW, Year, few
from zajedno.web.shared.dates import day, moment
from zajedno.web.shared.figures import targets as target_words
from zajedno.web.shared.report.sections import Printed, Section, pairs, printed, summed, tables

if TYPE_CHECKING:
    from zajedno.programmes.models import Plan


def plan(year: Year) -> Section:
    """Adopted plans for the year, as they stand on the day of the report."""
    facts: list[tuple[str, str]] = []
    found: list[Printed] = []
    for row in queries.in_force(year.by, year.keeper, year.number, year.number):
        whole = plans.whole(row, year.by.today)
        decision = f"{row.organ}, {row.number}, {day(row.adopted_on)}"
        facts += [(str(row), f"{plan_words.years_said(row)}; {decision}"), *pairs(plan_words.glance_rows(whole))]
        rows = []
        for goal, branches in whole.goals:
            standings = [line.standing for one in branches for line in one.lines]
            rows.append([f"{goal.number}. {goal}", str(standings.count("done")), str(standings.count("late")),
                         str(len(standings) - standings.count("dropped"))])  # fmt: skip
        heads = [_("Goal"), plan_words.standing_said("done"), plan_words.standing_said("late"), year.t["activities"]]
        found += [Printed(str(row), heads, rows, (1, 2, 3))] if rows else []
    return Section(year.t["plan"], facts, tables=found)


def programmes(year: Year) -> Section:
    rows = []
    for one in queries.ran(year.keeper, year.number):
        row = one.programme
        told = row.reached is None or not 0 < row.reached < FEW
        rows.append([
            f"{row} ({row.get_kind_display()})", row.target, str(len(one.came)), summed(one.came, year.t["few"]),
            few(year, row.reached), str(row.money or "–"), str(row.cost_each or "–") if told else year.t["few"],
            row.result or "–",
        ])  # fmt: skip
    heads = [
        _("Programme"), _("For whom"), year.t["sessions"], year.t["came"], year.t["reached"], _("Cost"), year.t["each"],
        _("What changed"),
    ]  # fmt: skip
    found = Printed(year.t["programmes"], heads, rows, (2, 3, 4, 5, 6)) if rows else None
    return Section(year.t["programmes"], tables=tables(found))


def services(year: Year) -> Section:
    """The public directory on the day of the report."""
    told = tally(year.body.territory.code, year.by.today)
    if not told.services:
        return Section(year.t["services"])
    counts = {"services_all": told.services, "services_free": told.free, "services_stale": told.stale}
    return Section(year.t["services"], [(year.t[key], str(count)) for key, count in counts.items()])


def money(year: Year) -> Section:
    """Budgets of the year line by line, and grants with what they ask for."""
    found: list[Printed | None] = []
    for row in queries.budgets_of(year.by, year.keeper, year.number):
        table = printed(money_words.budget_table(budgets.sheet(row), ""), _("Codes"))
        found.append(table and Printed(f"{year.t['budget']} {row}, {row.territory}", table.heads, table.rows,
                                       table.numeric))  # fmt: skip
    lines = []
    for grant in queries.grants_of(year.by, year.keeper, year.first, date(year.number, 12, 31)):
        asked = list(grant.promises.all())
        kept = f"{sum(one.kept_on is not None for one in asked)} / {len(asked)}"
        lines.append(
            [str(grant), str(grant.funder), str(Money(grant.amount, grant.currency)), day(grant.ends_on), kept]
        )
    heads = [_("Grant"), _("From"), _("Amount"), _("To be spent until"), year.t["promises"]]
    found.append(Printed(_("Grants"), heads, lines, (2,)) if lines else None)
    return Section(year.t["money"], tables=tables(*found))


def figures(year: Year) -> Section:
    """Cost of need as it was released, and what is not told."""
    found = [
        printed(table)
        for need in needs([year.body.territory_id], year.number)
        for table in money_words.need_tables(need)
    ]
    return Section(year.t["need"], lines=[money_words.need_note()] if found else [], tables=tables(*found))


def targets(year: Year) -> Section:
    """What the municipality decided that numbers shall come to, and the newest figure released by the end of the
    year. Only figures of a report are numbers about children, so the table holds none."""
    place = year.body.territory
    rows = list(figures_queries.in_force_at(place.pk, year.last))
    if not rows:
        return Section(_("Targets"))
    newest = target_words.newest(rows, str(year.number))
    lines = [target_words.printed_line(row) for row in rows]
    heads = [_("Indicator"), _("Target"), _("Baseline"), _("Where it is decided")]
    return Section(_("Targets"), figures=newest, tables=tables(Printed(_("Targets"), heads, lines)))


def ahead(year: Year) -> Section:
    """What ends by the end of the next year, and what is planned for it."""
    ends, planned = _ends(year), _planned(year)
    return Section(
        year.t["ahead"],
        tables=tables(
            Printed(year.t["ends"], [year.t["what"], year.t["on_day"]], ends) if ends else None,
            Printed(year.t["planned"], [year.t["what"], _("When")], planned) if planned else None,
        ),
    )


def _ends(year: Year) -> list[list[str]]:
    first, last = year.last, date(year.number + 1, 12, 31)
    found: list[tuple[date, str]] = []
    if year.body.mandate_until and year.body.mandate_until <= last:
        found.append((year.body.mandate_until, f"{_('Mandate')}: {year.body}"))
    for one in networks.ending(year.by, year.keeper, first, last):
        found.append((one.valid_until or last, f"{year.t['agreement']}: {one}"))
    for grant in queries.grants_of(year.by, year.keeper, first, last):
        if grant.ends_on <= last:
            found.append((grant.ends_on, f"{_('Grant')}: {grant}"))
    for ran in queries.ran(year.keeper, year.number + 1):
        if ran.programme.ends_on and first <= ran.programme.ends_on <= last:
            found.append((ran.programme.ends_on, f"{_('Programme')}: {ran.programme}"))
    return [[text, day(on)] for on, text in sorted(found)]


def _planned(year: Year) -> list[list[str]]:
    rows = [
        [f"{body_words.named(one)}, {one.place}", moment(one.begins)]
        for one in meetings.of_body(year.body).filter(begins__year=year.number + 1, state="planned").order_by("begins")
    ]
    for row in queries.in_force(year.by, year.keeper, year.number + 1, year.number + 1):
        rows += _activities(year, row)
    for budget in queries.budgets_of(year.by, year.keeper, year.number + 1):
        rows.append([f"{year.t['budget']} {budget}: {budgets.sheet(budget).planned}", str(budget.year)])
    return rows


def _activities(year: Year, row: "Plan") -> list[list[str]]:
    """Of a plan, those that run in the next year and are not done."""
    first, last = date(year.number + 1, 1, 1), date(year.number + 1, 12, 31)
    return [
        [f"{one.number} {one.activity} ({one.activity.responsible})",
         f"{day(one.activity.begins_on)} – {day(one.activity.ends_on)}"]
        for one in plans.whole(row, year.by.today).lines
        if one.activity.begins_on <= last and one.activity.ends_on >= first
        and (one.progress is None or one.progress.state in OPEN)
    ]  # fmt: skip
