"""A network in Subotica, its coordinator Csaba, and people of six institutions whom it can ask. All invented."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from tests.places import factories as places
from tests.world import World, load_forms
from zajedno.access.models import Account
from zajedno.kernel.actor import Actor
from zajedno.kernel.clock import today
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.networks.actions import respondent as respondents
from zajedno.networks.actions.round import open_round
from zajedno.networks.actions.sheet import begin, keep, send
from zajedno.networks.actions.step import propose
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.actions.training import Held, log_training
from zajedno.networks.models import Outcome, Round, RoundSheet
from zajedno.places.models import Post

SELF, INSTITUTION, TIES = "self-evaluation-network", "self-evaluation-institution", "collaboration"
# name: kind, sector, institution
MEMBERS = {
    "doctor": ("health_centre", "health", "Дом здравља Палић"),
    "worker": ("social_work_centre", "social_protection", "Центар за социјални рад Суботица"),
    "clerk": ("municipality", "local_government", "Градска управа Суботица"),
    "parent": ("parents_association", "civil_society", "Удружење родитеља Суботица"),
}
FAR = "Центар за социјални рад Тутин"


class Network:
    """`ask("ana", …)` puts people into a round; `answer(round, "ana", anchoring="2")` sends their sheet."""

    def __init__(self, world: World) -> None:
        self.world = world
        kind = places.kind("inclusion_network", "intersectoral")
        at = self.organisation = places.organisation("Мрежа за инклузивно образовање", kind=kind, code="w-network")
        at.covers.set([at.territory])
        world.organisations["network"] = at
        self._post("csaba", at, "network-coordinator")
        for who, (key, sector, name) in MEMBERS.items():
            world.organisations[who] = places.organisation(name, kind=places.kind(key, sector), code=f"w-{who}")
            self._person(who, world.organisations[who])
        far = places.territory("Тутин", "Tutin", "71200")
        kind = places.kind("social_work_centre", "social_protection")
        self._person("far", places.organisation(FAR, kind=kind, territory=far, code="w-far"))
        load_forms(SELF, INSTITUTION, TIES, enable=["network", "school"])

    def _person(self, who: str, at: Any) -> None:
        self.world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=f"Особа {who}")
        self._post(who, at, "network-member")

    def _post(self, who: str, at: Any, role: str) -> None:
        Post.objects.create(account=self.world.accounts[who], organisation=at, role_id=role, since=date(2020, 1, 1))

    @contextmanager
    def at_work(self, who: str, on: date | None = None) -> Iterator[Actor]:
        """The actor, behind their own fence."""
        with acting(RUNTIME, self.world.accounts[who].pk):
            yield self.world.actor(who, on)

    def open(self, form: str = SELF, *asked: str, **fields: Any) -> Round:
        """A round of a fortnight that begins today."""
        fields = {"title": "Самовредновање", "opens_on": today(), "closes_on": today() + timedelta(days=14)} | fields
        with self.at_work("csaba") as by:
            row = open_round(by=by, organisation=self.organisation.pk, form=form, **fields)
        if asked:
            self.ask(row, *asked)
        return row

    def ask(self, row: Round, *who: str) -> None:
        posts = Post.objects.filter(account__in=[self.world.accounts[one] for one in who])
        with self.at_work("csaba") as by:
            respondents.invite(by=by, round=row, posts=list(posts.values_list("uuid", flat=True)))

    def answer(self, row: Round, who: str, reason: str = "", **levels: str) -> RoundSheet:
        """Levels of the network's own self-evaluation, and `…_evidence`."""
        with self.at_work(who) as by:
            draft = begin(by=by, round=row)
            return send(by=by, draft=keep(by=by, draft=draft, answers=nested(draft.answers, levels)), reason=reason)

    def close(self, row: Round) -> Outcome:
        from zajedno.networks.actions.round import close_round

        with self.at_work("csaba") as by:
            return close_round(by=by, round=row)


def nested(answers: Mapping[str, Any], levels: Mapping[str, str]) -> dict[str, Any]:
    """Each question lies in a group with its evidence."""
    found = dict(answers)
    for name, value in levels.items():
        group = f"about_{name.removesuffix('_evidence')}"
        found[group] = {**found.get(group, {}), name: value}
    return found


def lasting(network: Network, closed: Round) -> dict[str, object]:
    """A level, a training and a next step, for the walk of all addresses."""
    at = network.organisation
    with network.at_work("csaba") as by:
        assess(by=by, organisation=at.pk, dimension="budget", level=1, evidence="Одлука о буџету", holds_on=by.today)
        held = Held("training", "Рано препознавање", by.today, "Дом здравља", {"education": 7})
        training = log_training(by=by, organisation=at.pk, held=held)
        step = propose(by=by, round=closed, item="", text="Предложити одлуку")
    ids = {"lasting/uuid": at.uuid, "dimension": "budget", "trainings/uuid": training.uuid, "steps/step": step.uuid}
    return dict(ids)
