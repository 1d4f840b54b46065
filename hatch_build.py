"""Build hook: a wheel carries the built assets and the compiled translations, which git does not."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CarryBuiltFiles(BuildHookInterface):
    """Compiles translations into every build; refuses a wheel without style sheets."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, self.root)
        from zajedno.site.translations import compile_all

        compile_all()
        if version == "editable" or self.target_name != "wheel":
            return
        if not (root / "zajedno/web/static/built/app.css").exists():
            raise RuntimeError("Run `make assets` first: the style sheets are not built.")
        build_data["artifacts"] += ["/zajedno/web/static/built/**", "/zajedno/locale/**/*.mo"]
