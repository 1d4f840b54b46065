"""Jajce: a referral team, a centre for early growth and a health centre under one protocol of two clauses. Invented."""

import tomllib
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password

from tests.places import factories as places
from tests.web.browser import PASSWORD
from tests.world import World
from zajedno.access.models import Account
from zajedno.children.enums import OWN_FIELDS
from zajedno.children.models import Child, DataKey, Guardian, Tie
from zajedno.kernel import clock, sealed
from zajedno.kernel.fence import RUNTIME, acting
from zajedno.networks.actions import agreement, clause, signature
from zajedno.networks.models import Agreement
from zajedno.places.models import Organisation, Territory
from zajedno.procedures.actions.load import load_definition

SINCE = date(2020, 1, 1)
BA = settings.PACKS_DIR / "ba"
KINDS = tomllib.loads((settings.PACKS_DIR / "common" / "organisation_kinds.toml").read_text())
PLACES = {
    "team": ("referral_team", "Referalni tim Jajce"), "growth": ("early_growth_centre", "Centar za rani rast Jajce"),
    "clinic": ("health_centre", "Dom zdravlja Jajce"), "mesh": ("inclusion_network", "Mreža Jajce"),
}  # fmt: skip
PEOPLE = {
    "emina": ("Emina Softić", "referral-team-member", "team"),
    "senad": ("Senad Hodžić", "early-growth-professional", "growth"),
    "lana": ("Lana Marić", "institution-worker", "clinic"),
    "nura": ("Nura Begić", "network-coordinator", "mesh"),
}
SIGNS = {"team": "emina", "growth": "senad", "clinic": "lana"}
WIDE = ["identity", "contact", "family", "request", "reports"]
NARROW = ["identity", "contact", "reports"]


def load(folder: Any, *keys: str, country: str, lists: tuple[str, ...] = ()) -> None:
    """Procedures and lists of a pack."""
    for key in lists:
        content = tomllib.loads((folder / f"{key}.toml").read_text())
        load_definition(content, by=None, key=key, country=country, kind=key)
    for key in keys:
        path = next(folder.rglob(f"procedures/{key}.toml"))
        load_definition(tomllib.loads(path.read_text()), by=None, key=key, country=country)


def hire(world: World, who: str, name: str, role: str, at: str, **fields: Any) -> Account:
    """Somebody with a post, who logs in with the password of the stories."""
    account: Account = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
    account.password = make_password(PASSWORD)
    account.save()
    world.accounts[who] = account
    places.post(account=account, organisation=world.organisations[at], role_id=role, since=SINCE, **fields)
    return account


def child_of(at: Organisation, given: str, family: str, born: date, mother: str) -> Child:
    """A child with a mother, in the files of an institution."""
    child = Child.objects.create(given_name=given, family_name=family, birth_date=born, registered_by=at)
    DataKey.objects.create(child=child, wrapped=sealed.new_data_key(f"children_datakey.wrapped|{child.pk}"))
    Guardian.objects.create(child=child, kind="mother", name=f"{mother} {family}", phone="030 000 000", represents=True)
    Tie.objects.create(child=child, organisation=at, purpose="registration", since=SINCE, fields=list(OWN_FIELDS))
    return child


class Jajce:
    """`world` gains the town; `child` is in the files of the referral team."""

    def __init__(self, world: World) -> None:
        self.world, country = world, places.country("BA")
        type(country).objects.filter(pk="BA").update(currency="BAM", labels={"bs": "Bosna i Hercegovina"})
        load(BA, "referral", country="BA", lists=("measures", "purposes", "retention"))
        place = places.territory("Јајце", "Jajce", "ba-jajce", country=country)
        for key, (kind, name) in PLACES.items():
            self._organisation(key, kind, name, place)
        for who, (name, role, at) in PEOPLE.items():
            hire(world, who, name, role, at)
        for at, who in SIGNS.items():
            places.post(account=world.accounts[who], organisation=world.organisations[at], role_id="network-member",
                        since=SINCE)  # fmt: skip
        self.protocol = self._protocol()
        self.child = child_of(world.organisations["team"], "Amar", "Hadžić", date(2021, 5, 4), "Azra")

    def _organisation(self, key: str, kind: str, name: str, place: Territory) -> None:
        made = places.kind(kind, KINDS[kind]["sector"])
        type(made).objects.filter(pk=kind).update(labels=KINDS[kind]["labels"])
        row = places.organisation(name, kind=made, code=f"w-{key}", territory=place, language="bs")
        row.covers.set([place])
        self.world.organisations[key] = row

    def _protocol(self) -> Agreement:
        """The first clause shows what a service needs to know of the family, the second only how to reach it."""
        today, titles = clock.today(), {"bs": "Protokol o saradnji Jajce", "sr": "Протокол о сарадњи Јајце"}
        mesh, by = self.world.organisations["mesh"], self.world.actor("nura")
        with acting(RUNTIME, by.account):
            head = agreement.Head(titles, "protocol", mesh.territory, "Općinsko vijeće", today)
            row = agreement.draft(by=by, organisation=mesh.pk, head=head)
            signing = {
                at: agreement.name_signatory(by=by, agreement=row, organisation=self.world.organisations[at])
                for at in SIGNS
            }
            for fields, length, text in ((WIDE, 5, "Puni podaci za procjenu."), (NARROW, 2, "Samo za prvi kontakt.")):
                said = clause.Terms("referral", fields, {"bs": text}, deadline=(length, "office_days"))
                clause.write(by=by, agreement=row, terms=said)
        for at, who in SIGNS.items():
            with acting(RUNTIME, self.world.accounts[who].pk):
                signature.sign(by=self.world.actor(who), signatory=signing[at], representative="Direktor")
        return row
