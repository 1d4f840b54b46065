"""An adopted opinion opens services: a companion ordered by the centre for social work, developmental counselling."""

import tomllib
from typing import Any

import pytest
from django.conf import settings

from tests.casework.test_story import Story
from tests.places import factories as places
from tests.world import World, load_forms
from zajedno.access.models import Account
from zajedno.casework.actions.move import move_case
from zajedno.casework.actions.note import write_note
from zajedno.casework.actions.plan import write_measure
from zajedno.casework.models import Case
from zajedno.casework.queries.case import find, visible_to
from zajedno.casework.queries.panel import taking_part
from zajedno.children.actions.assessment import take_in
from zajedno.children.queries import assessment as assessments
from zajedno.forms.queries.form import loaded
from zajedno.kernel import clock
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.kernel.refusal import NotFound, Refused
from zajedno.procedures.actions.load import load_definition
from zajedno.web.shared.desks import first_path

pytestmark = pytest.mark.django_db
INSTITUTIONS = {
    "centre": ("social_work_centre", "social_protection"), "provider": ("social_service_provider", "social_protection"),
    "counselling": ("developmental_counselling", "health"),
}  # fmt: skip
NEW = {
    "sanja": ("social-worker", "centre"), "pera": ("service-worker", "provider"),
    "rada": ("counselling-team-member", "counselling"),
}  # fmt: skip
ORDER = {"kinds": "movement hygiene", "movement": "До учионице.", "hygiene": "Прање руку.", "where": "school",
         "hours": "20", "from": "2026-09-01", "shared": "no", "price": "400", "payers": "municipality",
         "opinion": "yes"}  # fmt: skip
INTAKE = {"noticed_by": "parent", "reason": "Не говори.", "concerns": "speech", "hopes": "Да проговори."}
AREAS = ("motor", "fine", "language", "cognition", "social", "self_care")
SCREENING = dict.fromkeys(AREAS, "expected") | {
    "instrument": "Инструмент тима", "day": "2026-01-12", "language": "delay", "result": "positive",
}  # fmt: skip
PROFILE = dict.fromkeys(AREAS, "Уредно.") | {
    "strengths": "Воли књиге.", "priorities": "Говор.", "proposals": "sessions", "summary": "Подршка говору.",
}  # fmt: skip


class Services(Story):
    """Story of the commission up to support; then a linked case is moved by `walk`."""

    def __init__(self, world: World) -> None:
        for key in ("personal-companion", "developmental-counselling"):
            path = settings.PACKS_DIR / "rs" / "procedures" / f"{key}.toml"
            load_definition(tomllib.loads(path.read_text()), by=None, key=key, country="RS")
        for name, (kind, sector) in INSTITUTIONS.items():
            world.organisations[name] = places.organisation(name, kind=places.kind(kind, sector), code=f"w-{name}")
        for who, (role, at) in NEW.items():
            world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=who)
            places.post(account=world.accounts[who], organisation=world.organisations[at], role_id=role)
        super().__init__(world)
        self.to_implementation()

    def opened(self, move: str, part: str, at: str) -> Case:
        self.move("csaba", move, note="По плану.", **{f"part:{part}": self.world.organisations[at]})
        return Case.objects.get(repeats=self.case)

    def walk(self, who: str, case: Case, move: str, **given: Any) -> str:
        seen = Case.objects.get(pk=case.pk).moves_made
        with self.as_(who):
            move_case(by=self.world.actor(who), uuid=case.uuid, move=move, seen=seen, given=given)
        case.refresh_from_db()
        return case.step

    def agreed(self, who: str, case: Case, purpose: str) -> None:
        """The parent was informed, and consents."""
        file = find(self.world.actor(who), case.uuid)
        write_note(by=file.by, file=file, kind="informed", text="Речено.", happened_on=clock.today())
        self.world.consent(self.child, purpose=purpose).recipients.set([case.organisation])

    def fill_in(self, who: str, form: str, answers: dict[str, Any]) -> Any:
        made = load_forms(form, enable=[NEW[who][1]])[form]
        return take_in(by=self.world.actor(who), child=self.child, form=loaded(made.versions.get().pk), answers=answers)

    def sees(self, who: str, case: Case) -> bool:
        with acting(RUNTIME, self.world.accounts[who].pk):
            return visible_to(self.world.actor(who)).filter(pk=case.pk).exists()


