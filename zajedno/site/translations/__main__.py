"""What a build calls: `python -m zajedno.site.translations` compiles the catalogues."""

from zajedno.site.translations import compile_all

if __name__ == "__main__":
    compile_all()
