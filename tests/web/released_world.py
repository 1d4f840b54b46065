"""Released figures for open data and the API: a town with girls and boys, one on few, one of which nothing is told."""

from decimal import Decimal

from tests.places import factories
from tests.web.figures_world import Released
from zajedno.figures.logic.figure import Said

CODE = "opinions_in_time"


def release() -> None:
    """As the statistics role writes them: the editions of 2025 and 2024."""
    for cyrillic, latin, code in (("Суботица", "Subotica", "80438"), ("Бујановац", "Bujanovac", "70076"),
                                  ("Ада", "Ada", "80012")):  # fmt: skip
        factories.territory(cyrillic, latin, code)
    made = Released()
    made.define(CODE, definition={"en": "Of all opinions, those given in time."})
    made.give("80438", "2025", 66.7, CODE, top=Decimal(24), bottom=Decimal(36))
    made.give("80438", "2025", None, CODE, by="sex", word="girl", said=Said.BETWEEN, low=Decimal(70),
              high=Decimal("93.3"), bottom=Decimal(30))  # fmt: skip
    made.give("80438", "2025", None, CODE, by="sex", word="boy")
    made.give("70076", "2025", 50, CODE, top=Decimal(5), bottom=Decimal(10))
    made.give("80438", "2024", 48, CODE, top=Decimal(12), bottom=Decimal(25))
    made.give("RS", "2025", 12345.5, CODE, top=Decimal(12345), bottom=Decimal(20000))
