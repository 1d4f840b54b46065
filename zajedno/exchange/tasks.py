"""Thin door to background jobs of this room."""

from zajedno.exchange.actions.digest import send_digests
from zajedno.exchange.actions.nomination import drop_unconfirmed
from zajedno.exchange.actions.wave import forget_tickets
from zajedno.kernel.fence import WORKER, acting
from zajedno.kernel.jobs import every


@every("45 5 * * *", "exchange.drop_unconfirmed")
def drop_nominations() -> None:
    with acting(WORKER):
        drop_unconfirmed()


@every("50 5 * * *", "exchange.forget_tickets")
def forget_survey_tickets() -> None:
    with acting(WORKER):
        forget_tickets()


@every("15 6 * * *", "exchange.send_digests")
def tell_what_is_new() -> None:
    with acting(WORKER):
        send_digests()
