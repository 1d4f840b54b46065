"""What the institutions of Subotica and Jajce offer, in the public directory; and who lives where. All invented."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from zajedno.kernel import clock
from zajedno.networks.actions.social import tell
from zajedno.places.actions.service import create_service
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns, enter_person, enter_post
from zajedno.site.demo.networks import AT

PROVIDER = "service-provider"
RAMP, STAIRS = "Рампа, лифт и тоалет за колица (измишљено).", "Три степеника, без рампе (измишљено)."
# Whose, names in sr, bs, hu; needs, ages, places, free places, cost, languages, checked so many days ago, how to enter,
# whether it can be entered in a wheelchair.
Row = tuple[
    str, tuple[str, str, str], tuple[str, ...], tuple[int, int], int | None, int | None, str, tuple[str, ...], int, str
]
SERVICES: tuple[Row, ...] = (
    ("counselling-subotica", ("Саветовање о развоју", "Savjetovanje o razvoju", "Fejlődési tanácsadás"),
     ("early", "speech", "family"), (0, 6), 40, 6, "free", ("sr", "hu"), 12, "Педијатар упућује, или родитељ зове."),
    ("counselling-subotica", ("Логопед", "Logoped", "Logopédus"), ("speech",), (2, 12), 30, 0, "free", ("sr", "hu"), 40,
     "Са упутом педијатра; чека се око два месеца."),
    ("csr-subotica", ("Помоћ у кући", "Pomoć u kući", "Házi segítség"), ("daily", "respite"), (0, 26), 25, 3, "partly",
     ("sr", "hr", "hu"), 90, "Захтев у центру за социјални рад."),
    ("csr-subotica", ("Саветовалиште за породицу", "Savjetovalište za porodicu", "Családi tanácsadó"),
     ("family", "behaviour", "safety"), (0, 18), None, None, "free", ("sr", "hu", "rom"), 520, "Без упута, увек."),
    ("ngo-subotica", ("Викенд-одмор за родитеље", "Vikend-odmor za roditelje", "Hétvégi pihenő szülőknek"),
     ("respite", "leisure", "autism"), (5, 18), 12, 2, "partly", ("sr", "hu", "sgn"), 20, "Пријава телефоном."),
    ("ngo-subotica", ("Превоз до школе", "Prevoz do škole", "Iskolai szállítás"), ("transport",), (6, 18), 18, 0,
     "free", ("sr",), 430, "Уз мишљење комисије."),
    ("health-subotica", ("Физикална терапија", "Fizikalna terapija", "Gyógytorna"), ("movement", "devices"), (0, 18),
     None, None, "free", ("sr", "hu"), 150, "Са упутом лекара."),
    ("kindergarten-subotica", ("Играоница за сву децу", "Igraonica za svu djecu", "Játszóház minden gyereknek"),
     ("early", "leisure"), (1, 6), 20, 5, "paid", ("sr", "hu", "hr"), 7, "Долази се без најаве."),
    ("school-subotica", ("Продужени боравак", "Produženi boravak", "Napközi"), ("learning", "daily"), (6, 11), 60, 4,
     "partly", ("sr", "hu"), 300, "Упис у јуну, слободна места преко године."),
    ("csr-jajce", ("Саветовање за породицу", "Savjetovanje za porodicu", "Családi tanácsadás"), ("family", "money"),
     (0, 18), None, None, "free", ("bs", "hr", "sr"), 30, "Bez uputnice, radnim danom."),
    ("commission-jajce", ("Мобилни тим", "Mobilni tim", "Mobil csoport"), ("learning", "behaviour"), (3, 15), 15, 2,
     "free", ("bs",), 610, "Na prijedlog škole."),
)  # fmt: skip
PAID = "Износ договара пружалац (измишљено)."
# Settlement, group, people, needs, what is missing.
SUBOTICA = (
    ("Чантавир", "remote", 46, ("transport", "early"), "Измишљено: аутобус не иде после 16 часова."),
    ("Чантавир", "poverty", 120, ("money", "learning"), ""),
    ("Бајмок", "roma", 85, ("early", "learning", "devices"), "Измишљено: нема предшколског места за свако дете."),
    ("Бајмок", "disability", 14, ("speech", "respite"), "Измишљено: логопед долази једном месечно."),
    ("Таванкут", "remote", 22, ("transport",), "Измишљено: нема превоза до вртића."),
    ("Палић", "disability", 9, ("leisure", "autism"), ""),
    ("Келебија", "refugee", None, ("money", "family"), "Измишљено: број није познат."),
    ("Шупљак", "violence", None, ("safety",), "Измишљено: породице немају коме да се обрате увече."),
    ("", "care", 31, ("family", "learning"), ""),
)
JAJCE = (
    ("Barevo", "remote", 18, ("transport", "early"), "Izmišljeno: nema prevoza do vrtića."),
    ("Divičani", "poverty", 64, ("money", "learning"), ""),
    ("", "disability", 37, ("speech", "respite"), "Izmišljeno: logoped dolazi iz drugog grada."),
)


def seed_directory(towns: Towns, progress: Callable[[str], None]) -> None:
    for row in SERVICES:
        _service(towns, row)
    for at, who, rows, source in ((AT, "csaba", SUBOTICA, "Измишљен број"),
                                  ("commission-jajce", "komisija.jajce", JAJCE, "Izmišljen broj")):  # fmt: skip
        by = actor_for(towns.accounts[who].pk, clock.today())
        for place, group, people, needs, gap in rows:
            tell(
                by=by, organisation=towns.organisations[at], place=place, group=group, people=people,
                needs=list(needs), gap=gap, source=source if people else "",
            )  # fmt: skip
    progress(f"{len(SERVICES)} services in the directory, {len(SUBOTICA) + len(JAJCE)} lines of social maps")


def _service(towns: Towns, row: Row) -> None:
    at, names, needs, ages, places, free, fee, languages, checked, entry = row
    who = f"usluge.{at}"
    if who not in towns.accounts:
        name = f"Пружалац услуге: {towns.organisations[at].name}"
        enter_person(towns, f"{who}@demo.invalid", name, languages[0], towns.accounts["ana"].password)
        enter_post(towns, who, at, PROVIDER)
    labels = dict(zip(("sr", "bs", "hu"), names, strict=True))
    fields: dict[str, Any] = {
        "target": "", "capacity": places, "age_from": ages[0], "age_until": ages[1], "needs": list(needs),
        "about": "Измишљен пример: услуга не постоји." if languages[0] == "sr" else "Izmišljen primjer: ne postoji.",
        "entry": entry, "fee": fee, "fee_note": "" if fee == "free" else PAID, "languages": list(languages),
        "accessibility": STAIRS if places and places % 20 else RAMP, "phone": "000 000 000", "free_told": free,
        "checked_on": clock.today() - timedelta(days=checked), "is_public": True,
    }  # fmt: skip
    by = actor_for(towns.accounts[who].pk, clock.today())
    create_service(by=by, organisation=towns.organisations[at], labels=labels, **fields)
