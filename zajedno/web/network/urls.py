"""Addresses of the desk."""

from django.urls import path

from zajedno.web.network import answers, people, results, round, rounds

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
]
