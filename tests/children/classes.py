"""A school with two classes, their teachers and the risk sheet in use, for tests of a whole class at once."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.places import factories as places
from tests.world import World, load_forms
from zajedno.access.models import Account
from zajedno.children.actions.school_class import PupilReport, PupilRow, entrust, open_class, take_in_class
from zajedno.children.models import Child, Enrolment
from zajedno.forms.queries.form import Loaded, find
from zajedno.kernel.fence import RUNTIME, acting

RISK = "dropout-risk"
THIS_CLASS, OTHER_CLASS = "III-2", "III-1"
TEACHERS = {"vera": "Вера Лукић", "ivan": "Ivan Horvat"}
PUPILS = (("Пера", "Перић"), ("Ђорђе", "Њежић"), ("Ana", "Čavić"))


class School:
    """Vera and Ivan teach at Ana's school; three pupils go to III-2, one to III-1. Nobody is entrusted yet."""

    def __init__(self, world: World, *forms: str) -> None:
        self.world, self.place = world, world.organisations["school"]
        for who, name in TEACHERS.items():
            self.teacher(who, name)
        self.pupils = [self.pupil(*name) for name in PUPILS]
        self.other = self.pupil("Sara", "Nikolić", OTHER_CLASS)
        load_forms(*(forms or (RISK,)), enable=["school"])

    def teacher(self, who: str, name: str) -> Account:
        account = self.world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
        places.post(account=account, organisation=self.place, role_id="class-teacher", since=date(2020, 1, 1))
        return account

    def pupil(self, given: str, family: str, class_name: str = THIS_CLASS) -> Child:
        child = self.world.child(given, family)
        Enrolment.objects.create(
            child=child, organisation=self.place, school_year=2020, class_name=class_name, since=date(2020, 9, 1)
        )
        return child

    def form(self, key: str = RISK) -> Loaded:
        return find(key, [self.place.pk], "child", self.world.actor("ana").today)

    def entrust(self, teacher: str = "vera", *, by: str = "ana", class_name: str = THIS_CLASS) -> int:
        actor, account = self.world.actor(by), self.world.accounts[teacher].pk if teacher else None
        with acting(RUNTIME, actor.account):
            return entrust(by=actor, organisation=self.place.pk, class_name=class_name, teacher=account)

    def take_in(
        self, rows: Mapping[int, Any], *, by: str = "vera", class_name: str = THIS_CLASS, form: Loaded | None = None
    ) -> list[PupilReport]:
        """Rows as answers, with what is the newest now as seen; or as `PupilRow`."""
        actor, kept = self.world.actor(by), form or self.form()
        with acting(RUNTIME, actor.account):
            seen = {
                one.child.pk: one.newest.row.uuid if one.newest else None
                for one in open_class(by=actor, organisation=self.place, class_name=class_name, form=kept)
            }
            made = {pk: row if isinstance(row, PupilRow) else PupilRow(row, seen.get(pk)) for pk, row in rows.items()}
            return take_in_class(by=actor, organisation=self.place, class_name=class_name, form=kept, rows=made)


def risk(**levels: int) -> dict[str, dict[str, str]]:
    """Answers of the risk sheet, nested: the groups that matter here."""
    groups = {"attendance": "presence", "seasonal": "presence", "attainment": "learning", "repetition": "learning"}
    answers: dict[str, dict[str, str]] = {}
    for item, level in levels.items():
        answers.setdefault(groups[item], {})[item] = str(level)
    return answers
