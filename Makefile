# `make help` lists the targets.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# with NEO4J_URI no private database is started: no Java is fetched
ENGINE = $(if $(NEO4J_URI),,engine)
INSTALL = $(PYTHON) requirements/install.py $(VENV)
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL = help
.NOTPARALLEL:
.PHONY: help run demo test check style types imports templates audit lock translations packages tools

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: packages ## start Mrezha on your own network (MREZHA_HOME, default ./data)
	@exec $(BIN)/flask --app app serve

demo: packages ## start Mrezha on the demonstration network, in ./demo-data
	@MREZHA_DEMO=1 MREZHA_HOME="$(CURDIR)/demo-data" exec $(BIN)/flask --app app serve

test: tools ## run every test, on a real Neo4j and in a real browser
	@VENV=$(VENV) .ci/test $(TESTS)

check: style types imports templates audit ## check style, types, imports, templates and known weaknesses

style: tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: tools
	$(BIN)/basedpyright

imports: tools
	$(BIN)/lint-imports

templates: tools
	$(BIN)/djlint --profile jinja --lint --quiet web

audit: tools
	@$(BIN)/python .ci/audit.py

lock: tools ## pin the newest allowed packages in requirements/*.txt
	$(LOCK) --upgrade requirements/test.in -c requirements/engine.in -o requirements/test.txt
	$(LOCK) requirements/run.in -c requirements/test.txt -o requirements/run.txt
	$(LOCK) requirements/engine.in -c requirements/test.txt -o requirements/engine.txt

translations: tools ## collect the texts of code and templates into web/translations
	$(BIN)/python -m web.translations

packages:
	@$(INSTALL) run $(ENGINE)

tools:
	@$(INSTALL) test engine

