"""What the statistics role may read to count indicators: days, states, codes and whose a row is as a number; nothing of
a name, nothing sealed, no reason that somebody wrote. Of the lines of a plan's history only how far a measure has come.
"""

from django.db import migrations

from zajedno.kernel.fence import STATISTICS

KNOWN = {  # with a policy of their own since 0001 and 0002
    "children_child": ("sex",),
    "children_enrolment": ("school_year",),
    "casework_measure": ("case_id",),
}
OPEN = {
    "places_post": ("organisation_id", "since", "until"),
    "procedures_definition": ("id", "kind", "key"),
    "procedures_version": ("id", "definition_id"),
}
COLUMNS = {
    "casework_case": ("id", "version_id", "child_id", "organisation_id", "closed_on", "outcome"),
    "casework_move": ("id", "case_id", "move", "happened_on"),
    "casework_clock": ("case_id", "key", "started_on", "due_on", "stopped_on"),
    "casework_planentry": ("measure_id", "kind", "value", "happened_on"),
    "networks_body": ("id", "kind", "territory_id", "organisation_id"),
    "networks_meeting": ("id", "body_id", "begins", "state"),
    "networks_member": ("id", "sector"),
    "networks_attendance": ("meeting_id", "member_id", "presence"),
    "networks_sustainabilitylevel": ("id", "organisation_id", "dimension", "level", "holds_on"),
    "programmes_plan": ("id", "series", "version", "organisation_id", "territory_id", "adopted_on"),
    "programmes_goal": ("id", "plan_id"),
    "programmes_measure": ("id", "goal_id"),
    "programmes_activity": ("id", "thread", "measure_id", "ends_on"),
    "programmes_progress": ("id", "thread", "state", '"on"'),
    "programmes_programme": ("id", "organisation_id", "territory_id", "kind", "begins_on", "ends_on", "taken"),
    "programmes_session": ("id", "programme_id", '"on"', "adults"),
    "programmes_budget": ("id", "organisation_id", "territory_id", "year", "currency"),
    "programmes_budgetline": ("id", "budget_id"),
    "programmes_entry": ("id", "line_id", "kind", "amount", "entered_for"),
    "exchange_practice": ("id", "state", "organisation_id", "territory_id", "published_on"),
    "exchange_site": ("practice_id", "organisation_id", "opened_on"),
}
ROWS = {"casework_planentry": "kind = 'state'"}  # others are all rows
SQL = (
    f"grant select on places_country to {STATISTICS};"
    + "".join(
        f"grant select ({', '.join(columns)}) on {table} to {STATISTICS};"
        for table, columns in (KNOWN | OPEN | COLUMNS).items()
    )
    + "".join(
        f"create policy statistics on {table} for select to {STATISTICS} using ({ROWS.get(table, 'true')});"
        for table in COLUMNS
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0002_known"),
        ("casework", "0014_also_same_child"),
        ("exchange", "0013_search_newest_slice"),
        ("networks", "0014_network_seats"),
        ("procedures", "0002_immutable"),
        ("programmes", "0007_ties_fence"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
