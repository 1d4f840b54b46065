"""Every address of the pages. Desks bring their own `urls.py`; one that is not there yet has no address."""

from django.urls import include, path

from zajedno.web.api.about import developers
from zajedno.web.shared.language import choose

urlpatterns = [
    path("", include("zajedno.web.public.urls")),
    path("", include("zajedno.web.account.urls")),
    path("work/", include("zajedno.web.work.urls")),
    path("family/", include("zajedno.web.family.urls")),
    path("manage/", include("zajedno.web.manage.urls")),
    path("panel/", include("zajedno.web.panel.urls")),
    path("network/", include("zajedno.web.network.urls")),
    path("", include("zajedno.web.network.urls_public")),
    path("monitor/", include("zajedno.web.monitor.urls")),
    path("figures/", include("zajedno.web.open.urls")),
    path("services/", include("zajedno.web.directory.urls")),
    path("exchange/", include("zajedno.web.exchange.urls_writing")),
    path("exchange/", include("zajedno.web.exchange.urls_award")),
    path("exchange/", include("zajedno.web.exchange.urls_campaign")),
    path("exchange/", include("zajedno.web.exchange.urls_model")),
    path("exchange/", include("zajedno.web.exchange.urls_gathering")),
    path("exchange/", include("zajedno.web.exchange.urls_community")),
    path("", include("zajedno.web.exchange.urls_catalogue")),
    path("", include("zajedno.web.exchange.urls_event")),
    path("", include("zajedno.web.exchange.urls_place")),
    path("api/1/fhir/", include("zajedno.web.api.fhir.urls")),
    path("api/openrosa/", include("zajedno.web.api.openrosa.urls")),
    path("api/1/", include("zajedno.web.api.urls")),
    path("developers/", developers),
    path("language/", choose, name="language"),
]
