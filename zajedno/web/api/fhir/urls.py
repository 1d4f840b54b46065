"""Addresses for programs that speak FHIR. They hold codes that say nothing."""

from django.urls import path

from zajedno.web.api.fhir import views

urlpatterns = [
    path("metadata", views.metadata),
    path("ServiceRequest", views.service_request),
    path("Task/<uuid:uuid>", views.task),
    path("handout/<uuid:uuid>", views.handed_out),
]
