# Everything a contributor runs. Needs Python 3.11 or newer, make and git; each target sets up the
# rest for itself, works from a clean clone, and works again.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PMO    := $(BIN)/pmo
OUT    := build
EXAMPLE := examples/meridian

# The same versions everywhere. The second name is what pip reads for a build's own environment.
CONSTRAINED := PIP_CONSTRAINT=$(CURDIR)/constraints-dev.txt PIP_BUILD_CONSTRAINT=$(CURDIR)/constraints-dev.txt
FREE := PIP_CONSTRAINT= PIP_BUILD_CONSTRAINT=

.DEFAULT_GOAL := help
.PHONY: help constraints pictures demo test test-more test-all test-newest test-oldest same-bytes \
  same-outputs lint types contracts ready docs docs-check bench bench-smoke soak build figures clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

# --- what the targets stand on ----------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("pmo needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.stamp-run: pyproject.toml constraints-dev.txt | $(BIN)/python
	$(CONSTRAINED) $(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.stamp-dev: pyproject.toml constraints-dev.txt | $(BIN)/python
	$(CONSTRAINED) $(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ $(VENV)/.stamp-run

NEWEST = $(shell $(BIN)/python -c 'from tests.same_bytes.pythons import found_pythons as found; print([*found().values()][-1])')

# Chromium, Java and Node by the system's package manager, where missing; then what npm has.
$(OUT)/node/.stamp: tests/browser/package.json .ci/tools
	.ci/tools
	@touch $@

# What the long measurements are held against; without it they say so and go on.
$(OUT)/node/.stamp-peers: .ci/tools
	-.ci/tools --peers && mkdir -p $(@D) && touch $@

# --- what people run --------------------------------------------------------------------------

demo: $(VENV)/.stamp-run ## validate the example, show one ripple, write the board report
	@$(PMO) -C $(EXAMPLE) validate --fail-on error
	@$(PMO) -C $(EXAMPLE) deps atlas.build --slip 10d
	@mkdir -p $(OUT)/demo
	@$(PMO) -C $(EXAMPLE) report board --format html --force -o $(CURDIR)/$(OUT)/demo/board.html
	@$(PMO) -C $(EXAMPLE) report board --format markdown --force -o $(CURDIR)/$(OUT)/demo/board.md
	@echo "The board report: $(CURDIR)/$(OUT)/demo/board.html and board.md"

# A module's tests stay in one process, which builds what they share once.
PYTEST := pytest -q -n auto --dist loadfile

test: $(VENV)/.stamp-dev ## everything that Python alone can run; says what it skipped
	$(BIN)/$(PYTEST) $(PYTEST_ARGS)

test-more: $(VENV)/.stamp-dev $(OUT)/node/.stamp ## what needs a browser, Java, Node or minutes; a missing tool fails
	PMO_TEST_MORE=1 $(BIN)/$(PYTEST) $(PYTEST_ARGS)

test-all: ## both, with the coverage of the two together
	$(MAKE) --no-print-directory test PYTEST_ARGS='--cov --cov-report= --cov-fail-under=0 $(PYTEST_ARGS)'
	$(MAKE) --no-print-directory test-more PYTEST_ARGS='--cov --cov-append --cov-report=term $(PYTEST_ARGS)'

test-newest: $(VENV)/.stamp-dev ## the same with the newest Python here and the newest versions that the bounds admit
	$(NEWEST) -m venv --clear $(OUT)/newest
	$(FREE) $(OUT)/newest/bin/python -m pip install --quiet --editable '.[dev]'
	$(OUT)/newest/bin/$(PYTEST) $(PYTEST_ARGS)

test-oldest: $(VENV)/.stamp-dev ## the same with the oldest versions that the bounds admit
	$(PYTHON) -m venv --clear $(OUT)/oldest
	$(BIN)/uv pip install --quiet --python $(OUT)/oldest --resolution lowest-direct --editable '.[dev]'
	$(OUT)/oldest/bin/$(PYTEST) $(PYTEST_ARGS)

# One set of versions for every Python from 3.11: what is shipped, and with it what contributors need.
RESOLVE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
  --no-header --no-annotate pyproject.toml
same-bytes: $(VENV)/.stamp-dev ## the same bytes of every output from each Python that is here
	$(BIN)/python -m tests.same_bytes

same-outputs: $(VENV)/.stamp-dev ## what every command answers now against what it answered at BASE=REF
	@test -n "$(BASE)" || { echo "name the commit to compare with: make same-outputs BASE=REF"; exit 2; }
	$(BIN)/python -m tests.same_bytes.before $(BASE)

constraints: $(VENV)/.stamp-dev ## resolve the versions of constraints.txt and constraints-dev.txt anew
	@mkdir -p $(OUT)
	$(RESOLVE) --extra pdf > $(OUT)/run.txt
	$(RESOLVE) --all-extras --constraint $(OUT)/run.txt > $(OUT)/dev.txt
	@{ echo "# The versions that pmo is tested with."; cat $(OUT)/run.txt; } > constraints.txt
	@{ echo "# The same, and what contributors need."; cat $(OUT)/dev.txt; } > constraints-dev.txt

pictures: $(VENV)/.stamp-dev $(OUT)/node/.stamp ## draw the reviewed pictures of the reports anew
	$(BIN)/python -m tests.browser.pictures

lint: $(VENV)/.stamp-dev ## style, format, and the house's own limits
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m benchmarks.house --quiet

types: $(VENV)/.stamp-dev ## mypy, strict
	$(BIN)/mypy

contracts: $(VENV)/.stamp-dev ## which layer may import which
	$(BIN)/lint-imports

ready: $(VENV)/.stamp-dev ## what a commit needs: format, style, and the generated pages
	$(BIN)/ruff format --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/python -m docs.generate

docs: $(VENV)/.stamp-dev ## write the generated reference pages again
	$(BIN)/python -m docs.generate

docs-check: $(VENV)/.stamp-dev ## fail where the reference pages are stale
	$(BIN)/python -m docs.generate --check

bench: $(VENV)/.stamp-dev ## the measurements, small
	$(BIN)/python -m benchmarks.run

bench-smoke: $(VENV)/.stamp-dev
	$(BIN)/python -m benchmarks.run --smoke

soak: $(VENV)/.stamp-dev $(OUT)/node/.stamp-peers test-oldest ## the oldest versions, damaged files by the thousand, then the long measurements into docs/performance.md
	PMO_SOAK_INPUTS=100000 PMO_SOAK_EXAMPLES=5000 $(BIN)/pytest -q tests/fuzzing tests/loading/test_robustness.py
	PMO_SOAK_RUNS=100000 $(BIN)/pytest -q tests/harness
	PMO_SOAK_KILLS=200 $(BIN)/pytest -q tests/cli/test_killed.py
	$(BIN)/python -m benchmarks.run --full --write

build: $(VENV)/.stamp-dev ## a wheel, proven in an empty environment
	rm -rf $(OUT)/dist
	$(BIN)/hatchling build --directory $(OUT)/dist
	.ci/check-wheel $(OUT)/dist/*.whl

figures: $(VENV)/.stamp-dev ## sizes, annotations, cycles
	$(BIN)/python -m benchmarks.house

clean: ## what the targets above have made
	rm -rf $(OUT) $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
