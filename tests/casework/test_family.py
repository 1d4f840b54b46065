"""What a parent can do and see of the cases of their child; and what must never reach them."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.casework.family_world import Family
from tests.web.panel_world import Another
from tests.world import World
from zajedno.access.models import Message
from zajedno.casework.actions.family import add_view, answer, give_consent, withdraw_consent
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import attach_paper, write_note
from zajedno.casework.actions.reading import open_file as open_case_file
from zajedno.casework.models import Case, Move
from zajedno.casework.queries.case import find, visible_to
from zajedno.casework.queries.family import ledger, own_cases, own_file, own_offers, told_ties
from zajedno.casework.queries.family_copy import cases_told
from zajedno.children.actions.family_request import ask
from zajedno.children.actions.file import open_file
from zajedno.children.actions.search import search
from zajedno.children.actions.tie import share
from zajedno.children.models import Child, Tie
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, NotPermitted, Overtaken, Refused
from zajedno.places.queries.actor import actor_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(world: World) -> Family:
    return Family(world)


def test_a_parent_takes_part_whether_they_came_before_the_case_or_after(family: Family) -> None:
    family.comes_in()
    case = family.begin()
    family.comes_in("mother", family.mother)
    for who in ("filip", "mother"):
        with family.as_(who):
            file = own_file(family.parent(who), case.uuid)
            assert file.parts == {"parent"}
            assert {"identity", "request", "plan"} <= file.fields


def test_at_work_the_tie_of_a_parent_opens_nothing(family: Family) -> None:
    """Filip without a post, and Filip who holds one elsewhere, is a parent at the family desk alone."""
    filip = family.comes_in()
    case = family.begin()
    with acting(RUNTIME, filip.pk):
        at_work = actor_for(filip.pk, clock.today())
        assert not visible_to(at_work).exists()
        with pytest.raises(NotFound):
            find(at_work, case.uuid)
        with pytest.raises(NotPermitted):
            open_file(by=at_work, uuid=family.child.uuid)


def test_a_parent_makes_the_moves_that_are_theirs_and_no_other(family: Family) -> None:
    family.comes_in()
    case = family.begin()
    with family.as_("filip"):
        offers = {one.move.key: one.allowed for one in own_offers(own_file(family.parent(), case.uuid))}
    assert offers["submit"]
    assert offers["discard"]
    family.moved(case, "submit")
    family.moved(case, "register", "csaba", registry_number="auto")
    family.moved(case, "return_for_completion", "csaba", reason="Недостаје налаз.")
    with family.as_("filip"):
        by, seen = family.parent(), Case.objects.get(pk=case.pk).moves_made
        with pytest.raises(Overtaken):
            move_case(by=by, uuid=case.uuid, move="send_completion", seen=seen - 1)
        move_case(by=by, uuid=case.uuid, move="send_completion", seen=seen)
        with pytest.raises(NotPermitted):
            move_case(by=by, uuid=case.uuid, move="accept_as_complete", seen=seen + 1)
    row = Move.objects.filter(case=case).latest("position")
    assert (row.move, row.post, row.account) == ("send_completion", None, family.world.accounts["filip"].pk)


def test_consent_is_given_and_taken_back_and_the_procedure_stops_at_once(family: Family) -> None:
    family.comes_in()
    case = family.begin()
    family.moved(case, "submit")
    family.moved(case, "register", "csaba", registry_number="auto")
    with family.as_("csaba"):
        by = family.world.actor("csaba")
        file = find(by, case.uuid)
        write_note(by=by, file=file, kind="informed", text="Разговор.", happened_on=by.today)
        attach_paper(by=by, file=file, kind="medical", name="a.pdf", media_type="application/pdf", content=b"%PDF-1")
    family.moved(case, "accept_as_complete", "csaba")
    with family.as_("filip"):
        by = family.parent()
        consent = give_consent(by=by, file=own_file(by, case.uuid))
        seen = Case.objects.get(pk=case.pk).moves_made
        move_case(by=by, uuid=case.uuid, move="record_consent", seen=seen)
    commission = family.world.organisations["commission"].pk
    assert "opinions" in Tie.objects.get(child=family.child, organisation=commission).fields
    with family.as_("filip"):
        withdraw_consent(by=family.parent(), child=family.child.uuid, consent=consent.uuid)
    case.refresh_from_db()
    assert case.step == "consent_refused"
    assert "opinions" not in Tie.objects.get(child=family.child, organisation=commission).fields
    with family.as_("filip"), pytest.raises(Overtaken):
        withdraw_consent(by=family.parent(), child=family.child.uuid, consent=consent.uuid)


def test_the_consent_of_the_other_parent_is_theirs(family: Family) -> None:
    family.comes_in()
    family.comes_in("mother", family.mother)
    case = family.begin()
    with family.as_("mother"):
        by = family.parent("mother")
        consent = give_consent(by=by, file=own_file(by, case.uuid))
    with family.as_("filip"), pytest.raises(NotFound):
        withdraw_consent(by=family.parent(), child=family.child.uuid, consent=consent.uuid)


def test_a_view_is_kept_sealed_and_counts_as_no_hearing(family: Family) -> None:
    family.comes_in()
    case = family.begin()
    with family.as_("filip"):
        note = add_view(by=family.parent(), uuid=case.uuid, text="Воли музику.")
        with pytest.raises(Refused):
            add_view(by=family.parent(), uuid=case.uuid, text="  ")
    assert "музику" not in str(bytes(note.sealed))
    assert not case.notes.filter(kind__in=["parent", "child"]).exists()
    assert note.organisation is None


def looks(family: Family, who: str, case: Case | None = None) -> None:
    with family.as_(who):
        if case:
            open_case_file(by=family.world.actor(who), uuid=case.uuid)
        else:
            open_file(by=family.world.actor(who), uuid=family.child.uuid)


def told(family: Family, who: str = "filip") -> list[tuple[str, str]]:
    names = {account.pk: name for name, account in family.world.accounts.items()}
    with family.as_(who):
        rows, _more = ledger(family.child)
    return [(names[row.account or 0], "case" if row.case else "child") for row in rows]


def test_the_ledger_tells_who_looked_at_what_and_no_search(family: Family) -> None:
    family.comes_in()
    case = family.begin()
    family.moved(case, "submit")
    looks(family, "ana")
    looks(family, "ana")
    looks(family, "csaba", case)
    with family.as_("ana"):
        search(by=family.world.actor("ana"), text="Ђорђе")
    assert sorted(told(family)) == [("ana", "child"), ("csaba", "case")]
    with family.as_("filip"):
        rows, _more = ledger(family.child)
    assert {row.times for row in rows} == {1, 2}
    assert {row.organisation for row in rows} == {
        family.world.organisations[one].pk for one in ("school", "commission")
    }


def test_nobody_but_the_childs_own_guardians_reads_the_ledger(family: Family) -> None:
    filip = family.comes_in()
    looks(family, "ana")
    other = Family(family.world)
    looks(other, "ana")
    with acting(RUNTIME, filip.pk):
        assert ledger(family.child)[0]
        assert ledger(other.child)[0] == []
    for who in ("ana", "csaba", "dino"):
        with family.as_(who):
            assert ledger(family.child)[0] == []
            assert who == "ana" or list(told_ties(family.child, filip.pk)) == []


def test_protection_of_the_child_is_not_betrayed(family: Family) -> None:
    """Both parents know of the commission; the school protects the child from one of them, and tells the mother."""
    family.comes_in()
    family.comes_in("mother", family.mother)
    known, secret = family.begin(), family.protect()
    looks(family, "ana", secret)
    looks(family, "vera", secret)
    looks(family, "vera")
    with family.as_("filip"):
        by = family.parent()
        assert list(own_cases(by)) == [known]
        with pytest.raises(NotFound):
            own_file(by, secret.uuid)
        assert not Case.objects.filter(pk=secret.pk).exists()
        ties = Tie.objects.filter(pk__in=told_ties(family.child, by.account))
        assert "protection" not in {tie.purpose for tie in ties}
        assert family.world.organisations["centre"].pk not in {tie.organisation_id for tie in ties}
    assert told(family) == []
    family.moved(secret, "let_parent_in", **{"part:parent": family.world.accounts["mother"]})
    with family.as_("mother"):
        assert set(own_cases(family.parent("mother"))) == {known, secret}
    assert ("vera", "child") in told(family, "mother")
    assert ("ana", "case") in told(family, "mother")
    assert told(family) == []
    letters = Message.objects.filter(account=family.world.accounts["filip"])
    assert not letters.filter(key__contains=str(secret.uuid)).exists()


def test_a_file_shared_to_protect_is_not_told(family: Family) -> None:
    filip = family.comes_in()
    health = family.world.organisations["health"]
    commission = family.world.organisations["commission"]
    Tie.objects.create(
        child=family.child, organisation=commission, purpose="registration", fields=["identity"], since=clock.today()
    )
    with family.as_("csaba"):
        share(
            by=family.world.actor("csaba"),
            child=family.child,
            organisation=health,
            purpose="guardianship",
            country="RS",
        )
    looks(family, "besa")
    with acting(RUNTIME, filip.pk):
        assert health.pk not in set(
            Tie.objects.filter(pk__in=told_ties(family.child, filip.pk)).values_list("organisation", flat=True)
        )
    assert ("besa", "child") not in told(family)


def test_a_copy_is_asked_for_and_holds_nothing_that_endangers(family: Family) -> None:
    family.comes_in()
    family.protect()
    Child.objects.filter(pk=family.child.pk).update(address="Тајна 9")
    with family.as_("filip"):
        by = family.parent()
        row = ask(by=by, child=family.child.uuid, kind="copy", text="")
        with pytest.raises(Refused, match="waiting"):
            ask(by=by, child=family.child.uuid, kind="copy", text="")
    assert (row.due_on - row.asked_on).days == 30
    assert row.organisation == family.world.organisations["school"]
    with family.as_("csaba"), pytest.raises(NotFound):
        answer(by=family.world.actor("csaba"), uuid=row.uuid, granted=True, reply="")
    with family.as_("ana"):
        done = answer(by=family.world.actor("ana"), uuid=row.uuid, granted=True, reply="Изволите.")
        with pytest.raises(Overtaken):
            answer(by=family.world.actor("ana"), uuid=row.uuid, granted=False, reply="Ипак не.")
    copy = done.take("copy")
    assert json.loads(copy)["child"][0]["given_name"] == "Ђорђе"
    for hidden in ("Тајна", "Мира", "protection", "violence", "Центар"):
        assert hidden not in copy
    assert "Ђорђе" not in str(bytes(done.copy or b""))


def test_a_correction_says_what_is_wrong_and_a_refusal_says_why(family: Family) -> None:
    family.comes_in()
    with family.as_("filip"):
        with pytest.raises(Refused, match="empty"):
            ask(by=family.parent(), child=family.child.uuid, kind="correction", text=" ")
        row = ask(by=family.parent(), child=family.child.uuid, kind="correction", text="Погрешан разред.")
    with family.as_("ana"), pytest.raises(Refused, match="empty"):
        answer(by=family.world.actor("ana"), uuid=row.uuid, granted=False, reply="")
    letters = Message.objects.filter(key__startswith="family-asks-")
    assert letters.exists()
    assert not letters.filter(body__contains="Њежић").exists()


def test_whom_the_papers_are_not_open_to_is_not_told_that_one_is_there(family: Family) -> None:
    filip = family.comes_in()
    case = family.begin()
    Tie.objects.filter(account=filip).update(fields=["identity", "request"])

    def hand_in(by: Actor) -> None:
        attach_paper(by=by, file=find(by, case.uuid), kind="medical", name="x.pdf", media_type="application/pdf",
                     content=b"%PDF-1.7")  # fmt: skip

    hand_in(family.world.actor("ana"))
    with family.as_("filip"):
        hand_in(family.parent("filip"))
        with pytest.raises(Refused, match="twice"):  # his own he knows
            hand_in(family.parent("filip"))


def test_a_copy_holds_the_procedures_of_the_parent_without_what_is_sealed(family: Family) -> None:
    """As far as who gives it sees them; of others it says who keeps them."""
    family.comes_in()
    case, hidden = family.begin(), family.protect()
    with family.as_("ana"):
        by = family.world.actor("ana")
        file = find(by, case.uuid)
        for kind, text, seal in (
            ("note", "Мирно седи.", ""), ("child", "Рекао је у поверењу.", ""), ("note", "Модрица.", "violence"),
        ):  # fmt: skip
            Tie.objects.filter(organisation=by.seats[0].organisation).update(fields=list(file.fields | {"violence"}))
            write_note(by=by, file=find(by, case.uuid), kind=kind, text=text, happened_on=clock.today(), seal=seal)
        write_note(by=by, file=find(by, hidden.uuid), kind="note", text="Отац бије.", happened_on=clock.today())
    with family.as_("filip"):
        add_view(by=family.parent(), uuid=case.uuid, text="Воли цртање.")
        row = ask(by=family.parent(), child=family.child.uuid, kind="copy", text="")
    with family.as_("ana"):
        done = answer(by=family.world.actor("ana"), uuid=row.uuid, granted=True, reply="Изволите.")
    (told,), copy = json.loads(done.take("copy"))["case"], done.take("copy")
    assert (told["uuid"], told["request"]["difficulties"]) == (str(case.uuid), "Тешко чита.")
    assert [one["text"] for one in told["notes"]] == ["Мирно седи.", "", "Воли цртање."]
    assert [one["what"] for one in told["moves"]] == ["open"]
    for secret in ("Модрица", "поверењу", "Отац бије", str(hidden.uuid)):
        assert secret not in copy


def test_a_copy_names_who_keeps_what_is_not_in_it(family: Family) -> None:
    family.comes_in()
    case, yesterday = family.begin(), clock.today() - timedelta(days=1)
    family.protect()
    school = case.participants.get(key=family.world.organisations["school"].pk)
    Tie.objects.filter(pk=school.tie_id).update(since=yesterday, until=yesterday)
    with family.as_("filip"):
        row = ask(by=family.parent(), child=family.child.uuid, kind="copy", text="")
    with family.as_("ana"):
        done = answer(by=family.world.actor("ana"), uuid=row.uuid, granted=True, reply="Изволите.")
    copy = json.loads(done.take("copy"))
    assert copy["case"] == []
    assert [one["institution"] for one in copy["case_elsewhere"]] == [case.organisation.name]


def test_who_sees_more_gives_more_of_the_procedure(family: Family) -> None:
    family.comes_in()
    story = Another.of(family.world, family.begin())
    story.to_implementation()
    with family.as_("filip"):
        row = ask(by=family.parent(), child=family.child.uuid, kind="copy", text="")
    with family.as_("csaba"):
        (told,) = cases_told(family.world.actor("csaba"), row)
    json.dumps(told)
    assert [one["text"] for one in told["measures"]] == ["Чита са разумевањем."]
    assert told["opinions"][-1]["findings"] == "Налаз."
    assert [one["what"] for one in told["deadlines"]]
    assert {one["number"] for one in told["letters"]}
    assert told["moves"][-1]["what"]
    assert len(told["opinions"]) == 5
    with family.as_("ana"):
        (less,) = cases_told(family.world.actor("ana"), row)
    assert len(less["opinions"]) == 1  # the joint one, which the school was given with the plan


def test_no_plan_of_the_database_breaks_on_a_procedure_whose_purpose_is_a_word() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('app.family_ties(uuid, bigint)'::regprocedure)")
        (text,) = cursor.fetchone()
        assert "jsonb_path_query(v.content, '$.purpose[*]')" in text
        cursor.execute("""select count(*) from jsonb_path_query('{"purpose": "word"}'::jsonb, '$.purpose[*]')""")
        assert cursor.fetchone() == (1,)
