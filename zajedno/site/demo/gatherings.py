"""A gathering in a few weeks: a released programme, people with a place and on the waiting list. All invented."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from zajedno.exchange.actions import gathering as actions
from zajedno.exchange.actions import programme, proposal, registration
from zajedno.exchange.actions.gathering import Plan
from zajedno.exchange.actions.programme import Placed
from zajedno.exchange.actions.proposal import Said
from zajedno.exchange.actions.registration import Coming
from zajedno.exchange.models import Gathering
from zajedno.exchange.queries.registration import token
from zajedno.kernel import clock
from zajedno.kernel.clock import ZONE
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns

SITE = "https://demo.invalid"
TITLES = {
    "sr": "Размена пракси (демо)", "bs": "Razmjena praksi (demo)", "en": "Exchange of practice (demo)",
}  # fmt: skip
# kind, title, from, to (hours), room, speaker, whether they agreed to be named
SLOTS = (
    ("presentation", "Отварање (измишљено)", 9.0, 9.5, 0, "Уредник размене (демо)", True),
    ("presentation", "Развојно саветовалиште у селима (измишљено)", 9.5, 10.5, 0, "Невена Пример (измишљена)", True),
    ("panel", "Родитељи и школа (измишљено)", 9.5, 10.5, 1, "Гост без имена", False),
    ("break", "Пауза (измишљено)", 10.5, 11.0, None, "", False),
    ("award", "Плакете шампионима (измишљено)", 11.0, 12.0, 0, "", False),
)  # fmt: skip
PEOPLE = ("Прва Гошћа", "Други Гост", "Трећа Гошћа", "Четврти Гост")


def seed_gathering(towns: Towns, progress: Callable[[str], None]) -> None:
    """Prepared by the editor of the exchange, who comes with the demo's champions."""
    today = clock.today()
    by = actor_for(towns.accounts["editor"].pk, today)
    plan = Plan(
        titles=TITLES, place="Београд", begins_on=today + timedelta(days=40), ends_on=today + timedelta(days=40),
        languages=["sr", "bs"], capacity=3, online_link="https://demo.invalid/video",
    )  # fmt: skip
    gathering = actions.prepare(by=by, organisation=towns.organisations["ministry"].pk, plan=plan)
    actions.add_track(
        by=by, gathering=gathering, deadline=today + timedelta(days=20),
        titles={"sr": "Праксе општина", "bs": "Prakse općina", "en": "Practices of municipalities"},
    )  # fmt: skip
    actions.set_state(by=by, gathering=gathering, state="open")
    gathering.refresh_from_db()
    ana = actor_for(towns.accounts["ana"].pk, today)
    said = Said(
        "t1", "Вршњачка подршка на одмору (измишљено)", "Измишљен пример: како смо почели и шта смо научили.", "sr"
    )
    proposal.propose(by=ana, gathering=gathering, said=said)
    _programme(towns, gathering)
    for number, name in enumerate(PEOPLE):
        _come(gathering, name, f"gost{number}@demo.invalid")
    progress("1 gathering with its programme")


def _programme(towns: Towns, gathering: Gathering) -> None:
    by = actor_for(towns.accounts["editor"].pk, clock.today())
    rooms = [programme.add_room(by=by, gathering=gathering, name=name) for name in ("Велика сала", "Мала сала")]
    for kind, title, begins, ends, room, speaker, consents in SLOTS:
        placed = Placed(
            kind, title, _at(gathering, begins), _at(gathering, ends), None if room is None else rooms[room].pk
        )
        made = programme.place(by=by, gathering=gathering, placed=placed)
        if speaker:
            programme.add_speaker(by=by, gathering=gathering, session=made.uuid, name=speaker, consents=consents)
    programme.release(by=by, gathering=gathering, name="1.0")


def _at(gathering: Gathering, hour: float) -> datetime:
    return datetime.combine(gathering.begins_on, time(int(hour), round(hour % 1 * 60)), ZONE)


def _come(gathering: Gathering, name: str, email: str) -> None:
    needs = "Рампа на улазу (измишљено)" if email.startswith("gost0") else ""
    coming = Coming(f"{name} (демо)", email, "Установа (демо)", needs)
    row = registration.register(gathering=gathering, coming=coming, language="sr", site=SITE)
    if row:
        registration.confirm(slug=gathering.slug, uuid=row.uuid, token=token(row), site=SITE)
