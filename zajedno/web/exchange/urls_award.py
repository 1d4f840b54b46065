"""Addresses of champions of inclusion: for everybody, and for who awards."""

from django.urls import path

from zajedno.web.exchange import awards, ballots, champions

app_name = "award"
urlpatterns = [
    path("champions/", champions.wall, name="wall"),
    path("champions/nominate/<uuid:uuid>/", champions.nominate, name="nominate"),
    path("champions/said/<slug:what>/", champions.said, name="said"),
    path("champions/confirm/<str:token>/", champions.confirm, name="confirm"),
    path("champions/consent/<str:token>/", champions.consent, name="consent"),
    path("champions/consent/<str:token>/plaque/", champions.own_plaque, name="own-plaque"),
    path("champions/<slug:slug>/", champions.champion, name="champion"),
    path("awards/", awards.cycles, name="cycles"),
    path("awards/new/", awards.new, name="new"),
    path("awards/nominations/<uuid:uuid>/", ballots.one, name="nomination"),
    path("awards/nominations/<uuid:uuid>/conflict/", ballots.conflict, name="conflict"),
    path("awards/nominations/<uuid:uuid>/remove/", ballots.remove, name="remove"),
    path("awards/nominations/<uuid:uuid>/again/", ballots.again, name="again"),
    path("awards/nominations/<uuid:uuid>/plaque/", ballots.plaque, name="plaque"),
    path("awards/<uuid:uuid>/", awards.one, name="one"),
    path("awards/<uuid:uuid>/prolong/", awards.prolong, name="prolong"),
    path("awards/<uuid:uuid>/jury/", awards.jury, name="jury"),
    path("awards/<uuid:uuid>/jury/<int:number>/", awards.unseat, name="unseat"),
    path("awards/<uuid:uuid>/reopen/", awards.reopen, name="reopen"),
    path("awards/<uuid:uuid>/decide/", awards.decide, name="decide"),
    path("awards/<uuid:uuid>/publish/", awards.publish, name="publish"),
]
