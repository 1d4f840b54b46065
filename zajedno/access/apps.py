from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "zajedno.access"
    label = "access"
