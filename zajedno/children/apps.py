from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "zajedno.children"
    label = "children"
