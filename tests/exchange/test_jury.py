"""The jury: one ballot each, no conflicts, and sums over the rest."""

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.exchange.award_world import Champions, like
from zajedno.exchange.actions import award
from zajedno.exchange.actions.score import declare, score
from zajedno.exchange.logic.award import Unreadable, mean, named
from zajedno.exchange.models import Cycle, Juror, Score
from zajedno.exchange.queries import nomination as nominations
from zajedno.exchange.queries.award import means
from zajedno.exchange.queries.conflict import in_conflict
from zajedno.kernel.clock import today
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


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


def test_lines_and_means() -> None:
    assert named("Ефекат | Efekat | Effect = 3\n\n Труд ") == [
        ({"sr": "Ефекат", "bs": "Efekat", "en": "Effect"}, 3), ({"sr": "Труд"}, 1)
    ]  # fmt: skip
    for text in ("а\n = 3", "а = 101"):
        with pytest.raises(Unreadable):
            named(text)
    assert mean([{1: 10, 2: 0}, {1: 5, 2: 5}, {1: 3}], {1: 3, 2: 1}) == Decimal("6.25")
    assert mean([], {1: 1}) is None
