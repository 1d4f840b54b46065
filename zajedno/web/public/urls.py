from django.urls import path

from zajedno.web.public import guide, views

urlpatterns = [
    path("", views.home, name="home"),
    path("begin/", views.begin, name="begin"),
    path("begin/child/", guide.child, name="begin-child"),
    path("easy/", views.easy, name="easy"),
    path("help/", views.help_page, name="help"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]
