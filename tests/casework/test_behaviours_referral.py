"""Behaviours that users of peers rely on (`../shared/behaviours.csv`): referral. A test for a row."""

from datetime import date
from typing import Any

import pytest

from tests.casework.handing import add, address, at, elsewhere, from_a_service, seen, text
from tests.casework.test_referral import Referral
from tests.casework.test_story import Story
from tests.places import factories
from tests.world import World
from zajedno.access.models import Account, AuditEntry
from zajedno.casework.actions.note import write_note
from zajedno.casework.actions.override import override_need
from zajedno.casework.models import Case, Override
from zajedno.casework.queries.case import find
from zajedno.children.actions.consent import withdraw
from zajedno.children.models import Tie
from zajedno.kernel import clock
from zajedno.kernel.refusal import NotPermitted, Refused
from zajedno.places.models import Service
from zajedno.procedures.actions.load import load_definition

pytestmark = pytest.mark.django_db


@pytest.fixture
def referral(world: World) -> Referral:
    made = Referral(world)
    made.today = clock.today()
    return made


def receiving(referral: Referral, place: str = "health", words: str = "Треба логопед.") -> dict[str, Any]:
    return {"part-receiver": str(referral.world.organisations[place].pk), "note": words, "seen": seen(referral.case)}


def send(referral: Referral, place: str = "health") -> None:
    referral.move("ana", "send", **{"part:receiver": referral.world.organisations[place], "note": "Треба логопед."})


# R1


def test_R1_a_referral_needs_consent_for_the_service_and_to_share_with_the_very_receiver(referral: Referral) -> None:
    with pytest.raises(Refused, match="missing_need"):
        referral.move("ana", "record_consent")
    referral.consented("school")
    with pytest.raises(Refused, match="missing_need"):  # for the service, but to nobody else
        send(referral)
    row = referral.child.consents.get()
    row.recipients.add(referral.world.organisations["commission"])
    with pytest.raises(Refused, match="consent"):  # to share, but with another
        send(referral)
    page = at(referral.world, "ana").post(address(referral.case, "move/send/"), receiving(referral, words="Моје речи."))
    assert page.status_code == 422
    assert "consent to share with this institution" in text(page)
    assert "Моје речи." in text(page)
    assert not referral.sees("besa")
    row.recipients.add(referral.world.organisations["health"])
    send(referral)
    assert referral.sees("besa")


def test_R1_an_authorised_override_with_a_reason_stands_for_consent(referral: Referral) -> None:
    add(referral.world, "head", "institution-head", "school")
    path = address(referral.case, "set-aside/consent/")
    ana = at(referral.world, "ana")
    assert ana.get(path)["Location"] == address(referral.case)
    assert ana.post(path, {"seen": seen(referral.case), "reason": "Не може да се чека."}).status_code == 403
    with pytest.raises(NotPermitted), referral.as_("ana"):
        override_need(by=referral.actor("ana"), uuid=referral.case.uuid, need="consent", reason="Не може да се чека.",
                      seen=seen(referral.case))  # fmt: skip
    head = at(referral.world, "head")
    assert path in text(head.get(address(referral.case)))
    assert head.post(path, {"seen": seen(referral.case), "reason": "журно"}).status_code == 422
    assert not Override.objects.exists()
    late = head.post(path, {"seen": 99, "reason": "Живот детета је у опасности."})
    assert late.status_code == 409
    assert "Живот детета" in text(late)
    sent = {"seen": seen(referral.case), "reason": "Живот детета је у опасности."}
    assert head.post(path, sent).status_code == 302
    row = Override.objects.get()
    row.case = referral.case
    assert (row.need, row.text) == ("consent", "Живот детета је у опасности.")
    assert b"\xd0\x96\xd0\xb8\xd0\xb2\xd0\xbe\xd1\x82" not in bytes(row.sealed)  # sealed, not plain
    assert AuditEntry.objects.filter(verb="casework.override_need", subject=str(referral.case.uuid)).count() == 1
    assert "A need was set aside" in text(head.get(address(referral.case, "history/")))
    with pytest.raises(Refused, match="holds"), referral.as_("head"):
        override_need(by=referral.actor("head"), uuid=referral.case.uuid, need="consent", reason="Још једном исто.",
                      seen=seen(referral.case))  # fmt: skip
    file = find(referral.actor("ana"), referral.case.uuid)
    with clock.on(referral.today):
        write_note(by=referral.actor("ana"), file=file, kind="informed", text="Речено.", happened_on=referral.today)
    referral.move("ana", "record_consent")
    send(referral)
    assert referral.sees("besa")


