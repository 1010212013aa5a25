# One word per habit. `make run` and `make test` prepare a fresh clone by themselves; `python3 bootstrap.py` does so without make.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
SPREAD := -n auto --maxprocesses 8
# Where the database itself decides, at once and for ever: tried on PostgreSQL by `make test`, all other rooms by `make test-rest`.
DECIDED := concurrency faults/test_kills.py ledger
# Rooms that never ask a database need not be tried on a second one.
PLAIN := reading documents ui intake
ON_POSTGRES := not browser and not installation and not one_database

.PHONY: help setup dev run test test-sqlite test-postgres test-browser test-rest test-long test-soak check bench docs messages lock
.DEFAULT_GOAL := help

help: ## show these words
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: ## make .venv with what the system needs to run
	@$(PYTHON) bootstrap.py

dev: ## the same, with what tests and checks need
	@$(PYTHON) bootstrap.py --dev

run: setup ## load the demo city when it is absent, check the bulletin, start the server
	@$(BIN)/zhaoshang demo

test: test-sqlite test-postgres ## all on SQLite but the longest walks, and on PostgreSQL what the database decides

test-sqlite: dev
	$(PYTEST) $(SPREAD) -m "not browser and not postgres and not thorough"

test-postgres: dev
	$(BIN)/python tools/with_postgres.py -- $(PYTEST) $(SPREAD) -m "$(ON_POSTGRES)" $(DECIDED:%=tests/%)

test-browser: dev
	@$(PYTHON) bootstrap.py --dev --browser
	$(PYTEST) $(SPREAD) -m "browser and not thorough"

test-rest: dev ## what `make test` leaves: every room on PostgreSQL partitioned by city, the journeys and every page in a browser, the longest walks
	$(PYTEST) $(SPREAD) -m "thorough and not browser and not postgres"
	$(BIN)/python tools/with_postgres.py -- $(PYTEST) $(SPREAD) -m "$(ON_POSTGRES)" tests $(PLAIN:%=--ignore=tests/%) $(DECIDED:%=--ignore=tests/%)
	@$(PYTHON) bootstrap.py --dev --browser
	$(PYTEST) $(SPREAD) -m browser

test-long: dev ## what is tried in a few examples by `make test`, in many; Word files, workbooks and csv opened by LibreOffice
	ZHAOSHANG_EXAMPLES=48 $(PYTEST) $(SPREAD) -m thorough -rP tests/doors/test_api_by_its_own_words.py
	ZHAOSHANG_FILES=10000 $(PYTEST) -s tests/doors/test_hostile_files.py
	$(PYTEST) tests/opportunities/long_office.py
	$(PYTEST) -s tests/doors/long_office.py
	ZHAOSHANG_LONG=1 $(PYTEST) -s tests/concurrency/test_many_at_once.py tests/concurrency/test_reports_at_once.py
	ZHAOSHANG_LONG=1 $(BIN)/python tools/with_postgres.py -- $(PYTEST) -s tests/concurrency/test_many_at_once.py \
	  tests/concurrency/test_reports_at_once.py tests/concurrency/test_connections_at_once.py
	ZHAOSHANG_KILLS=1000 $(PYTEST) tests/faults/test_kills.py
	ZHAOSHANG_KILLS=1000 $(BIN)/python tools/with_postgres.py -- $(PYTEST) tests/faults/test_kills.py
	ZHAOSHANG_IMPORT_ROWS=10000 $(PYTEST) tests/jobs/test_killed_workers.py -k midway
	ZHAOSHANG_CUTS=10000 $(PYTEST) -s -m thorough tests/faults/test_power_cuts.py
	ZHAOSHANG_SERVER_KILLS=1000 $(PYTEST) -s tests/faults/long_killed_server.py
	ZHAOSHANG_LONG=1 $(PYTEST) -s tests/faults/long_killed_migrations.py
	PYTHONPATH=tests:tools $(BIN)/python -m faults.long_migration_kills 7
	ZHAOSHANG_ROWS=1000000 PYTHONPATH=tools $(PYTEST) -s tests/faults/long_filled_migrations.py
	ZHAOSHANG_ROWS=1000000 PYTHONPATH=tools $(BIN)/python tools/with_postgres.py -- $(PYTEST) -s tests/faults/long_filled_migrations.py
	PYTHONPATH=tests:tools $(BIN)/python -m faults.long_database_kills 100
	$(PYTEST) tests/doors/long_login_times.py
	PYTHONPATH=tools $(PYTEST) tests/command/long_point_in_time.py
	$(PYTEST) tests/doors/long_clamd.py
	$(PYTEST) -s tests/doors/long_sqlmap.py
	ZHAOSHANG_BACKUPS=100 ZHAOSHANG_WRITERS=40 $(PYTEST) -s tests/faults/test_backups_under_writers.py
	ZHAOSHANG_BACKUPS=100 ZHAOSHANG_WRITERS=40 $(BIN)/python tools/with_postgres.py -- $(PYTEST) -s tests/faults/test_backups_under_writers.py
	$(PYTEST) -s tests/faults/long_proxy.py
	$(PYTEST) -s tests/command/long_clean_machine.py tests/command/long_copies_by_ssh.py
	PYTHONPATH=. $(PYTEST) -s tests/jobs/long_fifty_exports.py
	$(PYTEST) -s tests/faults/long_full_volumes.py tests/faults/long_full_served.py tests/faults/long_lossy_line.py tests/jobs/long_kernel_kills.py

test-soak: dev ## two hours of fifty users
	PYTHONPATH=. $(PYTEST) -s tests/faults/long_soak.py

check: dev ## style, types, import order, security
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	MYPYPATH=tests:tools $(BIN)/mypy --explicit-package-bases zhaoshang tools bootstrap.py
	$(BIN)/lint-imports
	$(BIN)/bandit -q -ll -r zhaoshang tools -c pyproject.toml

bench: dev ## measure, and write docs/benchmarks.md
	$(BIN)/python bench/run.py

docs: dev ## write the generated pages of docs/ anew
	$(BIN)/python tools/write_docs.py

messages: dev ## bring the catalogue of words to the code
	$(BIN)/python tools/messages.py

lock: dev ## lock the packages of requirements/*.in anew, hashed and without host names
	cd requirements && for name in runtime dev sqlmap; do ../$(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-emit-index-url $$([ $$name = dev ] && echo -c runtime.lock) -o $$name.lock $$name.in; done
