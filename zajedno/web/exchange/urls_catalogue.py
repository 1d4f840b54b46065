from django.urls import path

from zajedno.web.exchange import catalogue, extras, open_data, pack, practice_page

urlpatterns = [
    path("sitemap.xml", open_data.sitemap, name="sitemap"),
    path("exchange/", catalogue.front, name="exchange"),
    path("exchange/kept/", extras.kept),
    path("exchange/compare/", catalogue.compared),
    path("exchange/feed.xml", open_data.feed),
    path("exchange/data/practices.<str:ending>", open_data.practices),
    path("exchange/practices/", catalogue.listed),
    path("exchange/practices/<slug:slug>/", practice_page.shown),
    path("exchange/practices/<slug:slug>/files/<uuid:uuid>/", practice_page.file),
    path("exchange/practices/<slug:slug>/keep/", extras.keep),
    path("exchange/practices/<slug:slug>/ask/", extras.ask),
    path("exchange/practices/<slug:slug>/answer/<uuid:uuid>/", extras.reply),
    path("exchange/practices/<slug:slug>/hide/<uuid:uuid>/", extras.hide),
    path("exchange/practices/<slug:slug>/use/", extras.use),
    path("exchange/practices/<slug:slug>/use/<str:code>/leave/", pack.leave),
    path("work/take-over/<slug:slug>/", pack.load),  # no page of the exchange may take a form into use
]
