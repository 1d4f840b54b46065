"""A framework of results: what a pack may say, what is published of SPIS, who tells, what the database keeps."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from tests.places import factories as places
from tests.programmes.planning import Planning
from tests.refusal import change, refusal
from tests.world import World
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.places.models import Territory
from zajedno.programmes.actions import frame as actions
from zajedno.programmes.logic.frame import Progress, Standing, contribution
from zajedno.programmes.logic.frame_pack import check
from zajedno.programmes.models import Frame, Lesson, Phase, Reading, Result, Target
from zajedno.programmes.queries import frame as queries

SPIS = settings.PACKS_DIR / "ba" / "frames" / "spis.toml"
MARKS = {"I-II (2008-2011)", "III (2011-2012)"}


def spis() -> dict[str, Any]:
    return tomllib.loads(SPIS.read_text())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('level = "impact"', 'level = "wish"', "`level` is “wish”"),
        ('under = "governance"', 'under = "inclusion"', "to which this one leads"),
        ('where = "III (2011-2012)"', 'where = "V"', "has the mark “V”"),
        ("value = 26", "value = 26.5", "`value` must be a number"),
        ("value = 26", "value = -1", "`value` must be a number"),
        ('place = "ba-jajce"', 'place = "jajce"', "does not stand in places/territories.csv"),
        ('result = "budgets"', 'result = "budget"', "did you mean “budgets”?"),
        ("verified = true", "verifed = true", "did you mean “verified”?"),
        ("ends = 2011", "ends = 2001", "`ends` lies before `begins`"),
        ('key = "policy"', 'key = "governance"', "governance"),
    ],
)
def test_every_mistake_in_a_file_is_named(old: str, new: str, said: str) -> None:
    text = SPIS.read_text()
    known = {"territories": {"ba-jajce", "ba-mrkonjic-grad"}, "marks": MARKS}
    assert not check(text, key="spis", **known)
    assert said in " ".join(map(str, check(text.replace(old, new, 1), key="spis", **known)))


def test_progress_is_a_word_and_a_share() -> None:
    assert Progress(None, Decimal(10)).standing is Standing.UNKNOWN
    assert Progress(Decimal(8), None).standing is Standing.TOLD
    assert (Progress(Decimal(8), Decimal(10)).standing, Progress(Decimal(8), Decimal(10)).share) == ("underway", 80)
    assert Progress(Decimal(10), Decimal(10)).standing is Standing.REACHED
    assert Progress(Decimal(3), Decimal(5), falls=True).standing is Standing.REACHED
    assert Progress(Decimal(1), Decimal(11), partly=True).standing is Standing.PARTLY
    assert Progress(Decimal(11), Decimal(11), partly=True).standing is Standing.REACHED
    assert (contribution(Decimal(2), Decimal(8)), contribution(Decimal(9), Decimal(8))) == (25, None)


def place(code: str = "ba-x", phase: str = "") -> Territory:
    return places.territory(code, code, code, country=places.country("BA"), kind="municipality", spis_phase=phase)


@pytest.fixture
def loaded(db: None) -> Frame:
    for code, phase in (("ba-livno", "I-II (2008-2011)"), ("ba-mrkonjic-grad", "III (2011-2012)"), ("ba-jajce", "")):
        place(code, phase)
    actions.load_frame(spis(), country="BA", by=None)
    return Frame.objects.get()


def test_spis_says_what_was_published_and_where(loaded: Frame) -> None:
    whole = queries.whole(loaded)
    assert [(one.key, one.begins, one.places.count()) for one in whole.phases] == [
        ("phases-1-2", 2008, 1), ("phase-3", 2011, 1), ("phase-4", 2013, 0),
    ]  # fmt: skip
    told = {one.result.key: one for one in whole.branches}
    commissions = told["permanent-commissions"].whole
    assert [(one.period, one.value, one.out_of) for one in commissions] == [("2010", 8, 10), ("2012", 26, 142)]
    assert told["children-reached"].whole[0].at_least
    boards = told["management-boards"]
    first, third = whole.phases[:2]
    assert (boards.progress(first.pk).standing, boards.progress(third.pk).value) == (Standing.REACHED, 1)
    assert (str(boards.progress(third.pk).target), boards.progress(third.pk).standing) == ("11.00", Standing.PARTLY)
    assert boards.progress().target is None  # targets of phases are not added up
    assert [str(one.code) for one in whole.places] == ["ba-jajce", "ba-livno", "ba-mrkonjic-grad"]
    assert all(one.source for branch in whole.branches for one in branch.readings)
    assert not loaded.verified  # how results lead to each other is our own arrangement


def test_loading_again_changes_nothing_and_keeps_what_places_told(loaded: Frame, world: World) -> None:
    told = Reading.objects.create(
        result=Result.objects.get(key="budgets"), place=place(), period="2026",
        value=1, source="Одлука", evidence="Сл. гл.", written_by=world.accounts["csaba"].pk,
    )  # fmt: skip
    assert not actions.load_frame(spis(), country="BA", by=None)
    less = spis()
    less["reading"] = [one for one in less["reading"] if one["result"] != "budgets"]
    less["phase"].pop()
    assert actions.load_frame(less, country="BA", by=None)
    assert Reading.objects.filter(result__key="budgets").get() == told
    assert Phase.objects.get(key="phase-4").retired
    assert actions.retire_frames(set(), by=None) == 1
    assert not queries.frames().exists()


def test_the_database_keeps_the_shape(loaded: Frame, world: World) -> None:
    result, phase = Result.objects.get(key="budgets"), Phase.objects.get(key="phase-3")
    row = {"result": result, "period": "2026", "value": 1, "source": "Извор"}
    who, here = world.accounts["csaba"].pk, place()
    assert refusal(Reading.objects.create, **row | {"source": ""}) == "reading_has_source"
    assert refusal(Reading.objects.create, **row, written_by=who, evidence="a") == "reading_told_of_own_place"
    assert refusal(Reading.objects.create, **row, written_by=who, place=here) == "reading_told_with_evidence"
    assert refusal(Reading.objects.create, **row | {"value": -1}) == "reading_not_below_nothing"
    Reading.objects.create(**row, phase=phase)
    assert refusal(Reading.objects.create, **row, phase=phase) == "reading_published_once"
    assert refusal(Target.objects.create, result=result, phase=phase, value=1, source="") == "target_has_source"
    assert refusal(change, phase, ends=1990) == "phase_ends_later"
    assert refusal(change, result, parent=None) == "result_leads_to_another"
    outcome = Result.objects.get(key="governance")
    assert refusal(change, Result.objects.get(key="mapping"), parent=outcome).startswith("a result leads to one of")
    assert refusal(Lesson.objects.create, frame=loaded, texts={}, source="a") == "lesson_has_source"
    mine = Reading.objects.create(**row | {"period": "2027"}, place=here, written_by=who, evidence="a")
    assert refusal(change, mine, value=2) == "what a place told stays"
    assert refusal(mine.delete) == "what a place told stays"


class Telling(Planning):
    """Csaba's network in Subotica tells of Subotica."""

    def told(self, **said: Any) -> actions.Told:
        values = {"place": self.keeper.territory, "period": "2026", "value": Decimal(1), "source": "Одлука",
                  "evidence": "Сл. лист 4/26"}  # fmt: skip
        return actions.Told(**values | said)


