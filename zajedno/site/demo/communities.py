"""Communities: a solved question, one that waits, one with a report, and who hears of them. All invented."""

from collections.abc import Callable

from zajedno.exchange.actions import community, digest
from zajedno.exchange.models import Contribution
from zajedno.site.demo.champions import SITE
from zajedno.site.demo.institutions import Towns, days_ago

SOLVED = (
    "peers", "bs", "Kako čuvare kutka za igru mijenjati, a da niko ne odustane? (izmišljeno)",
    "Stariji učenici su se prijavili u septembru, a u novembru ih je ostala polovina.",
)  # fmt: skip
ANSWERS = (
    ("ana", "sr", "Код нас траје по две недеље, и увек су двоје: један који зна и један који учи (измишљено)."),
    ("praksa.jajce", "bs", "Kratak razgovor svakog petka: ko hoće, može reći da mu je dosta (izmišljeno)."),
)
WAITS = (
    "early", "sr", "Ко плаћа гориво када група обилази села? (измишљено)",
    "Вртић даје васпитача, а за комби нико нема ставку у буџету.",
)  # fmt: skip
REPORTED = ("referral", "bs", "Ko zove porodicu prvi? (izmišljeno)", "Svi kažemo da je to neko drugi.")


def seed_communities(towns: Towns, progress: Callable[[str], None]) -> None:
    solved = _asked(towns, "dino", 20, SOLVED)
    answers = [
        days_ago(towns, who, 18 - number, community.answer, topic=solved, language=language, text=text)
        for number, (who, language, text) in enumerate(ANSWERS)
    ]
    days_ago(towns, "dino", 15, community.accept, answer=answers[0])
    _asked(towns, "praksa.subotica", 6, WAITS)
    reported = _asked(towns, "praksa.jajce", 4, REPORTED)
    days_ago(
        towns, "dino", 3, community.report, row=reported, why="Naslov zvuči kao da pita za jednu porodicu (izmišljeno)."
    )
    for who, often, themes in (("dino", "weekly", ("peers", "early")), ("ana", "none", ("peers", "counselling"))):
        days_ago(towns, who, 5, digest.follow, themes=themes, digest=often, site=SITE)
    progress("3 topics in communities")


def _asked(towns: Towns, who: str, days: int, said: tuple[str, str, str, str]) -> Contribution:
    theme, language, title, text = said
    row: Contribution = days_ago(
        towns, who, days, community.open_topic, theme=theme, language=language, title=title, text=text
    )  # fmt: skip
    return row
