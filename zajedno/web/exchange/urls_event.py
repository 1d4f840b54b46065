from django.urls import path

from zajedno.web.exchange import event

urlpatterns = [
    path("exchange/events/", event.listed),
    path("exchange/events/<slug:key>/", event.shown),
]
