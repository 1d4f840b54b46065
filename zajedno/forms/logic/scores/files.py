"""Ways of scoring whole files, by the name `zajedno score` knows them. Each is imported when it is called."""

from collections.abc import Callable

from zajedno.forms.logic.scores.contract import FileScore


def _under_five() -> FileScore:
    from zajedno.forms.logic.scores.growth_file import UNDER_FIVE

    return UNDER_FIVE


def _school() -> FileScore:
    from zajedno.forms.logic.scores.growth_file import SCHOOL

    return SCHOOL


def _cfm() -> FileScore:
    from zajedno.forms.logic.scores.cfm import FILE

    return FILE


def _dropout() -> FileScore:
    from zajedno.forms.logic.scores.dropout import FILE

    return FILE


FILES: dict[str, Callable[[], FileScore]] = {
    "who-growth": _under_five,
    "who-growth-5-19": _school,
    "cfm": _cfm,
    "dropout-risk": _dropout,
}
