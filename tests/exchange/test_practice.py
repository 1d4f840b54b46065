"""A practice from its first word to the public and away again: what is asked, who sees it, what is refused."""

import csv
import struct
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.exchange.practice_world import FACTS, MARKS, TEXTS, TITLE, Authors
from zajedno.access.models import AuditEntry, Message
from zajedno.exchange.actions import editing, file
from zajedno.exchange.actions import practice as writing
from zajedno.exchange.enums import State
from zajedno.exchange.logic import template
from zajedno.exchange.logic.naming import suspicions
from zajedno.exchange.models import Practice, PracticeFile
from zajedno.exchange.queries import practice as queries
from zajedno.exchange.queries.file import files_with
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
GIVEN = Path(__file__).parents[2].parent / "shared" / "data" / "practice" / "template_fields.csv"
ROWS = (
    "title", "publication_date", "target_audience", "objective", "location", "context", "beneficiaries", "stakeholders",
    "period", "activities", "resources", "validation", "results", "innovation", "constraints", "lessons",
    "sustainability", "replicability", "conclusion", "contact", "links", "ethics",
)  # fmt: skip
GPS = b"Exif\0\0MM\0\x2aGPS 43.98 N 20.33 E"
JPEG = b"\xff\xd8\xff\xe1" + struct.pack(">H", len(GPS) + 2) + GPS + b"\xff\xdb\0\5\0ab\xff\xda\0\2picture\xff\xd9"
PICTURE = {
    "name": "a.jpg", "media_type": "image/jpeg", "content": JPEG, "alternative": "Ambulanta u selu",
    "consent": "Na slici nema ljudi",
}  # fmt: skip


@pytest.mark.skipif(not GIVEN.is_file(), reason="the given table of fields is not here")
def test_the_template_asks_what_its_sources_ask() -> None:
    """Row for row: the table has words where we have keys."""
    given = list(csv.DictReader(GIVEN.read_text(encoding="utf-8").splitlines()))
    columns = {template.FAO: "in_FAO2015", template.WHO: "in_WHO_AFRO2008", template.WIKI: "in_Wikibooks_DCH"}
    assert len(given) == len(ROWS)
    for row, key in zip(given, ROWS, strict=True):
        field = template.BY_KEY[key]
        assert field.required == (row["required"] == "yes"), row["field"]
        assert field.sources == tuple(name for name, column in columns.items() if row[column]), row["field"]
    assert {field.key for field in template.FIELDS if not field.sources} == {"summary", "source"}


def test_what_is_missing_is_named_in_order() -> None:
    assert template.missing(TEXTS, FACTS) == []
    assert template.missing({**TEXTS, "lessons": " ", "title": ""}, FACTS) == ["title", "lessons"]
    assert template.missing({**TEXTS, "source": ""}, FACTS) == ["source"]
    assert template.missing({**TEXTS, "source": ""}, {**FACTS, "evidence": "story"}) == []
    assert template.missing(TEXTS, {**FACTS, "themes": [], "begins_on": None}) == ["period", "themes"]
    assert template.lines(TEXTS["activities"])[:2] == ["Dogovor sa mjesnim zajednicama", "Raspored dolazaka"]
    assert template.lines("140 djece\n1.5 sati") == ["140 djece", "1.5 sati"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dječak Amar je krenuo u školu.", ["Amar"]),
        ("Ученица по имену Емина", ["Емина"]),
        ("девојчица М. П. из Тутина", ["М. П."]),
        ("Broj 0405016825018 i telefon 020 811 123", ["0405016825018"]),
        ("Rekao je Marko Petrović.", ["Marko Petrović"]),
        ("Ђорђе Њежић", ["Ђорђе Њежић"]),
        ("Učenici iz Novog Pazara, Dom zdravlja Tutin, od 1. 9. 2024.", []),
        ("Republika Srpska, Crveni krst, OŠ u Mehovu", []),
    ],
)
def test_what_may_name_a_child_is_pointed_at(text: str, found: list[str]) -> None:
    assert [one.found for one in suspicions({"context": text})] == found


def test_from_a_draft_to_the_public(authors: Authors) -> None:
    row = authors.published()
    assert (row.state, row.slug, row.published_id) == (
        State.PUBLISHED,
        "savjetovaliste-koje-dolazi-u-selo",
        authors.newest(row).pk,
    )
    assert str(row.territory.name_lat) == "Tutin"
    moves = list(queries.history(row).values_list("state", flat=True))
    assert moves == ["published", "review", "submitted"]
    verbs = set(AuditEntry.objects.filter(subject=str(row.uuid)).values_list("verb", flat=True))
    assert verbs == {"exchange.write_practice", "exchange.edit"}
    assert Message.objects.filter(account=authors.world.accounts["edita"]).count() == 1
    assert Message.objects.filter(account=authors.world.accounts["dino"]).count() == 1


