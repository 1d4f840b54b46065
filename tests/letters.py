"""Invented content for each letter: long names, several scripts, many measures."""

from datetime import date, time
from typing import Any

HEAD = {
    "founder": "Град Суботица",
    "organisation": "Интерресорна комисија Града Суботице",
    "address": "Трг слободе 1, Суботица",
    "contact": "024 000 000, irk@demo.invalid",
    "number": "ИРК-009/2026",
    "date": date(2026, 11, 24),
}
CHILD = {
    "name": "Ђурђица Љубисављевић-Њежић",
    "given_name": "Ђурђица",
    "family_name": "Љубисављевић-Њежић",
    "born": date(2015, 6, 5),
    "birth_place": "Суботица",
    "national_number": "0506015825005",
    "address": "Булевар Бранка Радичевића 123/45, Суботица",
    "institution": "Основна школа „Пример”",
    "class": "4-2",
}
_AT = time(10, 30)
SITTING = {"date": date(2026, 11, 20), "time": _AT, "start": _AT, "end": time(12, 5), "place": "сала 7"}
SIGNER = {"name": "Csaba Nagyőri-Szűcs", "role": "Координатор комисије"}
MEMBERS = [
    {"name": "Горан Ћирић", "role": "педијатар"},
    {"name": "Hana Dževad Hadžiomerović", "role": "дефектолог"},
    {"name": "Ërblina Çelë-Gjoni", "role": "социјални радник"},
    {"name": "Ана Ђукић", "role": "психолог"},
]


def measures(count: int) -> list[dict[str, str]]:
    return [
        {
            "text": f"Прилагођавање наставног материјала и простора, {index}. мера са дужим описом онога што се ради",
            "outcome": "Дете учествује у свим активностима одељења.",
            "responsible": "Основна школа „Пример”, психолог Ана Ђукић",
            "timeframe": "до 31. 3. 2027.",
            "following": "Извештај школе на полугодишту",
            "funds": "Буџет града",
        }
        for index in range(1, count + 1)
    ]


def sample(letter: str, **changes: Any) -> dict[str, Any]:
    """Complete data of a letter; `changes` replace whole keys."""
    return {**_SAMPLES[letter], **changes}


_SAMPLES: dict[str, dict[str, Any]] = {
    "request-form": {
        "head": HEAD,
        "child": CHILD,
        "parents": [
            {"name": "Filip Љубисављевић", "relation": "отац", "address": CHILD["address"], "contact": "024 000 001"},
            {"name": "", "relation": "", "address": "", "contact": ""},
        ],
        "initiator": {"kind": "родитељ", "name": "Filip Љубисављевић"},
        "reasons": "Отежано кретање по степеништу.\nСпорије писање.",
        "current_support": "",
        "requested_support": "Лични пратилац детета и рампа на улазу.",
        "doctor": {"name": "др Горан Ћирић", "institution": "Дом здравља", "note": ""},
        "enclosures": ["Извештај школе", "Налаз физијатра"],
        "signed": "",
        "applicant": "Filip Љубисављевић",
    },
    "invitation": {
        "head": HEAD,
        "to": {"name": "Filip Љубисављевић", "address": "Булевар Бранка Радичевића 123/45\n24000 Суботица"},
        "kind": "parent",
        "child": CHILD,
        "sitting": SITTING,
        "bring": ["личну карту", "налазе које још нисте доставили"],
        "contact": "024 000 000",
        "signer": SIGNER,
    },
    "minutes": {
        "head": HEAD,
        "sitting": SITTING,
        "people": [{**member, "present": index != 2} for index, member in enumerate(MEMBERS)],
        "quorum": True,
        "items": [
            {
                "title": "Захтев за процену",
                "case": "ИРК-009/2026",
                "discussion": "Чланови су изнели појединачна мишљења.\nСаслушани су родитељ и дете.",
                "conclusion": "Усваја се заједничко мишљење.",
                "votes_for": "3",
                "votes_against": "0",
                "votes_abstained": "1",
            },
            {
                "title": "Разно",
                "case": "",
                "discussion": "Договорен је термин наредне седнице.",
                "conclusion": "Наредна седница је у децембру.",
                "votes_for": "",
                "votes_against": "",
                "votes_abstained": "",
            },
        ],
        "recorder": "Csaba Nagyőri-Szűcs",
        "president": "Горан Ћирић",
    },
    "joint-opinion": {
        "head": HEAD,
        "child": CHILD,
        "request": {"number": "ИРК-009/2026", "date": date(2026, 9, 30), "initiator": "родитељ"},
        "sitting": SITTING,
        "assessors": [
            {"name": m["name"], "profession": m["role"], "method": "посматрање у школи", "date": date(2026, 10, 12)}
            for m in MEMBERS
        ],
        "findings": [
            {"area": "Образовање", "text": "Учи са вршњацима уз прилагођен материјал."},
            {"area": "Здравље", "text": "Отежано кретање на веће удаљености."},
        ],
        "views": {"child": "Волим школу и желим да идем на излете.", "parent": "Потребна нам је помоћ у превозу."},
        "opinion": "Детету је потребна додатна подршка у образовању и кретању.",
        "outcomes": ["Самостално кретање по школи", "Учешће у излетима"],
        "measures_opinion": measures(3),
        "measures_recommended": measures(1),
        "review": date(2027, 6, 15),
        "separate": [],
        "remedy": "",
        "president": "Горан Ћирић",
        "members": MEMBERS,
        "delivered": ["родитељу", "основној школи", "архиви"],
    },
    "follow-up-request": {
        "head": HEAD,
        "to": {"name": "Основна школа „Пример”", "address": "Школска 1\n24000 Суботица"},
        "child": CHILD,
        "opinion": {"number": "ИРК-009/2026", "date": date(2026, 11, 24)},
        "period": {"start": date(2026, 11, 24), "end": date(2027, 5, 24)},
        "due": date(2027, 6, 1),
        "measures": [{"text": m["text"], "timeframe": m["timeframe"]} for m in measures(3)],
        "contact": "024 000 000",
        "signer": SIGNER,
    },
}
