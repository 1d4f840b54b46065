"""Addresses of the work desk. They hold codes that say nothing; never a name, number or date."""

from django.urls import include, path

from zajedno.web.registers import urls as registers
from zajedno.web.work import case, child, child_change, intake, mine, move, notes, opinions, papers, plan, search
from zajedno.web.work.register import CHILDREN

CASE, CHILD, REQUEST = "case/<uuid:uuid>/", "child/<uuid:uuid>/", "request/<uuid:uuid>/"

urlpatterns = [
    path("", mine.mine, name="work"),
    path("search/", search.search, name="work-search"),
    path("register/", include(registers.register(CHILDREN, "work-register"))),
    path("request/", intake.start, name="work-request"),
    path("request/done/<uuid:uuid>/", intake.done),
    path(REQUEST, intake.go_on),
    path(f"{REQUEST}same/", intake.same),
    path(f"{REQUEST}check/", intake.check),
    path(f"{REQUEST}drop/", intake.drop),
    path(f"{REQUEST}<slug:step>/", intake.step),
    path(CHILD, child.child, name="work-child"),
    path(f"{CHILD}change/", child_change.change),
    path(f"{CHILD}guardian/", child_change.guardian),
    path(f"{CHILD}guardian/<uuid:guardian>/", child_change.guardian),
    path(f"{CHILD}guardian/<uuid:guardian>/end/", child_change.guardian_end),
    path(f"{CHILD}consent/", child_change.consent),
    path(f"{CHILD}consent/<uuid:consent>/withdraw/", child_change.consent_withdraw),
    path(f"{CHILD}enrol/", child_change.enrol),
    path(CASE, case.overview, name="work-case"),
    path(f"{CASE}request/", case.request_page),
    path(f"{CASE}request/change/", case.request_change),
    path(f"{CASE}consent/", child_change.case_consent),
    path(f"{CASE}opinions/", opinions.opinions),
    path(f"{CASE}plan/", plan.plan),
    path(f"{CASE}plan/new/", plan.measure_new),
    path(f"{CASE}plan/<uuid:measure>/", plan.measure_page),
    path(f"{CASE}plan/<uuid:measure>/change/", plan.measure_change),
    path(f"{CASE}plan/<uuid:measure>/drop/", plan.measure_drop),
    path(f"{CASE}papers/", papers.papers),
    path(f"{CASE}papers/<uuid:paper>/", papers.paper),
    path(f"{CASE}papers/<uuid:paper>/remove/", papers.paper_remove),
    path(f"{CASE}letters/<uuid:letter>/", papers.letter),
    path(f"{CASE}letters/<uuid:letter>/word/", papers.letter_word),
    path(f"{CASE}letters/<uuid:letter>/again/", papers.letter_again),
    path(f"{CASE}people/", case.people),
    path(f"{CASE}history/", case.history),
    path(f"{CASE}note/", notes.note),
    path(f"{CASE}note/<slug:kind>/", notes.note),
    path(f"{CASE}move/<slug:move>/", move.move),
]
