"""The catalogue: found in both scripts and every language, narrowed by facets, counted in a fixed number of queries."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.exchange.catalogue_world import publish
from tests.exchange.practice_world import Authors
from tests.places import factories as places
from tests.world import World
from zajedno.access.models import Message
from zajedno.exchange.actions import follow, question, taking
from zajedno.exchange.actions.editing import publish as publish_it
from zajedno.exchange.actions.listing import follow_places
from zajedno.exchange.models import FacetCount, Follow, Listing, Practice, Question
from zajedno.exchange.queries import catalogue
from zajedno.exchange.queries import question as questions
from zajedno.exchange.queries.catalogue import NEWEST, search
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Refused
from zajedno.places.models import Population

pytestmark = pytest.mark.django_db
LANGUAGES = {
    "sr": ("Вртићи на селу", "Путујућа група у вртићу.", {"activities": "Радионице за родитеље\nПосета кући"}),
    "bs": ("Vrtići na selu", "Putujuća grupa za djecu.", {}),
    "hu": ("Óvodák a falvakban", "Gyermekek utazó csoportja.", {}),
    "en": ("Kindergartens in villages", "A travelling group.", {}),
}


def slugs(text: str = "", **facets: str) -> list[str]:
    return [one.slug for one in search(text, facets=facets).hits]


@pytest.mark.parametrize(
    "text",
    [
        "vrtic",
        "вртићу",
        "VRTIĆI",
        "djeca",
        "децу",
        "óvoda",
        "ovodak",
        "kindergarten",
        "radionica za roditelje",
        "tutin",
    ],
)
def test_a_word_in_any_script_and_language_finds_it_once(text: str) -> None:
    publish("sela", LANGUAGES, territory=places.territory("Тутин", "Tutin", "71188"))
    publish("drugo", {"sr": ("Вршњачка подршка", "Ученици једни другима.", {})})
    assert slugs(text) == ["sela"]


def test_every_word_must_be_there_and_markup_is_only_text() -> None:
    publish("sela", LANGUAGES)
    assert slugs("vrtic selo") == ["sela"]
    assert slugs("vrtic avion") == []
    assert slugs("' & | ! ( ) :* <b>") == slugs("b") == []
    assert slugs("!!!") == ["sela"]  # no word at all: everything


def test_a_title_weighs_more_than_a_word_in_passing() -> None:
    publish("u-prolazu", {"sr": ("Мрежа", "Састанци мреже.", {"lessons": "Помогао је и вртић."})}, day=2)
    publish("naslov", {"sr": ("Вртић за све", "Састанци мреже.", {})}, day=1)
    assert slugs("vrtic") == ["naslov", "u-prolazu"]
    assert [one.slug for one in search("vrtic", order=NEWEST).hits] == ["u-prolazu", "naslov"]
    assert slugs() == ["u-prolazu", "naslov"]


def test_what_is_not_public_is_not_found() -> None:
    practice = publish("sela", LANGUAGES, states={"bs": "draft"})
    assert slugs("djeca") == []  # only the translation that was begun says so
    practice.published.texts.filter(language="bs").update(state="checked")
    assert slugs("djeca") == ["sela"]
    for state, found in (("retired", []), ("needs_update", ["sela"])):
        practice.state = state
        practice.save()
        assert slugs("vrtic") == slugs() == found


def test_facets_narrow_and_count_what_is_left() -> None:
    publish("a", themes=["early", "parents"], cost="low", evidence="story")
    publish("b", themes=["parents"], sectors=["health"], evidence="compared")
    publish("c", themes=["dropout"])
    everything = search()
    assert everything.total == 3
    assert everything.counts["theme:parents"] == 2
    assert everything.counts["country:RS"] == 3
    found = search(facets={"theme": "parents", "sector": "health", "invented": "x"})
    assert ([one.slug for one in found.hits], found.total) == (["b"], 1)
    assert found.counts["evidence:compared"] == 1
    assert "theme:dropout" not in found.counts
    assert slugs("vrtic", cost="low") == ["a"]
    assert slugs(theme="no' such") == []


def test_kept_counts_are_those_that_counting_gives() -> None:
    kept = [publish(f"p{number}", LANGUAGES, themes=["early", "peers"][: number % 2 + 1]) for number in range(5)]
    Practice.objects.filter(pk=kept[0].pk).update(state="retired")
    kept[1].published.texts.filter(language="hu").update(summary="Más")
    told = search()
    counted = search(facets={"country": "RS"})
    assert (told.total, dict(told.counts)) == (counted.total, dict(counted.counts)) == (4, dict(counted.counts))
    assert not FacetCount.objects.filter(number__lt=0).exists()


def test_the_size_of_a_place_comes_from_its_newest_figure() -> None:
    practice = publish("sela")
    assert slugs(size="unknown") == ["sela"]
    for year, count in ((2019, 120_000), (2020, 19_999)):
        Population.objects.create(territory=practice.territory, year=year, band="all", count=count, source="own")
    follow_places()
    assert slugs(size="small") == ["sela"]
    assert search().counts["size:small"] == 1


def test_the_number_of_queries_does_not_grow() -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            found = search("vrtic")
            assert found.hits[0].texts
        return len(seen)

    publish("one", LANGUAGES)
    first = queries()
    for number in range(8):
        publish(f"p{number}", LANGUAGES)
    assert queries() == first == 1


def test_pages_follow_each_other() -> None:
    for number in range(5):
        publish(f"p{number}", day=number)
    pages = [[one.slug for one in search(limit=2, offset=at).hits] for at in (0, 2, 4, 6)]
    assert pages == [["p4", "p3"], ["p2", "p1"], ["p0"], []]


def test_the_public_role_publishes_and_searches() -> None:
    practice = publish("sela")
    with acting(EXCHANGE):
        Practice.objects.filter(pk=practice.pk).update(state="needs_update")
        assert slugs("vrtic") == ["sela"]
    assert Listing.objects.count() == 1


def test_a_draft_has_no_page() -> None:
    publish("sela", state="retired")
    for slug in ("sela", "nema"):
        with pytest.raises(NotFound):
            catalogue.by_slug(slug)


# Following, asking, taking


def test_whoever_follows_hears_of_a_version_once(world: World) -> None:
    practice, dino = publish("sela"), world.actor("dino")
    follow.keep(by=dino, practice=practice, told=True)
    follow.keep(by=dino, practice=practice, saved=True)
    assert Follow.objects.get().told
    assert (follow.tell_followers(practice), follow.tell_followers(practice)) == (1, 0)
    follow.keep(by=dino, practice=practice, told=False, saved=False)
    assert not Follow.objects.exists()


def test_publishing_tells_who_follows(world: World) -> None:
    authors = Authors(world)
    row = authors.submitted()
    authors.reviewed(row)
    follow.keep(by=world.actor("besa"), practice=row, told=True)
    with authors.at_work("edita") as by:
        publish_it(by=by, practice=row)
    assert search().hits[0].slug == Practice.objects.get(pk=row.pk).slug
    assert Message.objects.filter(account=world.accounts["besa"], key__startswith="practice-").count() == 1


def test_a_question_is_public_once_answered(world: World) -> None:
    practice = publish("sela", author=world.accounts["dino"], organisation=world.organisations["ngo"])
    row = question.ask(by=world.actor("besa"), practice=practice, text="Колико кошта комби?")
    assert not questions.public(practice).exists()
    assert not questions.to_answer(world.actor("besa"), practice).exists()
    with pytest.raises(NotFound):
        question.answer(by=world.actor("besa"), question=row, text="Не знам")
    question.answer(by=world.actor("dino"), question=row, text="Осам хиљада месечно.")
    assert questions.public(practice).get().answer.startswith("Осам")
    with pytest.raises(NotPermitted):
        question.hide(by=world.actor("besa"), question=row)


@pytest.mark.parametrize("text", ["", "   ", "а" * 2_001, "Дете 0101990710008 пита"])
def test_a_question_that_cannot_be_put(world: World, text: str) -> None:
    with pytest.raises(Refused):
        question.ask(by=world.actor("besa"), practice=publish("sela"), text=text, is_checked=True)
    assert not Question.objects.exists()


def test_what_looks_like_a_child_is_asked_about(world: World) -> None:
    practice, besa = publish("sela"), world.actor("besa")
    with pytest.raises(Refused) as refusal:
        question.ask(by=besa, practice=practice, text="Шта ради ученик М. П. после тога?")
    assert "М. П." in str(refusal.value.sentence)
    question.ask(by=besa, practice=practice, text="Шта ради ученик М. П. после тога?", is_checked=True)


def test_a_fourth_question_waits_for_answers(world: World) -> None:
    practice, besa = publish("sela"), world.actor("besa")
    for number in range(3):
        question.ask(by=besa, practice=practice, text=f"Питање {number}")
    with pytest.raises(Refused):
        question.ask(by=besa, practice=practice, text="Још једно")


def test_an_institution_takes_once_and_not_its_own(world: World) -> None:
    own, other = publish("own", organisation=world.organisations["ngo"]), publish("other")
    dino, ngo = world.actor("dino"), world.organisations["ngo"].pk
    taking.take(by=dino, practice=other, organisation=ngo)
    taking.take(by=dino, practice=other, organisation=ngo, note="Од јесени")
    assert catalogue.by_slug("other").used == 1
    with pytest.raises(Refused):
        taking.take(by=dino, practice=own, organisation=ngo)
    with pytest.raises(NotPermitted), transaction.atomic():
        taking.take(by=world.actor("ana"), practice=other, organisation=world.organisations["school"].pk)
    taking.leave(by=dino, practice=other, organisation=ngo)
    assert catalogue.by_slug("other").used == 0


def many() -> None:
    """Thirty that hold a common word, two of them another, a third with a theme of its own; the planner knows.

    The older half holds a word that went out of use.
    """
    for number in range(30):
        summary = "Заједничко." + " Ретко." * (number in (4, 21)) + " Старинско." * (number < 15)
        publish(f"p{number}", {"sr": (f"Пракса {number}", summary, {})}, day=number,
                themes=["peers"] if number % 3 == 0 else ["early"])  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("analyze exchange_listing")


@pytest.mark.parametrize("most", [1, 4, 500])
def test_of_more_than_anybody_looks_through_the_newest(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Whether a slice of the newest is enough or all are looked through: the same is found."""
    monkeypatch.setattr(catalogue, "MOST", most)
    many()
    for facets in ({}, {"theme": "peers"}):
        newest = [f"p{number}" for number in range(29, -1, -1) if not facets or number % 3 == 0]
        found = search("заједничко", facets=facets, order=NEWEST)
        assert [one.slug for one in found.hits] == newest[: min(catalogue.PAGE, most + 1)]
        assert (found.total, found.more) == (min(most, len(newest)), most < len(newest))
        assert bool(found.counts) != found.more
    assert slugs("ретко") == (["p21", "p4"] if most > 1 else ["p21", "p4"][: most + 1])
    assert slugs("заједничко ретко", theme="peers") == ["p21"]


def test_a_word_that_went_out_of_use_is_found_where_the_newest_hold_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number a slice of the newest should be enough, but all who hold it are old."""
    monkeypatch.setattr(catalogue, "MOST", 2)
    many()
    assert slugs("старинско") == ["p14", "p13", "p12"]
    assert slugs("старинско", theme="peers") == ["p12", "p9", "p6"]


@pytest.mark.parametrize("text", ["_", "-", "& | !", "''", "\\", "<->", ":*", "%", "\u200b", "the", "и", "a b " * 60])
def test_signs_that_are_no_word_find_nothing_and_break_nothing(text: str) -> None:
    publish()
    found = search(text, facets={"theme": "early"})
    assert found.total in (0, 1)
    assert [one.slug for one in search("вртићи").hits] == ["vrtici"]


def test_the_last_pages_are_walked_to_from_the_end() -> None:
    many()
    walked = [one.slug for at in range(0, 36, 4) for one in search(limit=4, offset=at).hits]
    assert walked == [f"p{number}" for number in range(29, -1, -1)]
