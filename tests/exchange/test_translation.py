"""Translations: who may, what state they are in, when they are behind, and how they go on into a new version."""

import pytest

from tests.exchange.practice_world import TEXTS, Authors
from zajedno.exchange.actions import editing, translation
from zajedno.exchange.actions import practice as writing
from zajedno.exchange.enums import Translation
from zajedno.exchange.models import Practice, PracticeText
from zajedno.exchange.queries import translation as queries
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
ENGLISH = {key: f"In English: {key}" for key in TEXTS}


def translated(authors: Authors, row: Practice, who: str = "petra", **words: object) -> PracticeText:
    with authors.at_work(who) as by:
        begun = translation.begin(by=by, practice=row, language="en")
        return translation.save(by=by, practice=row, language="en", texts=ENGLISH, seen=begun.source_digest, **words)  # type: ignore[arg-type]


def test_a_published_practice_is_translated_by_anybody_who_may(authors: Authors) -> None:
    row = authors.published()
    text = translated(authors, row)
    assert (text.state, text.title) == (Translation.DRAFT, "In English: title")
    with authors.at_work("petra") as by:
        with pytest.raises(Overtaken):
            translation.begin(by=by, practice=row, language="en")
        with pytest.raises(Overtaken):
            translation.begin(by=by, practice=row, language="bs")
        assert translation.check(by=by, practice=row, language="en").state == Translation.CHECKED
    with authors.at_work("rade") as by, pytest.raises(NotPermitted):
        translation.begin(by=by, practice=row, language="sr")


def test_a_draft_is_translated_by_its_own_people_only(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("petra") as by, pytest.raises(NotFound):
        translation.begin(by=by, practice=row, language="en")
    with authors.at_work("dino") as by:
        translation.begin(by=by, practice=row, language="sr")
        assert "sr-latn" not in dict(queries.free_languages(authors.newest(row)))


def test_what_a_machine_wrote_says_so_until_a_person_has_read_it(authors: Authors) -> None:
    row = authors.published()
    assert translated(authors, row, machine=True).state == Translation.MACHINE
    with authors.at_work("petra") as by:
        assert translation.check(by=by, practice=row, language="en").state == Translation.CHECKED
        found = queries.find_translation(by, row, "en")
        translation.save(
            by=by, practice=row, language="en", texts={"lessons": "Better"}, seen=queries.digest_of(found.source)
        )
        assert queries.find_translation(by, row, "en").text.state == Translation.DRAFT


def test_half_a_translation_is_not_checked(authors: Authors) -> None:
    row = authors.published()
    with authors.at_work("petra") as by:
        begun = translation.begin(by=by, practice=row, language="en")
        translation.save(by=by, practice=row, language="en", texts={"title": "T"}, seen=begun.source_digest)
        with pytest.raises(Refused, match="missing"):
            translation.check(by=by, practice=row, language="en")
        assert "lessons" in queries.find_translation(by, row, "en").missing
        with pytest.raises(Refused, match="too_long"):
            translation.save(by=by, practice=row, language="en", texts={"lessons": "x" * 90_001}, seen="")


def test_a_source_that_changed_leaves_its_translation_behind(authors: Authors) -> None:
    row = authors.written()
    with authors.at_work("dino") as by:
        begun = translation.begin(by=by, practice=row, language="en")
        translation.save(by=by, practice=row, language="en", texts=ENGLISH, seen=begun.source_digest)
        assert not queries.find_translation(by, row, "en").is_stale
        writing.save(by=by, practice=row, texts={"lessons": "Drugo"})
        assert queries.find_translation(by, row, "en").is_stale
        with pytest.raises(Refused, match="stale"):
            translation.check(by=by, practice=row, language="en")
        # the page that was open meanwhile stands beside the older text, and says so
        translation.save(by=by, practice=row, language="en", texts=ENGLISH, seen=begun.source_digest)
        assert queries.find_translation(by, row, "en").is_stale


def test_translations_go_on_into_the_next_version(authors: Authors) -> None:
    row = authors.published()
    translated(authors, row)
    with authors.at_work("dino") as by:
        writing.new_version(by=by, practice=row)
        writing.save(by=by, practice=row, texts={"lessons": "Drugo"})
        writing.submit(by=by, practice=row, confirmed=True)
    with authors.at_work("petra") as by:  # meanwhile, of the version that is public
        translation.check(by=by, practice=row, language="en")
        begun = translation.begin(by=by, practice=row, language="sr")
        translation.save(by=by, practice=row, language="sr", texts={"title": "Наслов"}, seen=begun.source_digest)
    authors.reviewed(row, "nada")
    with authors.at_work("edita") as by:
        editing.publish(by=by, practice=row)
    row.refresh_from_db()
    found = {one.text.language: one for one in queries.translations(row.published)}
    assert set(found) == {"en", "sr"}
    assert all(one.is_stale for one in found.values())
    assert found["sr"].text.title == "Наслов"
