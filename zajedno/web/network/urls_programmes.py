"""Addresses of programmes."""

from django.urls import path

from zajedno.web.network import programme_parts, programme_report, programmes

ENDINGS = ("pdf", "docx", "xlsx")
YEAR, ISSUED = "<uuid:uuid>/year/<int:year>/", "<uuid:uuid>/year/<int:year>/issued/<uuid:report>/"
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
    path(YEAR, programme_report.one),
    path(f"{YEAR}words/", programme_report.write),
    path(f"{YEAR}issue/", programme_report.issue),
    *(path(f"{YEAR}report.{one}", programme_report.paper, {"ending": one}) for one in ENDINGS),
    path(ISSUED, programme_report.issued),
    path(f"{ISSUED}read/", programme_report.read),
    *(path(f"{ISSUED}report.{one}", programme_report.issued, {"ending": one}) for one in ENDINGS[1:]),
]
