"""Addresses of action plans."""

from django.urls import path

from zajedno.web.network import plan_lines, plan_paper, plan_parts, plans

urlpatterns = [
    path("", plans.listed),
    path("new/", plans.new),
    path("<uuid:uuid>/", plans.one),
    path("<uuid:uuid>/change/", plans.change),
    path("<uuid:uuid>/situation/", plans.situation),
    path("<uuid:uuid>/adopt/", plans.adopt),
    path("<uuid:uuid>/version/", plans.version),
    path("<uuid:uuid>/report.pdf", plan_paper.report, {"ending": "pdf"}),
    path("<uuid:uuid>/report.docx", plan_paper.report, {"ending": "docx"}),
    path("<uuid:uuid>/goals/new/", plan_parts.add_goal),
    path("<uuid:uuid>/parts/<uuid:part>/", plan_parts.change),
    path("<uuid:uuid>/parts/<uuid:part>/add/", plan_parts.add),
    path("<uuid:uuid>/parts/<uuid:part>/remove/", plan_parts.remove),
    path("<uuid:uuid>/parts/<uuid:part>/progress/", plan_parts.progress),
    path("<uuid:uuid>/parts/<uuid:part>/lines/", plan_lines.one),
    path("<uuid:uuid>/parts/<uuid:part>/lines/<uuid:line>/off/", plan_lines.off),
]
