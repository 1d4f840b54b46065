"""Addresses of the desk."""

from django.urls import path

from zajedno.web.network import (
    agreement_paper,
    agreement_parts,
    agreements,
    answers,
    people,
    results,
    round,
    rounds,
)

app_name = "network"
urlpatterns = [
    path("", rounds.rounds, name="rounds"),
    path("rounds/new/", rounds.new, name="new"),
    path("rounds/<uuid:uuid>/", round.one, name="round"),
    path("rounds/<uuid:uuid>/people/", people.invite, name="invite"),
    path("rounds/<uuid:uuid>/remind/", people.remind, name="remind"),
    path("rounds/<uuid:uuid>/time/", round.prolong, name="prolong"),
    path("rounds/<uuid:uuid>/close/", round.close, name="close"),
    path("rounds/<uuid:uuid>/answer/", answers.begin, name="answer"),
    path("rounds/<uuid:uuid>/sent/", answers.sent, name="sent"),
    path("rounds/<uuid:uuid>/sent/paper/", answers.sent_paper, name="sent-paper"),
    path("rounds/<uuid:uuid>/paper/", answers.empty_paper, name="paper"),
    path("sheet/<uuid:uuid>/", answers.index, name="sheet"),
    path("sheet/<uuid:uuid>/check/", answers.check, name="sheet-check"),
    path("sheet/<uuid:uuid>/drop/", answers.drop, name="sheet-drop"),
    path("sheet/<uuid:uuid>/<str:page>/", answers.page, name="sheet-page"),
    path("results/<uuid:uuid>/", results.results, name="results"),
    path("results/<uuid:uuid>/export/", results.export, name="export"),
    path("results/<uuid:uuid>/settle/<str:item>/", results.settle, name="settle"),
    path("agreements/", agreements.listed),
    path("agreements/new/", agreements.new),
    path("agreements/<uuid:uuid>/", agreements.one),
    path("agreements/<uuid:uuid>/change/", agreements.change),
    path("agreements/<uuid:uuid>/version/", agreements.version),
    path("agreements/<uuid:uuid>/changes/", agreements.compare),
    path("agreements/<uuid:uuid>/end/", agreements.end),
    path("agreements/<uuid:uuid>/signatories/new/", agreement_parts.name),
    path("agreements/<uuid:uuid>/signatories/<uuid:signatory>/", agreement_parts.unname),
    path("agreements/<uuid:uuid>/clauses/new/", agreement_parts.add_clause),
    path("agreements/<uuid:uuid>/clauses/<uuid:clause>/", agreement_parts.change_clause),
    path("agreements/<uuid:uuid>/clauses/<uuid:clause>/remove/", agreement_parts.remove_clause),
    path("agreements/<uuid:uuid>/sign/", agreement_parts.sign),
    path("agreements/<uuid:uuid>/refuse/", agreement_parts.refuse),
    path("agreements/<uuid:uuid>/leave/", agreement_parts.leave),
    path("agreements/<uuid:uuid>/protocol.pdf", agreement_paper.protocol),
    path("agreements/<uuid:uuid>/paper/", agreement_paper.paper),
    path("agreements/<uuid:uuid>/paper/keep/", agreement_paper.keep),
]
