from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "zajedno.web"
    label = "web"
