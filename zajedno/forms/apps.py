from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "zajedno.forms"
    label = "forms"
