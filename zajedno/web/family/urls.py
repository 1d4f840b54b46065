"""Addresses of the family desk: codes that say nothing."""

from django.urls import path
from django.views.generic import TemplateView

from zajedno.web.family import case, child, consents, enter, move

CHILD, CASE = "child/<uuid:uuid>/", "case/<uuid:uuid>/"

urlpatterns = [
    path("", child.home, name="family"),
    path("enter/", enter.enter, name="family-enter"),
    path("enter/<str:token>/", enter.enter),
    path("safety/", TemplateView.as_view(template_name="family/safety.html"), name="family-safety"),
    path(CHILD, child.child),
    path(f"{CHILD}looked/", child.looked),
    path(f"{CHILD}consents/", consents.listed),
    path(f"{CHILD}consents/<uuid:consent>/", consents.take_back),
    path(f"{CHILD}asked/", child.asked),
    path(f"{CHILD}asked/<uuid:asked>/copy/", child.copy),
    path(f"{CHILD}ask/<slug:kind>/", child.question),
    path(CASE, case.overview),
    path(f"{CASE}papers/", case.papers),
    path(f"{CASE}papers/view/", case.view),
    path(f"{CASE}papers/<uuid:own>/", case.paper),
    path(f"{CASE}letters/<uuid:letter>/", case.letter),
    path(f"{CASE}plan/", case.plan),
    path(f"{CASE}history/", case.history),
    path(f"{CASE}consent/", consents.give),
    path(f"{CASE}calendar.ics", case.ics),
    path(f"{CASE}move/<slug:move>/", move.move),
]
