"""What maintainers call: `python -m zajedno.site.translations [collect]`."""

import argparse

from zajedno.site.translations import compile_all


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m zajedno.site.translations", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["compile", "collect"], default="compile")
    if parser.parse_args().what == "collect":
        from zajedno.site.translations.catalogues import collect

        for code, missing in collect().items():
            print(f"{code}: {missing} without a translation")
    compile_all()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
