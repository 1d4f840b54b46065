"""Champions: every constraint is broken once; consent, jury, decision and what is left after a no."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from tests.exchange.award_world import NURSE, SITE, Champions, like
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.exchange.actions import award, nomination
from zajedno.exchange.actions.score import declare, score
from zajedno.exchange.enums import Consent, CycleState
from zajedno.exchange.logic.award import Unreadable, mean, named, reads_as_child
from zajedno.exchange.models import AwardCategory, AwardCriterion, Conflict, Cycle, Honour, Juror, Nomination, Score
from zajedno.exchange.models.nomination import TOLD
from zajedno.exchange.queries import nomination as nominations
from zajedno.exchange.queries.award import champion, find, means, visible_to, wall
from zajedno.exchange.queries.conflict import in_conflict
from zajedno.kernel import clock
from zajedno.kernel.clock import today
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def champions(world: World) -> Champions:
    return Champions(world)


def refused(row: Any, **fields: Any) -> None:
    """The database itself does not take these values."""
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**fields)


# Constraints


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": "two"},
        {"titles": {}},
        {"closes_on": today() - DAY},
        {"decided_on": today() + 20 * DAY},
        {"decided_by": 1},
        {"decided_on": today(), "decided_by": 1},
        {"published_on": today()},
        {"decided_on": today() + 20 * DAY, "decided_by": 1, "published_on": today() + 19 * DAY},
    ],
)
def test_a_cycle_that_makes_no_sense(champions: Champions, fields: dict[str, Any]) -> None:
    refused(champions.cycle, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"consent": "asked"},
        {"consent": "given", "asked_on": clock.now()},
        {"consent": "withdrawn", "asked_on": clock.now(), "answered_on": clock.now()},
        {"asked_on": clock.now()},
        {"consent": "asked", "asked_on": clock.now(), "confirmed_on": None},
        {"nominee": ""},
        {"story": ""},
        {"nominee_email": ""},
        {"set_aside_on": clock.now()},
        {"adult": False},
        {"kind": "child"},
        {"nominator_name": ""},
        {"nominator_email": ""},
    ],
)
def test_a_nomination_that_makes_no_sense(champions: Champions, fields: dict[str, Any]) -> None:
    row = champions.add()
    start = {"consent": Consent.NONE, "asked_on": None, "answered_on": None}
    Nomination.objects.filter(pk=row.pk).update(**start)
    refused(row, **fields)


def test_a_nominator_is_an_account_or_an_address_not_both(champions: Champions) -> None:
    refused(champions.add(), nominator=champions.world.accounts["ana"])


@pytest.mark.parametrize("consent", [Consent.REFUSED, Consent.WITHDRAWN])
@pytest.mark.parametrize("field", TOLD)
def test_nothing_is_kept_against_the_will(champions: Champions, consent: Consent, field: str) -> None:
    row, now = champions.agreed(), clock.now()
    empty: dict[str, Any] = dict.fromkeys(TOLD, "") | {"consent_hash": None, "organisation": None, "territory": None}
    days = {"consent": consent, "withdrawn_on": now if consent == Consent.WITHDRAWN else None}
    refused(row, **days, **empty | {field: "x"})
    refused(row, **days, **empty | {"consent_hash": b"x"})


def test_once_is_once(champions: Champions) -> None:
    (juror,) = champions.jury("jura")
    row = champions.agreed()
    champions.score("jura", row, 5, 5)
    honour = Honour.objects.create(cycle=champions.cycle, nomination=row, slug="a", plaque=1)
    first = champions.cycle.criteria.first()
    other = champions.add(like(email="b@demo.invalid"))
    AwardCategory.objects.create(cycle=champions.cycle, position=0, labels={"sr": "а"})
    Conflict.objects.create(nomination=other, juror=juror, said_by=1)
    for model, fields in (
        (Juror, {"cycle": champions.cycle, "account": juror.account, "named_by": 1, "named_on": today()}),
        (Score, {"nomination": row, "juror": juror, "criterion": first, "value": 9}),
        (Honour, {"cycle": champions.cycle, "nomination": row, "slug": "b", "plaque": 2}),
        (Honour, {"cycle": champions.cycle, "nomination": other, "slug": "a", "plaque": 2}),
        (Honour, {"cycle": champions.cycle, "nomination": other, "slug": "b", "plaque": 1}),
        (AwardCriterion, {"cycle": champions.cycle, "position": 0, "labels": {"sr": "а"}}),
        (AwardCriterion, {"cycle": champions.cycle, "position": 9, "labels": {"sr": "а"}, "weight": 0}),
        (AwardCategory, {"cycle": champions.cycle, "position": 0, "labels": {"sr": "б"}}),
        (Conflict, {"nomination": other, "juror": juror, "said_by": 1}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.create(**fields)
    refused(honour, plaque=0)


def test_a_score_is_from_0_to_10_of_one_cycle_and_of_nobody_in_conflict(champions: Champions) -> None:
    (juror,) = champions.jury("jura")
    row, other = champions.agreed(), champions.agreed(like(email="b@demo.invalid"))
    champions.score("jura", row, 5, 5)
    refused(Score.objects.first(), value=11)
    strange = champions.open().criteria.first()
    refused(Score.objects.first(), criterion=strange)
    Conflict.objects.create(nomination=other, juror=juror, said_by=1)
    refused(Score.objects.first(), nomination=other)


# A cycle


def test_only_who_holds_the_verb_there_opens_one(champions: Champions) -> None:
    for who, at in (("jura", "school"), ("dino", "ngo"), ("edita", "school")):
        with champions.at_work(who) as by, pytest.raises(NotPermitted):
            award.open_cycle(
                by=by, organisation=champions.world.organisations[at].pk, titles={"sr": "а"}, mode="one",
                opens_on=today(), closes_on=today(), criteria="а",
            )  # fmt: skip
    assert AuditEntry.objects.get(verb="exchange.award").detail == {"mode": "one"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"titles": {"sr": " "}}, "title"),
        ({"opens_on": today() - DAY}, "days"),
        ({"closes_on": today() - DAY}, "days"),
        ({"criteria": " \n"}, "criteria"),
        ({"criteria": "Ефекат = 0"}, "lines"),
        ({"criteria": "= 3"}, "lines"),
        ({"mode": "by_category"}, "categories"),
    ],
)
def test_a_cycle_is_refused_with_what_is_wrong(champions: Champions, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as told:
        champions.open(**fields)
    assert told.value.code == code


def test_its_state_follows_from_the_days(champions: Champions) -> None:
    row = champions.cycle
    days = (row.opens_on - DAY, row.opens_on, row.closes_on, row.closes_on + DAY)
    assert [row.state(day) for day in days] == ["ahead", "open", "open", "judged"]
    later = row.closes_on + 5 * DAY
    with champions.at_work("edita") as by:
        award.prolong(by=by, cycle=row, closes_on=later)
    row.refresh_from_db()
    assert row.state(later) == CycleState.OPEN


def test_others_find_no_cycle(champions: Champions) -> None:
    champions.jury("jura")
    for who, seen in (("edita", 1), ("jura", 1), ("nada", 0), ("ana", 0)):
        with champions.at_work(who) as by:
            assert visible_to(by).count() == seen, who
    with champions.at_work("nada") as by, pytest.raises(NotFound):
        find(by, champions.cycle.uuid)


# Nominations and consent


def test_a_stranger_confirms_before_the_nominee_is_written_to(champions: Champions) -> None:
    with acting(EXCHANGE):
        row = nomination.nominate(
            cycle=champions.cycle.uuid, said=NURSE, language="bs", site=SITE, name="С", email="S@Demo.invalid"
        )
    assert list(Message.objects.filter(account=None).values_list("address", flat=True)) == ["s@demo.invalid"]
    token = champions.to(row)
    with acting(EXCHANGE):
        nomination.confirm(token=token, site=SITE)
        with pytest.raises(NotFound):
            nomination.confirm(token=token, site=SITE)
    assert Message.objects.filter(address=NURSE.email).count() == 1
    assert Nomination.objects.get().consent == Consent.ASKED


def test_who_has_an_account_needs_no_letter(champions: Champions) -> None:
    with champions.at_work("ana") as by:
        row = nomination.nominate(cycle=champions.cycle.uuid, said=NURSE, language="sr", site=SITE, by=by)
    assert (row.nominator_id, row.consent) == (by.account, Consent.ASKED)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"adult": False}, "child"),
        ({"role": "ученица петог разреда"}, "child"),
        ({"nominee": "učenik Marko"}, "child"),
        ({"nominee": "Марко, 12 година"}, "child"),
        ({"kind": "group", "nominee": "Марко Марковић и другари"}, "names"),
        ({"story": "Дете 0405016825018 је ишло у вртић."}, "number"),
        ({"story": " "}, "empty"),
        ({"category": 7}, "category"),
    ],
)
def test_a_child_is_no_champion_and_in_no_text(champions: Champions, fields: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as told:
        champions.add(like(**fields))
    assert told.value.code == code
    assert not Nomination.objects.exists()


def test_an_adult_who_works_with_children_is(champions: Champions) -> None:
    for number, role in enumerate(("педагог за ученике", "учитељица, 12 година искуства", "dječja nurse")):
        champions.add(like(role=role, email=f"{number}@demo.invalid"))
    champions.add(like(kind="group", nominee="Вршњачки тим школе у Тутину", adult=False, email="d@demo.invalid"))


def test_only_while_it_is_open(champions: Champions) -> None:
    row = champions.add(email="late@demo.invalid")
    with clock.on(champions.cycle.closes_on + DAY), pytest.raises(NotFound):
        champions.add()
    assert champions.agree(row)  # the answer may come later


def test_a_stranger_cannot_fill_a_box_with_letters(champions: Champions) -> None:
    fields = {"cycle": champions.cycle.uuid, "language": "sr", "site": SITE, "name": "С", "email": "s@demo.invalid"}
    for number in range(3):
        nomination.nominate(said=like(email=f"{number}@demo.invalid"), **fields)
    with pytest.raises(Refused):
        nomination.nominate(said=like(email="3@demo.invalid"), **fields)
    rows = [champions.add(email=f"n{number}@demo.invalid") for number in range(5)]
    assert Message.objects.filter(address=NURSE.email).count() == 3
    assert sum(row.set_aside_on is not None for row in rows) == 2


def test_who_refused_is_not_asked_again_and_nothing_is_left(champions: Champions) -> None:
    row = champions.add()
    with acting(EXCHANGE):
        nomination.refuse(token=champions.to(row))
    again = champions.add(email="drugi@demo.invalid")
    for one in Nomination.objects.all():
        assert {getattr(one, field) for field in TOLD} == {""}
    assert again.set_aside_on
    assert not Message.objects.filter(address=NURSE.email).exists()  # nor is what was written before still sent


def test_a_link_works_once_and_the_next_one_withdraws(champions: Champions) -> None:
    row = champions.add()
    asked = champions.to(row)
    token = champions.agree(row)
    assert champions.to(row, "agreed") == token
    with acting(EXCHANGE), pytest.raises(NotFound):
        nomination.agree(token=asked, site=SITE)
    with acting(EXCHANGE):
        with pytest.raises(Overtaken):
            nomination.refuse(token=token)
        nomination.withdraw(token=token)
        with pytest.raises(NotFound):
            nomination.withdraw(token=token)
    row.refresh_from_db()
    assert (row.consent, bool(row.answered_on), bool(row.withdrawn_on)) == (Consent.WITHDRAWN, True, True)


def test_what_nobody_confirmed_goes(champions: Champions) -> None:
    nomination.nominate(
        cycle=champions.cycle.uuid, said=NURSE, language="sr", site=SITE, name="С", email="s@demo.invalid"
    )
    assert nomination.drop_unconfirmed() == 0
    with clock.on(today() + 15 * DAY):
        assert nomination.drop_unconfirmed() == 1


# The jury


def test_a_ballot_cannot_be_stuffed(champions: Champions) -> None:
    champions.jury("jura")
    champions.jury("jura")
    row = champions.agreed()
    for value in (3, 10, 8):
        champions.score("jura", row, value, value)
    assert Score.objects.count() == 2
    assert means(Cycle.objects.get()) == {row.pk: (Decimal("8.00"), 1)}
    keys = list(champions.cycle.criteria.values_list("pk", flat=True))
    with champions.at_work("jura") as by:
        for values in ({keys[0]: 5}, {keys[0]: 5, keys[1]: 11}, {keys[0]: 5, keys[1]: 5, 0: 5}):
            with pytest.raises(Refused):
                score(by=by, nomination=row, values=values)


def test_only_the_jury_scores_and_only_who_agreed(champions: Champions) -> None:
    champions.jury("jura")
    row = champions.add()
    with pytest.raises(Overtaken):
        champions.score("jura", row, 5, 5)
    champions.agree(row)
    with pytest.raises(NotFound):
        champions.score("nada", row, 5, 5)
    with pytest.raises(NotPermitted):
        champions.score("ana", row, 5, 5)


def test_nobody_scores_their_own_institution_and_sums_are_over_the_rest(champions: Champions) -> None:
    champions.jury("jura", "nada")
    near = champions.agreed(like(institution="DOM ZDRAVLJA Subotica"))  # Nada's, in the other script
    assert near.organisation == champions.world.organisations["health"]
    with pytest.raises(Refused) as told:
        champions.score("nada", near, 10, 10)
    assert told.value.code == "conflict"
    champions.score("jura", near, 6, 2)
    far = champions.agreed(like(email="b@demo.invalid", institution="Далеко"))
    champions.score("nada", far, 10, 10)
    champions.score("jura", far, 0, 4)
    assert means(champions.cycle) == {near.pk: (Decimal("5.00"), 1), far.pk: (Decimal("5.50"), 2)}
    with champions.at_work("nada") as by:
        declare(by=by, nomination=far)  # she thinks of it afterwards: her scores do not count
    assert means(champions.cycle)[far.pk] == (Decimal("1.00"), 1)


def test_neither_oneself_nor_whom_one_nominated(champions: Champions) -> None:
    champions.jury("jura", "nada")
    champions.agreed(like(email="jura@demo.invalid"))
    champions.agreed(like(email="b@demo.invalid"), email="nada@demo.invalid")
    assert len(in_conflict(champions.cycle)) == 2


def test_the_organiser_may_note_a_conflict_but_not_of_another_jury(champions: Champions) -> None:
    (juror,) = champions.jury("jura")
    row = champions.agreed()
    other = champions.open()
    strange = Juror.objects.create(cycle=other, account=juror.account, named_by=1, named_on=today())
    with champions.at_work("edita") as by:
        with pytest.raises(NotFound):
            declare(by=by, nomination=row, juror=strange)
        declare(by=by, nomination=row, juror=juror)
    with pytest.raises(Refused):
        champions.score("jura", row, 5, 5)
    with champions.at_work("nada") as by, pytest.raises(NotPermitted):
        declare(by=by, nomination=row, juror=juror)


def test_whoever_has_ballots_to_fill_sees_no_sums_yet(champions: Champions) -> None:
    champions.jury("jura", "nada")
    row = champions.agreed()
    champions.score("jura", row, 5, 5)
    with champions.at_work("nada") as by:
        assert nominations.still_to_score(by, champions.cycle, {})
    with champions.at_work("jura") as by:
        assert not nominations.still_to_score(by, champions.cycle, {})


# Decision, wall, withdrawal


def test_honoured_published_withdrawn_and_gone_at_once(champions: Champions) -> None:
    row = champions.add()
    token = champions.agree(row)
    (honour,) = champions.decide(row)
    assert not wall().exists()
    champions.publish()
    assert [one.nomination.nominee for one in wall()] == [NURSE.nominee]
    assert Message.objects.filter(key=f"honour-{row.uuid}", address=NURSE.email).exists()
    with acting(EXCHANGE):
        nomination.withdraw(token=token)
    assert not wall().exists()
    with pytest.raises(NotFound):
        champion(honour.slug)
    assert Honour.objects.get().citation == ""
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(n::text, ' ') from exchange_nomination n")
        kept = cursor.fetchone()[0]
    assert not any(word in kept for word in ("Невена", "nevena", "Тутин", "саветовалиште"))


def test_decided_after_the_last_day_once_by_who_runs_it(champions: Champions) -> None:
    row = champions.agreed()
    with champions.at_work("edita") as by, pytest.raises(Refused):
        award.decide(by=by, cycle=champions.cycle, citations={row.uuid: ""})
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        award.decide(by=by, cycle=champions.cycle, citations={row.uuid: ""})
    champions.decide(row)
    with pytest.raises(Overtaken):
        champions.decide(row)
    champions.publish()
    with pytest.raises(Overtaken):
        champions.publish()


def test_only_who_agreed_is_honoured(champions: Champions) -> None:
    asked = champions.add()
    with pytest.raises(Overtaken):
        champions.decide(asked)
    with pytest.raises(Refused):
        champions.decide()


def test_one_is_one_by_category_is_one_each_and_all_is_everybody(world: World) -> None:
    champions = Champions(world)
    rows = [champions.agreed(like(email=f"{number}@demo.invalid")) for number in range(2)]
    with pytest.raises(Refused):
        champions.decide(*rows)
    champions.cycle = champions.open(mode="by_category", categories="Здравство\nОбразовање")
    one, two = champions.cycle.categories.all()
    rows = [
        champions.agreed(like(email=f"{number}@demo.invalid", category=category.pk))
        for number, category in enumerate((one, one, two))
    ]
    with pytest.raises(Refused):
        champions.decide(*rows)
    assert [honour.plaque for honour in champions.decide(rows[2], rows[0])] == [1, 2]
    champions.cycle = champions.open(mode="all")
    rows = [champions.agreed(like(email=f"{number}@demo.invalid")) for number in range(3)]
    champions.add(like(email="x@demo.invalid"))
    assert len(champions.decide(rows[1])) == 3


def test_the_organiser_takes_out_what_does_not_belong(champions: Champions) -> None:
    row, other = champions.agreed(), champions.agreed(like(email="b@demo.invalid"))
    with champions.at_work("edita") as by:
        nomination.set_aside(by=by, nomination=row)
        nomination.withdraw_for(by=by, nomination=other)
        with pytest.raises(Overtaken):
            nomination.withdraw_for(by=by, nomination=other)
    assert {one.nominee for one in Nomination.objects.all()} == {""}
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        nomination.set_aside(by=by, nomination=row)


# Plain logic


def test_lines_and_means() -> None:
    assert named("Ефекат | Efekat | Effect = 3\n\n Труд ") == [
        ({"sr": "Ефекат", "bs": "Efekat", "en": "Effect"}, 3), ({"sr": "Труд"}, 1)
    ]  # fmt: skip
    for text in ("а\n = 3", "а = 101"):
        with pytest.raises(Unreadable):
            named(text)
    assert mean([{1: 10, 2: 0}, {1: 5, 2: 5}, {1: 3}], {1: 3, 2: 1}) == Decimal("6.25")
    assert mean([], {1: 1}) is None


def test_who_reads_as_a_child() -> None:
    assert reads_as_child("девојчица Ана", "")
    assert not reads_as_child("Ана", "дефектолог")


def test_a_lost_letter_is_sent_again_once_a_day_and_the_old_link_is_dead(champions: Champions) -> None:
    row = champions.add()
    old = champions.to(row)
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        nomination.send_again(by=by, nomination=row, site=SITE)
    with champions.at_work("edita") as by:
        nomination.send_again(by=by, nomination=row, site=SITE)
        with pytest.raises(Refused) as refusal:
            nomination.send_again(by=by, nomination=row, site=SITE)
    assert refusal.value.code == "today"
    assert champions.to(row) != old
    with acting(EXCHANGE), pytest.raises(NotFound):
        nomination.agree(token=old, site=SITE)
    champions.agree(row)
    assert row.consent == Consent.GIVEN


def test_of_who_refuses_no_letter_waits_to_be_sent(champions: Champions) -> None:
    row = champions.agreed()
    assert Message.objects.filter(address=NURSE.email).exists()
    with acting(EXCHANGE):
        nomination.withdraw(token=champions.to(row, "agreed"))
    assert not Message.objects.filter(address=NURSE.email).exists()


def test_a_decision_nobody_has_read_is_taken_back_and_made_anew(champions: Champions) -> None:
    first, second = champions.agreed(), champions.agreed(like(nominee="Друга", email="druga@demo.invalid"))
    champions.decide(first)
    with champions.at_work("edita") as by:
        award.reopen(by=by, cycle=champions.cycle)
    assert not Honour.objects.exists()
    (honour,) = champions.decide(second)
    assert (honour.nomination, honour.plaque) == (second, 1)
    champions.publish()
    with champions.at_work("edita") as by, pytest.raises(Overtaken):
        award.reopen(by=by, cycle=champions.cycle)


def test_a_juror_named_by_mistake_leaves_with_every_score(champions: Champions) -> None:
    row = champions.agreed()
    wrong, right = champions.jury("jura", "nada")
    champions.score("jura", row, 1, 1)
    champions.score("nada", row, 9, 9)
    with champions.at_work("jura") as by, pytest.raises(NotPermitted):
        award.unseat(by=by, cycle=champions.cycle, seat=right.pk)
    with champions.at_work("edita") as by:
        award.unseat(by=by, cycle=champions.cycle, seat=wrong.pk)
        with pytest.raises(Overtaken):
            award.unseat(by=by, cycle=champions.cycle, seat=wrong.pk)
    assert means(champions.cycle)[row.pk] == (Decimal("9.00"), 1)
