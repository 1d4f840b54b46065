"""The door for the web server: `granian --interface wsgi zajedno.site.wsgi:application`."""

import gc
import os

from django.core.handlers.wsgi import WSGIHandler

from zajedno.site.parent import end_with_supervisor, giving_up


def _open() -> WSGIHandler:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zajedno.site.settings")
    from django.core.wsgi import get_wsgi_application

    ready = get_wsgi_application()
    from zajedno.site.checks import refuse_unsafe  # needs Django ready

    refuse_unsafe()
    _settle()
    return ready


def _settle() -> None:
    """What is loaded by now stays, so the collector of garbage need not look through it: that held up a page for a
    sixth of a second, again and again."""
    from django.urls import get_resolver

    _ = get_resolver().url_patterns  # takes all pages in
    gc.collect()
    gc.freeze()


end_with_supervisor()
with giving_up():
    application = _open()
