"""What networks do: they meet, keep their plans, look at themselves. No child is told of here."""

import ibis
import ibis.expr.types as ir

from zajedno.indicators.logic.facts.cases import during, until
from zajedno.indicators.logic.facts.rows import of_work
from zajedno.indicators.logic.facts.tables import table
from zajedno.indicators.logic.span import Span

NETWORKS = ("network", "commission")  # kinds of bodies
DIMENSIONS = 10


def meetings(span: Span) -> ir.Table:
    """N1: meetings that were set for a day of the period, by whether they were held."""
    row = _meetings(span)
    return of_work(row.mutate(outcome=ibis.ifelse(row.state == "closed", "held", "not_held")))


def attendance(span: Span) -> ir.Table:
    """N2: seats at meetings that were held, by whether somebody came for them; by sector."""
    held, member = _meetings(span), table("networks_member").select(seat="id", sector="sector")
    held = held.filter(held.state == "closed").select("place", held="id")
    row = table("networks_attendance").join(held, [("meeting_id", "held")]).join(member, [("member_id", "seat")])
    there = row.presence.isin(("there", "deputy"))
    return of_work(row.mutate(outcome=ibis.ifelse(there, "present", "absent")))


def activities(span: Span) -> ir.Table:
    """N3: activities of adopted plans that were to end in the period, by whether they were done by then."""
    plan = table("programmes_plan")
    plan = plan.filter(until(plan.adopted_on, span))
    newest = ibis.row_number().over(group_by=plan.series, order_by=plan.version.desc())
    plan = plan.mutate(newest=newest)
    plan = plan.filter(plan.newest == 0).select(plan="id", place="territory_id")
    goal = table("programmes_goal").join(plan, [("plan_id", "plan")]).select("place", goal="id")
    measure = table("programmes_measure").join(goal, [("goal_id", "goal")]).select("place", measure="id")
    row = table("programmes_activity").join(measure, [("measure_id", "measure")])
    done = table("programmes_progress")
    done = done.filter(done.state == "done").group_by("thread").agg(done=done.on.min())
    row = row.filter(during(row.ends_on, span)).left_join(done, "thread")
    return of_work(
        row.mutate(outcome=ibis.ifelse((row.done <= row.ends_on).fill_null(False), "in_time", "not_in_time"))
    )


def density(span: Span) -> ir.Table:
    """N4: of pairs of institutions in different sectors, how many work together; the last closed round."""
    return _round(span, "cross_sector_density")


def level(span: Span) -> ir.Table:
    """N5: the level that a network gives itself; the last closed round."""
    return _round(span, "level")


def lasting(span: Span) -> ir.Table:
    """S1: the sum of the newest levels of all ten dimensions; a network that has not looked at all is left out."""
    row = table("networks_sustainabilitylevel")
    row = row.filter(until(row.holds_on, span))
    newest = ibis.row_number().over(
        group_by=[row.organisation_id, row.dimension], order_by=[row.holds_on.desc(), row.id.desc()]
    )
    row = row.mutate(newest=newest)
    row = row.filter(row.newest == 0)
    row = row.group_by("organisation_id").agg(
        value=row.level.sum() * 100, looked=row.count(), latest=row.holds_on.max()
    )
    row = row.filter((row.looked == DIMENSIONS) & during(row.latest, span))
    return of_work(_seated(row).mutate(outcome=ibis.literal("network")))


def _meetings(span: Span) -> ir.Table:
    body, meeting = table("networks_body"), table("networks_meeting")
    body = body.filter(body.kind.isin(NETWORKS)).select(body="id", place="territory_id")
    begins, ends = (ibis.literal(one, "timestamp('UTC')") for one in (span.begins, span.ends))
    meeting = meeting.filter((meeting.begins >= begins) & (meeting.begins < ends))
    return meeting.join(body, [("body_id", "body")])


def _round(span: Span, key: str) -> ir.Table:
    row = table("prepared_rounds")
    row = row.filter((row.key == key) & during(row.closed_on, span))
    last = ibis.row_number().over(group_by=row.organisation_id, order_by=[row.closed_on.desc(), row.value])
    row = row.mutate(last=last)
    return of_work(_seated(row.filter(row.last == 0)).mutate(outcome=ibis.literal("network")))


def _seated(row: ir.Table) -> ir.Table:
    at = table("places_organisation").select(at="id", place="territory_id")
    return row.join(at, [("organisation_id", "at")])
