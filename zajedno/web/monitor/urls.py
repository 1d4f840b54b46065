"""Addresses of the desk."""

from django.urls import path

from zajedno.web.monitor import figures, frames, networks

app_name = "monitor"
urlpatterns = [
    path("networks/", networks.networks, name="networks"),
    path("networks/export/", networks.export, name="export"),
    path("frames/", frames.listed),
    path("frames/<slug:frame>/", frames.one),
    path("frames/<slug:frame>/export/", frames.export),
    *(path(f"frames/<slug:frame>/print.{one}", frames.paper, {"ending": one}) for one in ("pdf", "docx")),
    path("", figures.overview, name="figures"),
    path("targets/", figures.targets),
    path("<slug:code>/", figures.one, name="figure"),
    path("<slug:code>/<slug:chart>.<slug:ending>", figures.taken),
]
