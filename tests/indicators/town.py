"""A town where nothing is tidy: holes, ties, last days, files of one child in a ring."""

from random import Random
from typing import Any

from tests.indicators.examples import BASE, PROCEDURES, Rows, columns, thread
from zajedno.indicators.logic.facts.tables import PREPARED, TABLES

DAYS = ("2024-02-29", "2024-12-31", "2025-01-01", "2025-08-31", "2025-09-01", "2025-12-31", "2026-01-01", "2026-08-31",
        "2026-09-01")  # fmt: skip
BIRTHDAYS = [f"{year}-{day}" for year in range(2005, 2026) for day in ("01-01", "08-31", "09-01", "12-31")]
SUMS = ("0.00", "0.01", "99.99", "100.00", "1460.00", "1000000.00")
MOMENTS = ("2024-12-31T22:59", "2024-12-31T23:00", "2025-12-31T22:59", "2025-12-31T23:00", "2025-07-01T00:00")
CHILDREN, CASES, OWN = range(30, 70), range(1, 250), range(1, 60)
MOVES = (
    "submit", "import", "adopt_opinion", "send", "send_by_duty", "meet", "begin_service", "refer", "ask_for_exam",
    "finish_screening", "record_first_exam", "adopt_iop1", "adopt_iop2", "evaluate", "evaluate_half_year", "offer_plan",
    "decide_plan", "adopt_plan", "report_suspicion", "report", "record_only", "happened_again", "withdraw",
    "schedule", "notify_school_administration", "close", "record_consent",
    *("adopt_opinion", "refer", "decide_plan", "evaluate") * 2,
)  # fmt: skip
WORDS: dict[str, tuple[Any, ...]] = {
    "casework_case.outcome": ("", "closed", "left", "unfounded", "not_confirmed", "declined"),
    "casework_move.move": MOVES,
    "casework_move.to_step": ("draft", "submitted", "awaiting_consent", "scheduled", "adopted", "delivered", "closed"),
    "casework_clock.key": ("opinion", "early_opinion", "evaluation", "half_year_evaluation", "school_administration"),
    "casework_measure.state": ("planned", "running", "done", "unfunded"),
    "casework_measure.unmet": ("", "no_funds", "waiting"),
    "casework_measure.currency": ("RSD", "BAM", "EUR"),
    "casework_planentry.kind": ("state", "effect"),
    "casework_planentry.value": ("running", "done", "planned"),
    "children_child.sex": ("F", "M", ""), "children_child.settlement": ("urban", "rural", ""),
    "children_alias.state": ("confirmed", "confirmed", "proposed"),
    "networks_body.kind": ("network", "commission", "board"), "networks_meeting.state": ("closed", "planned"),
    "networks_member.sector": ("education", "health", "unknown"),
    "networks_attendance.presence": ("there", "deputy", "away"),
    "networks_sustainabilitylevel.dimension": tuple("abcdefghij"),
    "programmes_progress.state": ("done", "underway"),
    "programmes_programme.kind": ("parents", "peers"), "programmes_budget.currency": ("RSD", "BAM"),
    "programmes_entry.kind": ("plan", "revision", "execution"),
    "exchange_practice.state": ("published", "needs_update", "draft"),
    "prepared_rounds.key": ("level", "cross_sector_density"), "prepared_functioning.difficulty": ("yes", "no"),
}  # fmt: skip
NUMBERS: dict[str, range] = {
    "version_id": range(1, len(PROCEDURES) + 1), "child_id": CHILDREN, "same_as_id": CHILDREN, "case_id": CASES,
    "organisation_id": range(11, 20), "at_id": range(11, 20), "registered_by_id": range(11, 20),
    "residence_id": range(1, 7), "territory_id": range(2, 7), "school_year": range(2024, 2027),
    "year": range(2024, 2027),
    "level": range(4), "value": range(-3000, 9000), "taken": range(12), "adults": range(15),
}  # fmt: skip
NEVER_EMPTY = ("id", "case_id", "child_id", "same_as_id", "version_id", "organisation_id", "at_id", "territory_id",
               "registered_by_id", "move", "state", "key", "kind", "thread", "series", "happened_on", "started_on",
               "due_on", "begins_on", "received_on", "since", "holds_on", "ended_on", "said_on")  # fmt: skip
MANY = {
    "casework_case": CASES, "children_child": CHILDREN, "casework_move": range(1, 1700),
    "casework_clock": range(1, 1500),
    "casework_measure": range(1, 100), "programmes_entry": range(1, 150), "children_enrolment": range(1, 150),
    "networks_sustainabilitylevel": range(1, 300),
}  # fmt: skip


def town(seed: int) -> Rows:
    """A row of every table for each number of OWN, and more of what is counted most."""
    chance, found = Random(seed), {}
    for name in {**TABLES, **PREPARED}:
        if name not in BASE or name in ("children_child", "children_alias"):
            found[name] = [_row(chance, name, number) for number in MANY.get(name, OWN)]
    return found


def _row(chance: Random, name: str, number: int) -> tuple[Any, ...]:
    return tuple(_value(chance, name, column, kind, number) for column, kind in columns(name).items())


def _value(chance: Random, name: str, column: str, kind: str, number: int) -> Any:
    if column not in NEVER_EMPTY and kind != "string" and chance.random() < 0.2:
        return None
    if kind == "string":
        return chance.choice(WORDS.get(f"{name}.{column}", ("",)))
    if kind == "date":
        return chance.choice(BIRTHDAYS if column == "birth_date" else DAYS)
    if kind.startswith("timestamp"):
        return chance.choice(MOMENTS)
    if kind.startswith("decimal"):
        return chance.choice(SUMS if column == "cost" else ("-50.40", *SUMS))  # a plan costs nothing at least
    if kind == "uuid":
        return thread(chance.randrange(1, 12))
    return number if column in ("id", "version") else chance.choice(NUMBERS.get(column, OWN))
