# Needs Python 3.10 or later with venv and pip, make and git; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo test test-lowest lint format docs bench pins clean

$(READY): requirements-dev.txt pyproject.toml
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	@$(BIN)/ssot-lint check fixtures/websocket_staging --exit-zero

test: $(READY)
	@$(BIN)/python -m pytest

# With the lowest versions of the dependencies that pyproject.toml allows.
LOWEST := .venv-lowest/bin
test-lowest:
	@$(PYTHON) -m venv --clear .venv-lowest
	@$(LOWEST)/python -m pip install --quiet uv
	@$(LOWEST)/uv pip install --quiet --python $(LOWEST)/python --resolution lowest-direct --editable .
	@$(LOWEST)/uv pip install --quiet --python $(LOWEST)/python hypothesis jsonschema pytest
	@$(LOWEST)/python -m pytest --ignore tests/test_house.py

lint: $(READY)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "not formatted: run make format"; exit 1; }
	@$(BIN)/mypy --no-error-summary

format: $(READY)
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

# What docs/ takes from the code: configuration and commands.
docs: $(READY)
	@$(BIN)/python -m docs.generate

bench: $(READY)
	@$(BIN)/python -m benchmarks.speed

# The packages' tests are recorded with Python 3.12 or later.
bench-callgraph: $(READY)
	@$(BIN)/python -m benchmarks.callgraph --recording-python $(or $(RECORDING_PYTHON),$(BIN)/python)

# Takes the newest versions that pyproject.toml allows, for every Python from 3.10 on.
pins: $(READY)
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.10 --no-annotate --no-header \
		--group dev pyproject.toml --output-file requirements-dev.txt

clean:
	@rm -rf .venv .venv-lowest dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
