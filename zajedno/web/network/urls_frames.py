"""Addresses of frameworks of results."""

from django.urls import path

from zajedno.web.network import frameworks

ONE = "<slug:frame>/"
urlpatterns = [
    path("", frameworks.listed),
    path(ONE, frameworks.one),
    path(f"{ONE}lessons/new/", frameworks.learn),
    path(f"{ONE}results/<slug:result>/", frameworks.tell),
    *(path(f"{ONE}print.{one}", frameworks.paper, {"ending": one}) for one in ("pdf", "docx")),
]
