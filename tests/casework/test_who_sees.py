"""“Who can ever see this” is made from what opens files: what a real walk opens stands there, and nothing else."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.test_referral import MONDAY, Referral
from tests.web.panel_world import Another
from tests.world import World
from zajedno.casework.models import Case, Participant
from zajedno.children.enums import PARENTHOOD, Field
from zajedno.children.models import Tie
from zajedno.kernel import clock
from zajedno.procedures.logic.fields import FIELDS
from zajedno.web.shared.who_sees import Way, doors, ways

pytestmark = pytest.mark.django_db
# Where ties are written: cases (`participant`, `register_case`), and the doors that the page names.
WRITERS = {
    "casework/actions/arrival_case.py": "a moment long: until the referral that was sent has become a case",
    "casework/actions/participant.py": "cases",
    "casework/actions/register_case.py": "cases",
    "children/actions/tie.py": "shared for a purpose",
    "children/actions/bulk.py": "the same for many, called by casework/actions/register_case.py",
    "children/actions/entering.py": "own",
    "children/actions/school_class.py": "teacher",
}


def told(procedure: str) -> set[tuple[str, str]]:
    """(part, field) pairs that the page names for a procedure."""
    found: Iterator[tuple[str, Way]] = ((field, way) for field in FIELDS for way in ways(field))
    return {(way.part.key, field) for field, way in found if way.definition.key == procedure}


def opened(case: Case) -> set[tuple[str, str]]:
    rows = Participant.objects.filter(case=case).select_related("tie")
    return {(row.part, field) for row in rows for field in row.tie.fields}


def test_a_file_has_the_same_parts_everywhere() -> None:
    assert {one.value: str(one.label) for one in Field} == dict(FIELDS)


def test_a_walk_of_a_referral_opens_what_the_page_says_and_nothing_else(world: World) -> None:
    referral = Referral(world)
    referral.consented()
    seen = opened(referral.case)
    referral.sent()
    seen |= opened(referral.case)
    for who, move, words in (("besa", "accept", {}), ("besa", "meet", {}), ("besa", "begin_service", {}),
                             ("besa", "send_feedback", {"report": "Шест сусрета."}), ("ana", "close", {})):  # fmt: skip
        referral.move(who, move, **words)
        seen |= opened(referral.case)
        assert seen <= told("referral")
    assert seen == told("referral")


def test_a_walk_of_additional_support_stays_within_the_page(world: World) -> None:
    with clock.on(MONDAY):
        story = Another(world, world.child())
        story.to_implementation()
    seen, said = opened(story.case), told("additional-support")
    assert seen <= said
    played = {part for part, _field in seen}
    assert {pair for pair in said if pair[0] in played - {"commission"}} <= seen | {("initiator", "request")}


def test_a_clause_that_narrows_is_named_for_what_it_lets_through(world: World) -> None:
    referral = Referral(world, agreed=False)
    with clock.on(MONDAY):
        row = referral.agreements.signed("school", "health", fields=["identity"])
    (way, *_more) = [one for one in ways("identity") if one.rests]
    assert way.clauses("identity", MONDAY) == list(row.clauses.all())
    assert way.clauses("contact", MONDAY) == []


def test_no_tie_is_written_by_a_door_that_the_page_does_not_know() -> None:
    """Whoever adds one names it in `web/shared/who_sees.py` and here."""
    package = Path(settings.PACKAGE)
    found = set()
    for path in package.rglob("*.py"):
        if "migrations" in path.parts or "demo" in path.parts:
            continue
        calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
        names = {one.id for one in calls if isinstance(one, ast.Name)}
        made = {one.attr for one in calls if isinstance(one, ast.Attribute) and ast.dump(one).count("'Tie'")}
        is_children = "children" in path.parts or "casework" in path.parts
        if {"write_tie", "tie_many"} & names or (is_children and ("Tie" in names or "create" in made)):
            found.add(str(path.relative_to(package)))
    assert found == set(WRITERS)


def test_every_field_has_a_page_and_the_number_of_queries_does_not_grow_with_its_ways(world: World) -> None:
    counts = set()
    for field in ("identity", "violence"):
        ways(field), doors(field)
        with CaptureQueriesContext(connection) as queries:
            ways(field), doors(field)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_part_has_the_days_and_the_purpose_of_its_tie_and_follows_them(world: World) -> None:
    referral = Referral(world)
    referral.consented()
    referral.sent()
    rows = {row.part: row for row in Participant.objects.filter(case=referral.case).select_related("tie")}
    assert all((row.since, row.until) == (row.tie.since, row.tie.until) for row in rows.values())
    assert {part for part, row in rows.items() if row.is_family} == {
        part for part, row in rows.items() if row.tie.purpose == PARENTHOOD
    }
    one = next(row for row in rows.values() if row.key > 0)
    over = (MONDAY - timedelta(days=7), MONDAY - timedelta(days=1))
    Tie.objects.filter(pk=one.tie_id).update(since=over[0], until=over[1])
    one.refresh_from_db()
    assert (one.since, one.until) == over
    assert one.key not in Case.objects.values_list("acl", flat=True).get(pk=referral.case.pk)
