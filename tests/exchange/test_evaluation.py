"""Who came says how it was: once, from the first day on, and apart from who they are. What people need."""

from datetime import timedelta

import pytest

from tests.exchange.gathering_world import Gatherings
from tests.exchange.test_practice import JPEG
from zajedno.exchange.actions import evaluation, gathering_file, registration
from zajedno.exchange.enums import Asked
from zajedno.exchange.models import Evaluation, GatheringFile, Registration
from zajedno.exchange.queries import registration as queries
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused

pytestmark = pytest.mark.django_db
MARKS = dict.fromkeys(Asked.values, 4)


def link(g: Gatherings, row: Registration) -> dict[str, object]:
    return {"slug": g.gathering.slug, "uuid": row.uuid, "token": queries.token(row)}


def test_once_and_from_the_first_day(gatherings: Gatherings) -> None:
    g, row = gatherings, gatherings.come("ana")
    with pytest.raises(Refused, match="early"):
        evaluation.evaluate(**link(g, row), marks=MARKS)  # type: ignore[arg-type]
    with clock.on(g.gathering.begins_on):
        with pytest.raises(Refused, match="marks"):
            evaluation.evaluate(**link(g, row), marks=MARKS | {"whole": 6})  # type: ignore[arg-type]
        with pytest.raises(NotFound):
            evaluation.evaluate(**link(g, row) | {"token": "00"}, marks=MARKS)  # type: ignore[arg-type]
        evaluation.evaluate(**link(g, row), marks=MARKS, changes="Почињемо раније.")  # type: ignore[arg-type]
        with pytest.raises(Overtaken):
            evaluation.evaluate(**link(g, row), marks=MARKS)  # type: ignore[arg-type]
    kept = Evaluation.objects.get()
    assert {field.name for field in kept._meta.get_fields()} == {"id", "gathering", "marks", "changes", "remarks"}


def test_who_waits_is_not_asked(gatherings: Gatherings) -> None:
    g = gatherings
    rows = [g.come(who) for who in ("ana", "bojan", "ceca")]
    with clock.on(g.gathering.begins_on + timedelta(days=1)), pytest.raises(Refused, match="early"):
        evaluation.evaluate(**link(g, rows[-1]), marks=MARKS)  # type: ignore[arg-type]


def test_needs_are_sealed_counted_and_changed(gatherings: Gatherings) -> None:
    g = gatherings
    row = g.come("ana", kinds=("sign", "food"), needs="без глутена")
    assert b"glut" not in bytes(row.needs)
    assert queries.needed(row) == (["sign", "food"], "без глутена")
    registration.change_needs(**link(g, row), kinds=["steps"], needs="")  # type: ignore[arg-type]
    row.refresh_from_db()
    assert row.state == "confirmed"
    assert [many for _kind, many in queries.counted(queries.coming(g.gathering))] == [1]
    with pytest.raises(Refused, match="kinds"):
        registration.change_needs(**link(g, row), kinds=["magic"], needs="")  # type: ignore[arg-type]


def test_pictures_come_bare_and_go(gatherings: Gatherings) -> None:
    g = gatherings
    told = {"name": "a.jpg", "media_type": "image/jpeg", "content": JPEG, "alternative": "Сала", "consent": "Нема људи"}
    with g.at_work("edita") as by:
        made = gathering_file.add_file(by=by, gathering=g.gathering, **told)
        assert b"GPS" not in bytes(made.content)
        with pytest.raises(Refused, match="consent"):
            gathering_file.add_file(by=by, gathering=g.gathering, **told | {"consent": " "})
        gathering_file.remove_file(by=by, gathering=g.gathering, file=made.uuid)
    assert bytes(GatheringFile.objects.get().content) == b""
    with g.at_work("strana") as by, pytest.raises(NotPermitted):
        gathering_file.add_file(by=by, gathering=g.gathering, **told)
