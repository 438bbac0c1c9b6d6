# Everything sets itself up on first use, in .venv; the second time it starts at once.

PYTHON ?= python3
BIN := .venv/bin
OUT ?= grades
export TF_CPP_MIN_LOG_LEVEL ?= 2

.PHONY: help lab grade test test-quick lint notebooks clean

help:
	@echo "make lab         open JupyterLab on the course"
	@echo "make grade       grade the bundled sample class; the report goes to $(OUT)/"
	@echo "make test        run every check and test (about three quarters of an hour on 2 cores)"
	@echo "make test-quick  run the quick tests (under 3 minutes)"
	@echo "make lint        check types and style"
	@echo "make notebooks   execute notebooks/ and solutions/ again, in place"
	@echo "make clean       remove .venv and everything else that was made here"

.venv/course.done: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
		echo "The course needs Python 3.11, 3.12 or 3.13, but $(PYTHON) is $$($(PYTHON) --version 2>&1). Say which: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up .venv: this takes a few minutes, once."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/tests.done: .venv/course.done tests/requirements.txt
	@echo "Adding the test tools to .venv."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

lab: .venv/course.done
	@$(BIN)/jupyter lab --notebook-dir=.

grade: .venv/course.done
	@$(BIN)/python -m tests.sample_class grade --out $(OUT)

test: lint
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --durations 30

test-quick: .venv/tests.done
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest -m "not slow" -q

lint: .venv/tests.done
	@echo "Checking style and types."
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

notebooks: .venv/course.done
	@$(BIN)/python -m tests.execute notebooks/*.ipynb solutions/*.ipynb

clean:
	rm -rf .venv build $(OUT) *.egg-info .mypy_cache .ruff_cache
