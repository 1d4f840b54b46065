"""A small local campaign of Subotica under the historical one, with two waves of its survey. Everybody is invented."""

from collections.abc import Callable
from datetime import date, timedelta

from zajedno.exchange.actions import campaign as actions
from zajedno.exchange.actions import wave as asking
from zajedno.exchange.enums import WaveKind
from zajedno.exchange.models import Campaign
from zajedno.exchange.queries.campaign import by_slug
from zajedno.kernel import clock
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns, enter_person, enter_post

AT, WHO = "network-subotica", "urednica.kampanje"
ITEMS = ("same_school", "same_class", "sits_beside", "best_friend", "visits", "neighbour", "colleague")
ABOVE = "govorimo-o-mogucnostima"
AGES = ("18-29", "30-44", "45-59", "60+")
# days ago that it opened, when, how many answered, how many of ten accept each item
WAVES = (
    (700, WaveKind.BASELINE, 60, (6, 4, 4, 3, 5, 6, 5)),
    (60, WaveKind.END, 72, (8, 7, 6, 5, 6, 7, 5)),
)


def seed_campaigns(towns: Towns, progress: Callable[[str], None]) -> None:
    """The historical campaign came with the packs."""
    password = next(iter(towns.accounts.values())).password
    enter_person(towns, f"{WHO}@demo.invalid", "Јелена Измишљена", "sr", password)
    enter_post(towns, WHO, AT, "exchange-editor")
    begun = clock.today() - timedelta(days=WAVES[0][0] + 5)
    row = _campaign(towns, begun)
    for days, kind, count, accepting in WAVES:
        _wave(towns, row, clock.today() - timedelta(days=days), kind, count, accepting)
    progress("a campaign with two waves of its survey")


def _campaign(towns: Towns, begun: date) -> Campaign:
    place = towns.organisations[AT]
    with clock.on(begun):
        by = actor_for(towns.accounts[WHO].pk, begun)
        row = actions.open_campaign(
            by=by, organisation=place.pk, slug="isto-odeljenje", territory=place.territory_id, begins=begun,
            parent=by_slug(ABOVE), titles={
                "sr": "Исто одељење (измишљена кампања)", "bs": "Isto odjeljenje (izmišljena kampanja)",
                "en": "The same class (an invented campaign)",
            },
            objective={
                "sr": "Да свако дете из Суботице има друга у одељењу.", "bs": "Da svako dijete iz Subotice ima druga.",
                "en": "That every child of Subotica has a friend in class.",
            },
            messages="Друг је друг. | Drug je drug. | A friend is a friend.",
            audiences="Родитељи ученика | Roditelji učenika | Parents of pupils",
            channels="Школе и локални радио | Škole i lokalni radio | Schools and local radio",
        )  # fmt: skip
        actions.advance(by=by, campaign=row)
        for where, what, reach in (
            ("Суботица", "Отворени час | Otvoreni čas | Open lesson", 140),
            ("Палић", "Дан игре у парку | Dan igre u parku | Day of play in the park", 260),
        ):
            actions.tell_activity(by=by, campaign=row, place=where, what=what, day=begun, reach=reach)
    row.refresh_from_db()
    return row


def _wave(towns: Towns, row: Campaign, opens_on: date, kind: str, count: int, accepting: tuple[int, ...]) -> None:
    """Answers as a table would have them: of ten people in turn so many accept, the others do not."""
    with clock.on(opens_on):
        by = actor_for(towns.accounts[WHO].pk, opens_on)
        wave = asking.open_wave(
            by=by, campaign=row, kind=kind, opens_on=opens_on, closes_on=opens_on + timedelta(days=21), by_code=True,
            margins="sex f = 51\nsex m = 49",
        )  # fmt: skip
        for number, code in enumerate(asking.draw_codes(by=by, wave=wave, count=count)):
            home = "village" if number % 3 == 2 else "town"
            said = {"age_group": AGES[number % 4], "sex": "fm"[number % 2], "settlement": home}
            said |= {
                item: "5" if (number + 3 * at) % 10 < yes else "2"
                for at, (item, yes) in enumerate(zip(ITEMS, accepting, strict=True))
            }
            asking.answer(wave=wave.uuid, answers=said, ticket=code)
