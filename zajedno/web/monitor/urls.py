"""Addresses of the desk."""

from django.urls import path

from zajedno.web.monitor import networks

app_name = "monitor"
urlpatterns = [
    path("networks/", networks.networks, name="networks"),
    path("networks/export/", networks.export, name="export"),
]
