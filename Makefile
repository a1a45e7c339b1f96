# Síť pomoci: what a person or CI can ask of this house. `make` lists the targets.
#
# Needs Python 3.11 or newer with venv, make, and a package index. Everything lands in .venv (tools),
# var (the database), out (results) and build (packages); `make clean` keeps var, out and .venv.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules

# Settings: make PYTHON=/opt/python3.13/bin/python3 …
PYTHON ?=
PORT ?= 8000
JOBS ?= 2
PLACE ?= Kryštofovy Hamry
NEED ?= PEC-HYG
AREA ?= Kadaň
CARD ?= rpss-671

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check
REFERRAL := $(BIN)/referral
PYTEST := $(BIN)/python -m pytest

CODE := $(shell find referral tests bench .ci -name '*.py' -not -path '*/__pycache__/*' 2>/dev/null)
SHIPPED := $(shell find referral templates data translations -type f -not -path '*/__pycache__/*' 2>/dev/null)
READ := $(CODE) $(SHIPPED) $(shell find docs requirements -type f 2>/dev/null) \
	$(wildcard README.md CHANGELOG.md LICENSE Makefile .pre-commit-config.yaml .ci/*)

.PHONY: help
help: ## vypíše, co umí make
	@echo 'Síť pomoci – co umí make:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)$$/  make \1|\2/p' Makefile | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

# --- For a user -----------------------------------------------------------------------------------

.PHONY: demo
demo: $(STAMPS)/run ## nainstaluje program, najde pomoc pro skutečnou obec a připraví mapu mezer a kartu služby
	@mkdir -p out
	@$(REFERRAL) init --demo
	@$(REFERRAL) gaps --area '$(AREA)' --map out/gaps.html --xlsx out/gaps.xlsx > out/.gaps.txt
	@mv out/.gaps.txt out/gaps.txt
	@$(REFERRAL) match --place '$(PLACE)' --need $(NEED) --json > out/.match.json
	@mv out/.match.json out/match.json
	@$(REFERRAL) card '$(CARD)' --pdf out/card.pdf
	@echo
	@$(REFERRAL) match --place '$(PLACE)' --need $(NEED) --limit 3
	@echo
	@echo 'Hotovo. Výsledky jsou ve složce out: match.json, gaps.html, gaps.xlsx, gaps.txt, card.pdf (karta služby k tisku).'
	@echo 'Teď otevřete v prohlížeči out/gaps.html, nebo spusťte make serve a otevřete http://127.0.0.1:$(PORT)/'

.PHONY: serve
serve: $(STAMPS)/run ## spustí webovou aplikaci na http://127.0.0.1:8000
	@if [ -n "$$REFERRAL_DATABASE_URL" ]; then $(REFERRAL) init; \
	elif [ ! -e var/referral.sqlite3 ]; then $(REFERRAL) init --demo; fi
	@exec $(REFERRAL) serve --host 127.0.0.1 --port $(PORT)

# --- For a developer ------------------------------------------------------------------------------

.PHONY: test
test: $(STAMPS)/test ## spustí všechny testy
	@$(PYTEST) -n $(JOBS)

.PHONY: check
check: $(addprefix $(STAMPS)/,lint types imports cover wheel) ## vše, co běží v CI: kontroly, testy s pokrytím, test balíčku
	@echo 'Vše je v pořádku.'

$(STAMPS)/lint: $(CODE) $(STAMPS)/files $(STAMPS)/dev
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	@touch $@

$(STAMPS)/types: $(CODE) $(STAMPS)/files $(STAMPS)/dev
	$(BIN)/mypy
	@touch $@

$(STAMPS)/imports: $(CODE) $(STAMPS)/files $(STAMPS)/dev
	$(BIN)/lint-imports --no-logo
	@touch $@

# The rooms of the domain are covered whole; the rest as far as pyproject.toml says.
DOMAIN := referral/geo/*,referral/accounts/*,referral/catalog/*,referral/matching/*,referral/network/*
$(STAMPS)/cover: $(READ) $(STAMPS)/files $(STAMPS)/dev
	$(PYTEST) -n $(JOBS) --cov --cov-report= --cov-fail-under=0
	$(BIN)/coverage report
	$(BIN)/coverage report --include='$(DOMAIN)' --fail-under=100
	@touch $@

$(STAMPS)/wheel: $(READ) $(STAMPS)/files $(STAMPS)/dev
	$(BIN)/python .ci/wheel_test.py --jobs $(JOBS)
	@touch $@

.PHONY: messages
messages: $(STAMPS)/dev ## srovná překlady veřejné části s tím, co program říká
	@$(BIN)/python .ci/messages.py

.PHONY: shots
shots: $(STAMPS)/test ## vyfotí hlavní stránky do docs/img
	@PYTHONPATH=tests $(BIN)/python tests/browser/shots.py docs/img

# One lock for each purpose, each whole by itself, all agreeing on versions, for every Python ≥ 3.11.
COMPILE := build/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url $(UPGRADE)
.PHONY: lock
lock: $(BIN)/python ## znovu vybere a zamkne verze závislostí (UPGRADE=--upgrade je zvýší)
	@$(BIN)/python -m venv build/uv
	@build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --group build -c requirements/run.txt -o requirements/build.txt
	$(COMPILE) pyproject.toml --group test -c requirements/run.txt -o requirements/test.txt
	$(COMPILE) pyproject.toml --group dev -c requirements/build.txt -c requirements/test.txt \
	  -o requirements/dev.txt

.PHONY: clean
clean: ## smaže sestavené balíčky a mezipaměti (databázi, výsledky a .venv nechá)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
	  .coverage .coverage.* $(STAMPS)/lint $(STAMPS)/types $(STAMPS)/imports $(STAMPS)/cover $(STAMPS)/wheel
	find referral tests bench .ci -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Tools ----------------------------------------------------------------------------------------

$(BIN)/python:
	@for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python3.14); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Zakládám $(VENV) ($$($$python --version))…"; \
	    exec $$python -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo 'Nenašli jsme Python 3.11 nebo novější. Nainstalujte jej, nebo řekněte, kde je:' >&2; \
	echo '  make $(or $(MAKECMDGOALS),demo) PYTHON=/cesta/k/python3.12' >&2; exit 1

$(STAMPS)/run: requirements/run.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo 'Instaluji program a jeho závislosti do $(VENV) (poprvé to trvá asi minutu)…'
	@$(PIP) install --quiet --require-hashes -r requirements/run.txt -r requirements/build.txt
	@$(PIP) install --quiet --no-build-isolation --no-deps --editable .
	@mkdir -p $(@D) && touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/run
	@echo 'Instaluji, co potřebují testy…'
	@$(PIP) install --quiet --require-hashes -r requirements/test.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/test
	@echo 'Instaluji kontrolní nástroje…'
	@$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

# Changes when a file comes or goes, so that a deletion too makes the checks run again.
$(STAMPS)/files: $(STAMPS)/dev FORCE
	@printf '%s\n' $(sort $(READ)) | cmp -s - $@ || printf '%s\n' $(sort $(READ)) > $@

.PHONY: FORCE
FORCE:
