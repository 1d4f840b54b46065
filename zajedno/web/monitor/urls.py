"""Addresses of the desk."""

from django.urls import path

from zajedno.web.monitor import figures, networks

app_name = "monitor"
urlpatterns = [
    path("networks/", networks.networks, name="networks"),
    path("networks/export/", networks.export, name="export"),
    path("", figures.overview, name="figures"),
    path("<slug:code>/", figures.one, name="figure"),
    path("<slug:code>/<slug:chart>.<slug:ending>", figures.taken),
]
