"""Addresses of the commission's desk."""

from django.urls import include, path

from zajedno.web.panel import (
    cases,
    deadlines,
    decide,
    figure_rows,
    figures,
    follow_up,
    inbox,
    opinion,
    prepare,
    register,
    report,
    sittings,
    unmet,
)
from zajedno.web.registers import urls as registers

app_name = "panel"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("cases/", cases.cases, name="cases"),
    path("sittings/", sittings.sittings, name="sittings"),
    path("sittings/new/", sittings.new_sitting, name="new-sitting"),
    path("sittings/<uuid:uuid>/", prepare.sitting, name="sitting"),
    path("sittings/<uuid:uuid>/attendance/", prepare.attendance, name="attendance"),
    path("sittings/<uuid:uuid>/order/", prepare.order, name="order"),
    path("sittings/<uuid:uuid>/close/", prepare.close, name="close"),
    path("sittings/<uuid:uuid>/cancel/", prepare.cancel, name="cancel"),
    path("sittings/<uuid:uuid>/calendar.ics", prepare.calendar, name="calendar"),
    path("sittings/<uuid:uuid>/minutes/<uuid:item>/", prepare.minutes, name="minutes"),
    path("case/<uuid:uuid>/decide/", decide.decide, name="decide"),
    path("case/<uuid:uuid>/opinion/", opinion.own_opinion, name="opinion"),
    path("follow-up/", follow_up.follow_up, name="follow-up"),
    path("follow-up/<uuid:uuid>/", follow_up.measure, name="measure"),
    path("unmet/", unmet.needs, name="unmet"),
    path("deadlines/", deadlines.deadlines, name="deadlines"),
    path("figures/", figures.overview, name="figures"),
    path("figures/<slug:code>/", figures.one),
    path("figures/<slug:code>/behind/", figure_rows.rows),
    path("figures/<slug:code>/<slug:chart>.<slug:ending>", figures.taken),
    path("register/", include(registers.register(register.REQUESTS, "register"))),
    path("register/export/", register.export, name="register-export"),
    *report.urlpatterns,
]
