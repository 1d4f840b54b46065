"""Addresses of gatherings: for everybody, and for who prepares them."""

from django.urls import path

from zajedno.web.exchange import evaluation, gathering_files, gatherings, pacts, registering
from zajedno.web.exchange import gathering_call as call
from zajedno.web.exchange import gathering_desk as desk
from zajedno.web.exchange import gathering_people as people
from zajedno.web.exchange import gathering_programme as programme

app_name = "gathering"
urlpatterns = [
    path("gatherings/", gatherings.listed, name="all"),
    path("gatherings/<slug:slug>/", gatherings.shown, name="shown"),
    path("gatherings/<slug:slug>/calendar.ics", gatherings.calendar, name="calendar"),
    path("gatherings/<slug:slug>/releases/<int:number>/", gatherings.release, name="release-of"),
    path("gatherings/<slug:slug>/files/<uuid:uuid>/", gathering_files.file, name="file"),
    path("gatherings/<slug:slug>/sessions/<uuid:uuid>.ics", gatherings.slot, name="slot"),
    path("gatherings/<slug:slug>/register/", registering.register, name="register"),
    path("gatherings/<slug:slug>/register/sent/", registering.sent, name="sent"),
    path("gatherings/<slug:slug>/registration/<uuid:uuid>/<str:token>/", registering.own, name="own"),
    path("gatherings/<slug:slug>/registration/<uuid:uuid>/<str:token>/needs/", registering.needs, name="needs"),
    path("gatherings/<slug:slug>/registration/<uuid:uuid>/<str:token>/evaluate/", evaluation.evaluate, name="evaluate"),
    path("gatherings/<slug:slug>/propose/", registering.propose, name="propose"),
    path("gatherings/<slug:slug>/propose/<uuid:uuid>/withdraw/", registering.withdraw, name="withdraw"),
    path("gathering-desk/", desk.listed, name="desk"),
    path("gathering-desk/new/", desk.new, name="new"),
    path("gathering-desk/<slug:slug>/", desk.one, name="one"),
    path("gathering-desk/<slug:slug>/edit/", desk.edit, name="edit"),
    path("gathering-desk/<slug:slug>/state/<str:state>/", desk.state, name="state"),
    path("gathering-desk/<slug:slug>/files/", gathering_files.listed, name="files"),
    path("gathering-desk/<slug:slug>/files/<uuid:uuid>/remove/", gathering_files.remove, name="remove-file"),
    path("gathering-desk/<slug:slug>/evaluation/", evaluation.read, name="evaluation"),
    path("gathering-desk/<slug:slug>/visits/", desk.visits, name="visits"),
    path("gathering-desk/<slug:slug>/call/", call.call, name="call"),
    path("gathering-desk/<slug:slug>/call/<str:key>/", call.track, name="track"),
    path("gathering-desk/<slug:slug>/proposals/<uuid:uuid>/", call.proposal, name="proposal"),
    path("gathering-desk/<slug:slug>/programme/", programme.draft, name="programme"),
    path("gathering-desk/<slug:slug>/programme/rooms/", programme.rooms, name="rooms"),
    path("gathering-desk/<slug:slug>/programme/release/", programme.release, name="release"),
    path("gathering-desk/<slug:slug>/programme/new/", programme.place, name="place"),
    path("gathering-desk/<slug:slug>/programme/<uuid:uuid>/", programme.session, name="session"),
    path("gathering-desk/<slug:slug>/programme/<uuid:uuid>/change/", programme.place, name="change"),
    path("gathering-desk/<slug:slug>/programme/<uuid:uuid>/remove/", programme.remove, name="remove"),
    path("gathering-desk/<slug:slug>/programme/<uuid:uuid>/link/", programme.handout, name="handout"),
    path("gathering-desk/<slug:slug>/programme/speakers/<int:speaker>/", programme.consent, name="consent"),
    path("gathering-desk/<slug:slug>/people/", people.listed, name="people"),
    path("gathering-desk/<slug:slug>/people/came/", people.came, name="came"),
    path("gathering-desk/<slug:slug>/people/list.csv", people.door, name="door"),
    path("gathering-desk/<slug:slug>/people/badges.pdf", people.badges, name="badges"),
    path("gathering-desk/<slug:slug>/people/<uuid:uuid>/cancel/", people.strike, name="strike"),
    path("gathering-desk/<slug:slug>/letters/", people.letters, name="letters"),
    path("gathering-desk/<slug:slug>/letters/new/", people.letter, name="new-letter"),
    path("gathering-desk/<slug:slug>/letters/<uuid:uuid>/", people.letter, name="letter"),
    path("gathering-desk/<slug:slug>/letters/<uuid:uuid>/send/", people.send, name="send"),
    path("visits/", pacts.listed, name="pacts"),
    path("visits/new/", pacts.new, name="new-pact"),
    path("visits/<uuid:uuid>/", pacts.one, name="pact"),
    path("visits/<uuid:uuid>/<str:act>/", pacts.act, name="pact-act"),
]
