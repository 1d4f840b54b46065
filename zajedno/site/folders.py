"""Where this installation keeps its data: one folder, named by the environment."""

import os
from pathlib import Path

from zajedno.site.trouble import Trouble

PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent


def data_folder() -> Path:
    """`ZAJEDNO_DATA`, else `data/` beside a checked-out copy, else the person's own share folder (absolute)."""
    if chosen := os.environ.get("ZAJEDNO_DATA"):
        return Path(chosen).expanduser().absolute()
    if (ROOT / "pyproject.toml").is_file():
        return ROOT / "data"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share") / "zajedno"


def made(folder: Path) -> Path:
    """The folder, made when missing. Trouble when it cannot be made or written to."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o711)
    except FileExistsError:
        raise Trouble(f"{folder} is a file, not a folder. Choose another data folder with ZAJEDNO_DATA.") from None
    except OSError as error:
        raise Trouble(
            f"The data folder {folder} cannot be made ({error.strerror}). Choose another with ZAJEDNO_DATA."
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(
            f"The data folder {folder} cannot be written to. "
            "Give this account the right to write there, or choose another folder with ZAJEDNO_DATA."
        )
    return folder
