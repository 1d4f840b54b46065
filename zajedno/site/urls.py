"""Root addresses: everything is a page of the top floor, and so is everything that is none."""

from django.urls import include, path

urlpatterns = [path("", include("zajedno.web.urls"))]
handler400 = "zajedno.web.shared.errors.bad_request"
handler403 = "zajedno.web.shared.errors.forbidden"
handler404 = "zajedno.web.shared.errors.not_found"
handler500 = "zajedno.web.shared.errors.server_error"
