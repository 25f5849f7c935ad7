# One command each: every target sets up what it needs, and a second run does no work twice.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Kernels without compiled bytecode take 5 s longer to import what a page needs.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPATH :=
# The reader's own IPython profile must not change what a notebook prints.
export IPYTHONDIR := $(CURDIR)/.venv/ipython

PYTHON ?= $(shell for p in python3 python python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; exit; }; done)
# BLAS threads on cores that are busy, with another notebook say, slow each other down tenfold.
sync test test-extras bench: export OPENBLAS_NUM_THREADS := 1
sync test test-extras bench: export OMP_NUM_THREADS := 1

BIN := .venv/bin
PORT ?= 8000
PAGE ?=

WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n > 4 ? 4 : n)))

SETUP := .venv/.ready
DEV := .venv/.ready-dev
EXTRAS := .venv/.ready-extras
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
STYLED := 'practice/**/*.mjs' 'book/_static/*.{mjs,css}' eslint.config.mjs
FRONTEND := book/_static/vendor/.ready
SITE := _build/html/.ready
EXTENSIONS := $(addprefix tools/,book_site.py glossary.py mistakes.py practice_facts.py)
SOURCES := $(shell find book notebooks -type f -not -path 'book/_static/vendor/*') _config.yml _toc.yml $(EXTENSIONS)
PRACTICE := $(shell find practice data -name '*.mjs' -o -path 'practice/*.py' -o -path 'data/*.csv' -o -path 'data/*.jsonl') $(wildcard warmup/*.py)

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
	  while IFS='|' read -r target text; do printf '  make %-10s %s\n' "$$target" "$$text"; done

$(SETUP): requirements.txt pyproject.toml tools/setup.py
	@if [ -z '$(PYTHON)' ]; then \
	  echo 'The book needs Python 3.11 or newer, and none was found. Install one, or name it: make book PYTHON=/path/to/python3.12' >&2; exit 1; fi
	@'$(PYTHON)' tools/setup.py $(if $(wildcard $(DEV)),--dev) $(if $(wildcard $(EXTRAS)),--extras)
	@touch $@

$(DEV): $(SETUP) requirements-dev.txt
	@'$(PYTHON)' tools/setup.py --dev $(if $(wildcard $(EXTRAS)),--extras)
	@touch $@

$(EXTRAS): $(SETUP) requirements-extras.txt
	@'$(PYTHON)' tools/setup.py --extras $(if $(wildcard $(DEV)),--dev)
	@touch $@

.PHONY: setup
setup: $(SETUP) ## install what the book needs into .venv

.PHONY: sync
sync: $(EXTRAS) ## make, run and save the notebooks whose text changed (PAGE=coding/02 for one, FORCE=1 for all)
	@$(BIN)/python tools/sync.py $(if $(PAGE),--page '$(PAGE)') $(if $(FORCE),--force)

.PHONY: test
test: $(SETUP) ## run every notebook and compare its outputs (nbval), then the unit tests (PAGE=coding/02 for one notebook)
	@$(BIN)/python tools/sync.py --check $(if $(PAGE),--page '$(PAGE)')
	@$(BIN)/python -m pytest -p tools.notebook_times --nbval -n $(WORKERS) --dist loadfile -q \
	  $(if $(PAGE),$$($(BIN)/python -c 'import sys; from warmup.pages import find; print(find(sys.argv[1]).notebook)' '$(PAGE)'),notebooks tests --ignore notebooks/companions --ignore tests/site)

.PHONY: test-extras
test-extras: $(EXTRAS) ## the same for the companion pages, which need more than the answers do
	@$(BIN)/python -m pytest -p tools.notebook_times --nbval -n $(WORKERS) --dist loadfile -q notebooks/companions

$(FRONTEND): $(SETUP) package.json package-lock.json tools/frontend.py tools/practice_files.py $(PRACTICE)
	@$(BIN)/python tools/frontend.py
	@touch $@

$(SITE): $(SETUP) $(FRONTEND) $(SOURCES)
	@$(BIN)/python tools/sync.py --check
	@$(BIN)/jupyter-book build . -W --keep-going --quiet
	@touch $@

.PHONY: book
book: $(SITE) ## build the site into _build/html
	@echo "The book is in _build/html/index.html (make serve shows it)"

.PHONY: serve
serve: $(SITE) ## build the site and serve it on loopback (PORT=8000)
	@$(BIN)/python tools/serve.py --port $(PORT)

.PHONY: lab
lab: $(SETUP) ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: bench
bench: $(SETUP) ## time the coding answers against their oracles (PAGE=coding/02 for one, JSON=1 for machines)
	@$(BIN)/python -m benchmarks $(if $(PAGE),--page '$(PAGE)') $(if $(JSON),--json)

.PHONY: bench-site
bench-site: $(DEV) $(SITE) ## time practice in the page, in a headless Chromium (JSON=1 for machines)
	@$(BIN)/python -m benchmarks.site $(if $(JSON),--json)

.PHONY: test-site
test-site: $(DEV) $(SITE) ## drive a headless Chromium over the built site (TESTS=tests/site/test_pages.py for some)
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal $(or $(TESTS),tests/site)

.PHONY: shots
shots: $(DEV) $(SITE) ## pictures of the built pages, light and dark, wide and narrow, into _build/shots (PAGE=coding/02 for one)
	@$(BIN)/python -m tools.screenshots $(PAGE)

.PHONY: lint
lint: $(DEV) $(FRONTEND) ## style of code and notebooks, types of the browser's modules, spelling
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --exclude '*.ipynb' --exclude '*.md' .
	@$(BIN)/python -m tools.format_pages --check
	@$(NODE) node_modules/.bin/eslint eslint.config.mjs practice book/_static
	@$(NODE) node_modules/.bin/prettier --check --log-level warn $(STYLED)
	@$(NODE) node_modules/.bin/tsc -p practice/tsconfig.json
	@$(BIN)/codespell

.PHONY: format
format: $(DEV) $(FRONTEND) ## format the code, that in the pages' text too
	@$(if $(PAGE),true,$(BIN)/ruff format --exclude '*.ipynb' --exclude '*.md' .)
	@$(if $(PAGE),true,$(NODE) node_modules/.bin/prettier --write --log-level warn $(STYLED))
	@$(BIN)/python -m tools.format_pages $(PAGE)

.PHONY: links
links: $(DEV) $(SITE) ## follow every outside link
	@$(BIN)/jupyter-book build . --builder linkcheck

.PHONY: lock
lock: $(SETUP) ## compile the requirements and package-lock.json anew
	@for name in requirements requirements-dev requirements-extras; do \
	  $(BIN)/uv pip compile --universal --python-version 3.11 --fork-strategy fewest --no-annotate --quiet --upgrade \
	    --custom-compile-command 'make lock' $$name.in -o $$name.txt; done
	@$(NODE) npm update --ignore-scripts --no-fund --no-audit --loglevel=error

.PHONY: clean
clean: ## remove what make made: the site, the environment, the front end's packages
	rm -rf _build .venv node_modules book/_static/vendor .pytest_cache .ruff_cache warmup.egg-info
