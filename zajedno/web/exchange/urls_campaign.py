"""Addresses of campaigns: for everybody, and for who leads one."""

from django.urls import path

from zajedno.web.exchange import campaigning, campaigns, survey

app_name = "campaign"
urlpatterns = [
    path("campaigns/", campaigns.listed, name="campaigns"),
    path("campaigns/<slug:slug>/", campaigns.shown, name="campaign"),
    path("campaigns/<slug:slug>/survey/thanks/", survey.thanks, name="thanks"),
    path("campaigns/<slug:slug>/survey/<uuid:wave>/", survey.fill, name="survey"),
    path("campaigning/", campaigning.mine, name="mine"),
    path("campaigning/new/", campaigning.new, name="new"),
    path("campaigning/<slug:slug>/", campaigning.one, name="one"),
    path("campaigning/<slug:slug>/change/", campaigning.change, name="change"),
    path("campaigning/<slug:slug>/out/<slug:what>/told/<int:number>/", campaigning.take_out, name="take-out"),
    path("campaigning/<slug:slug>/advance/", campaigning.advance, name="advance"),
    path("campaigning/<slug:slug>/activity/", campaigning.activity, name="activity"),
    path("campaigning/<slug:slug>/material/", campaigning.material, name="material"),
    path("campaigning/<slug:slug>/wave/", campaigning.open_wave, name="open-wave"),
    path("campaigning/<slug:slug>/wave/<uuid:wave>/codes/", campaigning.codes, name="codes"),
    path("campaigning/<slug:slug>/wave/<uuid:wave>/drop/", campaigning.drop, name="drop"),
    path("campaigning/<slug:slug>/wave/<uuid:wave>/end/", campaigning.end, name="end"),
]
