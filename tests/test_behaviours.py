"""Behaviours that users of peers rely on (`../shared/behaviours.csv`): those of no single room; and has each its test?

The others stand beside what they try: `casework/test_behaviours_*.py`, `children/test_behaviours_duplicates.py`. N1,
the indicators of referral, waits for the numbers. Where a row names a status code of an API, pages answer with it too.
"""

import csv
import re
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.casework.everyday import SECRET
from tests.casework.handing import add, address, at, text
from tests.casework.test_story import Story
from tests.exchange.gathering_world import SITE, Gatherings
from tests.exchange.practice_world import MARKS, Authors
from tests.web.manage_world import PASSWORD, add_administrators
from tests.world import World
from zajedno.access.models import AuditEntry, Message
from zajedno.casework.actions.note import write_note
from zajedno.casework.models import Case, Note, Opinion
from zajedno.casework.queries.case import find, visible_to
from zajedno.children.models import Assessment, Child
from zajedno.exchange.actions import gathering as calls
from zajedno.exchange.actions import letter as letters
from zajedno.exchange.actions import programme, review
from zajedno.exchange.models import Letter, Practice, Programme, Proposal
from zajedno.exchange.queries import gathering as programmes
from zajedno.exchange.queries import review as reviews
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.kernel.spreadsheets import write_csv, write_workbook
from zajedno.places.models import Post

ROOT = Path(__file__).parents[1]
ROWS = ROOT.parent / "shared" / "behaviours.csv"
WAITING = {"N1"}
DAY = timedelta(days=1)
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"')
pytestmark = pytest.mark.django_db


@pytest.mark.skipif(not ROWS.exists(), reason="the table of behaviours is given beside the project and never shipped")
def test_every_behaviour_has_its_test() -> None:
    with ROWS.open(encoding="utf-8") as file:
        ids = {row["id"] for row in csv.DictReader(file)}
    found = re.compile(r"^def test_([A-Z]+\d+)_\w", re.MULTILINE)
    tried = {one for path in (ROOT / "tests").rglob("test_*.py") for one in found.findall(path.read_text())}
    assert len(ids) > 20
    assert ids - tried == WAITING & ids


def page(response: Any) -> str:
    """A page without what differs each time."""
    return TOKEN.sub("", text(response))


# Audit


def test_A1_reading_a_case_is_written_down_not_only_writing(world: World) -> None:
    story, ana, besa = Story(world), at(world, "ana"), at(world, "besa")
    for where, verb, subject in (
        (f"/work/case/{story.case.uuid}/", "casework.open_case_file", story.case.uuid),
        (f"/work/child/{story.child.uuid}/", "children.open_file", story.child.uuid),
    ):
        read = AuditEntry.objects.filter(verb=verb, subject=str(subject))
        assert not read.exists()
        assert besa.get(where).status_code == 404
        assert not read.exists()  # nothing was read
        for times in (1, 2):
            assert ana.get(where).status_code == 200
            assert read.count() == times
        entry = read.latest("id")
        assert (entry.account, entry.organisation) == (world.accounts["ana"].pk, world.organisations["school"].pk)
    story.move("ana", "submit")
    assert AuditEntry.objects.filter(verb="casework.move_case", subject=str(story.case.uuid)).count() == 1


def test_A2_the_trail_is_narrowed_by_user_and_period_and_closed_without_the_permission(world: World) -> None:
    add_administrators(world)
    story = Story(world)
    at(world, "ana").get(f"/work/child/{story.child.uuid}/")
    story.move("ana", "submit")
    at(world, "csaba").get(f"/work/child/{story.child.uuid}/")
    admin, today = at(world, "admin"), clock.today()

    def whose(query: str) -> set[int]:
        return {entry.account for entry in admin.get(f"/manage/audit/?{query}").context["page"]}

    ana, csaba = world.accounts["ana"].pk, world.accounts["csaba"].pk
    assert whose("") >= {ana, csaba}
    assert whose("person=ana@demo.invalid") == {ana}
    assert whose(f"person=ana@demo.invalid&since={today}&until={today}") == {ana}
    assert whose(f"person=ana@demo.invalid&until={today - DAY}") == set()
    assert whose(f"since={today + DAY}") == set()
    for who in ("ana", "hana", "dino", "eva"):
        for path in ("", "file/", "verify/"):
            assert at(world, who).get(f"/manage/audit/{path}").status_code == 403