@pytest.fixture
def services(world: World) -> Services:
    return Services(world)


def test_a_companion_is_ordered_declined_ordered_again_and_serves(services: Services) -> None:
    case = services.opened("order_companion", "guardianship_authority", "centre")
    assert services.walk("sanja", case, "submit", note="Не може сама до учионице.") == "requested"
    with pytest.raises(Refused, match="missing_need"):
        services.walk("sanja", case, "take_up")
    services.agreed("sanja", case, "personal-companion")
    services.walk("sanja", case, "take_up")
    services.walk("sanja", case, "hear_family", note="Желе исту особу сваког дана.")
    with pytest.raises(Refused, match="missing_need"):
        services.walk("sanja", case, "issue_order", **{"part:provider": services.world.organisations["provider"]})
    sheet = services.fill_in("sanja", "companion-order", ORDER)
    provider = {"part:provider": services.world.organisations["provider"]}
    services.walk("sanja", case, "issue_order", **provider)
    assert (
        assessments.find(services.world.actor("pera"), services.child, sheet.uuid).content["answers"]["hours"] == "20"
    )
    assert services.walk("pera", case, "decline_order", reason="Немамо слободног пратиоца.") == "assessing"
    assert not services.sees("pera", case)
    services.walk("sanja", case, "issue_order", **provider)
    services.walk("pera", case, "accept_order", note="Пратилац је Марија.")
    services.walk("pera", case, "begin_service")
    services.walk("pera", case, "report", report="Иде сама уз пратњу.")
    assert services.walk("sanja", case, "end_service", reason="Више није потребно.") == "ended"
    assert list(case.letters.values_list("kind", flat=True)) == ["order", "order", "end-of-service"]


def test_counselling_leads_to_a_plan_that_the_school_reads_without_health(
    services: Services,
) -> None:
    case = services.opened("refer_to_counselling", "counselling", "counselling")
    services.walk("rada", case, "refer", note="Кашњење у говору.")
    services.walk("rada", case, "invite", date=clock.today(), place="Соба 3")
    services.agreed("rada", case, "developmental-counselling")
    services.walk("rada", case, "record_consent")
    services.walk("rada", case, "hear_family", note="Брине их говор.")
    for form, answers in (("development-intake", INTAKE), ("development-screening", SCREENING)):
        sheet = services.fill_in("rada", form, answers)
    services.walk("rada", case, "finish_screening")
    services.fill_in("rada", "development-profile", PROFILE)
    services.walk("rada", case, "finish_assessment")
    file = find(services.world.actor("rada"), case.uuid)
    values = {"code": "early_intervention", "legal_group": "realised", "frequency": "недељно",
              "responsible": services.world.organisations["school"]}  # fmt: skip
    write_measure(by=file.by, file=file, values=values, goal="Говори у реченици.", row=None)
    assert services.walk("rada", case, "adopt_plan") == "sessions"
    services.walk("rada", case, "share_plan")
    assert find(services.world.actor("ana"), case.uuid).fields == {"identity", "plan", "reports"}
    with pytest.raises(NotFound):
        assessments.find(services.world.actor("ana"), services.child, sheet.uuid)
    services.walk("rada", case, "review", report="Напредује.")
    assert services.walk("rada", case, "discharge", reason="Циљеви су постигнути.") == "discharged"


def test_who_plans_support_elsewhere_is_no_commission(services: Services) -> None:
    by = services.world.actor("rada")
    assert by.may("casework.plan_support", services.world.organisations["counselling"].pk)
    assert (taking_part(by), first_path(by)) == (False, "/work/")
    assert taking_part(services.world.actor("hana"))
