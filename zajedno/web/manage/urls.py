"""Addresses of the administrators' desk. Only random ids stand in them."""

from django.urls import path

from zajedno.web.manage import (
    audit,
    institutions,
    mail,
    overview,
    pack_pages,
    people,
    posts,
    procedure,
    roles,
    services,
)

urlpatterns = [
    path("", overview.overview),
    path("institutions/", institutions.listed),
    path("institutions/new/", institutions.create),
    path("institutions/<uuid:uuid>/", institutions.one),
    path("institutions/<uuid:uuid>/change/", institutions.change),
    path("institutions/<uuid:uuid>/close/", institutions.close),
    path("institutions/<uuid:uuid>/reopen/", institutions.reopen),
    path("institutions/<uuid:uuid>/appoint/", posts.appoint),
    path("institutions/<uuid:uuid>/services/new/", services.create),
    path("services/<uuid:uuid>/", services.change),
    path("services/<uuid:uuid>/end/", services.end),
    path("posts/<uuid:uuid>/end/", posts.end),
    path("people/", people.listed),
    path("people/<uuid:uuid>/", people.one),
    path("people/<uuid:uuid>/state/", people.state),
    path("people/<uuid:uuid>/invite/", people.invite),
    path("roles/", roles.listed),
    path("packs/", pack_pages.listed),
    path("packs/load/", pack_pages.load),
    path("packs/unverified/", pack_pages.open_sources),
    path("packs/lists/<slug:country>/<slug:kind>/", pack_pages.coded_list),
    path("packs/procedures/<slug:country>/<slug:key>/", procedure.one),
    path("audit/", audit.trail),
    path("audit/file/", audit.file),
    path("audit/verify/", audit.verify),
    path("break-glass/", audit.break_glass),
    path("mail/", mail.listed),
]
