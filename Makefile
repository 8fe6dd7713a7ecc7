# `make` lists the targets. PORT, ARCHITECTURE and PYTHON may be set on the command line.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo thumbnail shell down build deploy check destroy redrive test lint format test-unit test-terraform \
    test-stack explain bench bench-mutants clean check-terraform local-packages

ARCHITECTURE ?= arm64
PYTHON ?= $$(scripts/find-python)
export PORT
# The local stack is never behind a proxy.
export NO_PROXY := localhost,127.0.0.1,$(NO_PROXY)
export no_proxy := $(NO_PROXY)

# Unless TF_PLUGIN_DIR is set, use a provider mirror if there is one on disk.
export TF_PLUGIN_DIR := $(or $(TF_PLUGIN_DIR),$(shell find /opt /srv /usr/local -maxdepth 6 -path '*/hashicorp/aws/*' 2>/dev/null | \
    sed -En '/aws[_/](5\.1[0-9][0-9]|6)\.[^/]*$$/{s|/[^/]*/hashicorp/aws/.*||p;q;}'))

PACKAGES := presign process poll pillow fonts
LAMBDAS := $(shell find lambdas -name '*.py' -o -type d ! -name __pycache__) # folders too: deleting a file changes its folder
# With the folder: deleting a font changes it. The owner's fonts may have spaces in their names.
FONTS_LAYER := $(shell find layers/fonts | sed 's/ /\\ /g')
MODULE := main.tf variables.tf outputs.tf $(wildcard tests/*.tftest.hcl)
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
# The tests of a file run in one worker, and share its fixtures. Two workers: on the stack, tests mostly wait.
PYTEST := .venv/bin/pytest -n 2 --dist loadfile
BENCHMARK := PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks
# Passed only if set explicitly: otherwise terraform.tfvars decides.
ARCHITECTURE_OPTION := $(if $(filter file,$(origin ARCHITECTURE)),,-var=architecture=$(ARCHITECTURE))

##@ Try it

demo: check-terraform .venv/.scripts local-packages ## Start the whole stack on this machine, and make a thumbnail with it [PASSPHRASE=...]
	@.venv/bin/python scripts/stack.py up
	@API_URL= .venv/bin/python scripts/thumbnail.py docs/images/sample.jpg --text='We launched it!' --out=demo.jpg

thumbnail: .venv/.scripts ## Make one with the running stack: IMAGE=photo.jpg TEXT='My title' [LOOK=panel] [ALL=1] [ACCENT=#ff0033] [FIT=crop] [POSITION=top-left] [CAPS=on] [SIZE=3840x2160] [LIMIT=50MB] [OUT=thumbnail.jpg] [API_URL=...] [PASSPHRASE=...]
	@.venv/bin/python scripts/thumbnail.py "$$IMAGE" $${TEXT+--text="$$TEXT"} \
	    $${FIT:+--fit="$$FIT"} $${POSITION:+--position="$$POSITION"} $${CAPS:+--caps="$$CAPS"} \
	    $${LOOK:+--look="$$LOOK"} $${ACCENT:+--accent="$$ACCENT"} $${ALL:+--all} $${OUT:+--out="$$OUT"} \
	    $${SIZE:+--size="$$SIZE"} $${LIMIT:+--limit="$$LIMIT"}

shell: .venv/.scripts ## Open a shell for the local stack, or for the deployed one if no local one runs; needs the AWS CLI
	@.venv/bin/python scripts/stack.py shell

down: .venv/.scripts ## Stop the local stack and delete its files
	@.venv/bin/python scripts/stack.py down

##@ Run it on AWS

build: $(PACKAGES:%=build/$(ARCHITECTURE)/%.zip) ## Build the zips that Terraform uploads [ARCHITECTURE=x86_64]

deploy: build ## Apply main.tf to the account of your AWS credentials, and print the page's URL
	@.venv/bin/python scripts/terraform.py init
	@terraform apply $(ARCHITECTURE_OPTION)
	@echo "page: $$(terraform output -raw page_url)"

check: .venv/.scripts ## Check the local stack, or the deployed one if no local one runs, from outside [PASSPHRASE=...]
	@.venv/bin/python scripts/check.py

destroy: build ## Delete the stack from the account, with all pictures in it
	@.venv/bin/python scripts/terraform.py init
	@terraform destroy $(ARCHITECTURE_OPTION)

redrive: .venv/.scripts ## Replay the dead-letter queue of the local stack, or of the deployed one if no local one runs
	@.venv/bin/python scripts/redrive.py

##@ Work on it

test: lint test-unit test-terraform test-stack ## Run all checks and tests

lint: .venv/.tests .venv-checkov/.ready build/.terraform-ready ## Check style, types, imports and Terraform, without changing files
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	PYTHONPATH=lambdas .venv/bin/lint-imports
	terraform fmt -check -diff -recursive
	TF_DATA_DIR=build/.terraform terraform validate
	LOG_LEVEL=ERROR .venv-checkov/bin/checkov

format: .venv/.tests ## Format all files
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .
	terraform fmt -recursive

test-unit: .venv/.tests ## Test the Python code, in about a minute
	$(PYTEST) tests/unit

test-terraform: build/.terraform-ready build ## Test main.tf with a mocked provider
	TF_DATA_DIR=build/.terraform terraform test

test-stack: .venv/.tests build local-packages ## Test the local stack, over HTTP and in browsers
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || .venv/bin/playwright install chromium
	$(PYTEST) tests/stack tests/browser

explain: .venv/.tests ## Show why looks are chosen: IMAGE=photo.jpg TEXT='My title' [LOOK=stack] [FIT=pad] [POSITION=top-left]
	@mkdir -p build
	@.venv/bin/python scripts/explain.py "$$IMAGE" --out=build/explained.png $${TEXT+--text="$$TEXT"} \
	    $${LOOK:+--look="$$LOOK"} $${FIT:+--fit="$$FIT"} $${POSITION:+--position="$$POSITION"}

bench: .venv/.tests .venv-bench/.ready build/bench/.sharp ## Compare speed with a baseline and other libraries [ARGS='--runs=3']
	@$(BENCHMARK).speed $(ARGS)

bench-%: .venv/.tests ## Run another benchmark: browser, cold_start, fuzz, latency, load, memory, overlay, sheet, titles [ARGS=...]
	@$(BENCHMARK).$* $(ARGS)

bench-mutants: .venv-mutants/.ready ## Measure how many small changes to lambdas/ the unit tests notice [ARGS='lambdas/common --sample=50']
	@PYTHONPATH=lambdas:scripts:tests:. .venv-mutants/bin/python -m benchmarks.mutants $(ARGS)

clean: down ## Stop the local stack, and delete everything that make has built
	rm -rf build .venv .venv-bench .venv-checkov .venv-emulator .venv-mutants demo.jpg

help:
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } \
	    /^[a-z%-]+:.*## / { sub("%", "NAME", $$1); printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- environments --------------------------------------------------------------------------------------------------

.venv/bin/python .venv-bench/bin/python .venv-checkov/bin/python .venv-emulator/bin/python .venv-mutants/bin/python:
	@echo "creating $(@:/bin/python=)"
	@python=$(PYTHON) && $$python -m venv $(@:/bin/python=)

.venv/.scripts: scripts/requirements.txt | .venv/bin/python
.venv/.tests: tests/requirements.txt layers/pillow/requirements.txt layers/fonts/requirements.txt .venv/.scripts
.venv-emulator/.ready: scripts/emulator-requirements.txt | .venv-emulator/bin/python
.venv-checkov/.ready: tests/checkov-requirements.txt | .venv-checkov/bin/python
.venv-bench/.ready: benchmarks/requirements.txt | .venv-bench/bin/python
.venv-mutants/.ready: benchmarks/mutants-requirements.txt tests/requirements.txt $(wildcard layers/*/requirements.txt) | .venv-mutants/bin/python
.venv/.scripts .venv/.tests .venv-emulator/.ready .venv-checkov/.ready .venv-bench/.ready .venv-mutants/.ready:
	@echo "installing $<"
	@$(@D)/bin/python $(PIP_INSTALL) -r $<
	@touch $@

