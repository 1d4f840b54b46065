"""Addresses of released figures. A file's description lies beside it, where CSV on the Web looks for it."""

from django.urls import path

from zajedno.web.open import pages

urlpatterns = [
    path("", pages.front, name="figures"),
    path("table/", pages.shown),
    path("files/figures.<str:ending>", pages.file),
]
