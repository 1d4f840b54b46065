"""What the network of the town does: real rows for the addresses of its desk."""

import tomllib
from decimal import Decimal

from django.conf import settings

from tests.networks.agreements import Agreements
from tests.networks.bodies import Bodies
from tests.networks.world import SELF, Network, lasting
from tests.programmes.money import Money
from tests.programmes.planning import Planning, parts
from tests.world import World
from zajedno.networks.actions import sheet as answers
from zajedno.networks.actions.agreement import attach
from zajedno.networks.models import GroupThere
from zajedno.procedures.actions.load import load_definition
from zajedno.programmes.actions import session as meetings
from zajedno.programmes.actions.frame import load_frame


def network(world: World) -> dict[str, object]:
    made = (_rounds(world), _agreement(world), _planned(world), Bodies(world).ids(), Money(world).ids(), _frame())
    return {place: row for ids in made for place, row in ids.items()}


def _planned(world: World) -> dict[str, object]:
    """A plan that Csaba writes for the network, and a programme that meets today."""
    planning = Planning(world)
    row, run = planning.plan(), planning.programme()
    with planning.at_work("csaba") as by:
        met = meetings.plan_session(by=by, programme=run, on=by.today, place="Школа")
        values = meetings.Values("Стрес", "", Decimal(3), None, "Упитник")
        measured = meetings.measure(by=by, programme=run, values=values)
    return {
        "plans/uuid": row.uuid, "parts/part": parts(row)[2].uuid, "programmes/uuid": run.uuid,
        "sessions/session": met.uuid, "measured/measured": measured.uuid,
    }  # fmt: skip


def _frame() -> dict[str, object]:
    """The framework of results of the packs, whose municipalities are not here."""
    content = tomllib.loads((settings.PACKS_DIR / "ba" / "frames" / "spis.toml").read_text())
    load_frame(content, country="BA", by=None)
    return {"frames/frame": "spis", "results/result": "action-plans"}


def _rounds(world: World) -> dict[str, object]:
    """A round that Csaba runs, in which Ana has answered and begun to correct it, and one that is closed."""
    rounds = Network(world)
    open_, closed = rounds.open(SELF, "ana"), rounds.open(SELF, "ana")
    for row in (open_, closed):
        rounds.answer(row, "ana", anchoring="2")
    rounds.close(closed)
    with rounds.at_work("ana") as by:
        draft = answers.begin(by=by, round=open_)
    at, told_by = rounds.organisation, world.accounts["csaba"].pk
    there = GroupThere.objects.create(organisation=at, territory=at.territory, group="remote", told_by=told_by)
    return {
        **lasting(rounds, closed), "social/uuid": there.uuid,
        "missing/ending": "csv", "rounds/uuid": open_.uuid, "results/uuid": closed.uuid,
        "network/sheet/uuid": draft.uuid,
        "network/sheet/page": "2", "settle/item": "anchoring",
    }  # fmt: skip


def _agreement(world: World) -> dict[str, object]:
    """One that Csaba keeps and is asked to sign; `who-sees/field`: a part of a file."""
    agreements = Agreements(world)
    row = agreements.draft("school", "network")
    content = tomllib.loads((settings.PACKS_DIR / "ba" / "procedures" / "referral.toml").read_text())
    load_definition(content | {"country": "RS"}, by=None, key="referral", country="RS")
    with agreements.at_work("csaba") as by:
        attach(by=by, agreement=row, name="potpisano.pdf", media_type="application/pdf", content=b"%PDF-1.7")
    return {
        "agreements/uuid": row.uuid, "clauses/clause": agreements.clause(row).uuid,
        "signatories/signatory": row.signatories.get(organisation=agreements.keeper).uuid,
        "who-sees/field": "health", "begin/key": "referral",
    }  # fmt: skip
