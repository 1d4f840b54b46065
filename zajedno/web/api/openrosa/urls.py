"""Addresses for phones. ODK Collect and KoboCollect are given the first and add `formList` and `submission`."""

from django.urls import path, re_path

from zajedno.web.api.openrosa import forms, submission

FORM = "forms/<slug:key>/<slug:version>/"

urlpatterns = [
    re_path(r"^formList/?$", forms.form_list),
    path(f"{FORM}form.xml", forms.form_file),
    path(f"{FORM}manifest", forms.manifest),
    re_path(r"^submission/?$", submission.submission),
]
