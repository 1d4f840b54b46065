from django.urls import path

from zajedno.web.network import body_public, framework_public

urlpatterns = [
    path("networks/", body_public.listed),
    path("networks/<slug:slug>/", body_public.shown),
    path("networks/<slug:slug>/report.pdf", body_public.report),
    path("frames/", framework_public.listed),
    path("frames/<slug:frame>/", framework_public.shown),
]