def test_R1_nothing_else_is_set_aside_than_the_procedure_says(referral: Referral) -> None:
    add(referral.world, "head", "institution-head", "school")
    with pytest.raises(Refused, match="not_overridable"), referral.as_("head"):
        override_need(by=referral.actor("head"), uuid=referral.case.uuid, need="guardian_informed", seen=1,
                      reason="Родитељ није доступан.")  # fmt: skip


def test_R1_a_procedure_that_says_nothing_lets_nothing_be_set_aside(world: World) -> None:
    story = Story(world)
    story.move("ana", "submit")
    with pytest.raises(Refused, match="not_overridable"), story.as_("goran"):
        override_need(by=world.actor("goran"), uuid=story.case.uuid, need="consent", seen=seen(story.case),
                      reason="Родитељ није доступан.")  # fmt: skip


# R2


@pytest.mark.parametrize(("who", "move"), [("besa", "decline"), ("ana", "close"), ("ana", "revoke")])
def test_R2_the_receiver_sees_it_only_while_it_is_in_progress(referral: Referral, who: str, move: str) -> None:
    assert not referral.sees("besa")
    referral.consented()
    assert not referral.sees("besa")
    send(referral)
    besa = at(referral.world, "besa")
    assert besa.get(address(referral.case)).status_code == 200
    if move == "close":
        for one in ("accept", "meet", "begin_service"):
            referral.move("besa", one)
        referral.move("besa", "send_feedback", report="Завршено.")
    referral.move(who, move, reason="Разлог.")
    assert not referral.sees("besa")
    assert besa.get(address(referral.case)).status_code == 404
    assert besa.get(f"/work/child/{referral.child.uuid}/").status_code == 404
    assert referral.sees("ana")


def test_R2_a_declined_door_stays_open_where_another_tie_holds_it(referral: Referral) -> None:
    referral.consented()
    send(referral)
    Tie.objects.create(
        child=referral.child, organisation=referral.world.organisations["health"], purpose="screening",
        fields=["identity"], since=referral.today,
    )  # fmt: skip
    referral.move("besa", "decline", reason="Немамо логопеда.")
    assert not referral.sees("besa")
    assert at(referral.world, "besa").get(f"/work/child/{referral.child.uuid}/").status_code == 200


def test_R2_consent_that_is_withdrawn_closes_the_file_at_once(referral: Referral) -> None:
    referral.consented()
    send(referral)
    with referral.as_("ana"):
        withdraw(by=referral.actor("ana"), consent=referral.child.consents.get(), reason="Предомислили су се.")
    assert not referral.sees("besa")
    assert referral.sees("ana")


# R4


def test_R4_who_may_not_receive_is_neither_shown_nor_taken(referral: Referral) -> None:
    world = referral.world
    closed = elsewhere(world, "closed", "health", "Затворени дом", active_until=date(2021, 1, 1))
    add(world, "old", "visiting-nurse", "closed")
    gone = elsewhere(world, "gone", "health", "Дом без људи")
    add(world, "left", "visiting-nurse", "gone")
    Account.objects.filter(pk=world.accounts["left"].pk).update(is_active=False)
    referral.consented("health", "closed", "gone", "ngo")
    client, path = at(world, "ana"), address(referral.case, "move/send/")
    page = text(client.get(path))
    assert f'value="{world.organisations["health"].pk}"' in page
    for one in (closed, gone, world.organisations["ngo"], world.organisations["school"]):
        assert f'value="{one.pk}"' not in page, one.name
        sent = {"part-receiver": str(one.pk), "note": "Моје речи.", "seen": seen(referral.case)}
        answer = client.post(path, sent)
        assert answer.status_code == 422, one.name
        assert "Моје речи." in text(answer)
        with pytest.raises(Refused):
            referral.move("ana", "send", **{"part:receiver": one, "note": "x"})
    assert not Case.objects.get(pk=referral.case.pk).participants.filter(part="receiver").exists()


def test_R4_no_disabled_account_system_account_or_role_that_may_not_receive_is_appointed(world: World) -> None:
    story = Story(world)
    story.to_consented()
    robot = Account.objects.create_user("robot@demo.invalid", None, name="Робот", is_system=True, is_active=False)
    ended = add(world, "ended", "visiting-nurse", "health")
    Account.objects.filter(pk=ended.pk).update(is_active=False)
    clerk = add(world, "clerk", "administrator", "health")
    client, path = at(world, "goran"), address(story.case, "move/appoint_interim_member/")
    page = text(client.get(path))
    assert f'value="{world.accounts["besa"].pk}"' in page
    for one in (robot, ended, clerk, world.accounts["dino"], world.accounts["eva"]):
        one.refresh_from_db()
        assert f'value="{one.pk}"' not in page, one.name
        sent = {"part-interim_member": str(one.pk), "seen": seen(story.case)}
        assert client.post(path, sent).status_code == 422, one.name
        with pytest.raises(Refused, match="not_a_person"):
            story.move("goran", "appoint_interim_member", **{"part:interim_member": one})


