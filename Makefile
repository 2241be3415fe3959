# Two commands are enough: `make run` to try the service, `make test` to check a change.
.DEFAULT_GOAL := help
.PHONY: help run test lint format migrate bench lock assets

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

run: ## Set up and serve on http://127.0.0.1:$PORT (8000), data under $CLINIC_DATA (instance/)
	@scripts/run.sh

test: ## Install what tests need; style, types and every test
	@scripts/test.sh $(ARGS)

lint: ## Check style, templates and types
	@scripts/environment.sh test
	@scripts/lint.sh

format: ## Mend what lint can mend by machine
	@scripts/environment.sh test
	@.venv/bin/ruff check --quiet --fix . || true
	@.venv/bin/ruff format .

migrate: ## Bring the database to the newest migration
	@scripts/environment.sh run
	@FLASK_APP=wsgi .venv/bin/flask db upgrade --directory migrations

bench: ## Measure the service beside its rivals
	@scripts/environment.sh test
	@scripts/assets.sh
	@.venv/bin/python -m benchmarks

lock: ## Write the locks of Python and front-end packages anew
	@scripts/lock.sh

assets: ## Front-end files and fonts, from the lock
	@scripts/environment.sh run
	@scripts/assets.sh
