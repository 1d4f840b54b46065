"""A parent's invitation: once, for a short time, with few tries, and telling nobody whether it exists."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from tests.casework.family_world import MOTHER, PASSWORD, Family
from tests.world import World
from zajedno.access.models import Account, Message
from zajedno.casework.actions.family import enter
from zajedno.children.actions import guardian as guardians
from zajedno.children.actions.invitation import invite_by_letter, invite_by_mail, revoke
from zajedno.children.logic.family_code import LETTERS, new_code, read, written
from zajedno.children.models import FamilyInvitation, Tie
from zajedno.children.queries.guardian import children_of
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotPermitted, Refused


@pytest.fixture
def family(world: World) -> Family:
    return Family(world)


def test_a_code_is_read_as_people_type_it() -> None:
    code = new_code()
    assert len(set(code) - set(LETTERS)) == 0
    assert read(written(code)) == read(f" {written(code).lower().replace('-', ' ')} ") == code
    assert read("АВЕК-МНРС-ТХ22") == "ABEKMHPCTX22"
    assert read("ABCD-EFGH") == read("") == read("0000-0000-0000") == ""


def refused(secret: str, **more: str) -> str:
    """What somebody without an account is told; what was counted stays."""
    with acting(RUNTIME), pytest.raises(Refused) as refusal:
        enter(secret=secret, account=None, email=more.get("email", "novi@demo.invalid"), password=PASSWORD)
    return f"{refusal.value.code} {refusal.value.status} {refusal.value.sentence}"


@pytest.mark.django_db
class TestCode:
    def test_it_lets_its_guardian_in_and_nobody_a_second_time(self, family: Family) -> None:
        code = family.letter()
        filip = family.comes_in(code=code)
        assert (filip.name, filip.check_password(PASSWORD)) == ("Филип Њежић", True)
        tie = Tie.objects.get(account=filip)
        assert (tie.child, tie.purpose) == (family.child, "parenthood")
        assert {"identity", "request", "plan"} <= set(tie.fields)
        assert "violence" not in tie.fields
        assert refused(code) == refused(written(new_code()))

    def test_it_is_kept_nowhere(self, family: Family) -> None:
        code = family.letter()
        row = FamilyInvitation.objects.get()
        assert row.selector == code[:4]
        assert read(code)[4:] not in str(row.__dict__)
        assert bytes(row.hash) != code.encode()

    def test_every_wrong_code_is_answered_alike(self, family: Family) -> None:
        code = family.letter()
        Account.objects.create_user("tu@demo.invalid", PASSWORD, name="Неко")
        told = {
            refused(code[:-1] + ("2" if code[-1] != "2" else "3")), refused(written(new_code())), refused("nije kod"),
            refused(""), refused(code, email="tu@demo.invalid"),
        }  # fmt: skip
        assert len(told) == 1

    def test_five_wrong_ones_close_it(self, family: Family) -> None:
        code = family.letter()
        wrong = code[:-4] + "".join("2" if sign != "2" else "3" for sign in code[-4:])
        for _try in range(5):
            refused(wrong)
        row = FamilyInvitation.objects.get()
        assert (row.tries, row.outcome) == (5, "tried")
        refused(code)
        assert not Tie.objects.filter(purpose="parenthood").exists()

    def test_it_grows_old(self, family: Family) -> None:
        code = family.letter()
        with clock.on(clock.today() + timedelta(days=15)):
            refused(code)
        assert not Account.objects.filter(email="novi@demo.invalid").exists()

    def test_a_newer_one_and_taking_back_end_it(self, family: Family) -> None:
        first, second = family.letter(), family.letter()
        refused(first)
        with family.as_("ana"):
            revoke(by=family.world.actor("ana"), guardian=family.father)
        refused(second)
        assert set(FamilyInvitation.objects.values_list("outcome", flat=True)) == {"replaced", "revoked"}

    def test_the_link_of_a_mail_makes_the_account_of_its_address(self, family: Family) -> None:
        with family.as_("ana"):
            invite_by_mail(
                by=family.world.actor("ana"), guardian=family.mother, site="https://a.invalid", language="sr"
            )
        letter = Message.objects.get(key__startswith="family-")
        told = f"{letter.subject} {letter.body}"
        assert not any(name in told for name in ("Њежић", "Ђорђе", "Мира"))
        token = letter.body.split("/family/enter/")[1].split("/")[0]
        with acting(RUNTIME):
            enter(secret=token, account=None, email="drugo@demo.invalid", password=PASSWORD)
        assert Account.objects.get(email=MOTHER).name == "Мира Њежић"
        refused(token)

    def test_a_second_child_comes_to_the_same_account(self, family: Family) -> None:
        filip = family.comes_in()
        other = Family(family.world)
        code = other.letter()
        with acting(RUNTIME, filip.pk):
            enter(secret=code, account=filip)
            assert set(children_of(family.parent())) == {family.child, other.child}

    def test_one_account_is_not_both_parents(self, family: Family) -> None:
        filip = family.comes_in()
        code = family.letter(guardian=family.mother)
        with acting(RUNTIME, filip.pk), pytest.raises(Refused):
            enter(secret=code, account=filip)
        family.mother.refresh_from_db()
        assert family.mother.account is None
        assert FamilyInvitation.objects.get(guardian=family.mother).ended_on is None

    def test_a_new_account_takes_the_place_of_the_old_one(self, family: Family) -> None:
        filip = family.comes_in()
        family.comes_in("filip2")
        with acting(RUNTIME, filip.pk):
            assert not children_of(family.parent()).exists()
        with acting(RUNTIME, family.world.accounts["filip2"].pk):
            assert children_of(family.parent("filip2")).exists()


@pytest.mark.django_db
class TestWho:
    def test_only_a_post_that_may_and_sees_the_child(self, family: Family) -> None:
        for who in ("dino", "eva", "hana", "csaba"):
            with family.as_(who), pytest.raises((NotPermitted, Refused)):
                invite_by_letter(by=family.world.actor(who), guardian=family.father)
        assert not FamilyInvitation.objects.exists()

    def test_who_does_not_represent_the_child_is_not_invited(self, family: Family) -> None:
        family.mother.represents = False
        family.mother.save()
        with pytest.raises(Refused, match="represents"):
            family.letter(guardian=family.mother)

    @pytest.mark.parametrize("ending", ["end", "lifted"])
    def test_a_right_that_ends_closes_the_desk_at_once(self, family: Family, ending: str) -> None:
        filip = family.comes_in()
        case = family.begin()
        with family.as_("ana"):
            by = family.world.actor("ana")
            if ending == "end":
                guardians.end(by=by, guardian=family.father)
            else:
                guardians.change(by=by, guardian=family.father, represents=False)
        with acting(RUNTIME, filip.pk):
            assert not children_of(family.parent()).exists()
            assert not type(case).objects.exists()

    def test_an_invitation_dies_with_the_right(self, family: Family) -> None:
        code = family.letter()
        with family.as_("ana"):
            guardians.end(by=family.world.actor("ana"), guardian=family.father)
        assert refused(code).startswith("no_invitation")


ROW = {"selector": "", "made_on": clock.now, "expires_on": lambda: clock.now() + timedelta(days=1)}
BROKEN = {
    "one_open": {},
    "short": {"expires_on": lambda: clock.now() + timedelta(days=31)},
    "few_tries": {"tries": 6},
    "ends_somehow": {"ended_on": clock.now},
    "used_by_somebody": {"ended_on": clock.now, "outcome": "used"},
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BROKEN)
def test_the_database_refuses(family: Family, what: str) -> None:
    def make(sign: bytes, **more: object) -> None:
        values = {key: value() if callable(value) else value for key, value in (ROW | more).items()}
        FamilyInvitation.objects.create(
            child=family.child, guardian=family.father, organisation=family.world.organisations["school"], invited_by=1,
            hash=sign * 32, **values,
        )  # fmt: skip

    if what == "one_open":
        make(b"a")
    with pytest.raises(IntegrityError, match=what), transaction.atomic():
        make(b"b", **BROKEN[what])


@pytest.mark.django_db
def test_a_parent_sees_no_line_of_the_other_parent(family: Family) -> None:
    """The last fence: where the mother lives is not read by the father, by whatever query."""
    filip = family.comes_in()
    with acting(RUNTIME, filip.pk), connection.cursor() as cursor:
        cursor.execute("select name, address from children_guardian")
        assert [row[0] for row in cursor.fetchall()] == ["Филип Њежић"]
        cursor.execute("select count(*) from children_familyinvitation")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_write_the_same_code_at_once_one_comes_in(family: Family) -> None:
    code, at_once, told = family.letter(), Barrier(2), []

    def try_it(email: str) -> None:
        try:
            with acting(RUNTIME):
                at_once.wait(10)
                enter(secret=code, account=None, email=email, password=PASSWORD)
                told.append("in")
        except Refused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=try_it, args=(f"p{number}@demo.invalid",)) for number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(30)
    assert sorted(told) == ["in", "no_invitation"]
    assert Tie.objects.filter(purpose="parenthood").count() == 1
