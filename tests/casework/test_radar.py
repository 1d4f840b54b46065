"""Which passages are ahead, from birth date and enrolment alone; then which of them have a plan and a place."""

import tomllib
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.places import factories as places
from tests.world import World
from zajedno.access.models import Account, AuditEntry
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.radar import look_ahead
from zajedno.casework.logic.passages import check_passages, load_passages
from zajedno.casework.logic.radar import Met, Stay, Why, ahead, later
from zajedno.casework.queries.case import find
from zajedno.casework.queries.radar import Line, Sought, State, overdue, radar
from zajedno.children.models import Alias, Child, Enrolment, Tie
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import Refused
from zajedno.procedures.actions.load import load_definition

TODAY = date(2026, 11, 26)
SERBIA, BOSNIA = (load_passages(settings.PACKS_DIR / pack) for pack in ("rs", "ba"))


def stay(kind: str, class_name: str = "", year: int = 2026, until: date | None = None, since: int = 2020) -> Stay:
    return Stay(kind, 1, date(since, 9, 1), until, year, class_name)


def seen(
    born: str, *stays: Stay, today: date = TODAY, served: tuple[str, ...] = (), passages: Any = SERBIA
) -> list[tuple[str, str, Why, bool]]:
    met = ahead(passages, date.fromisoformat(born) if born else None, stays, served, today)
    return [(one.passage.key, str(one.on), one.why, one.sure) for one in met]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2021-03-01", [("kindergarten_school", "2027-09-01", Why.AGE, True)]),  # six and a half that very day
        ("2021-03-02", []),
        ("2020-02-29", [("kindergarten_school", "2027-09-01", Why.AGE, True)]),
        ("2019-05-04", [("kindergarten_school", "2027-09-01", Why.AGE, True)]),  # was put off
        ("", []),
    ],
)
def test_from_kindergarten_by_age(born: str, expected: list[Any]) -> None:
    assert seen(born, stay("kindergarten", "Пчелице")) == expected


def test_a_day_and_its_eve() -> None:
    child = ("2020-03-01", stay("kindergarten"))
    assert [one[1] for one in seen(*child, today=date(2026, 8, 31))] == ["2026-09-01"]
    assert [one[1] for one in seen(*child, today=date(2026, 9, 1))] == ["2026-09-01"]
    assert [one[1] for one in seen(*child, today=date(2026, 9, 2))] == ["2027-09-01"]  # did not go: was put off
    assert [one[1] for one in seen(*child, today=date(2025, 9, 1))] == ["2026-09-01"]
    assert seen(*child, today=date(2025, 8, 31)) == []


def test_leap_days() -> None:
    assert later(date(2020, 2, 29), (6, 0)) == date(2026, 2, 28)
    assert later(date(2020, 8, 31), (6, 6)) == date(2027, 2, 28)
    assert later(date(2028, 2, 29), (1, 0)) == date(2029, 2, 28)
    assert later(date(2027, 1, 1), (0, -1)) == date(2026, 12, 1)
    # born on the last day of August: five and a half on the last day of February
    assert [one[0] for one in seen("2021-08-31", stay("kindergarten"), passages=BOSNIA)] == ["kindergarten_school"]
    assert seen("2021-09-02", stay("kindergarten"), passages=BOSNIA) == []
    assert seen("2022-01-01", stay("kindergarten"), today=date(2028, 2, 29))[0][1] == "2028-09-01"


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("primary_school", "IV-2", ("class_subject", Why.CLASS, True)),
        ("primary_school", "8/1", ("primary_secondary", Why.CLASS, True)),
        ("primary_school", "осми 1", ("primary_secondary", Why.CLASS, True)),
        ("special_school", "4", ("class_subject", Why.CLASS, True)),
        ("secondary_school", "IV-3", ("secondary_on", Why.CLASS, True)),
        ("secondary_school", "III-3", ("secondary_on", Why.CLASS, False)),
    ],
)
def test_by_class(kind: str, name: str, expected: tuple[str, Why, bool]) -> None:
    key, why, sure = expected
    assert seen("2016-05-04", stay(kind, name)) == [(key, "2027-09-01", why, sure)]
    assert seen("", stay(kind, name)) == [(key, "2027-09-01", why, sure)]


def test_other_classes_meet_nothing_and_old_ones_are_counted_on() -> None:
    assert seen("2016-05-04", stay("primary_school", "V-2")) == []
    assert seen("2016-05-04", stay("primary_school", "II-2", 2024)) == [
        ("class_subject", "2027-09-01", Why.COUNTED, False)
    ]
    assert seen("2012-05-04", stay("primary_school", "VIII-2", 2025)) == []  # left long ago
    # a summer's day: the class of the year that ends; then the next year's, which begins within twelve months
    assert seen("", stay("primary_school", "IV-2", 2025), today=date(2026, 8, 15))[0][1] == "2026-09-01"
    assert seen("", stay("primary_school", "III-2", 2025), today=date(2026, 9, 1)) == [
        ("class_subject", "2027-09-01", Why.COUNTED, False)
    ]


