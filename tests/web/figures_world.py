"""Released figures of invented places, for the tests of pages."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests.places import factories as places
from tests.world import World
from zajedno.figures import queries
from zajedno.figures.logic.figure import Figure, Said
from zajedno.places.models import Population, Territory

PERIODS = ("2023", "2024", "2025")
TOWNS = {"80438": "Суботица", "80039": "Бачка Топола", "80152": "Кањижа", "80365": "Сента", "80217": "Мали Иђош",
         "80012": "Ада"}  # fmt: skip
LATIN = {"80438": "Subotica", "80039": "Bačka Topola", "80152": "Kanjiža", "80365": "Senta", "80217": "Mali Iđoš",
         "80012": "Ada"}  # fmt: skip


def country(world: World) -> list[Territory]:
    """Two regions, a district in each, six towns in the north; with who lives there."""
    whole = Territory.objects.get(code="RS")
    Territory.objects.filter(pk=whole.pk).update(name_lat="Srbija", name_cyr="Србија")
    made = {}
    for code, lat, cyr, kind, parent in (
        ("RS12", "Region Vojvodine", "Регион Војводине", "region", whole),
        ("RS22", "Južna i istočna Srbija", "Јужна и источна Србија", "region", whole),
        ("RS-01", "Severnobački okrug", "Севернобачки округ", "district", "RS12"),
        ("RS-20", "Nišavski okrug", "Нишавски округ", "district", "RS22"),
    ):
        above = made[parent] if isinstance(parent, str) else parent
        made[code] = places.territory(cyr, lat, code=code, kind=kind, parent=above, is_unit=False)
    for number, (code, name) in enumerate(TOWNS.items()):
        town = places.territory(name, LATIN[code], code=code)
        Territory.objects.filter(pk=town.pk).update(parent=made["RS-01"])
        for year in (2011, 2020):
            for band, count in (("all", 20_000 - 900 * number - year + 2011), ("0-6", 1500 - 60 * number),
                                ("7-14", 1700), ("15-18", 900), ("births", 180)):  # fmt: skip
                Population.objects.create(territory=town, year=year, band=band, count=count, source="Завод (измишљен)")
    return list(Territory.objects.filter(country="RS"))


class Released:
    """What the room `figures` would answer."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.rows: list[Figure] = []
        self.definitions: dict[str, Any] = {}
        patch.setattr(queries, "figures", self.figures)
        patch.setattr(queries, "figures_of_many", self.of_many)
        patch.setattr(queries, "editions", lambda *about: [])
        patch.setattr(queries, "indicators_released", self.released)
        patch.setattr(queries, "definition", lambda code: self.definitions.get(code))
        patch.setattr(queries, "definitions", lambda: list(self.definitions.values()))

    def figures(
        self, indicator: str, at: Sequence[str], periods: Sequence[str], by: Sequence[str] = ("",)
    ) -> list[Figure]:
        asked = (one for one in self.rows if one.indicator == indicator and one.by in by)
        found = [one for one in asked if one.place in at and one.period in periods]
        known = {(one.place, one.period) for one in found if not one.by}
        absent = [Figure(indicator, place, period, Said.ABSENT)
                  for place in at for period in periods if "" in by and (place, period) not in known]  # fmt: skip
        return [*found, *absent]

    def of_many(self, indicators: Sequence[str], at: Sequence[str], periods: Sequence[str]) -> list[Figure]:
        return [one for indicator in indicators for one in self.figures(indicator, at, periods)]

    def released(self, country: str) -> dict[str, list[str]]:
        return {code: list(reversed(PERIODS)) for code in sorted({one.indicator for one in self.rows})}

    def define(self, code: str, **fields: Any) -> None:
        words = {
            "name": {"en": "Opinions given in time", "sr": "Мишљења дата у року"},
            "definition": {"en": "Opinions given within the deadline.", "sr": "Мишљења дата у року који важи."},
            "numerator": {"en": "opinions in time", "sr": "мишљења у року"},
            "denominator": {"en": "all opinions", "sr": "сва мишљења"},
        }  # fmt: skip
        usual = {"kind": "share", "unit": "%", "per": 100, "better": "higher", "room": "casework", "by": ["sex"],
                 "source": "Правилник (измишљен)", "owner": "Министарство (измишљено)", "verified": False,
                 "target": Decimal(80),                  "small_below": 20}  # fmt: skip
        said = {key: fields.pop(key) for key in words if key in fields}
        self.definitions[code] = SimpleNamespace(code=code, method=1, words=words | said, **(usual | fields))

    def give(self, place: str, period: str, value: float | None, code: str = "opinions_in_time", **fields: Any) -> None:
        number = None if value is None else Decimal(str(value))
        usual = {"said": Said.EXACT if number is not None else Said.WITHHELD, "unit": "%", "edition": "2026-1",
                 "released_on": date(2026, 1, 15), "reported": 17, "expected": 20}  # fmt: skip
        self.rows.append(Figure(code, place, period, **(usual | {"value": number} | fields)))


def opinions(made: Released) -> Released:
    """One in two, then two in three, of six towns; of one too few to be told, of another on few."""
    made.define("opinions_in_time")
    made.define("cases_by_step", name={"en": "Cases by step", "sr": "Предмети по кораку"}, kind="count", by=["step"],
                better="neither", target=None)  # fmt: skip
    for at, period in enumerate(PERIODS):
        for place in ("RS", "RS12", "RS-01", "80438"):
            made.give(place, period, 34 + 16 * at, top=Decimal(34 + 16 * at), bottom=Decimal(100))
            for word, more in (("girl", 5), ("boy", -4)):
                made.give(place, period, 34 + 16 * at + more, by="sex", word=word)
        for number, code in enumerate(list(TOWNS)[1:]):
            if number == 4:
                made.give(code, period, None)
            else:
                made.give(code, period, 30 + 9 * number + at, is_small=number == 2)
        made.give("RS22", period, None, said=Said.BETWEEN, low=Decimal(96), high=Decimal(100))
        for word, came, went in (("request", 120, 90), ("assessment", 90, 40), ("opinion", 40, 38)):
            made.give("80438", period, came, "cases_by_step", by="step", word=word, top=Decimal(went),
                      bottom=Decimal(came), unit="")  # fmt: skip
        made.give("80438", period, 250, "cases_by_step", unit="")
    return made