def test_A6_log_ins_are_written_down_and_asking_for_a_password_tells_nobody_anything(world: World) -> None:
    cache.clear()
    add_administrators(world)
    known, unknown = "admin@demo.invalid", "nobody@demo.invalid"
    for email, password in ((known, "pogrešna"), (unknown, "pogrešna"), (known, PASSWORD)):
        Client().post("/login/", {"login": email, "password": password})
    entries = AuditEntry.objects.filter(verb__startswith="access.log_in").order_by("id")
    admin = world.accounts["admin"].pk
    assert [(one.verb, one.account) for one in entries] == [
        ("access.log_in_failed", admin), ("access.log_in_failed", None), ("access.log_in", admin),
    ]  # fmt: skip
    told = {
        email: [
            (answer.status_code, answer.get("Location"), page(answer).replace(email, "ADDRESS"))
            for answer in (Client().post("/account/password/reset/", {"email": email}) for _time in range(6))
        ]
        for email in (known, unknown)
    }
    assert told[known] == told[unknown]
    assert [status for status, _to, _page in told[known]] == [302] * 5 + [429]
    assert set(Message.objects.values_list("account", flat=True)) == {admin}


# Permission


def test_P1_self_group_and_organisation_reach_their_cases_and_foreign_is_as_unknown(world: World) -> None:
    add(world, "tamara", "class-teacher", "school")
    add(world, "lidija", "visiting-nurse", "health")
    story = Story(world)
    story.to_consented()
    story.move("goran", "appoint_interim_member", **{"part:interim_member": world.accounts["besa"]})
    inside = {
        "besa": "the person alone: her colleague Lidija has no part in it",
        "ana": "a post of the school that takes part",
        "csaba": "the keeper",
        "hana": "the group that decides: a member of the commission",
    }
    outside = ("lidija", "tamara", "dino", "eva")  # Tamara: of the school too, in a post that its ties do not reach
    for who in (*inside, *outside):
        with story.as_(who):
            assert visible_to(world.actor(who)).filter(pk=story.case.pk).exists() == (who in inside), who
        asked = at(world, who)
        opened, invented = (asked.get(f"/work/case/{uuid}/") for uuid in (story.case.uuid, uuid4()))
        assert (opened.status_code, invented.status_code) == (200 if who in inside else 404, 404), who
        assert (address(story.case) in text(asked.get("/work/"))) == (who in inside), who
        if who not in inside:
            assert page(opened) == page(invented), who


def test_P5_who_oversees_opens_no_case_no_note_and_no_assessment(world: World) -> None:
    """Not even from a post at the commission that keeps it. What they see instead, figures, comes with N1."""
    story = Story(world)
    story.to_deciding()
    with story.as_("csaba"):
        by = world.actor("csaba")
        write_note(by=by, file=story.file("csaba"), kind="note", text=SECRET, happened_on=by.today)
    Post.objects.create(
        account=world.accounts["eva"], organisation=world.organisations["commission"], role_id="ministry-numbers",
        since=date(2020, 1, 1),
    )  # fmt: skip
    eva, own = at(world, "eva"), find(world.actor("csaba"), story.case.uuid)
    assert SECRET in text(at(world, "csaba").get(address(story.case, "history/")))
    for rest in ("", "history/", "opinions/", "papers/", "plan/", "note/"):
        assert eva.get(address(story.case, rest)).status_code in (403, 404), rest
    for path in ("", "assessments/", "plan/"):
        assert eva.get(f"/work/child/{story.child.uuid}/{path}").status_code in (403, 404), path
    with story.as_("eva"):
        by = world.actor("eva")
        with pytest.raises(NotFound):
            find(by, story.case.uuid)
        rows = [model.objects.count() for model in (Case, Child, Note, Opinion, Assessment)]
        with pytest.raises(NotPermitted):
            write_note(by=by, file=own, kind="note", text="x", happened_on=clock.today())
    assert rows == [0] * 5
    assert not {verb for seat in by.seats for verb in seat.verbs if verb.startswith(("casework.", "children."))}


