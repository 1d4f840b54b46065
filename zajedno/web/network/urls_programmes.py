"""Addresses of programmes."""

from django.urls import path

from zajedno.web.network import programme_parts, programmes

urlpatterns = [
    path("", programmes.listed),
    path("new/", programmes.new),
    path("<uuid:uuid>/", programmes.one),
    path("<uuid:uuid>/change/", programmes.change),
    path("<uuid:uuid>/places/", programmes.places),
    path("<uuid:uuid>/result/", programmes.result),
    path("<uuid:uuid>/archive/", programmes.archive),
    path("<uuid:uuid>/sessions/new/", programme_parts.meet),
    path("<uuid:uuid>/sessions/<uuid:session>/", programme_parts.count),
    path("<uuid:uuid>/sessions/<uuid:session>/off/", programme_parts.call_off),
    path("<uuid:uuid>/measured/new/", programme_parts.add_measurement),
    path("<uuid:uuid>/measured/<uuid:measured>/", programme_parts.measurement),
]
