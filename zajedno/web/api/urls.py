"""Addresses of the API, from what is declared."""

from django.urls import path, re_path

from zajedno.web.api import about
from zajedno.web.api.catalogue import BASE, ENDPOINTS
from zajedno.web.api.routing import routes

urlpatterns = [
    path("openapi.json", about.openapi),
    *routes(ENDPOINTS, BASE),
    re_path(r"^(?P<rest>.*)$", about.nothing),
]
