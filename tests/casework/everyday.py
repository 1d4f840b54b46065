"""Ana's school with a second associate, and cases of its children for everyday work."""

from datetime import date, timedelta

from tests.casework.test_story import Story
from tests.places import factories
from tests.world import World
from zajedno.access.models import Account
from zajedno.casework.actions.case import open_case
from zajedno.casework.actions.flag import raise_flag
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.task import give_task
from zajedno.casework.models import Case, Flag, Task
from zajedno.casework.queries.case import CaseFile, find
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting

REQUEST = {"reasons": ["learning"], "difficulties": "Чита.", "asked": "Помоћ.", "papers": ["medical"]}
SECRET = "Мајка се плаши да ће изгубити посао."


class Everyday(Story):
    """Maja works beside Ana; `case` is Ana's, kept by the commission, in which Csaba, Goran, Hana and Jelena sit."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.move("ana", "submit")
        self.hire("maja", "Маја Симић", "school-associate", "school")

    def hire(self, who: str, name: str, role: str, at: str) -> None:
        account = self.world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
        factories.post(account=account, organisation=self.world.organisations[at], role_id=role, since=date(2020, 1, 1))

    def id(self, who: str) -> int:
        return int(self.world.accounts[who].pk)

    def file_of(self, who: str, case: Case | None = None) -> CaseFile:
        return find(self.world.actor(who), (case or self.case).uuid)

    def flag(self, who: str, case: Case | None = None, message: str = SECRET, due_on: date | None = None) -> Flag:
        with self.as_(who):
            return raise_flag(by=self.world.actor(who), file=self.file_of(who, case), message=message, due_on=due_on)

    def task(self, who: str, to: str, *, days: int = 0, what: str = SECRET, case: Case | None = None) -> Task:
        """Given today by `who`; due in so many days, or so many days ago."""
        with self.as_(who):
            task = give_task(
                by=self.world.actor(who), file=self.file_of(who, case), what=what, to=self.id(to),
                due_on=clock.today() + timedelta(days=max(days, 0)),
            )  # fmt: skip
        if days < 0:
            Task.objects.filter(pk=task.pk).update(due_on=clock.today() + timedelta(days=days))
        return task

    def another(self, family: str) -> Case:
        """One more case that Ana's school has submitted to the commission."""
        child = self.world.child("Маја", family)
        school, commission = self.world.organisations["school"], self.world.organisations["commission"]
        with acting(RUNTIME, self.id("ana")):
            case = open_case(
                by=self.world.actor("ana"), child=child, keeper=commission, procedure="additional-support",
                initiated_by=school, request=REQUEST,
            )  # fmt: skip
            move_case(by=self.world.actor("ana"), uuid=case.uuid, move="submit", seen=case.moves_made)
        case.refresh_from_db()
        return case
