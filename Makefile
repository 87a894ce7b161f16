# Two commands matter: `make demo` and `make test`. Both work from nothing but Python 3.11 or later.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000

.PHONY: installer demo test verifier documentation nomenclature nettoyer

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip uv

.venv/.installe: .venv/bin/python pyproject.toml uv.lock
	$(BIN)/uv export --quiet --locked --python $(BIN)/python --no-emit-project --format requirements-txt --output-file .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --requirement .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

installer: .venv/.installe ## prepare the environment, serve nothing

demo: .venv/.installe ## serve the demonstration territory on 127.0.0.1
	$(BIN)/maillage demo --port $(PORT)

test: .venv/.installe ## the whole suite, in parallel
	$(BIN)/python -m pytest

verifier: .venv/.installe ## everything CI checks besides the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python outils/documentation.py --verifier

documentation: .venv/.installe ## regenerate the pages that are computed from the code
	$(BIN)/python outils/documentation.py

nomenclature: .venv/.installe ## the bill of materials of the default install, CycloneDX, in build/
	$(BIN)/python outils/nomenclature.py

nettoyer:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache
