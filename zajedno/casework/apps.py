from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "zajedno.casework"
    label = "casework"
