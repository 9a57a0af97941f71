# Two commands: `make run` shows the main job on the embedded sample, `make test` passes every check.
# Both set up .venv from the lock files first; the second time they find it ready.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test format lock bench clean

run: .venv/runtime
	@rm -rf output/sample
	@$(BIN)/litwatch run --sample --as-of 2024-12-30
	@$(BIN)/litwatch run --sample --as-of 2025-08-25
	@$(BIN)/litwatch run --sample --as-of 2026-01-05

test: .venv/dev
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --config pyproject.toml
	@$(BIN)/pytest --numprocesses auto --dist worksteal

format: .venv/dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# The lock files hold hashes and no address, so that any index can serve them.
lock: .venv/dev
	@for group in build:requirements.lock dev:requirements-dev.lock; do \
		$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
			--no-annotate --no-emit-index-url --no-emit-find-links --quiet --upgrade \
			--group $${group%%:*} --output-file $${group##*:}; \
	done

clean:
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "litwatch needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv; the first time takes a minute."
	@$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock pyproject.toml | .venv/bin/python
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.lock .venv/runtime | .venv/bin/python
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@
