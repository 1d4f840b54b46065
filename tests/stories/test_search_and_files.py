"""What goes out of the house as lists, files and letters goes only to who may have it; and nobody brings in a register
for whom that is no work."""

import argparse
from io import BytesIO
from pathlib import Path

import pytest
from django.http import HttpResponse
from openpyxl import load_workbook

from tests.stories.test_access import OUTSIDERS, is_log_in
from tests.stories.town import CHILDREN, NUMBER, REQUESTS, Town
from zajedno.casework.models import CaseBatch
from zajedno.children.actions.file import break_glass, export_file
from zajedno.children.models import Child, ChildBatch
from zajedno.kernel import clock
from zajedno.kernel.refusal import Refused
from zajedno.site.command import imports
from zajedno.site.trouble import Trouble

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # lists and files are fetched from their pages
SEARCHES = (
    {"text": "Ђурђица Џиновић"},
    {"text": "djurdjica dzinovic"},
    {"text": "Džinovič", "wider": "on"},
    {"number": NUMBER},
    {"born": "2016-05-04"},
    {"text": "Ђурђица", "born": "2016-05-04", "number": NUMBER, "wider": "on"},
)


@pytest.mark.parametrize("asked", SEARCHES, ids=lambda asked: "-".join(asked))
def test_a_search_finds_a_child_for_its_school_and_for_nobody_else(town: Town, asked: dict[str, str]) -> None:
    assert f"/work/child/{town.child.uuid}/" in town.visit("ana", "post", "/work/search/", **asked).content.decode()
    typed = town.traces(" ".join(asked.values())) | town.traces("4.5.2016. 4. 5. 2016." if "born" in asked else "")
    for who in OUTSIDERS:
        found = town.visit(who, "post", "/work/search/", **asked)
        assert found.status_code in (200, 403) or is_log_in(found), who
        assert town.traces(found.content.decode()) <= typed, who
        assert "/work/child/" not in found.content.decode(), who


@pytest.mark.parametrize("page", ["", "transitions.csv"])
def test_a_passage_ahead_is_seen_by_the_childs_school_and_by_nobody_else(town: Town, page: str) -> None:
    assert "Џиновић" in town.visit("ana", "get", f"/work/transitions/{page}").content.decode()
    for who in OUTSIDERS:
        found = town.visit(who, "get", f"/work/transitions/{page}")
        assert found.status_code in ((403, 404) if page else (200, 403)) or is_log_in(found), who
        assert not town.traces(found.content.decode()), who


@pytest.mark.parametrize(("method", "desk"), [("post", "/work/"), ("get", "/panel/cases/")])
@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_registry_number_of_another_leads_nowhere(town: Town, who: str, method: str, desk: str) -> None:
    real, invented = (town.visit(who, method, desk, number=one) for one in (town.case.number, "ИРК-999/2026"))
    assert real.status_code == invented.status_code
    assert str(town.case.uuid) not in real.headers.get("Location", "") + real.content.decode()
    assert town.traces(real.content.decode()) <= {town.case.number}


def words(response: HttpResponse) -> str:
    """What stands in the file of a register."""
    if response["Content-Type"].startswith("text/"):
        return response.content.decode()
    rows = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


@pytest.mark.parametrize("script", ["sr", "sr-latn"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_register_goes_out_to_its_commission_only(town: Town, kind: str, script: str) -> None:
    def export(who: str) -> HttpResponse:
        return town.visit(who, "post", "/panel/register/export/", kind=kind, script=script)

    assert {"Ђурђица", "Џиновић", town.case.number} <= town.traces(words(export("csaba")))
    assert town.traces(words(export("zita"))) == set()
    for who in (*OUTSIDERS, "ana", "hana"):
        if who != "zita":
            answer = export(who)
            assert answer.status_code == 403 or is_log_in(answer), who


def test_a_calendar_that_leaves_the_house_names_no_child(town: Town) -> None:
    calendar = town.visit("csaba", "get", f"/panel/sittings/{town.ids['sittings/uuid']}/calendar.ics")
    assert calendar.status_code == 200
    assert town.traces(calendar.content.decode()) == set()


@pytest.mark.parametrize("who", [who for who in OUTSIDERS if who])
def test_no_verb_opens_a_foreign_file(town: Town, who: str) -> None:
    with town.at_work(who) as by:
        for ask in (
            lambda: export_file(by=by, uuid=town.child.uuid),
            lambda: break_glass(by=by, reason="Хитно је потребно.", uuid=town.child.uuid),
            lambda: break_glass(by=by, reason="Хитно је потребно.", number=NUMBER),
        ):
            with pytest.raises(Refused) as refusal:
                ask()
            assert town.traces(str(refusal.value.sentence)) == set()


@pytest.mark.parametrize("what", ["children", "requests"])
@pytest.mark.parametrize("who", ["dino", "eva", "milica", "zita", "admin", "mira"])
def test_nobody_brings_in_a_register_elsewhere(
    town: Town, who: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "register.csv"
    file.write_text({"children": CHILDREN, "requests": REQUESTS}[what].format(number=NUMBER, day=clock.today()))
    code = {"children": "w-school", "requests": "w-commission"}[what]
    counted = [model.objects.count() for model in (Child, ChildBatch, CaseBatch)]
    allowed, refused = (
        argparse.Namespace(
            what=what,
            file=file,
            organisation=code,
            email=f"{one}@demo.invalid",
            dry_run=True,
            errors=None,
            year=None,
            half=None,
        )
        for one in ({"children": "ana", "requests": "csaba"}[what], who)
    )
    with pytest.raises(Trouble) as trouble:
        imports.run(refused)
    assert town.traces(f"{trouble.value}{capsys.readouterr()}") == set()
    assert imports.run(allowed) == 0
    assert [model.objects.count() for model in (Child, ChildBatch, CaseBatch)] == counted