# Export


def test_E1_no_text_that_is_taken_out_can_calculate_and_numbers_stay(world: World) -> None:
    story = Story(world)
    story.to_consented()
    starts = ["=", "+", "-", "@", "|", "%", " =", "\t=", "\n+", "\u00a0@", "\x1f-"]
    for one, two, three in zip(starts[::3], starts[1::3], [*starts[2::3], "="], strict=True):
        Child.objects.update(given_name=f"{one}cmd", family_name=f"{two}cmd", address=f"{three}cmd")
        story.child.guardians.update(name="-5")
        for kind in ("csv", "xlsx"):
            answer = at(world, "csaba").post("/panel/register/export/", {"kind": kind, "script": "sr"})
            (row,) = rows_of(answer.content, kind)
            told = [cell for cell in row.values() if isinstance(cell, str) and cell.rstrip().endswith("cmd")]
            assert len(told) == 3, (kind, row)
            assert all(cell.startswith("'") for cell in told), (kind, told)
            assert str(row["родитељ"]) == "-5"
    book = write_workbook(["n", "t"], [[-5, "=1+1"]])
    assert b"<v>-5</v>" in ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert "".join(write_csv(["n"], [[-5], [-0.5]])).split() == ["\ufeffn", "-5", "-0.5"]


def rows_of(content: bytes, kind: str) -> list[dict[str, Any]]:
    """Rows of a register as they stand in the file, by heading. A workbook holds no formula."""
    if kind == "csv":
        return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
    with ZipFile(BytesIO(content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    header, *rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


# The exchange


def test_C1_each_track_of_a_call_closes_with_its_day_and_a_code_opens_that_track_alone(world: World) -> None:
    g = Gatherings(world)
    last = g.track.deadline
    with g.at_work("edita") as by:
        longer = calls.add_track(by=by, gathering=g.gathering, titles={"sr": "Радионице"}, deadline=last + DAY)
        calls.add_track(by=by, gathering=g.gathering, titles={"sr": "Плакати"}, deadline=last)
        code = calls.late_code(by=by, track=g.track)
    path, said = f"/exchange/gatherings/{g.gathering.slug}/propose/", {"abstract": "Како.", "language": "bs"}

    def sent(track: str, title: str, **more: str) -> int:
        return int(at(world, "dino").post(path, said | {"track": track, "title": title} | more).status_code)

    with clock.on(last):
        assert sent("t1", "На време") == 302
    with clock.on(last + DAY):
        assert sent("t1", "Касно") == 422
        assert sent(longer.key, "Друга писта") == 302
        assert sent("t1", "Погрешан", code="x") == 422
        assert sent("t3", "Туђ код", code=code) == 422
        assert sent("t1", "С кодом", code=code) == 302
    assert set(Proposal.objects.values_list("title", flat=True)) == {"На време", "Друга писта", "С кодом"}


def test_C2_nobody_reviews_their_own_nor_sees_other_reviews_before_writing(world: World) -> None:
    authors = Authors(world)
    row = authors.submitted()
    words = {"advice": "publish", "remarks": "Jasno i korisno."}
    with authors.at_work("edita") as by:
        asked = {post.account_id for post in reviews.candidates(by, row, authors.newest(row))}
    assert not asked & {world.accounts["dino"].pk, world.accounts["lamija"].pk}  # the author, and his colleague
    with pytest.raises(Refused):
        authors.asked(row, "lamija")
    by_who = {one.reviewer_id: one for one in authors.asked(row, "rade", "nada")}
    first, second = (by_who[world.accounts[who].pk] for who in ("rade", "nada"))
    with authors.at_work("rade") as by:
        review.write(by=by, review=first, marks=MARKS, **words)
    path = f"/exchange/reviews/{second.uuid}/"
    assert at(world, "nada").get(f"/exchange/reviews/{first.uuid}/").status_code == 404
    assert words["remarks"] not in text(at(world, "nada").get(path))
    Practice.objects.filter(pk=row.pk).update(author=world.accounts["nada"])
    with authors.at_work("nada") as by, pytest.raises(NotPermitted):  # it has become her own
        review.write(by=by, review=second, marks=MARKS, advice="publish", remarks="Moje.")
    Practice.objects.filter(pk=row.pk).update(author=world.accounts["dino"])
    with authors.at_work("nada") as by:
        review.write(by=by, review=second, marks=MARKS, advice="publish", remarks="I ja tako mislim.")
    assert words["remarks"] in text(at(world, "nada").get(path))


def test_C5_the_public_reads_the_last_release_and_names_are_used_once(world: World) -> None:
    g = Gatherings(world)
    public, desk = (
        f"/exchange/gatherings/{g.gathering.slug}/",
        f"/exchange/gathering-desk/{g.gathering.slug}/programme/",
    )
    edita, anybody = at(world, "edita"), Client(headers={"accept-language": "en"})
    slot = g.place(g.at(9), g.at(10), title="Отварање")
    assert "Отварање" not in text(anybody.get(public))  # a draft
    assert edita.post(f"{desk}release/", {"name": "1.0"}).status_code == 302
    g.place(g.at(11), g.at(12), title="Почетак", session=slot.uuid)
    assert "Отварање" in text(anybody.get(public))
    assert "Почетак" not in text(anybody.get(public))
    assert "Почетак" in text(edita.get(desk))
    assert edita.post(f"{desk}release/", {"name": " 1.0 "}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.create(
            gathering=g.gathering, content=[], released_by=world.accounts["edita"].pk, name="1.0", number=9
        )
    assert edita.post(f"{desk}release/", {"name": "1.1"}).status_code == 302
    assert "Почетак" in text(anybody.get(public))
    with g.at_work("edita") as by:
        programme.remove(by=by, gathering=g.gathering, session=slot.uuid)
    assert "Taken out: Почетак" in text(edita.get(desk))
    last = programmes.released(g.gathering)
    assert last
    assert (last.name, [row["title"] for row in last.content]) == ("1.1", ["Почетак"])


def test_C7_letters_wait_for_a_person_never_change_once_sent_and_know_their_placeholders(world: World) -> None:
    g = Gatherings(world)
    g.come("prva")
    before = Message.objects.count()
    path = f"/exchange/gathering-desk/{g.gathering.slug}/letters/"
    told, edita = {"audience": "confirmed", "subject": "Пут", "body": "{name}: {link}"}, at(world, "edita")
    for wrong in ({"body": "{lozinka}"}, {"subject": "За {name}"}):
        answer = edita.post(f"{path}new/", told | wrong)
        assert answer.status_code == 422
        assert "Nobody can fill in" in text(answer)
    assert not Letter.objects.exists()
    assert edita.post(f"{path}new/", told).status_code == 302
    row = Letter.objects.get()
    assert (row.sent_on, Message.objects.count()) == (None, before)  # it waits
    with g.at_work("edita") as by:
        changed = told | {"subject": "Пут до сале"}
        letters.write(by=by, gathering=g.gathering, letter=row.uuid, **changed)
        with pytest.raises(Refused, match="placeholder"):
            letters.write(by=by, gathering=g.gathering, letter=row.uuid, **told | {"body": "{x}"})
        assert letters.send(by=by, gathering=g.gathering, letter=row.uuid, site=SITE) == 1
        for act in (
            lambda: letters.write(by=by, gathering=g.gathering, letter=row.uuid, **told),
            lambda: letters.send(by=by, gathering=g.gathering, letter=row.uuid, site=SITE),
            lambda: letters.discard(by=by, gathering=g.gathering, letter=row.uuid),
        ):
            with pytest.raises(Overtaken):
                act()
    row.refresh_from_db()
    assert (row.subject, row.sent_to, Message.objects.count()) == ("Пут до сале", 1, before + 1)