def test_without_a_class_the_age_stands_in_once() -> None:
    assert seen("2013-02-28", stay("primary_school")) == [("primary_secondary", "2027-09-01", Why.AGE, False)]
    assert seen("2012-02-28", stay("primary_school")) == []  # reached a year ago
    assert seen("2016-11-30", stay("primary_school", "продужени боравак")) == [
        ("class_subject", "2027-09-01", Why.AGE, False)
    ]


def test_two_enrolments_and_one_left_open() -> None:
    left_open = stay("kindergarten", "Пчелице")
    assert seen("2019-05-04", left_open, stay("primary_school", "I-1")) == []
    both = seen("2013-01-01", stay("primary_school", "VIII-1"), stay("special_school", ""))
    assert both == [("primary_secondary", "2027-09-01", Why.CLASS, True)]  # the surer of the two
    ended = stay("kindergarten", until=date(2026, 11, 25))
    assert seen("2019-05-04", ended) == [("kindergarten_school", "2027-09-01", Why.AGE, True)]  # is at home now
    still = stay("kindergarten", until=TODAY)
    assert [one[0] for one in seen("2019-05-04", still)] == ["kindergarten_school"]


def test_at_home_and_at_a_service() -> None:
    assert [one[0] for one in seen("2022-01-15")] == ["family_kindergarten"]
    assert [one[0] for one in seen("2022-01-15", served=("health_centre",))] == ["family_kindergarten"]
    assert [one[0] for one in seen("2022-01-15", served=("early_growth_centre",))] == ["centre_kindergarten"]
    assert [one[0] for one in seen("2024-08-15", served=("early_growth_centre",))] == ["centre_kindergarten"]
    assert seen("2024-08-15") == []
    assert [one[0] for one in seen("2020-05-04")] == ["kindergarten_school"]
    assert seen("2016-05-04") == []  # no sign of anything: where it goes is only not entered


def test_the_last_day_of_a_treatment_is_its_day() -> None:
    home = stay("hospital", until=date(2027, 1, 15))
    assert seen("2015-05-04", home) == [("treatment_school", "2027-01-16", Why.ENDS, True)]
    assert seen("2015-05-04", home, stay("primary_school", "V-1"))[0][0] == "treatment_school"
    assert seen("2015-05-04", stay("hospital")) == []
    moving = stay("special_school", "III-1", until=date(2027, 1, 15))
    assert [one[0] for one in seen("2017-05-04", moving)] == ["special_regular"]


def test_when_a_plan_should_begin() -> None:
    (met,) = ahead(SERBIA, date(2020, 5, 4), [stay("kindergarten")], (), TODAY)
    assert (met.begins, Met(met.passage, None, Why.PLAN).begins) == (date(2027, 1, 1), None)


def test_the_packs_name_every_passage_and_its_move() -> None:
    assert len(SERBIA.every) == 9
    assert {one.plan for one in SERBIA.every} == {"transition"}
    content = tomllib.loads((settings.PACKS_DIR / "rs" / "procedures" / "transition.toml").read_text())
    first = {move["key"] for move in content["move"] if move["from"] == ["opened"]}
    assert {one.move for one in SERBIA.every} == first
    assert not any(one.source.verified for one in (*SERBIA.every, *BOSNIA.every))


FAULTS = [
    ('at = "09-01"\nage = [5, 6]', 'at = "31-09"\nage = [5, 6]', "a day of the year is written as month-day"),
    ('at = "09-01"\nage = [5, 6]', "age = [5, 6]", "go together"),
    ("age = [5, 6]", "age = [5, 12]", "years and months, such as [6, 6]"),
    ("before = [6, 6]", "before = [5, 0]", "must be a later age"),
    ('from = ["home"]', 'from = ["hom"]', "“hom” is not known; did you mean “home”?"),
    ('to = ["kindergarten"]', 'to = ["kindergartn"]', "did you mean “kindergarten”?"),
    ('procedure = "transition"', 'procedure = "tranzition"', "The procedure “tranzition” is not known"),
    ('move = "family_kindergarten"', 'move = "family_kindergarden"', "The move of “transition” “family_kindergarden”"),
    ('receiver = "receiver"', 'receiver = "reciever"', "The part “reciever” is not known"),
    ('done = ["settling"]', 'done = ["setling"]', "The step “setling” is not known"),
    ('plan = "transition"\nmove = "family', 'move = "family', "name the procedure in `plan`"),
    ('key = "centre_kindergarten"', 'key = "family_kindergarten"', "There are two passages"),
    ("begin = 8", "begins = 8", "`begins` is not known here; did you mean “begin”?"),
]


