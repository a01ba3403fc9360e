# Everything that a fresh Debian or Ubuntu machine needs, and what to do with it: `make run`, `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SPEECH ?=
HOME_DIR ?=
HOME_OPTION := $(if $(HOME_DIR),--home $(HOME_DIR))

RUN_PACKAGES := libportaudio2 espeak-ng
TEST_PACKAGES := $(RUN_PACKAGES) pulseaudio pulseaudio-utils libasound2-plugins flite strace
AS_ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

# $(call debian,packages): installs those that are missing; says what to do where there is no apt-get.
define debian
	@missing=; for package in $(1); do dpkg -s $$package >/dev/null 2>&1 || missing="$$missing $$package"; done; \
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3-venv"; \
	if [ -n "$$missing" ]; then \
	    command -v apt-get >/dev/null || { echo "Please install:$$missing"; exit 1; }; \
	    echo "Installing:$$missing"; \
	    $(AS_ROOT) apt-get update -qq && \
	    $(AS_ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	fi
endef

# Images of containers often forbid byte code: every process would compile the program anew, every run the tests.
unexport PYTHONDONTWRITEBYTECODE

# Tests that share something stay in one worker; they are dealt in the order of tests/conftest.py.
DEAL := --dist loadgroup --no-loadscope-reorder

.PHONY: run demo check test lint bench train kill soak fuzz faults licences packages test-packages bench-packages

run: packages $(VENV)/.installed $(VENV)/.set-up
	@$(BIN)/hearthside run $(HOME_OPTION)

demo: packages $(VENV)/.installed
	@$(BIN)/hearthside demo

# A minute on two cores: nothing that needs a sound card, another process or a speech model.
check: $(VENV)/.installed-test lint
	$(BIN)/python -m pytest -n 2 $(DEAL) -m "not slow"

# Everything, in about twelve and a half minutes on two cores. Two of the four workers wait at first, for people who speak.
test: test-packages $(VENV)/.installed-test lint
	$(BIN)/python -m pytest -n 4 $(DEAL)

# Kills, freezes and replaces the sound, at rest, in a sentence, in a turn and in a ring; a quarter of an hour.
faults: test-packages $(VENV)/.installed-test
	@$(BIN)/python -m tests.faults

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Learns from folders of speech how to hear through rooms and noise, and writes build/training/rooms.npz: SPEECH="DIR:3 DIR".
train: packages $(VENV)/.installed-train
	@$(BIN)/python -m training $(SPEECH)

bench: bench-packages $(VENV)/.installed-bench
	@$(BIN)/python -m bench $(if $(SPEECH),--speech $(SPEECH))

# Kills restoring, backups, forgetting, mending and encrypting 1,000 times; minutes, one line.
kill: $(VENV)/.installed-test
	@$(BIN)/python -m rig.kills

# Eight hours of talk and silence through ears, loop and voice, as fast as it goes (about ten minutes), one line.
soak: $(VENV)/.installed-test
	@$(BIN)/python -m rig.soak $(if $(HOURS),--hours $(HOURS))

# 10,000 settings, packs, lines, sounds, zips and journals that nobody would write; some minutes, one line.
fuzz: $(VENV)/.installed-test
	@$(BIN)/python -m rig.fuzz $(if $(CASES),--cases $(CASES))

# Everything that is installed, with its licence, into docs/licences.md.
licences: $(VENV)/.installed-test
	@$(BIN)/python -m rig.licences

packages:
	$(call debian,$(RUN_PACKAGES))

test-packages bench-packages:
	$(call debian,$(TEST_PACKAGES))

$(BIN)/python:
	@echo "Making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing Hearthside (about 250 MB, once)"
	@$(BIN)/pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	@echo "Installing Hearthside and its test tools (about 400 MB, once)"
	@$(BIN)/pip install -q --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(BIN)/python
	@$(BIN)/pip install -q --disable-pip-version-check -e '.[test,bench]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-train: pyproject.toml | $(BIN)/python
	@echo "Installing Hearthside and torch (some GB where torch comes with CUDA, once)"
	@$(BIN)/pip install -q --disable-pip-version-check -e '.[train]'
	@touch $@ $(VENV)/.installed

# Asks for two names, where there is somebody to ask, and looks for the Vosk model, once; `make run` needs neither.
$(VENV)/.set-up: | $(VENV)/.installed
	@if [ -t 0 ]; then $(BIN)/hearthside setup $(HOME_OPTION); else $(BIN)/hearthside setup $(HOME_OPTION) </dev/null; fi
	@touch $@