def seen(authors: Authors, row: Practice) -> set[str]:
    found = set()
    for who in ("dino", "lamija", "edita", "rade", "nada", "petra"):
        with authors.at_work(who) as by:
            found |= {who} if queries.visible_to(by).filter(pk=row.pk).exists() else set()
    return found | ({"anybody"} if queries.visible_to(None).filter(pk=row.pk).exists() else set())


def test_who_sees_it_in_which_state(authors: Authors) -> None:
    row = authors.written()
    assert seen(authors, row) == {"dino", "lamija"}
    with authors.at_work("dino") as by:
        writing.submit(by=by, practice=row, confirmed=True)
    assert seen(authors, row) == {"dino", "lamija", "edita"}
    authors.reviewed(row, "rade")
    assert seen(authors, row) == {"dino", "lamija", "edita", "rade"}
    with authors.at_work("edita") as by:
        editing.publish(by=by, practice=row)
    assert "anybody" in seen(authors, row)
    with authors.at_work("edita") as by:
        editing.retire(by=by, practice=row, reason="Više se ne radi.")
    assert seen(authors, row) == {"dino", "lamija", "edita", "rade"}


def test_foreign_and_invented_drafts_answer_alike(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("petra") as by:
        for find in (queries.find, queries.find_own, queries.find_submitted):
            with pytest.raises(NotFound):
                find(by, row.uuid)
        with pytest.raises(NotFound):
            writing.save(by=by, practice=row, texts={"lessons": "x"})
    with authors.at_work("edita") as by, pytest.raises(NotFound):
        queries.find_submitted(by, row.uuid)


def test_what_was_submitted_is_frozen_and_what_was_returned_goes_on_as_the_next(authors: Authors) -> None:
    row = authors.submitted()
    with authors.at_work("dino") as by, pytest.raises(Refused):
        writing.save(by=by, practice=row, texts={"lessons": "Drugo"})
    with authors.at_work("edita") as by:
        with pytest.raises(Refused):
            editing.return_(by=by, practice=row, reason=" ")
        editing.return_(by=by, practice=row, reason="Nema troškova.")
    assert queries.last_note(row) == "Nema troškova."
    with authors.at_work("dino") as by:
        with pytest.raises(Refused, match="unchanged"):
            writing.submit(by=by, practice=row, confirmed=True)
        writing.save(by=by, practice=row, texts={"lessons": "Drugo"})
        assert [one.number for one in queries.versions(row)] == [2, 1]
        writing.submit(by=by, practice=row, confirmed=True)
    first, second = row.versions.order_by("number")
    assert queries.source(first).fields["lessons"] == TEXTS["lessons"]
    assert queries.source(second).fields["lessons"] == "Drugo"


def test_a_change_of_a_published_practice_leaves_the_public_what_it_reads(authors: Authors) -> None:
    row = authors.published()
    with authors.at_work("dino") as by:
        with pytest.raises(Refused, match="published"):
            writing.save(by=by, practice=row, texts={"lessons": "Novo"})
        writing.new_version(by=by, practice=row)
        with pytest.raises(Overtaken):
            writing.new_version(by=by, practice=row)
        writing.save(by=by, practice=row, texts={"lessons": "Novo"})
        writing.submit(by=by, practice=row, confirmed=True)
    row.refresh_from_db()
    assert (row.state, row.stage, row.published.number) == (State.PUBLISHED, State.SUBMITTED, 1)
    authors.reviewed(row, "nada")
    with authors.at_work("edita") as by:
        editing.needs_update(by=by, practice=row, reason="Brojevi su stari.")
        row.refresh_from_db()
        assert (row.state, row.stage) == (State.NEEDS_UPDATE, State.REVIEW)
        editing.publish(by=by, practice=row)
    row.refresh_from_db()
    assert (row.state, row.stage, row.published.number) == (State.PUBLISHED, State.PUBLISHED, 2)


def test_nothing_incomplete_or_unread_goes_out(authors: Authors) -> None:
    row = authors.written(texts={"lessons": "Dječak Amar je krenuo u školu."})
    with authors.at_work("dino") as by:
        with pytest.raises(Refused, match="naming"):
            writing.submit(by=by, practice=row)
        writing.save(by=by, practice=row, texts={"lessons": ""})
        with pytest.raises(Refused, match="missing"):
            writing.submit(by=by, practice=row, confirmed=True)


def test_publishing_asks_for_a_review_that_finds_it_ethical_and_another_pair_of_eyes(authors: Authors) -> None:
    row = authors.submitted()
    with authors.at_work("edita") as by, pytest.raises(Refused, match="no_review"):
        editing.publish(by=by, practice=row)
    authors.reviewed(row, marks={**MARKS, "ethics": 0})
    with authors.at_work("edita") as by, pytest.raises(Refused, match="ethics"):
        editing.publish(by=by, practice=row)
    own = authors.submitted("edita")
    with authors.at_work("edita") as by, pytest.raises(NotPermitted):
        editing.return_(by=by, practice=own, reason="Sam sebi.")
    with authors.at_work("dino") as by, pytest.raises(NotPermitted):
        editing.publish(by=by, practice=row)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"themes": ["nothing"]}, "themes"),
        ({"ends_on": date(2023, 1, 1)}, "ends_on"),
        ({"amount": 5}, "amount"),
        ({"cost": "millions"}, "cost"),
    ],
)
def test_facts_that_do_not_fit_are_refused(authors: Authors, facts: dict[str, object], code: str) -> None:
    row = authors.written()
    with authors.at_work("dino") as by, pytest.raises(Refused, match=code):
        writing.save(by=by, practice=row, facts=facts)


