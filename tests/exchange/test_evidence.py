"""What a practice shows beside its words: partners of the register, numbers, criteria of all sources; what comes with
it, loaded in one act; and what can be taken back."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.exchange.practice_world import FACTS, MARKS, TEXTS, Authors
from tests.exchange.test_practice import PICTURE
from tests.world import load_forms
from zajedno.access.models import Message
from zajedno.access.models.role import Role
from zajedno.exchange.actions import editing, figure, file, review, taking
from zajedno.exchange.actions import practice as writing
from zajedno.exchange.enums import Criterion, State
from zajedno.exchange.logic import judging, template
from zajedno.exchange.models import Practice, Taking
from zajedno.exchange.queries.practice import mine
from zajedno.exchange.queries.review import told_to_author
from zajedno.exchange.queries.told import takings
from zajedno.forms.models import Enabling
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import Overtaken, Refused

pytestmark = pytest.mark.django_db
GIVEN = Path(__file__).parents[2].parent / "shared" / "data" / "practice" / "criteria.csv"
NAMES = {"ethical soundness": "ethics", "gender/equity": "equity", "technical feasibility": "feasibility",
         "political commitment": "commitment", "risk reduction": "risk"}  # fmt: skip
SCALES = {"0-4 with evidence": judging.FULL, "0-4": judging.FULL, "pass/fail": (0, 4), "n/a": (*judging.FULL, None)}


@contextmanager
def at_desk(authors: Authors, who: str) -> Iterator[Actor]:
    """Not under the role of the exchange, which may take no form into use."""
    with acting(RUNTIME, authors.world.accounts[who].pk):
        yield authors.world.actor(who)


@pytest.mark.skipif(not GIVEN.is_file(), reason="the given table of criteria is not here")
def test_every_criterion_has_its_scale() -> None:
    rows = list(csv.DictReader(GIVEN.read_text(encoding="utf-8").splitlines()))
    assert {NAMES.get(row["criterion"], row["criterion"]) for row in rows} == set(Criterion.values)
    for row in rows:
        key = NAMES.get(row["criterion"], row["criterion"])
        assert set(judging.scale(key)) == set(SCALES[row["suggested_scale"]]), row


def test_a_mark_off_its_scale_is_refused(authors: Authors) -> None:
    row = authors.submitted()
    (asked,) = authors.asked(row, "rade")
    with authors.at_work("rade") as by:
        for wrong in ({"ethics": 3}, {"relevance": None}, {"risk": 5}):
            with pytest.raises(Refused, match="marks"):
                review.write(by=by, review=asked, marks=MARKS | wrong, advice="publish", remarks="")


def test_partners_of_the_register_bring_their_sector(authors: Authors) -> None:
    school = authors.world.organisations["school"]
    row = authors.written(partners=[str(school.name), "Кога нема", str(school.name), ""], sectors=["health"])
    found = authors.newest(row)
    assert [(one["name"], one["organisation"]) for one in found.partners] == [
        (school.name, school.code),
        ("Кога нема", ""),
    ]
    assert found.sectors == ["health", "education"]


def test_a_number_with_its_source_is_a_source(authors: Authors) -> None:
    assert "source" in template.missing(TEXTS | {"source": ""}, FACTS)
    row = authors.written()
    with authors.at_work("dino") as by:
        figure.add_figure(by=by, practice=row, indicator="Djeca", before=None, after=Decimal("118"), source="Izvještaj")
        with pytest.raises(Refused, match="empty"):
            figure.add_figure(by=by, practice=row, indicator="Djeca", before=None, after=Decimal(1), source=" ")
    version = authors.newest(row)
    assert version.figures == [{"indicator": "Djeca", "before": "", "after": "118", "unit": "", "source": "Izvještaj"}]
    assert template.missing(TEXTS | {"source": ""}, FACTS | {"figures": version.figures}) == []
    with authors.at_work("dino") as by:
        figure.remove_figure(by=by, practice=row, number=1)
        writing.submit(by=by, practice=row, confirmed=True)
        with pytest.raises(Refused, match="frozen"):
            figure.add_figure(by=by, practice=row, indicator="Djeca", before=None, after=Decimal(1), source="x")


def test_a_picture_is_no_template(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("dino") as by, pytest.raises(Refused, match="kind"):
        file.add_file(by=by, practice=row, template="letter", **PICTURE)


def test_all_that_comes_with_it_in_one_act(authors: Authors) -> None:
    load_forms("satisfaction-parents")
    row = authors.submitted(form="satisfaction-parents")
    authors.reviewed(row)
    with authors.at_work("edita") as by:
        editing.publish(by=by, practice=row)
    row.refresh_from_db()
    ministry = authors.world.organisations["ministry"]
    with at_desk(authors, "edita") as by:
        assert not taking.take_pack(by=by, practice=row, organisation=ministry.pk)
    assert Taking.objects.get().organisation == ministry
    assert not Enabling.objects.exists()
    role = Role.objects.get(pk="exchange-editor")
    role.verbs = [*role.verbs, "forms.enable"]
    role.save()
    with at_desk(authors, "edita") as by:
        assert taking.take_pack(by=by, practice=row, organisation=ministry.pk)
        taking.leave(by=by, practice=row, organisation=ministry.pk)
    assert Enabling.objects.get().organisation == ministry.pk
    assert not Taking.objects.exists()
    assert not Message.objects.filter(key__startswith="pack-").exists()


def test_saying_again_that_it_is_used_leaves_the_day_on_which_it_was_taken_over(authors: Authors) -> None:
    row = authors.submitted()
    authors.reviewed(row)
    with authors.at_work("edita") as by:
        editing.publish(by=by, practice=row)
    ministry = authors.world.organisations["ministry"].pk
    with at_desk(authors, "edita") as by:
        taking.take(by=by, practice=row, organisation=ministry)
        Taking.objects.update(said_on=datetime(2025, 12, 31, 23, 30, tzinfo=UTC))
        taking.take(by=by, practice=row, organisation=ministry, note="Ради")
    assert Taking.objects.get().note == "Ради"
    assert list(takings()) == [(row.pk, date(2026, 1, 1))]  # half past midnight in Belgrade


def test_what_was_begun_by_mistake_goes_and_what_was_handed_in_comes_back(authors: Authors) -> None:
    row = authors.submitted()
    with authors.at_work("dino") as by:
        with pytest.raises(Refused, match="state"):
            writing.discard(by=by, practice=row)
        writing.take_back(by=by, practice=row)
        with pytest.raises(Overtaken):
            writing.take_back(by=by, practice=row)
        writing.save(by=by, practice=row, texts={"lessons": "Drugačije."})
    row.refresh_from_db()
    assert row.state == State.RETURNED
    begun = authors.begun()
    with authors.at_work("dino") as by:
        assert writing.discard(by=by, practice=begun)
        assert [one.pk for one in mine(by)] == [row.pk]


def test_a_new_version_is_thrown_away_and_the_public_one_stays(authors: Authors) -> None:
    row = authors.published()
    with authors.at_work("dino") as by:
        writing.new_version(by=by, practice=row)
        assert not writing.discard(by=by, practice=row)
    row = Practice.objects.get()
    assert (row.state, row.change, row.versions.count()) == (State.PUBLISHED, "", 1)
    with authors.at_work("edita") as by:
        editing.retire(by=by, practice=row, reason="Грешком.")
        editing.restore(by=by, practice=row)
    row.refresh_from_db()
    assert row.state == State.PUBLISHED


def test_the_author_reads_what_was_written_once_it_is_decided(authors: Authors) -> None:
    row = authors.submitted()
    authors.reviewed(row, remarks="Jasno.")
    row.refresh_from_db()
    assert told_to_author(row) == []
    with authors.at_work("edita") as by:
        editing.publish(by=by, practice=row)
    row.refresh_from_db()
    assert [one.remarks for one in told_to_author(row)] == ["Jasno."]
