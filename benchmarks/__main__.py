"""`make bench`: every measurement, as ratios within one run. `python -m benchmarks NAME` runs one."""

import importlib
import sys

NAMES = (
    "scale", "numbers", "move", "register", "growth", "forms", "grid", "catalogue", "directory", "public", "match", "cost",
)  # fmt: skip


def main() -> int:
    chosen = sys.argv[1:] or NAMES
    passed = True
    for name in chosen:
        print(f"== {name}", flush=True)
        passed = importlib.import_module(f"benchmarks.{name}").run() and passed
    print("all within their bounds" if passed else "SOMETHING IS OUTSIDE ITS BOUND")
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
