"""How lasting the network of Subotica is, over two years, and what it learnt; an agreement that ends soon. Invented."""

from collections.abc import Callable
from datetime import timedelta

from zajedno.kernel import clock
from zajedno.networks.actions.agreement import Head, draft, name_signatory
from zajedno.networks.actions.signature import sign
from zajedno.networks.actions.sustainability import assess
from zajedno.networks.actions.training import Held, find_effect, log_training
from zajedno.networks.enums import AgreementKind, Dimension
from zajedno.places.queries.actor import actor_for
from zajedno.site.demo.institutions import Towns, days_ago
from zajedno.site.demo.networks import AT

# Days ago, and a level for each dimension in its order (a dot: nobody looked).
LOOKS = ((700, "110.1...0."), (520, "111110.01."), (330, "21011011.1"), (150, "2211211121"), (20, "3212211221"))
SHOWS = (
    "Измишљен доказ: ништа није записано.", "Измишљен доказ: договор са састанка.", "Измишљен доказ: одлука и образац.",
    "Измишљен доказ: одлука скупштине са средствима.",
)  # fmt: skip
# Days ago, kind, topic, who led, people by sector, and what changed: how many days after, what.
TRAININGS = (
    (610, "training", "Ране разлике у развоју (измишљено)", "Тим развојног саветовалишта",
     {"education": 14, "health": 6}, ((90, "Измишљено: вртић раније шаље дете у развојно саветовалиште."),)),
    (400, "training", "Рад са породицом (измишљено)", "Удружење родитеља",
     {"education": 9, "social_protection": 7, "civil_society": 4},
     ((60, "Измишљено: родитељ добија записник са састанка."), (250, "Измишљено: и даље га добија."))),
    (210, "visit", "Посета мрежи у Тутину (измишљено)", "Координатор мреже",
     {"education": 3, "health": 2, "local_government": 1}, ()),
    (75, "mentoring", "Вођење састанка о детету (измишљено)", "Ментор (измишљен)",
     {"social_protection": 5, "education": 5}, ((30, "Измишљено: није се ништа променило, треба још времена."),)),
)  # fmt: skip
SIGNED, ENDS, REVIEW = 335, 29, 14  # days ago, days ahead
WAITING = 6


def seed_lasting(towns: Towns, progress: Callable[[str], None]) -> None:
    at = towns.organisations[AT].pk
    for days, levels in LOOKS:
        for dimension, level in zip(Dimension.values, levels, strict=True):
            if level != ".":
                days_ago(
                    towns, "csaba", days, assess, organisation=at, dimension=dimension, level=int(level),
                    evidence=SHOWS[int(level)], holds_on=clock.today() - timedelta(days=days),
                )  # fmt: skip
    for days, kind, topic, led_by, took_part, effects in TRAININGS:
        day = clock.today() - timedelta(days=days)
        held = Held(kind, topic, day, led_by, took_part)
        row = days_ago(towns, "csaba", days, log_training, organisation=at, held=held)
        for after, text in effects:
            found_on = day + timedelta(days=after)
            days_ago(towns, "csaba", days - after, find_effect, training=row, text=text, found_on=found_on)
    _agreements(towns)
    progress("two years of a network: how lasting it is, 4 trainings, 2 agreements")


def _agreements(towns: Towns) -> None:
    """One that everybody signed and that ends within weeks; one that waits for a second signature."""
    _agreement(towns, SIGNED, ENDS, "Меморандум о раном упућивању", "Memorandum o ranom upućivanju",
               ("health", "kindergarten", "csr"), 3)  # fmt: skip
    _agreement(towns, WAITING, 730, "Споразум о преласку из вртића у школу", "Sporazum o prelasku iz vrtića u školu",
               ("kindergarten", "office", "ngo"), 1)  # fmt: skip


def _agreement(towns: Towns, ago: int, ends: int, sr: str, bs: str, sides: tuple[str, ...], signing: int) -> None:
    day, keeper = clock.today() - timedelta(days=ago), towns.organisations[AT]
    head = Head(
        {"sr": f"{sr} (измишљен)", "bs": f"{bs} (izmišljen)"}, AgreementKind.MEMORANDUM, keeper.territory,
        "Мрежа за инклузивно образовање (измишљено)", day, clock.today() + timedelta(days=ends),
        clock.today() + timedelta(days=REVIEW) if ends == ENDS else None,
    )  # fmt: skip
    with clock.on(day):
        by = actor_for(towns.accounts["csaba"].pk, day)
        row = draft(by=by, organisation=keeper.pk, head=head)
        named = {
            key: name_signatory(by=by, agreement=row, organisation=towns.organisations[f"{key}-subotica"])
            for key in sides
        }
    for key in sides[:signing]:
        days_ago(towns, f"{key}.subotica", ago, sign, signatory=named[key], representative=f"Директор {key} (измишљен)")
