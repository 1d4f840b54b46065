"""Stops the server when its last user is gone, even one that was killed. Started by the launcher, ends by itself."""

import sys
from pathlib import Path

from zajedno.site.database.cluster import Cluster


def main(folder: str, temporary: bool) -> None:
    Cluster(Path(folder), temporary=temporary).stop_after_last_user()


if __name__ == "__main__":
    main(sys.argv[1], "--remove" in sys.argv[2:])
