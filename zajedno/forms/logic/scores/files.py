"""Ways of scoring whole files, by the name `zajedno score` knows them. Each is imported when it is called."""

from collections.abc import Callable
from functools import partial

from zajedno.forms.logic.scores.contract import FileScore
from zajedno.forms.logic.scores.later import later

FILES: dict[str, Callable[[], FileScore]] = {
    "who-growth": partial(later, "growth_file.UNDER_FIVE"),
    "who-growth-5-19": partial(later, "growth_file.SCHOOL"),
    "cfm": partial(later, "cfm.FILE"),
    "dropout-risk": partial(later, "dropout_file.FILE"),
}
