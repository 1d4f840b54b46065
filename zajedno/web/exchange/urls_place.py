from django.urls import path

from zajedno.web.exchange import place

urlpatterns = [
    path("places/", place.listed),
    path("places/<slug:code>/", place.shown),
]
