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
    Person("vera@demo.invalid", "Вера Лукић", "class teacher, Subotica", "class-teacher", "school-subotica",
           title="наставник"),
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

# (given name, M or F, family name, mother, father) by community; all of it is made up.
CHILDREN: Final = (
    ("Ђорђе", "M", "Његовановић", "Драгана", "Милан"), ("Љубица", "F", "Џамбасовић", "Снежана", "Борис"),
    ("Lazar", "M", "Šijačić", "Vesna", "Goran"), ("Mila", "F", "Đukić", "Jelena", "Nebojša"),
    ("Réka", "F", "Szűcs", "Erzsébet", "Zoltán"), ("Ákos", "M", "Tóth-Kiss", "Ildikó", "Csaba"),
    ("Eszter", "F", "Fehér", "Katalin", "László"), ("Xhevdet", "M", "Shaqiri", "Valbona", "Agim"),
    ("Arta", "F", "Berisha", "Shpresa", "Luan"), ("Amar", "M", "Hadžiomerović", "Azra", "Senad"),
    ("Merjem", "F", "Ćatović", "Amela", "Enes"), ("Неџад", "M", "Селимовић", "Мирсада", "Јасмин"),
    ("Емран", "M", "Бајрамовић", "Сабина", "Демир"), ("Софија", "F", "Османовић", "Зорица", "Рамо"),
    ("Тијана", "F", "Чавић", "Марија", "Саша"), ("Вук", "M", "Жарковић", "Ивана", "Предраг"),
    ("Нађа", "F", "Шћепановић", "Оливера", "Ненад"), ("Огњен", "M", "Ђуришић", "Јасмина", "Зоран"),
    ("Ана Марија", "F", "Петровић-Јовановић", "Биљана", "Владимир"), ("Filip", "M", "Krstić", "Sanja", "Dejan"),
    ("Lejla", "F", "Bećirović", "Fatima", "Hamza"), ("Bálint", "M", "Kovács", "Mária", "István"),
    ("Џејла", "F", "Куртишај", "Сена", "Авни"), ("Sara", "F", "Nikolić", "Maja", "Igor"),
    ("Душан", "M", "Љубојевић", "Гордана", "Бранко"), ("Милица", "F", "Цвијетић", "Тања", "Слободан"),
    ("Luka", "M", "Šarčević", "Nataša", "Marko"), ("Besnik", "M", "Gashi", "Drita", "Bujar"),
    ("Теодора", "F", "Ђенић", "Љиљана", "Ђура"), ("Иван", "M", "Чордаш", "Ана", "Мирко"),
)  # fmt: skip
SIBLINGS: Final = (
    ("Јован", "M", "Савић", "Дуња", "Филип"),
    ("Јована", "F", "Савић", "Дуња", "Филип"),
    ("Katalin", "F", "Varga", "Piroska", "Béla"),
    ("Gábor", "M", "Varga", "Piroska", "Béla"),
)