@pytest.mark.parametrize(("old", "new", "said"), FAULTS)
def test_mistakes_in_plain_words(old: str, new: str, said: str) -> None:
    folder = settings.PACKS_DIR / "rs"
    text = (folder / "passages.toml").read_text()
    kinds = tomllib.loads((settings.PACKS_DIR / "common" / "organisation_kinds.toml").read_text())
    procedures = {"transition": tomllib.loads((folder / "procedures" / "transition.toml").read_text())}
    assert check_passages(text, kinds, procedures) == []
    assert old in text
    found = check_passages(text.replace(old, new, 1), kinds, procedures)
    assert any(said in str(one) for one in found), [str(one) for one in found]


# ---------------------------------------------------------------- with a database


class Place:
    """A kindergarten (Iva's), a centre (Rada's) and the school (Ana's) of the world; today is 26 November 2026."""

    def __init__(self, world: World) -> None:
        self.world = world
        for name, kind in (("kindergarten", "kindergarten"), ("centre", "early_growth_centre")):
            world.organisations[name] = places.organisation(name, kind=places.kind(kind), code=f"w-{name}")
        for who, at, name in (("iva", "kindergarten", "Ива Станић"), ("rada", "centre", "Рада Лукић")):
            world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
            places.Post.objects.create(
                account=world.accounts[who], organisation=world.organisations[at],
                role_id="school-associate", since=date(2020, 1, 1),
            )  # fmt: skip
        path = settings.PACKS_DIR / "rs" / "procedures" / "transition.toml"
        load_definition(tomllib.loads(path.read_text()), by=None, key="transition", country="RS")

    def child(
        self, name: str, born: date | None = date(2020, 5, 4), at: str = "kindergarten", group: str = ""
    ) -> Child:
        child = self.world.child(name, "Њежић", born or TODAY, registered_by=self.world.organisations[at])
        Child.objects.filter(pk=child.pk).update(birth_date=born)
        Tie.objects.filter(child=child).update(since=date(2026, 1, 1))
        self.enrol(child, at, group)
        return child

    def enrol(self, child: Child, at: str, group: str = "", since: date = date(2026, 9, 1)) -> None:
        Enrolment.objects.create(
            child=child,
            organisation=self.world.organisations[at],
            school_year=since.year,
            class_name=group,
            since=since,
        )

    def begin(self, child: Child, *moves: str, who: str = "iva", at: str = "kindergarten") -> Any:
        by = self.world.actor(who)
        own = self.world.organisations[at]
        case = open_case(by=by, child=child, keeper=own, procedure="transition", initiator="institution",
                         initiated_by=own)  # fmt: skip
        for move in moves:
            self.move(case, move)
        return case

    def move(self, case: Any, move: str) -> None:
        by = self.world.actor("iva")
        move_case(by=by, uuid=case.uuid, move=move, seen=find(by, case.uuid).case.moves_made)

    def lines(self, who: str = "iva") -> list[Line]:
        with acting(RUNTIME, self.world.accounts[who].pk):
            return radar(self.world.actor(who))


@pytest.fixture
def place(world: World) -> Any:
    with clock.on(TODAY):
        yield Place(world)


def only(lines: list[Line]) -> Line:
    (line,) = lines
    return line


@pytest.mark.django_db
def test_from_no_plan_to_a_plan(place: Place) -> None:
    child = place.child("Ива")
    line = only(place.lines())
    assert (line.child, line.state, line.lacks_plan, line.lacks_place) == (child, State.NONE, True, True)
    assert line.sender == place.world.organisations["kindergarten"].pk
    case = place.begin(child)
    line = only(place.lines())
    assert (line.case, line.state) == (case, State.NONE)  # which passage is not chosen yet
    place.move(case, "kindergarten_school")
    line = only(place.lines())
    assert (line.case, line.state, line.lacks_plan, line.lacks_place) == (case, State.BEGUN, False, True)


@pytest.mark.django_db
def test_asked_accepted_and_past(place: Place) -> None:
    child = place.child("Ива")
    case = place.begin(child, "kindergarten_school")
    school = place.world.organisations["school"]
    tie = Tie.objects.create(
        child=child, organisation=school, purpose="transition", since=TODAY, fields=["identity", "enrolment"]
    )
    case.participants.create(tie=tie, key=school.pk, part="receiver")
    line = only(place.lines())
    assert (line.state, line.receiver, line.placed) == (State.ASKED, school.pk, False)
    assert only(place.lines("ana")).sender == place.world.organisations["kindergarten"].pk  # the other side sees it too
    type(case).objects.filter(pk=case.pk).update(step="preparing")
    line = only(place.lines())
    assert (line.state, line.receiver, line.lacks_place) == (State.ACCEPTED, school.pk, False)
    type(case).objects.filter(pk=case.pk).update(step="settling")
    Enrolment.objects.filter(child=child).update(until=TODAY)
    with clock.on(date(2026, 11, 27)):
        place.enrol(child, "school", "I-1", date(2026, 11, 27))
        assert place.lines() == []


