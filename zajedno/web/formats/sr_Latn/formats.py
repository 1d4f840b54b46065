from zajedno.web.formats.region import *  # noqa: F403
