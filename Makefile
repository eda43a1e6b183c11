# Two commands do everything: `make demo` and `make test`. They need Python 3.11 or later, nothing else.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
FRONT := src/inquirylab/static/page.js
SITES ?=

.PHONY: demo test lint types bench pictures front browser postgresql clean

demo: $(INSTALLED) $(FRONT)  ## run the England example for every local authority and name the report to open
	$(BIN)/inquirylab demo demo $(if $(SITES),--sites $(SITES))

test: $(INSTALLED) $(FRONT) lint browser postgresql  ## install what the tests need and pass them all, browser tests included
	$(BIN)/python hatch_build.py test
	$(BIN)/pytest -n 2

lint: $(INSTALLED)  ## style, types, arrows between rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

types: $(INSTALLED)  ## write the record's types anew from the forms
	$(BIN)/python scripts/generate_types.py

bench: $(INSTALLED) $(FRONT)  ## measure, side by side with peers
	for b in benchmarks/[a-z]*.py; do $(BIN)/python $$b || exit 1; done

pictures: $(INSTALLED) $(FRONT) browser  ## take the README's screenshots from the report in ./demo
	$(BIN)/python scripts/take_pictures.py

front: $(FRONT)  ## build the front end

browser: $(INSTALLED)  ## find or install a Chromium for the browser tests
	$(BIN)/python scripts/find_browser.py --install

postgresql: $(INSTALLED)  ## find or install a PostgreSQL server for the tests of databases
	$(BIN)/python scripts/find_postgresql.py --install || true

$(INSTALLED): pyproject.toml hatch_build.py
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(FRONT): $(shell find widgets -name node_modules -prune -o -type f -print) $(INSTALLED)
	$(BIN)/python hatch_build.py
	touch $@

clean:
	rm -rf .venv node_modules src/inquirylab/static build dist demo test-results
