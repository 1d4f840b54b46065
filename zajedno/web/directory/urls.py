"""Addresses of the directory. Those of the API end as the standard has them."""

from django.urls import path

from zajedno.web.directory import hsds, pages

urlpatterns = [
    path("", pages.listed, name="services"),
    path("<uuid:uuid>/", pages.one),
    path("hsds/", hsds.about),
    path("hsds/services", hsds.services),
    path("hsds/services/<uuid:uuid>", hsds.service),
    path("hsds/organizations", hsds.organisations),
    path("hsds/organizations/<uuid:uuid>", hsds.organisation),
    path("hsds/taxonomies", hsds.taxonomies),
    path("hsds/taxonomy_terms", hsds.terms),
]
