"""Sections of the annual report that the room of networks fills: who, when, what was agreed, how it judges itself."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from zajedno.networks.enums import AgreementState, Dimension
from zajedno.networks.queries import body as bodies
from zajedno.networks.queries import sustainability
from zajedno.networks.queries import year as queries
from zajedno.networks.queries.outcome import Result
from zajedno.places.enums import Sector
from zajedno.places.queries.organisation import by_ids
from zajedno.web.network import agreement_words, body_words, lasting, trainings
from zajedno.web.network import tables as rounds
from zajedno.web.network.year_report import Year
from zajedno.web.shared.dates import day, moment
from zajedno.web.shared.report.sections import Printed, Section, pairs, printed, said, tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from zajedno.networks.models import Agreement, Member


def who(year: Year) -> Section:
    """As the body's own page says it; in which language it writes, the paper shows."""
    return Section(year.t["network"], pairs([one for one in body_words.facts(year.body) if one.key != _language()]))


def _language() -> str:
    return _("Language of its papers")


def members(year: Year) -> Section:
    """Institutions, not persons: the report may be shown to everybody."""
    found = bodies.institutions(year.body, year.last)
    if not found and not queries.left(year.body, year.number).exists():
        return Section(year.t["members"])
    facts = [
        (year.t["seats"], str(bodies.members(year.body, year.last).count())),
        (year.t["joined"], _named(queries.joined(year.body, year.number))),
        (year.t["left"], _named(queries.left(year.body, year.number))),
    ]
    rows = [[str(Sector(key).label), ", ".join(names)] for key, names in found.items()]
    heads = [_("Sector"), year.t["institutions"]]
    return Section(year.t["members"], facts, tables=tables(Printed(year.t["by_sector"], heads, rows) if rows else None))


def _named(rows: "Iterable[Member]") -> str:
    """Institutions in the order of days."""
    return "; ".join(dict.fromkeys(one.of for one in rows)) or "–"


def meetings(year: Year) -> Section:
    held = list(queries.met(year.body, year.number))
    tasks = queries.tasks(year.body, year.number, year.by.today)
    if not held and not tasks.total:
        return Section(year.t["meetings"])
    told = [(one, body_words.quorum_row(one)) for one in held]
    quorate = sum(body_words.meetings.quorum(one).is_met for one in held)
    decisions = list(queries.decisions(year.body, year.number))
    counts = {
        "held": len(held), "quorate": quorate, "decisions": len(decisions), "tasks_due": tasks.total,
        "tasks_done": tasks.done, "tasks_late": tasks.late, "tasks_open": tasks.open, "tasks_overdue": tasks.overdue,
    }  # fmt: skip
    rows = [[body_words.named(one), moment(one.begins), "; ".join(map(said, quorum.values))] for one, quorum in told]
    lines = [[body_words.named(one.meeting), one.title, one.decision] for one in decisions]
    return Section(
        year.t["meetings"],
        [(year.t[key], str(count)) for key, count in counts.items()],
        tables=tables(
            Printed(_("Meetings"), [_("Meeting"), _("When"), _("Quorum")], rows) if rows else None,
            Printed(year.t["decisions"], [_("Meeting"), _("Item"), _("Decision")], lines) if lines else None,
        ),
    )


def agreements(year: Year) -> Section:
    """Those that the keeper of the body keeps: signed, renewed, ended in the year."""
    rows = [
        [str(one), agreement_words.days_said(one), what]
        for one in queries.agreements_of(year.by, year.keeper)
        for what in _became(year, one)
    ]
    heads = [year.t["agreement"], _("Valid"), year.t["what"]]
    return Section(year.t["agreements"], tables=tables(Printed(year.t["agreements"], heads, rows) if rows else None))


def _became(year: Year, row: "Agreement") -> list[str]:
    told = []
    if row.signed_on and row.signed_on.year == year.number:
        key = "signed" if row.version == 1 else "renewed"
        told.append(f"{year.t[key]}: {day(row.signed_on)}")
    if row.ended_on and row.ended_on.year == year.number:
        told.append(f"{year.t['ended']}: {day(row.ended_on)}")
    elif row.state == AgreementState.SIGNED and row.valid_until and year.first <= row.valid_until < year.last:
        told.append(f"{year.t['ran_out']}: {day(row.valid_until)}")
    return told


def evaluations(year: Year) -> Section:
    """Rounds closed in the year, each with what changed since the one before."""
    facts: list[tuple[str, str]] = []
    found: list[Printed | None] = []
    for row in queries.rounds_closed(year.by, year.keeper, year.number):
        result = Result(row)
        facts.append((row.title, f"{result.form.title()}, {day(row.opens_on)} – {day(row.closes_on)}"))
        facts += [(year.t["compared"], rounds.earlier(result))] if rounds.earlier(result) else []
        facts += pairs(rounds.figures(result))
        found.append(_titled(row.title, printed(rounds.sectors(result))))
        if result.lines:
            dropped = (_("Answers"), _("Spread"), _("Evidence"))
            found.append(_titled(row.title, printed(rounds.dimensions(result, ""), *dropped)))
    return Section(year.t["evaluations"], facts, tables=tables(*found))


def _titled(title: str, table: Printed | None) -> Printed | None:
    return table and Printed(f"{title}: {table.caption}", table.heads, table.rows, table.numeric)


def knowledge(year: Year) -> Section:
    """Trainings without who led them, who is a person."""
    rows = list(queries.trainings_held(year.by, year.keeper, year.number))
    if not rows:
        return Section(year.t["trainings"])
    found = printed(trainings.table(rows), _("Who led it"))
    return Section(year.t["trainings"], tables=tables(found, printed(trainings.by_sector(rows))))


def lasts(year: Year) -> Section:
    """Sustainability as it stands on the day of the report."""
    today, newest = year.by.today, sustainability.newest(year.by, year.keeper)
    rows = [
        [str(one.label), said(lasting.level(newest[one].level)), newest[one].evidence, day(newest[one].holds_on)]
        for one in Dimension
        if one in newest
    ]
    heads = [_("Dimension"), _("Level (0–3)"), _("What shows it"), year.t["on_day"]]
    told = lasting.warned(by_ids([year.keeper])[year.keeper], newest, today)
    return Section(
        year.t["lasting"], lines=told,
        tables=tables(Printed(_("Ten dimensions"), heads, rows) if rows else None),
    )  # fmt: skip
