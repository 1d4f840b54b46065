"""Addresses of communities: for who holds a post; the last one for whoever has its letter."""

from django.urls import path

from zajedno.web.exchange import community, community_acts

app_name = "community"
urlpatterns = [
    path("community/", community.listed, name="topics"),
    path("community/ask/", community.ask, name="ask"),
    path("community/themes/", community_acts.themes, name="themes"),
    path("community/reports/", community_acts.reports, name="reports"),
    path("community/<uuid:uuid>/", community.one, name="topic"),
    path("community/<uuid:uuid>/answer/", community.answer, name="answer"),
    path("community/<uuid:uuid>/<str:act>/", community_acts.act, name="act"),
    path("community/unsubscribe/<uuid:uuid>/<str:token>/", community_acts.unsubscribe, name="unsubscribe"),
]
