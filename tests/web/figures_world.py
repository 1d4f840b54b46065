"""Released figures of invented places, for the tests of pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from tests.places import factories as places
from tests.world import World
from zajedno.figures.actions import define
from zajedno.figures.logic.figure import Said
from zajedno.figures.models import Edition, Reading
from zajedno.kernel.fence import STATISTICS, acting
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
    """Editions of closed years, written as the statistics role writes them."""

    def __init__(self) -> None:
        self.editions: dict[tuple[str, str], Edition] = {}

    def define(self, code: str, **fields: Any) -> None:
        words = {
            "name": {"en": "Opinions given in time", "sr": "Мишљења дата у року"},
            "definition": {"en": "Opinions given within the deadline.", "sr": "Мишљења дата у року који важи."},
            "numerator": {"en": "opinions in time", "sr": "мишљења у року"},
            "denominator": {"en": "all opinions", "sr": "сва мишљења"},
        }  # fmt: skip
        usual = {
            "code": code, "kind": "share", "unit": "%", "per": 100, "better": "higher", "room": "casework",
            "by": ["sex"], "source": "Правилник (измишљен)", "owner": "Министарство (измишљено)", "verified": False,
            "target": Decimal(80), "small_below": 20, "method": 1,
        }  # fmt: skip
        said = {key: fields.pop(key) for key in words if key in fields}
        with acting(STATISTICS):
            define([usual | fields | {"words": words | said}])

    def give(self, place: str, period: str, value: float | None, code: str = "opinions_in_time", **fields: Any) -> None:
        """Exact where there is a value, else withheld."""
        said = Said.WITHHELD if value is None else Said.EXACT
        number = None if value is None else Decimal(str(value))
        usual = {"said": said, "value": number, "reported": 17, "expected": 20} | fields
        usual["count"] = None if usual["said"] == Said.WITHHELD else 100
        with acting(STATISTICS):
            Reading.objects.create(edition=self._edition(code, period), place=place, **usual)

    def _edition(self, code: str, period: str) -> Edition:
        if (code, period) not in self.editions:
            self.editions[code, period] = Edition.objects.create(
                indicator=code, territory=Territory.objects.get(code="RS"), period=period, number="1", turn=1,
                axes=["place", "outcome", "by", "word"], closed_on=date(int(period), 12, 31),
                released_on=date(int(period) + 1, 1, 15),
            )  # fmt: skip
        return self.editions[code, period]


def opinions() -> Released:
    """One in two, then two in three, of six towns; of one too few to be told, of another on few."""
    made = Released()
    made.define("opinions_in_time")
    made.define("cases_by_step", name={"en": "Cases by step", "sr": "Предмети по кораку"}, kind="count", by=["step"],
                better="neither", target=None, unit="")  # fmt: skip
    for at, period in enumerate(PERIODS):
        share = 34 + 16 * at
        for place in ("RS", "RS12", "RS-01", "80438"):
            made.give(place, period, share, top=Decimal(share), bottom=Decimal(100))
            for word, more in (("girl", 5), ("boy", -4)):
                made.give(place, period, share + more, by="sex", word=word)
        for number, code in enumerate(list(TOWNS)[1:]):
            few = {"top": Decimal(6), "bottom": Decimal(12)} if number == 2 else {}
            made.give(code, period, None if number == 4 else 30 + 9 * number + at, **few)
        made.give("RS22", period, None, said=Said.BETWEEN, low=Decimal(96), high=Decimal(100))
        for word, waits in (("request", 30), ("assessment", 50), ("opinion", 12), ("closed", 38)):
            made.give("80438", period, waits, "cases_by_step", by="step", word=word)
        made.give("80438", period, 130, "cases_by_step")
    return made
