"""Addresses of models, of the places that take them over, and of what is asked for."""

from django.urls import path

from zajedno.web.exchange import models, site_report, sites

app_name = "site"
urlpatterns = [
    path("models/", models.listed, name="models"),
    path("models/<slug:slug>/", models.shown, name="model"),
    path("models/<slug:slug>/lineage/", models.tree, name="lineage"),
    path("models/<slug:slug>/sites/<uuid:uuid>/", models.place, name="place"),
    path("neglected/", models.asked, name="neglected"),
    path("sites/", sites.listed, name="sites"),
    path("sites/models/new/", site_report.new_model, name="new-model"),
    path("sites/models/<slug:slug>/version/", site_report.new_version, name="new-version"),
    path("sites/begin/<slug:slug>/", sites.begin, name="begin"),
    path("sites/lessons/<uuid:uuid>/", site_report.reply, name="reply"),
    path("sites/<uuid:uuid>/", sites.one, name="one"),
    path("sites/<uuid:uuid>/readiness/", sites.readiness, name="readiness"),
    path("sites/<uuid:uuid>/move/<slug:key>/", sites.move, name="move"),
    path("sites/<uuid:uuid>/adapt/", site_report.adapt, name="adapt"),
    path("sites/<uuid:uuid>/fidelity/", site_report.fidelity, name="fidelity"),
    path("sites/<uuid:uuid>/result/", site_report.result, name="result"),
    path("sites/<uuid:uuid>/back/<slug:what>/told/<int:number>/", site_report.take_back, name="take-back"),
    path("sites/<uuid:uuid>/indicator/", site_report.indicator, name="indicator"),
    path("sites/<uuid:uuid>/lesson/", site_report.lesson, name="lesson"),
]
