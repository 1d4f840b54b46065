"""What indicators are, as packs say it: each in its newest method."""

from zajedno.figures.models import Definition


def definition(code: str) -> Definition | None:
    return Definition.objects.filter(code=code).order_by("-method").first()


def definitions() -> list[Definition]:
    """In the order of codes."""
    return list(Definition.objects.order_by("code", "-method").distinct("code"))
