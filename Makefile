# Everything a developer runs. A fresh machine needs python3 (3.11 to 3.13) and make, nothing more.
#
#   make lab      JupyterLab with the first notebook          (stays until you stop it)
#   make test     all tests                                   (minutes)
#   make check    ruff and mypy
#   make stubs    type stubs and reference page of the operations
#   make bench    benchmarks; QUICK=1 for a look              (minutes)
#   make clean    remove the environment and all caches
#
# The environment is $(VENV); PYTHON makes it.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
NOTEBOOK ?= notebooks/01-first-map.ipynb
PYTEST_ARGS ?=

# Jupyter refuses to start as root, which is who one is in most containers.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test check stubs bench clean
.DELETE_ON_ERROR:

lab: $(VENV)/lab.installed
	$(BIN)/jupyter lab $(AS_ROOT) $(NOTEBOOK)

test: $(VENV)/dev.installed
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/dev.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

stubs: $(VENV)/dev.installed
	$(BIN)/python -m descartes_flow.ops.stubs
	$(BIN)/python -m descartes_flow.ops.reference

bench: $(VENV)/bench.installed
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick)

clean:
	rm -rf $(VENV) .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The package is installed as a link to this folder, so only a change of pyproject.toml installs again.
$(VENV)/%.installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
