# Everything a contributor runs. Needs Python 3.11 or newer, make and git; each target sets up the
# rest for itself, works from a clean clone, and works again.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PMO    := $(BIN)/pmo
OUT    := build

.DEFAULT_GOAL := help
.PHONY: help demo test test-all lint types contracts docs docs-check bench bench-smoke soak build figures clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- what the targets stand on ----------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("pmo needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.stamp-run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.stamp-dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.stamp-run
