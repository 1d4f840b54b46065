"""What support costs in Subotica and Jajce: prices, two budgets, a grant, and the sums of need that the platform
reckons by itself. Every price and source is invented.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from zajedno.indicators.actions import release_all
from zajedno.kernel import clock
from zajedno.kernel.actor import Actor
from zajedno.places.queries.actor import actor_for
from zajedno.programmes.actions import budget, funding, price
from zajedno.programmes.models import Code
from zajedno.programmes.queries.need import COST, needs
from zajedno.site.demo.institutions import Towns
from zajedno.site.demo.networks import AT

if TYPE_CHECKING:
    from zajedno.places.models import Territory

SOURCE = {"sr": "Измишљен пример, није стварна цена", "bs": "Izmišljen primjer, nije stvarna cijena"}
# Measure, unit, price, who pays; another price from this year on.
PRICES = (
    ("personal_companion", "месец", "52000", "municipality", "58000"),
    ("speech_therapy", "час", "1400", "health_fund", "1500"),
    ("individualised_teaching", "час", "900", "institution", ""),
    ("transport", "месец", "7500.50", "municipality", "8200"),
    ("day_care", "дан", "2600", "municipality", ""),
    ("parent_support", "радионица", "9000", "municipality", ""),
)
PRICES_BA = (
    ("adapted_programme", "mjesec", "140", "institution", ""),
    ("speech_therapy", "sat", "22.50", "health_fund", ""),
    ("transport", "mjesec", "95", "municipality", ""),
)
# What for, codes, planned in January, revised in June (empty: not), spent since.
LINES = (
    ("Лични пратиоци (измишљено)", ("0902", "0902-0019", "040", "472", "01"), "3600000", "4100000",
     ("820000", "1150000.50", "990000")),
    ("Превоз деце (измишљено)", ("2003", "912", "472", "01"), "1800000", "", ("610000", "540000")),
    ("Школа за родитеље (измишљено)", ("0902", "0902-0017", "040", "424", "06"), "180000", "", ("96000",)),
    ("Обука чланова мреже (измишљено)", ("2003", "912", "423", "01"), "250000", "200000", ()),
)  # fmt: skip
# What the grant asks for, whether it is a report, days ahead (below nought: past), whether it is done.
PROMISES = (
    ("Најмање трећина средстава иде за децу са села (измишљено)", False, None, False),
    ("Полугодишњи извештај (измишљено)", True, -95, True),
    ("Извештај о трошењу (измишљено)", True, 18, False),
)


def seed_money(towns: Towns, progress: Callable[[str], None]) -> None:
    """After the cases, so that there is a need to reckon."""
    by, by_ba = (actor_for(towns.accounts[who].pk, clock.today()) for who in ("csaba", "komisija.jajce"))
    here, there = towns.organisations[AT].territory, towns.organisations["commission-jajce"].territory
    year = clock.today().year
    for actor, place, rows, currency in ((by, here, PRICES, "RSD"), (by_ba, there, PRICES_BA, "BAM")):
        _prices(actor, place, rows, currency, year)
    release_all(today=clock.today())
    for rate, month in (("116.9", 1), ("117.1", 7)):
        price.enter_rate(
            by=by, territory=here, currency="EUR", into="RSD", rate=Decimal(rate), valid_on=date(year, month, 1),
            source=SOURCE["sr"],
        )  # fmt: skip
    _budget(by, towns, year)
    progress("prices, a budget, a grant, and what help costs in two places")


def _prices(by: Actor, place: "Territory", rows: tuple[tuple[str, ...], ...], currency: str, year: int) -> None:
    source = SOURCE["bs" if currency == "BAM" else "sr"]
    for code, unit, amount, payer, newer in rows:
        for one, since in ((amount, year - 1), (newer, year)):
            if one:
                terms = price.Terms(unit, Decimal(one), currency, payer, source, date(since, 1, 1), code=code)
                price.set_price(by=by, territory=place, terms=terms)


def _budget(by: Actor, towns: Towns, year: int) -> None:
    keeper, today = towns.organisations[AT], clock.today()
    grant = funding.enter_grant(
        by=by, organisation=keeper.pk, funder="Измишљена фондација", title="Школа за родитеље у селима (измишљено)",
        amount=Decimal(180000), currency="RSD", agreed_on=min(today - timedelta(days=280), date(year, 1, 15)),
        ends_on=today + timedelta(days=85),
    )  # fmt: skip
    for text, is_report, days, done in PROMISES:
        due_on = None if days is None else today + timedelta(days=days)
        asked = funding.promise(by=by, grant=grant, text=text, is_report=is_report, due_on=due_on)
        if done:
            funding.keep(by=by, promise=asked)
    now = budget.begin(by=by, organisation=keeper.pk, territory=keeper.territory, year=year, currency="RSD")
    need = next((one for one in needs([keeper.territory_id], year) if one.edition.indicator == COST), None)
    companions = [one.figure for one in need.lines if one.code == "personal_companion"] if need else []
    figure = next((one for one in companions if one and one.value is not None), None)
    for number, (title, codes, planned, revised, spent) in enumerate(LINES):
        found = [row for code in codes if (row := Code.objects.filter(country="RS", code=code).last())]
        named = budget.Named(title, found, None if number else figure, grant if "06" in codes else None)
        line = budget.add_line(by=by, budget=now, named=named)
        told = [("plan", planned, 1, "одлука о буџету"), *([("revision", revised, 6, "ребаланс")] if revised else [])]
        told += [("execution", one, 2 + 3 * at, f"рачун {at + 1}") for at, one in enumerate(spent)]
        for kind, amount, month, why in told:
            day = min(date(year, month, 15), today)
            budget.enter(by=by, line=line, kind=kind, amount=Decimal(amount), day=day, reason=f"Измишљено: {why}")
    budget.begin(by=by, organisation=keeper.pk, territory=keeper.territory, year=year + 1, currency="RSD")
