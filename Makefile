# Two commands do everything: `make brief` runs the main job, `make test` the tests. Each sets itself up.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
ON ?= 2025-06-06

.PHONY: brief test lint types slow clean

brief: $(VENV)/.ready
	$(BIN)/detente brief us-china --on $(ON) --known $(ON) --out us-china-$(ON).html

test: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto -m "not slow"

slow: $(VENV)/.ready-dev
	$(BIN)/python -m pytest -n auto

lint: $(VENV)/.ready-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.ready-dev
	$(BIN)/mypy

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Détente needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.13 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml $(VENV)/.ready
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