@pytest.mark.django_db
def test_enrolled_already_is_a_place_but_no_plan(place: Place) -> None:
    child = place.child("Ива")
    place.enrol(child, "school", "I-1", date(2027, 9, 1))
    line = only(place.lines())
    assert (line.receiver, line.placed, line.lacks_plan) == (place.world.organisations["school"].pk, True, True)


@pytest.mark.django_db
def test_a_plan_alone_puts_a_child_on_the_list(place: Place) -> None:
    child = place.child("Без датума", born=None)
    assert place.lines() == []
    place.begin(child, "between_places")
    line = only(place.lines())
    assert (line.met.passage.key, line.met.on, line.met.why) == ("between_places", None, Why.PLAN)
    Child.objects.filter(pk=child.pk).update(birth_date=date(2020, 5, 4))
    found = {one.met.passage.key: (one.state, one.case is None) for one in place.lines()}
    assert found == {"kindergarten_school": (State.NONE, True), "between_places": (State.BEGUN, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [["identity"], ["enrolment"], ["contact"]])
def test_without_name_and_enrolment_nobody_is_seen(place: Place, fields: list[str]) -> None:
    child = place.child("Ива")
    assert place.lines("ana") == []
    Tie.objects.filter(child=child).update(fields=fields)
    assert place.lines() == []


@pytest.mark.django_db
def test_two_files_of_one_child_are_one_line(place: Place) -> None:
    first, second = place.child("Ива"), place.child("Iva", born=None, at="kindergarten", group="Пчелице")
    third = place.child("Мина")
    alias = Alias.objects.create(child=second, same_as=first, why="name_and_birth")
    assert {line.child for line in place.lines()} == {first, third}
    alias.state, alias.decided_by, alias.decided_on = Alias.State.CONFIRMED, 1, clock.now()
    alias.save()
    place.begin(second, "kindergarten_school")
    found = {line.child.given_name: line.state for line in place.lines()}
    assert sorted(found.values()) == [State.BEGUN, State.NONE]
    assert len(found) == 2


@pytest.mark.django_db
def test_who_goes_nowhere_leaves_the_service_that_knows_them(place: Place) -> None:
    place.child("Ива", born=date(2023, 5, 4), at="centre")
    Enrolment.objects.all().delete()
    assert place.lines() == []
    line = only(place.lines("rada"))
    assert (line.met.passage.key, line.sender) == ("centre_kindergarten", place.world.organisations["centre"].pk)


@pytest.mark.django_db
def test_what_it_is_narrowed_by(place: Place) -> None:
    place.begin(place.child("Ива"), "kindergarten_school")
    place.child("Мина")
    place.child("Лука", born=date(2012, 5, 4), at="school", group="VIII-1")
    (mine,) = (line for line in place.lines() if line.child.given_name == "Мина")
    lines = place.lines()

    def fitting(**by: str) -> list[str]:
        return [one.child.given_name for one in lines if Sought(**by).fits(one)]

    assert fitting(lacks="plan") == ["Мина"]
    assert sorted(fitting(lacks="place")) == ["Ива", "Мина"]
    assert fitting(passage="class_subject") == fitting(month="2027-08") == []
    assert len(fitting(month="2027-09", passage="kindergarten_school")) == 2
    assert [one.met.passage.key for one in place.lines("ana")] == ["primary_secondary"]
    assert overdue(lines, date(2026, 12, 31)) == []
    assert overdue(lines, date(2027, 1, 1)) == [mine]


@pytest.mark.django_db
def test_looking_is_in_the_trail_and_not_for_everybody(place: Place) -> None:
    look_ahead(by=place.world.actor("iva"), taken=True)
    assert AuditEntry.objects.filter(verb="children.search", detail__taken=True).count() == 1
    with pytest.raises(Refused):
        look_ahead(by=place.world.actor("eva"))


@pytest.mark.django_db
def test_many_children_cost_no_more_queries(place: Place) -> None:
    counts = []
    for number in (2, 25):
        for at in range(number):
            place.begin(place.child(f"Име{number}-{at}"), "kindergarten_school")
        with CaptureQueriesContext(connection) as queries:
            assert len(place.lines()) >= number
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16
