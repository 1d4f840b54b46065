"""An extract has an agreement, a second person, an end, and one reader; and whoever makes it sees no name."""

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pyarrow.parquet as parquet
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests.indicators.extracts import TODAY, Extracts, agreement
from zajedno.access.models import AuditEntry
from zajedno.children.models import Child
from zajedno.indicators.actions.extract import download, make_again, revoke_extract
from zajedno.indicators.actions.extract_make import make, sweep
from zajedno.indicators.models import Extract, ExtractFile
from zajedno.indicators.queries.extract import facts, find, given_to, visible_to
from zajedno.kernel import clock
from zajedno.kernel.fence import EXCHANGE, STATISTICS, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def extracts() -> Extracts:
    return Extracts()


def taken(extracts: Extracts, row: Extract, who: str = "vera", on: date = TODAY) -> bytes:
    with extracts.as_(who, on) as by:
        return download(by=by, uuid=row.uuid).plain


def unpacked(whole: bytes) -> tuple[dict[str, list[Any]], dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        table = parquet.read_table(io.BytesIO(archive.read("data.parquet")))
        return table.to_pydict(), json.loads(archive.read("dictionary.json"))


def test_the_researcher_gets_rows_and_their_dictionary_and_each_time_is_written_down(extracts: Extracts) -> None:
    row = extracts.made()
    assert extracts.handed == [str(row.uuid)]
    table, told = unpacked(taken(extracts, row))
    assert list(table) == ["child", "sex", "age", "district", "school", "cases", "outcome", "measures"]
    assert len(table["child"]) == row.rows == 11
    assert {*table["age"], *table["school"]} == {"*"}  # three are younger and at no school: they would stand alone
    assert set(table["cases"]) == {0}
    assert told["about"]["agreement"] == "7/2026"
    assert [one["column"] for one in told["columns"]] == list(table)
    whole = json.dumps([table, told], ensure_ascii=False)
    assert not [one for one in Child.objects.all() if str(one.uuid) in whole or one.family_name in whole]
    taken(extracts, row)
    entries = AuditEntry.objects.filter(verb="indicators.download_extract", subject=str(row.uuid))
    assert [one.account for one in entries] == [extracts.world.accounts["vera"].pk] * 2


def test_difficulty_is_one_word_that_the_worker_hands_on(extracts: Extracts) -> None:
    found = [(one, TODAY, "yes") for one in Child.objects.filter(birth_date__year=2014).values_list("pk", flat=True)]
    with patch("zajedno.indicators.queries.extract.difficulties", return_value=found):
        table, _told = unpacked(taken(extracts, extracts.made(extracts.asked(columns=["difficulty"]))))
    assert sorted(table["difficulty"]) == ["unknown"] * 5 + ["yes"] * 6


def test_the_kind_of_settlement_is_told_only_of_so_many_that_nobody_stands_alone(extracts: Extracts) -> None:
    """Known of whom one looks for, so it is made coarse like the age."""
    older = Child.objects.filter(birth_date__year=2014)
    older.update(settlement="rural")
    table, _told = unpacked(taken(extracts, extracts.made(extracts.asked(columns=["settlement"]))))
    assert sorted(table["settlement"]) == ["rural"] * 6 + ["unknown"] * 5
    Child.objects.filter(pk__in=older[:3]).update(settlement="urban")
    table, _told = unpacked(taken(extracts, extracts.made(extracts.asked(columns=["settlement"]))))
    assert set(table["settlement"]) == {"*"}


def test_two_extracts_share_no_key(extracts: Extracts) -> None:
    first, second = (unpacked(taken(extracts, extracts.made()))[0] for _time in range(2))
    assert not {*first["child"]} & {*second["child"]}


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ({"since": None}, "agreement"), ({"until": None}, "agreement"), ({"number": " "}, "agreement"),
        ({"content": b""}, "agreement"), ({"until": date(2026, 9, 14)}, "not_in_force"),
        ({"since": date(2026, 9, 16)}, "not_in_force"), ({"until": date(2026, 9, 30)}, "expires"),
    ],
)  # fmt: skip
def test_no_agreement_with_its_days_no_extract(extracts: Extracts, signed: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code), transaction.atomic():
        extracts.asked(signed=agreement(**signed))
    assert not Extract.objects.exists()


