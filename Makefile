# Needs Python 3.11+, make and a package index; everything else is installed into .venv.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test bench drill drill-full clean

help:
	@echo "make run    talk to Madoguchi in this terminal, or serve Telegram if MADOGUCHI_TELEGRAM_TOKEN is set"
	@echo "make test   run every check"
	@echo "make bench  print the benchmarks"
	@echo "make drill  kill, flood and fault the bot against a simulated Telegram, and print which promises it kept"
	@echo "make drill-full  the same, and two hours of soak"
	@echo "make clean  remove the environment"

run: $(VENV)/.installed
	@$(BIN)/madoguchi run

test: $(VENV)/.installed-dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/check

bench: $(VENV)/.installed-dev
	@$(BIN)/python benchmarks/matching.py
	@$(BIN)/python benchmarks/throughput.py
	@$(BIN)/python benchmarks/letters.py
	@$(BIN)/python benchmarks/writers.py

drill: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.drill

drill-full: $(VENV)/.installed-dev
	@$(BIN)/python -m tests.drill --soak-minutes 120

clean:
	rm -rf $(VENV)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer was not found; install it, or say where it is: make run PYTHON=/path/to/python" >&2; exit 2; }
	@echo "Creating the environment in $(VENV) ..." >&2
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	@echo "Installing (about a minute the first time) ..." >&2
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e . >&2
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	@$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]' >&2
	@touch $@