# Without npm the benchmark skips sharp.
build/bench/.sharp: benchmarks/package.json
	@mkdir -p $(@D) && cp $< $(@D)
	@! command -v npm >/dev/null || { echo "installing $<" && cd $(@D) && \
	    npm install --silent --no-package-lock --no-audit --no-fund && touch $(@F); }

# Before anything is built, so that a missing Terraform is reported at once.
check-terraform: | .venv/bin/python
	@.venv/bin/python scripts/terraform.py

# Checks and tests have a data folder of their own, so that they leave a deployment's .terraform alone.
build/.terraform-ready: $(MODULE) | .venv/bin/python
	@mkdir -p build
	@TF_DATA_DIR=build/.terraform .venv/bin/python scripts/terraform.py init -backend=false
	@touch $@

# --- packages ------------------------------------------------------------------------------------------------------
# build/local is for the emulator, which runs the functions with its own Python.

local-packages: $(PACKAGES:%=build/local/%.zip)

# presign.zip lists the characters that the fonts can draw.
build/%/presign.zip: build/%/fonts.zip $(LAMBDAS) scripts/package.py | .venv/.scripts
	@.venv/bin/python scripts/package.py presign $*

build/%/process.zip: $(LAMBDAS) scripts/package.py | .venv/bin/python
	@.venv/bin/python scripts/package.py process $*

build/%/poll.zip: $(LAMBDAS) scripts/package.py | .venv/bin/python
	@.venv/bin/python scripts/package.py poll $*

PILLOW_PYTHON := .venv/bin/python
build/local/pillow.zip: PILLOW_PYTHON := .venv-emulator/bin/python
build/local/pillow.zip: .venv-emulator/.ready

build/%/pillow.zip: layers/pillow/requirements.txt scripts/package.py | .venv/bin/python
	@$(PILLOW_PYTHON) scripts/package.py pillow $*

build/%/fonts.zip: $(FONTS_LAYER) lambdas/process/text/font_files.py scripts/package.py | .venv/.scripts
	@.venv/bin/python scripts/package.py fonts $*
