"""Dino of Tutin writes a practice in Bosnian; Edita edits, Rade and Nada review, Lamija is his colleague. Invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from tests.places import factories as places
from tests.world import World
from zajedno.access.models import Account
from zajedno.exchange.actions import editing, review
from zajedno.exchange.actions import practice as writing
from zajedno.exchange.enums import Criterion
from zajedno.exchange.models import Practice, PracticeVersion, Review
from zajedno.kernel.actor import Actor
from zajedno.kernel.fence import EXCHANGE, acting
from zajedno.places.models import Post

# who: name, role, where
PEOPLE = {
    "edita": ("Едита Уредник", "exchange-editor", "ministry"),
    "rade": ("Раде Рецензент", "exchange-reviewer", "school"),
    "nada": ("Нада Рецензент", "exchange-reviewer", "health"),
    "lamija": ("Lamija Kolegica", "exchange-reviewer", "ngo"),
    "petra": ("Petra Daleka", "practitioner-public", "commission"),
}
TITLE = "Savjetovalište koje dolazi u selo"
TEXTS = {
    "title": TITLE,
    "summary": "Jednom mjesečno razvojno savjetovalište radi u seoskoj ambulanti.",
    "objective": "Da nijedno dijete iz sela ne čeka na pregled duže od mjesec dana.",
    "location": "Dvanaest sela oko Tutina.",
    "context": "Roditelji iz sela nisu dolazili u grad.",
    "beneficiaries": "140 djece mlađe od šest godina, pola djevojčice.",
    "stakeholders": "Dom zdravlja, predškolska ustanova, mjesne zajednice.",
    "activities": "1. Dogovor sa mjesnim zajednicama\n- Raspored dolazaka\nPregledi i savjet roditeljima",
    "results": "Pregledano je 118 od 140 djece; ranije 31.",
    "source": "Izvještaj doma zdravlja za 2025. godinu",
    "validation": "Roditelji su odgovorili na anketu.",
    "constraints": "Zimi je put neprohodan.",
    "lessons": "Najaviti dolazak sedmicu ranije.",
    "sustainability": "Općina plaća gorivo.",
    "replicability": "Treba jedna patronažna sestra i vozilo.",
    "ethics": "Roditelji su pristali; na slikama nema djece.",
}
FACTS: dict[str, Any] = {
    "themes": ["counselling", "early"], "sectors": ["health", "education"], "targets": ["early", "parents"],
    "evidence": "counted", "cost": "low", "validated_by": ["users"],
    "begins_on": date(2024, 3, 1), "contact": "Općina Tutin, kancelarija 4",
}  # fmt: skip
MARKS: dict[str, int | None] = dict.fromkeys(Criterion.values, 3) | {"ethics": 4, "risk": None}


class Authors:
    """`with authors.at_work("dino") as by:` is the exchange's desk under its own database role."""

    def __init__(self, world: World) -> None:
        self.world = world
        place = places.territory("Тутин", "Tutin", "71200")
        world.organisations["ngo"].territory = place
        world.organisations["ngo"].save()
        for who, (name, role, at) in PEOPLE.items():
            if who not in world.accounts:  # another world of the exchange may have brought them
                world.accounts[who] = Account.objects.create_user(f"{who}@demo.invalid", None, name=name)
            Post.objects.get_or_create(
                account=world.accounts[who], organisation=world.organisations[at], role_id=role,
                defaults={"since": date(2020, 1, 1)},
            )  # fmt: skip

    @contextmanager
    def at_work(self, who: str) -> Iterator[Actor]:
        with acting(EXCHANGE, self.world.accounts[who].pk):
            yield self.world.actor(who)

    def begun(self, who: str = "dino", title: str = TITLE, language: str = "bs") -> Practice:
        with self.at_work(who) as by:
            return writing.begin(by=by, organisation=by.seats[0].organisation, title=title, language=language)

    def written(self, who: str = "dino", texts: dict[str, str] | None = None, **facts: Any) -> Practice:
        row = self.begun(who)
        with self.at_work(who) as by:
            writing.save(by=by, practice=row, texts=TEXTS | (texts or {}), facts=FACTS | facts)
        return row

    def submitted(self, who: str = "dino", **facts: Any) -> Practice:
        row = self.written(who, **facts)
        with self.at_work(who) as by:
            writing.submit(by=by, practice=row, confirmed=True)
        row.refresh_from_db()
        return row

    def asked(self, row: Practice, *who: str) -> list[Review]:
        posts = Post.objects.filter(account__in=[self.world.accounts[one] for one in who])
        with self.at_work("edita") as by:
            return editing.ask_reviewers(by=by, practice=row, posts=list(posts.values_list("uuid", flat=True)))

    def reviewed(
        self, row: Practice, who: str = "rade", marks: dict[str, int | None] | None = None, **words: str
    ) -> Review:
        (found,) = self.asked(row, who)
        told = {"advice": "publish", "remarks": "Jasno i korisno."} | words
        with self.at_work(who) as by:
            return review.write(by=by, review=found, marks=marks or MARKS, **told)

    def published(self, who: str = "dino") -> Practice:
        row = self.submitted(who)
        self.reviewed(row)
        with self.at_work("edita") as by:
            editing.publish(by=by, practice=row)
        row.refresh_from_db()
        return row

    @staticmethod
    def newest(row: Practice) -> PracticeVersion:
        return row.versions.order_by("-number")[0]