# R6


def test_R6_a_rejection_keeps_its_reason_and_the_end_the_providers_note(referral: Referral) -> None:
    referral.consented()
    send(referral)
    client = at(referral.world, "ana")
    with pytest.raises(Refused, match="missing_answer"):
        referral.move("besa", "decline")
    referral.move("besa", "decline", reason="Немамо логопеда до јесени.")
    for page in ("", "history/"):
        assert "Немамо логопеда до јесени." in text(client.get(address(referral.case, page)))
    send(referral)
    for move in ("accept", "meet", "begin_service"):
        referral.move("besa", move)
    referral.move("besa", "send_feedback", report="Шест сусрета, боље говори.")
    for page in ("", "history/"):
        assert "Шест сусрета, боље говори." in text(client.get(address(referral.case, page)))
    referral.move("ana", "close", note="Породица је задовољна.")
    told = text(client.get(address(referral.case, "history/")))
    assert all(words in told for words in ("Немамо логопеда", "Шест сусрета", "Породица је задовољна."))


# R9


def test_R9_who_may_only_refer_from_a_service_cannot_refer_the_whole_case(world: World) -> None:
    referral = Referral(world)
    referral.today = clock.today()
    load_definition(from_a_service(), by=None, key="referral", country="RS")
    with referral.as_("ana"):
        Case.objects.filter(pk=referral.case.pk).update(version=newest(referral.case))
    add(world, "sanja", "service-provider", "school")
    add(world, "petar", "service-provider", "health")
    referral.consented()
    referral.case.refresh_from_db()
    with pytest.raises(NotPermitted, match="refer"):
        referral.move("sanja", "send", **{"part:receiver": world.organisations["health"], "note": "x"})
    sanja = at(world, "sanja")
    assert "does not refer the whole case" in text(sanja.get(address(referral.case)))
    assert sanja.post(address(referral.case, "move/send/"), receiving(referral)).status_code == 403
    assert sanja.get(address(referral.case, "transfer/")).status_code == 404
    send(referral)
    referral.move("petar", "accept")
    assert at(world, "petar").get(address(referral.case, "move/refer_on/")).status_code == 200
    referral.move("petar", "refer_on", **{"part:next": world.organisations["commission"]})
    file = find(referral.actor("csaba"), referral.case.uuid)
    assert file.fields == {"identity", "contact", "reports"}


def newest(case: Case) -> Any:
    return case.version.definition.versions.order_by("-number").first()


# R13


def test_R13_receivers_are_found_by_service_municipality_and_name_without_a_script(referral: Referral) -> None:
    world = referral.world
    far = factories.territory("Тутин", "Tutin", "70980")
    elsewhere(world, "tutin", "health", "Дом здравља Тутин", territory=far)
    elsewhere(world, "centre", "health", "Развојно саветовалиште Палић")
    for who, place in (("tanja", "tutin"), ("cica", "centre")):
        add(world, who, "visiting-nurse", place)
    for place, service in (("tutin", "Логопед"), ("centre", "Психолог"), ("health", "Логопед")):
        Service.objects.create(organisation=world.organisations[place], labels={"sr": service, "en": service})
    Service.objects.create(
        organisation=world.organisations["centre"], labels={"en": "Логопед"}, active_until=date(2021, 1, 1)
    )
    referral.consented()
    client, path = at(world, "ana"), address(referral.case, "move/send/")

    def shown(**sought: str) -> set[str]:
        sent = {f"part-receiver-{name}": value for name, value in sought.items()}
        page = client.post(path, {"find": "1", "note": "Моје речи.", "seen": seen(referral.case), **sent})
        assert page.status_code == 200
        assert "Моје речи." in text(page)
        assert "Fill in" not in text(page)  # looking for somebody is not yet an answer
        chooser = text(page).split('name="part-receiver"')[1].split("</select>")[0]
        return {name for name, one in world.organisations.items() if f'value="{one.pk}"' in chooser}

    assert shown() == {"health", "centre", "tutin", "commission"}
    assert shown(service="Логопед") == {"health", "tutin"}
    assert shown(service="Логопед", place=str(far.pk)) == {"tutin"}
    assert shown(place=str(far.pk)) == {"tutin"}
    assert shown(text="palić") == {"centre"}
    assert shown(text="ничега таквог нема") == set()
    wrong = client.post(path, {"find": "1", "seen": 1, "part-receiver-place": "x'; --"})
    assert wrong.status_code == 200
    chosen = {"part-receiver-service": "Логопед", "part-receiver-text": "суботица", **receiving(referral)}
    assert client.post(path, chosen).status_code == 302
    assert referral.sees("besa")
