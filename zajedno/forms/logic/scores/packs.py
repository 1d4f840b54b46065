"""Where the packs that came along lie: in a checkout beside the package, in a wheel in it."""

from pathlib import Path

PACKS = next(folder for up in (4, 3) if (folder := Path(__file__).parents[up] / "packs").is_dir())
