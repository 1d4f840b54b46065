"""`python -m zajedno.site.command`: the same as `zajedno`, for child processes."""

import sys

from zajedno.site.command import main

sys.exit(main())