def test_a_place_tells_of_itself_alone(loaded: Frame, world: World) -> None:
    telling, result = Telling(world), Result.objects.get(key="budgets")
    with telling.at_work("csaba") as by:
        made = actions.tell(by=by, result=result, told=telling.told())
        assert Reading.objects.get(pk=made.pk).written_by == by.account
        actions.learn(by=by, frame=loaded, place=telling.keeper.territory, text="Линија у буџету траје.",
                      language="sr", source="Завршни рачун")  # fmt: skip
        elsewhere = telling.told(place=queries.whole(loaded).places[0])
        with pytest.raises(NotPermitted):
            actions.tell(by=by, result=result, told=elsewhere)
        for wrong in ({"source": " "}, {"value": Decimal(5), "out_of": Decimal(4)}, {"value": Decimal(-1)}):
            with pytest.raises(Refused):
                actions.tell(by=by, result=result, told=telling.told(**wrong))
        with pytest.raises(Refused, match="value"):
            actions.tell(by=by, result=Result.objects.get(key="referrals-closed"), told=telling.told())
        row = {"result": result, "period": "2026", "value": 1, "source": "a", "evidence": "b", "written_by": by.account}
        told = refusal(Reading.objects.create, **row, place=queries.whole(loaded).places[0])
        assert "row-level security" in told
        assert "row-level security" in refusal(Reading.objects.create, **row | {"written_by": None})
        assert Frame.objects.update(is_public=False) == 0
    for who in ("ana", "eva", "dino"):
        with telling.at_work(who) as by, pytest.raises(NotPermitted):
            actions.tell(by=by, result=result, told=telling.told())


@pytest.mark.parametrize(("value", "out_of", "is_told"), [
    (3, None, False), (37, 40, False), (5, None, True), (35, 40, True), (0, None, True), (40, 40, True),
])  # fmt: skip
def test_a_place_tells_of_no_few_children(
    loaded: Frame, world: World, value: int, out_of: int | None, is_told: bool
) -> None:
    """Everybody reads what places told."""
    telling, result = Telling(world), Result.objects.get(key="children-reached")
    told = telling.told(value=Decimal(value), out_of=None if out_of is None else Decimal(out_of))
    with telling.at_work("csaba") as by:
        if is_told:
            actions.tell(by=by, result=result, told=told)
        else:
            with pytest.raises(Refused, match="value"):
                actions.tell(by=by, result=result, told=told)


def test_public_pages_read_what_is_public_and_never_who_wrote(loaded: Frame, world: World) -> None:
    with acting(EXCHANGE):
        assert queries.public().count() == 1
        assert len(queries.whole(queries.find("spis")).branches) > 20
    change(loaded, is_public=False)
    with acting(EXCHANGE), connection.cursor() as cursor:
        assert not queries.frames().exists()
        assert not Reading.objects.defer("written_by").exists()
        for column in ("written_by from programmes_reading", "written_by from programmes_lesson"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                cursor.execute(f"select {column}")
    with acting(EXCHANGE, world.accounts["eva"].pk):
        assert queries.frames().count() == 1
    with acting(EXCHANGE, world.accounts["dino"].pk):
        assert not queries.frames().exists()
