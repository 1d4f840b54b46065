"""Who can log in to the demo, and the names invented children are made of."""

from dataclasses import dataclass
from typing import Final

PASSWORD: Final = "zajedno-za-decu"


@dataclass(frozen=True)
class Person:
    """`at` is the key of an institution in `institutions.py`; `seat` the seat in a commission."""

    email: str
    name: str
    what: str
    role: str
    at: str
    seat: str = ""
    title: str = ""
    language: str = "sr"


PEOPLE: Final = (
    Person("ana@demo.invalid", "Ана Вуковић", "school psychologist, Subotica", "school-associate", "school-subotica",
           title="психолог"),
    Person("csaba@demo.invalid", "Csaba Nagy", "coordinator of the commission, Subotica", "commission-coordinator",
           "irk-subotica", title="координатор", language="sr-latn"),
    Person("goran@demo.invalid", "Горан Илић", "paediatrician, president of the commission, Subotica",
           "commission-president", "irk-subotica", seat="health", title="педијатар"),
    Person("hana@demo.invalid", "Hana Jakšić", "special educator, member of the commission, Subotica",
           "commission-member", "irk-subotica", seat="special_educator", title="дефектолог", language="sr-latn"),
    Person("jelena@demo.invalid", "Јелена Марић", "psychologist, member of the commission, Subotica",
           "commission-member", "irk-subotica", seat="education", title="психолог"),
    Person("marko@demo.invalid", "Марко Поповић", "social worker, member of the commission, Subotica",
           "commission-member", "irk-subotica", seat="social_protection", title="социјални радник"),
    Person("besa@demo.invalid", "Besa Krasniqi", "visiting nurse, Bujanovac", "visiting-nurse", "health-bujanovac",
           title="патронажна сестра", language="sq"),
    Person("emina@demo.invalid", "Emina Softić", "referral team, Jajce", "referral-team-member", "team-jajce",
           language="bs"),
    Person("dino@demo.invalid", "Dino Hodžić", "practitioner in Tutin, public side only", "practitioner-public",
           "ngo-tutin", language="bs"),
    Person("eva@demo.invalid", "Ева Лазић", "ministry, numbers only", "ministry-numbers", "ministry"),
    Person("admin@demo.invalid", "Администратор", "administrator of the platform", "platform-administrator",
           "office-subotica"),
)  # fmt: skip

# (given name, M or F, family name) by community; all pairs are made up.
CHILDREN: Final = (
    ("Ђорђе", "M", "Његовановић"), ("Љубица", "F", "Џамбасовић"), ("Lazar", "M", "Šijačić"), ("Mila", "F", "Đukić"),
    ("Réka", "F", "Szűcs"), ("Ákos", "M", "Tóth-Kiss"), ("Eszter", "F", "Fehér"), ("Xhevdet", "M", "Shaqiri"),
    ("Arta", "F", "Berisha"), ("Amar", "M", "Hadžiomerović"), ("Merjem", "F", "Ćatović"), ("Неџад", "M", "Селимовић"),
    ("Емран", "M", "Бајрамовић"), ("Софија", "F", "Османовић"), ("Тијана", "F", "Чавић"), ("Вук", "M", "Жарковић"),
    ("Нађа", "F", "Шћепановић"), ("Огњен", "M", "Ђуришић"), ("Ана Марија", "F", "Петровић-Јовановић"),
    ("Filip", "M", "Krstić"), ("Lejla", "F", "Bećirović"), ("Bálint", "M", "Kovács"), ("Џејла", "F", "Куртишај"),
    ("Sara", "F", "Nikolić"), ("Душан", "M", "Љубојевић"), ("Милица", "F", "Цвијетић"), ("Luka", "M", "Šarčević"),
    ("Besnik", "M", "Gashi"), ("Теодора", "F", "Ђенић"), ("Иван", "M", "Чордаш"),
)  # fmt: skip
SIBLINGS: Final = (
    ("Јован", "M", "Савић"),
    ("Јована", "F", "Савић"),
    ("Katalin", "F", "Varga"),
    ("Gábor", "M", "Varga"),
)
PARENTS: Final = ("Милан", "Јасмина", "Erzsébet", "Agim", "Senad", "Драгана", "Снежана", "Zoltán", "Мирсада", "Борис")
