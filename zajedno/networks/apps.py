from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "zajedno.networks"
    label = "networks"
