"""What the database itself refuses: a submitted version that changes, rows of moves, and a child for these pages."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection

from tests.exchange.practice_world import Authors
from tests.refusal import only_added, refusal, sql
from zajedno.exchange.actions import translation
from zajedno.exchange.models import Practice, PracticeMove, PracticeText, PracticeVersion, Review
from zajedno.kernel.fence import EXCHANGE, acting

pytestmark = pytest.mark.django_db


VERSION, TEXT = (
    dict.fromkeys((EXCHANGE, "none"), f"{what} that was submitted is never changed")
    for what in ("a version", "the text of a version")
)
MOVES = only_added("exchange_practicemove")
# what: what each role is told, and the act
CHANGES: dict[str, tuple[dict[str, str], Callable[[], object]]] = {
    "version": (VERSION, lambda: PracticeVersion.objects.update(contact="drugi")),
    "thaw": (VERSION, lambda: PracticeVersion.objects.update(frozen_on=None)),
    "version deleted": (VERSION, lambda: sql("delete from exchange_practiceversion")),
    "text": (TEXT, lambda: PracticeText.objects.filter(state="source").update(title="drugi")),
    "state of the text": (TEXT, lambda: PracticeText.objects.filter(state="source").update(state="draft")),
    "text deleted": (TEXT, lambda: PracticeText.objects.filter(state="source").delete()),
    "move": (MOVES, lambda: PracticeMove.objects.update(note="drugi")),
    "move deleted": (MOVES, lambda: PracticeMove.objects.all().delete()),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("role", [EXCHANGE, "none"])
def test_what_was_submitted_never_changes(authors: Authors, change: str, role: str) -> None:
    authors.submitted()
    told, act = CHANGES[change]
    with acting(role, authors.world.accounts["dino"].pk):
        assert refusal(act) == told[role]


def test_a_draft_and_a_translation_do(authors: Authors) -> None:
    authors.written()
    PracticeVersion.objects.update(contact="drugi")
    PracticeText.objects.update(title="drugi")
    with authors.at_work("dino") as by:
        translation.begin(by=by, practice=authors.published(), language="en")
    assert PracticeText.objects.filter(language="en").update(title="English") == 1


@pytest.mark.parametrize(
    ("broken", "break_"), [
        ("practice_published_has_version", lambda row: Practice.objects.filter(pk=row.pk).update(state="published")),
        ("practice_change_of_published", lambda row: Practice.objects.filter(pk=row.pk).update(change="draft")),
        ("practice_amount_has_currency", lambda row: PracticeVersion.objects.update(amount=1, currency="")),
        ("practice_ends_later", lambda row: PracticeVersion.objects.update(ends_on="2020-01-01")),
        ("practice_version_once", lambda row: PracticeVersion.objects.create(practice=row, number=1, language="bs")),
        ("exchange_practice_slug_key", lambda row: Practice.objects.create(
            slug=row.slug, author=row.author, organisation=row.organisation, territory=row.territory
        )),
    ],
)  # fmt: skip
def test_rows_that_contradict_themselves_are_refused(
    authors: Authors, broken: str, break_: Callable[[Practice], object]
) -> None:
    row = authors.written()
    assert refusal(break_, row) == broken


def test_a_written_review_has_an_advice(authors: Authors) -> None:
    authors.reviewed(authors.submitted())
    assert refusal(Review.objects.update, advice="") == "review_written_has_advice"


def test_these_pages_reach_no_table_of_a_child(authors: Authors) -> None:
    """Logged in as the role of the exchange: every model of a child, read and written, and its views and functions."""
    models = [one for one in apps.get_models() if one._meta.app_label in ("children", "casework")]
    assert len(models) > 20
    for model in models:
        for act in (model.objects.count, model.objects.all().delete):
            with acting(EXCHANGE, authors.world.accounts["ana"].pk):
                assert refusal(act).startswith("permission denied for"), model
    with acting(EXCHANGE), connection.cursor() as cursor:
        cursor.execute(
            "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where n.nspname in ('public', 'app') and c.relkind in ('r', 'p', 'v', 'm')"
            " and c.relname ~ '^(children|casework)' and has_table_privilege(c.oid, 'select')"
        )
        assert cursor.fetchall() == []


def test_no_key_leads_from_the_exchange_to_a_child() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conname from pg_constraint where contype = 'f' and conrelid::regclass::text like 'exchange\\_%'"
            " and confrelid::regclass::text ~ '^(children|casework)'"
        )
        assert cursor.fetchall() == []