@pytest.mark.parametrize(
    ("about", "code"),
    [
        ({"k": 4}, "bounds"), ({"columns": ["given_name"]}, "empty"), ({"purpose": " "}, "empty"),
        ({"researcher": "nobody@demo.invalid"}, "who"), ({"researcher": "admin@demo.invalid"}, "own"),
        ({"expires_on": TODAY + timedelta(days=91)}, "expires"), ({"years": (2026, 2024)}, "bounds"),
    ],
)  # fmt: skip
def test_what_is_asked_has_bounds(extracts: Extracts, about: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused, match=code), transaction.atomic():
        extracts.asked(**about)


def test_a_second_person_approves(extracts: Extracts) -> None:
    row = extracts.asked()
    for who, code in (("admin", "same_person"), ("vera", "refused"), ("eva", "refused")):
        with pytest.raises(NotPermitted, match=code), transaction.atomic():
            extracts.approved(row, who)
    own = extracts.asked(researcher="second@demo.invalid")
    with pytest.raises(NotPermitted, match="same_person"), transaction.atomic():
        extracts.approved(own)
    with pytest.raises(IntegrityError, match="extract_second_person"), transaction.atomic():
        Extract.objects.filter(pk=row.pk).update(approved_by=row.requested_by, approved_on=clock.now())
    make(uuid=str(row.uuid))  # nobody approved it: nothing is made
    assert not ExtractFile.objects.filter(kind="data").exists()
    extracts.approved(row)
    with pytest.raises(Overtaken), transaction.atomic():
        extracts.approved(row)


def test_what_has_expired_is_refused_and_deleted(extracts: Extracts) -> None:
    row = extracts.made()
    with pytest.raises(Refused, match="expired"), transaction.atomic():
        taken(extracts, row, on=date(2026, 10, 16))
    with clock.on(date(2026, 10, 15)):
        assert sweep() == 0
    with clock.on(date(2026, 10, 16)):
        assert sweep() == 1
    assert [one.kind for one in ExtractFile.objects.all()] == ["agreement"]
    with extracts.as_("vera") as by:
        assert not given_to(by).exists()


def test_what_is_taken_back_is_given_to_nobody(extracts: Extracts) -> None:
    row = extracts.made()
    with extracts.as_("second") as by:
        revoke_extract(by=by, uuid=row.uuid, hand_over=extracts.hand_over)
    with pytest.raises(Refused, match="not_there"), transaction.atomic():
        taken(extracts, row)
    assert sweep() == 1
    with pytest.raises(Overtaken), transaction.atomic(), extracts.as_("admin") as by:
        revoke_extract(by=by, uuid=row.uuid, hand_over=extracts.hand_over)


def test_only_the_researcher_reads_the_file_also_by_the_database(extracts: Extracts) -> None:
    row = extracts.made()
    for who in ("admin", "second"):
        with pytest.raises(NotFound), transaction.atomic():
            taken(extracts, row, who)
        with extracts.as_(who):
            assert [one.kind for one in ExtractFile.objects.all()] == ["agreement"]
    with extracts.as_("vera") as by:
        assert [one.kind for one in ExtractFile.objects.all()] == ["data"]
        assert list(visible_to(by)) == [row]
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            ExtractFile.objects.all().delete()
        assert Extract.objects.filter(pk=row.pk).update(k=9) == 0
    with extracts.as_("vera", date(2026, 10, 16)):
        assert not ExtractFile.objects.exists()
    for who in ("ana", "eva", "dino"):
        with extracts.as_(who) as by, pytest.raises(NotFound):
            find(by, row.uuid)
        with extracts.as_(who):
            assert not Extract.objects.exists()
    with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(EXCHANGE):
        Extract.objects.exists()


def test_it_lies_sealed(extracts: Extracts) -> None:
    row = extracts.made()
    kept = {one.kind: bytes(one.content) for one in row.files.all()}
    assert not [content for content in kept.values() if b"potpisano" in content or b"PK\x03\x04" in content[:64]]


def test_statistics_reads_the_rows_and_no_name(extracts: Extracts) -> None:
    row = extracts.asked()
    with acting(STATISTICS):
        assert len(facts(row, TODAY).rows) == 11
    for sql in ("select family_name from children_child", "select number from casework_case",
                "select content from indicators_extractfile", "select purpose from indicators_extract"):  # fmt: skip
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic(), acting(STATISTICS):
            connection.cursor().execute(sql)


def test_of_too_few_nothing_is_made_and_it_is_said(extracts: Extracts) -> None:
    row = extracts.made(extracts.asked(k=20))
    assert (row.made_on, row.trouble) == (None, "few")
    with extracts.as_("admin") as by:
        make_again(by=by, uuid=row.uuid, hand_over=extracts.hand_over)
    assert extracts.handed == [str(row.uuid)] * 2
