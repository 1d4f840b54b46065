"""`python -m zajedno.site.translations` compiles the catalogues, as a build does; with `collect` it first brings the
texts of the code into them: new ones empty, those that are gone removed."""

import sys

from zajedno.site.translations import WRITTEN, compile_all


def main(words: list[str]) -> None:
    if words == ["collect"]:
        from zajedno.site.translations.collecting import collect

        for language in WRITTEN:
            print(f"{language}: {collect(language)} texts to translate")
    elif words:
        raise SystemExit(__doc__)
    compile_all()


if __name__ == "__main__":
    main(sys.argv[1:])
