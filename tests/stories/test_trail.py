"""Who has looked at a child stands in the trail; nothing of the child does, and the chain holds."""

import json
import re
from uuid import UUID

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.stories.addresses import Route, routes
from tests.stories.test_access import INSIDERS
from tests.stories.town import NUMBER, Town
from zajedno.access.models import AuditEntry
from zajedno.access.queries.audit import verify

pytestmark = [pytest.mark.django_db, pytest.mark.pages]  # opens every page of a child
# No files: lists, which name the children one works with as "My work" does; a calendar, which names none; one's own
# words in a half-written request; the rows of a register that one has sent in oneself; who is on one's phone; the
# cases that one has chosen oneself for the same act; what an institution's report is saved as: released figures.
NO_FILES = re.compile(
    r"/panel/sittings/%\(uuid\)s/(calendar\.ics)?|/work/request/%\(uuid\)s/.*|/\w+/(register|marks)/%\(uuid\)s/(\w+/)?"
    r"|/work/field/%\(uuid\)s/(add/)?|/work/bulk/%\(uuid\)s/.*"
    r"|/\w+/(school-)?report/%\(office\)s/year/%\(year\)s/(issued/%\(report\)s/(read/|report\.\w+)?|report\.\w+)"
)


def opened(town: Town, who: str, method: str, address: str, **sent: str) -> tuple[HttpResponse, list[AuditEntry]]:
    """The answer, and what its reading left in the trail."""
    last = AuditEntry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with transaction.atomic():
        response: HttpResponse = getattr(town.client(who), method)(address, sent)
        entries = list(AuditEntry.objects.filter(id__gt=last, account=town.world.accounts[who].pk))
        transaction.set_rollback(True)
    return response, entries


def is_file(route: Route) -> bool:
    return route.is_of_a_child and not NO_FILES.fullmatch(route.text)


OPENED = ("child/uuid", "case/uuid", "register/uuid", "marks/uuid", "held/uuid", "arrivals/uuid", "classes/group")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "who", [who for who in INSIDERS if who != "filip"]
)  # his desk is another: tests/web/test_family
def test_every_page_of_a_file_that_is_shown_is_written_down(town: Town, who: str, method: str) -> None:
    files = {str(real) for place, real in town.ids.items() if place.endswith(OPENED)}
    files.add(str(town.later.case.uuid))
    unwritten, seen = [], 0
    for route in filter(is_file, routes()):
        response, entries = opened(town, who, method, route.filled(town.ids))
        if town.shows(response):
            seen += 1
            if not {entry.subject for entry in entries} & files:
                unwritten.append(str(route))
    assert seen > 10
    assert not unwritten, "\n".join(unwritten)


READINGS = {
    "child": ("ana", "/work/child/{child/uuid}/", "children.open_file"),
    "case": ("hana", "/work/case/{case/uuid}/history/", "casework.open_case_file"),
    "paper": ("csaba", "/work/case/{case/uuid}/papers/{papers/paper}/", "casework.read_paper"),
    "letter": ("ana", "/work/case/{case/uuid}/letters/{letters/letter}/", "casework.read_letter"),
    "word": ("csaba", "/work/case/{case/uuid}/letters/{letters/letter}/word/", "casework.read_letter"),
    "likeness": ("csaba", "/panel/register/{panel/register/uuid}/row/{panel/register/row/number}/", "children.compare"),
}


@pytest.mark.parametrize("what", READINGS)
def test_each_reading_has_its_own_verb_person_and_institution(town: Town, what: str) -> None:
    who, address, verb = READINGS[what]
    response, entries = opened(town, who, "get", town.at(address))
    assert response.status_code == 200
    entry = next(one for one in entries if one.verb == verb)
    assert UUID(entry.subject) in (town.child.uuid, town.case.uuid)
    assert entry.account == town.world.accounts[who].pk
    assert entry.organisation == town.world.actor(who).seats[0].organisation


def test_nothing_is_written_of_a_foreign_file(town: Town) -> None:
    for address in (f"/work/child/{town.child.uuid}/", f"/work/case/{town.case.uuid}/"):
        assert opened(town, "milica", "get", address)[1] == []


@pytest.mark.parametrize("asked", [{"text": "Ђурђица Џиновић"}, {"number": NUMBER}, {"born": "2016-05-04"}])
def test_a_search_is_written_down_without_its_words(town: Town, asked: dict[str, str]) -> None:
    for who, found in (("ana", 1), ("milica", 0)):
        _page, entries = opened(town, who, "post", "/work/search/", **asked)
        search = next(one for one in entries if one.verb == "children.search")
        assert search.detail["found"] == found
        assert search.subject == ""
        assert not town.traces(json.dumps([one.detail for one in entries], ensure_ascii=False))


def test_taking_a_register_out_is_written_down(town: Town) -> None:
    _file, entries = opened(town, "csaba", "post", "/panel/register/export/", kind="csv", script="sr")
    assert [(one.verb, one.detail) for one in entries] == [("casework.export_register", {"rows": 2, "kind": "csv"})]


def test_the_trail_holds_no_child_and_its_chain_holds(town: Town) -> None:
    """After all that has happened in the town, and after somebody has opened every page."""
    for who in INSIDERS:
        client = town.client(who)
        for route in filter(is_file, routes()):
            client.get(route.filled(town.ids))
        client.post("/work/search/", {"text": "Ђурђица Џиновић", "number": NUMBER})
    entries = list(AuditEntry.objects.all())
    assert len(entries) > 200
    told = [f"{one.verb} {one.noun} {one.subject} {json.dumps(one.detail, ensure_ascii=False)}" for one in entries]
    assert [line for line in told if town.traces(line)] == []
    verified = verify()
    assert (verified.entries, verified.broken) == (len(entries), None)
