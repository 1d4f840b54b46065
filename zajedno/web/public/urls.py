from django.urls import path

from zajedno.web.public import figures, guide, procedures, views, who_sees

urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.begin, name="begin"),
    path("begin/child/", guide.child, name="begin-child"),
    path("easy/", views.easy, name="easy"),
    path("procedures/", procedures.listed),
    path("procedures/<slug:country>/<slug:key>/", procedures.one),
    path("places/<slug:code>/figures/", figures.overview),
    path("places/<slug:code>/figures/<slug:indicator>/", figures.one),
    path("places/<slug:code>/figures/<slug:indicator>/<slug:chart>.<slug:ending>", figures.taken),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("who-sees/", who_sees.listed, name="who-sees"),
    path("who-sees/<slug:field>/", who_sees.one, name="who-sees-field"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
