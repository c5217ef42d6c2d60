# Everything a person does with this project, one word each. Needs only make and a Python ≥ 3.11 with venv.
#
# What is installed goes into .venv and is reused: two stamps in it are older than pyproject.toml, or than Python
# itself, only when something has to be installed again.
# Arguments go through: make play ARGS="vraem-2020 --lang es", make test ARGS="-k ledger".

ARGS ?=
JOBS ?= auto
WHEELHOUSE ?=
VENV ?= .venv

# The newest suitable Python; tried by running it, because a name on the PATH may be a shim or lack venv.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	"$$p" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo "$$p"; break; }; done)

BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python$(if $(filter Windows_NT,$(OS)),.exe)
TO_PLAY := $(VENV)/.ready-to-play
TO_TEST := $(VENV)/.ready-to-test

# WHEELHOUSE=folder installs from the wheels of `make wheelhouse` and asks no network.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check \
	$(if $(WHEELHOUSE),--no-index --find-links "$(abspath $(WHEELHOUSE))")

# What wargame has told a person in a sentence (its codes 2 to 7, and Ctrl-C) needs no line of make's own below it.
# A script, whose stderr is no terminal, gets the failure.
TOLD = { code=$$?; test -t 2 && case $$code in [2-7]|130) ;; *) false ;; esac || exit $$code; }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help play test quick check lint types contracts format bench pages pictures schemas wheelhouse clean distclean

help: ## print this list
	@echo 'make TARGET [ARGS="…"]'
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target words; do \
		printf '%-14s %s\n' "$$target" "$$words"; done

play: $(TO_PLAY) ## set up what is missing and play (ARGS: what follows `wargame play`)
	@WARGAME_CALLED=make $(PY) -m wargame play $(ARGS) || $(TOLD)

test: $(TO_TEST) ## set up what is missing and run all tests (ARGS: for pytest; JOBS=0: one process)
	$(PY) -m pytest -n $(JOBS) --maxprocesses 8 --dist worksteal $(ARGS)

quick: $(TO_TEST) ## the tests without the slow ones
	$(PY) -m pytest -n $(JOBS) --maxprocesses 8 --dist worksteal -m "not slow" $(ARGS)

check: ## everything that must hold before a change lands: tests, lint, types, import contracts
	@bash .ci/run

lint: $(TO_TEST) ## ruff: rules and layout
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(TO_TEST) ## mypy --strict on the package and its tests
	$(PY) -m mypy

contracts: $(TO_TEST) ## imports only go down (docs/architecture.md)
	$(BIN)/lint-imports --no-logo

format: $(TO_TEST) ## let ruff lay out the code and mend what it can
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: $(TO_TEST) ## measure the engine beside careful Python and C, in one go (needs a C compiler)
	$(PY) -m bench $(ARGS)

pages: ## docs/coverage.md anew, from what the scenarios cite and docs/uncovered.yaml; docs/rulebook.md from the rules
	$(PY) -m wargame check --coverage --markdown --lang en > docs/coverage.md
	rm -rf docs/rulebook
	$(PY) -m wargame rulebook --out docs --lang en > docs/.pages
	$(PY) -m wargame rulebook --out docs --lang es > docs/.pages
	rm -f docs/.pages

pictures: $(TO_PLAY) ## docs/pictures anew, by playing the screens
	$(PY) tools/pictures.py

schemas: $(TO_PLAY) ## write the JSON Schemas of rule packs and scenarios into schemas/
	$(PY) -m wargame schema --out schemas

wheelhouse: | $(PY) ## collect every wheel that a machine without network needs into wheelhouse/
	$(PY) -m pip wheel --quiet --disable-pip-version-check --wheel-dir wheelhouse '.[dev]' hatchling editables
	@echo
	@echo 'wheelhouse/ is ready, for this version of Python and this kind of machine. Where there is no network:'
	@echo '  with this folder   make play WHEELHOUSE=wheelhouse'
	@echo '  without it         python3 -m pip install --no-index --find-links wheelhouse wargame'

clean: ## remove caches and what was built
	rm -rf build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean ## the same, and remove what was installed
	rm -rf $(VENV) wheelhouse

# ── setting up ───────────────────────────────────────────────────────────────────────────────────────────────────

# A folder whose python is gone or dangling is set up again; one that works is never touched.
$(PY):
	@test -n "$(PYTHON)" || { \
		echo 'No Python ≥ 3.11 with venv found. Install one, or say which: make play PYTHON=/path/to/python' >&2; exit 1; }
	@echo 'Setting up $(VENV) with $(PYTHON), once.' >&2
	@rm -f $(BIN)/python* $(TO_PLAY) $(TO_TEST)
	@"$(PYTHON)" -m venv $(VENV)

$(TO_PLAY): pyproject.toml $(PY)
	@echo 'Installing what playing needs (a minute or two, once).' >&2
	@$(PIP) --editable .
	@touch $@

$(TO_TEST): pyproject.toml $(PY)
	@echo 'Installing what playing and testing need (a minute or two, once).' >&2
	@$(PIP) --editable '.[dev]'
	@touch $(TO_PLAY) $@
