"""The door for the web server: `granian --interface wsgi zajedno.site.wsgi:application`."""

import os

from zajedno.site.parent import end_with_supervisor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zajedno.site.settings")
end_with_supervisor()

from django.core.wsgi import get_wsgi_application  # noqa: E402  (settings first)

application = get_wsgi_application()

from zajedno.site.checks import refuse_unsafe  # noqa: E402  (models first)

refuse_unsafe()