def test_ten_thousand_words_are_refused_whole(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("dino") as by, pytest.raises(Refused) as told:
        writing.save(by=by, practice=row, texts={"lessons": "Vrijeme " * 10_000})
    assert "80000" in str(told.value.sentence)
    assert queries.source(authors.newest(row)).fields["lessons"] == TEXTS["lessons"]


def test_html_stays_text(authors: Authors) -> None:
    row = authors.written(texts={"lessons": "<script>alert(1)</script>"})
    assert queries.source(authors.newest(row)).fields["lessons"] == "<script>alert(1)</script>"


def test_two_of_one_title_have_two_addresses(authors: Authors) -> None:
    first, second = authors.begun(), authors.begun("petra")
    assert first.slug == "savjetovaliste-koje-dolazi-u-selo"
    assert second.slug.startswith(f"{first.slug}-")
    cyrillic = authors.begun("petra", "Ђаци уче заједно", "sr")
    assert cyrillic.slug == "djaci-uce-zajedno"


def test_a_picture_loses_its_place_and_needs_words_and_consent(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("dino") as by:
        for empty in ("alternative", "consent"):
            with pytest.raises(Refused, match=empty):
                file.add_file(by=by, practice=row, **PICTURE | {empty: " "})
        for wrong in (JPEG[:-8], b"GIF89a"):
            with pytest.raises(Refused, match="picture"):
                file.add_file(by=by, practice=row, **PICTURE | {"content": wrong})
        with pytest.raises(Refused, match="kind"):
            file.add_file(by=by, practice=row, **PICTURE | {"media_type": "text/html"})
        kept = file.add_file(by=by, practice=row, **PICTURE)
    assert b"GPS" not in bytes(kept.content)
    assert b"picture" in bytes(kept.content)


def test_a_file_waits_for_its_version_and_goes_at_once(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("dino") as by:
        first = file.add_file(by=by, practice=row, **PICTURE)
        writing.submit(by=by, practice=row, confirmed=True)
        with pytest.raises(Refused, match="frozen"):
            file.add_file(by=by, practice=row, **PICTURE)
    authors.reviewed(row)
    with authors.at_work("edita") as by:
        editing.publish(by=by, practice=row)
    with authors.at_work("dino") as by:
        file.add_file(by=by, practice=row, **PICTURE | {"name": "b.jpg"})
    row.refresh_from_db()
    assert [one.pk for one in files_with(row.published)] == [first.pk]
    with authors.at_work("dino") as by:
        file.remove_file(by=by, practice=row, file=first.uuid)
    assert not files_with(row.published)
    gone = PracticeFile.objects.get(pk=first.pk)
    assert (bytes(gone.content), gone.name, gone.consent) == (b"", "", "")


def test_the_editors_list_asks_as_much_for_one_as_for_many(authors: Authors) -> None:
    counts = []
    for _turn in range(2):
        authors.submitted(themes=["violence"])
        with authors.at_work("edita") as by, CaptureQueriesContext(connection) as asked:
            list(queries.submissions(by, text="саветовалиште selo", state="waiting", theme="violence")[:25])
            counts.append(len(asked))
    with authors.at_work("edita") as by:
        assert [one.title for one in queries.submissions(by, text="savjetovaliste")] == [TITLE, TITLE]
        assert not queries.submissions(by, text="nema toga")
        assert not queries.submissions(by, theme="parents")
    with authors.at_work("dino") as by:
        assert not queries.submissions(by)
    assert counts == [1, 1]
