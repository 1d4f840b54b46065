from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "zajedno.kernel"
    label = "kernel"
