# `make` prints what there is. PORT, ARCHITECTURE and PYTHON may be set on the command line.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo thumbnail down build deploy destroy redrive test lint format test-unit test-terraform test-stack explain characters screenshots titles load bench bench-overlay bench-memory costs fuzz shell docs clean terraform-found local-packages

ARCHITECTURE ?= arm64
PYTHON ?= $$(scripts/find-python)
export PORT
# The local stack is never behind a proxy.
export NO_PROXY := localhost,127.0.0.1,$(NO_PROXY)
export no_proxy := $(NO_PROXY)

PACKAGES := presign process poll pillow fonts
LAMBDAS := $(shell find lambdas -name '*.py' -o -name '*.txt' -o -type d ! -name __pycache__) # folders too: a file may go
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
# Two at once, the tests of a file one after the other: on the stack most of their time is waiting.
PYTEST := .venv/bin/pytest -n 2 --dist loadfile
TERRAFORM := .venv/bin/python scripts/terraform.py
# Said to Terraform only where it was said to make: a terraform.tfvars may say it too.
ARCHITECTURE_GIVEN := $(if $(filter file,$(origin ARCHITECTURE)),,-var=architecture=$(ARCHITECTURE))
MODULE := main.tf variables.tf outputs.tf $(wildcard tests/*.tftest.hcl)

export OUT ?= thumbnail.jpg
# As typed, dollar signs and quotes included: recipes read these from the environment, where no shell expands them.
$(foreach name,IMAGE TEXT FIT POSITION CAPS OUT API_URL PHOTOS CORPUS,$(if $(findstring undefined,$(origin $(name))),,\
    $(eval override $(name) := $$(value $(name)))$(eval export $(name))))

##@ Try it

demo: terraform-found .venv/.client local-packages ## Start the whole stack on this machine and make a first thumbnail with it
	@.venv/bin/python scripts/demo.py

thumbnail: .venv/.client ## Make one with the running stack: IMAGE=photo.jpg TEXT='My title' [FIT=crop] [POSITION=top-left] [CAPS=on] [OUT=thumbnail.jpg] [API_URL=...]
	@test -n "$$IMAGE" || { echo "error: name a picture: make thumbnail IMAGE=photo.jpg TEXT='My title'" >&2; exit 1; }
	@.venv/bin/python scripts/thumbnail.py "$$IMAGE" --out "$$OUT" $${TEXT+--text="$$TEXT"} \
	    $${FIT:+--fit="$$FIT"} $${POSITION:+--position="$$POSITION"} $${CAPS:+--caps="$$CAPS"}

shell: .venv/.client .venv-awscli/.ready ## Open a shell that knows the stack, with the AWS CLI; the local one if it runs, else the deployed one
	@.venv/bin/python scripts/shell.py

down: .venv/.client ## Stop the local stack and leave nothing of it behind
	@.venv/bin/python scripts/down.py

##@ Put it on AWS

build: $(PACKAGES:%=build/$(ARCHITECTURE)/%.zip) ## Build the zips that Terraform uploads [ARCHITECTURE=x86_64]

deploy: build ## Apply main.tf to the account that your AWS credentials name, and print the page's URL
	@$(TERRAFORM) init
	@$(TERRAFORM) apply $(ARCHITECTURE_GIVEN)
	@echo "page: $$(terraform output -raw page_url)"

destroy: build ## Remove it from there, stored pictures included
	@$(TERRAFORM) init
	@$(TERRAFORM) destroy $(ARCHITECTURE_GIVEN)

redrive: .venv/.owner ## Replay the events that failed for good, once their cause is mended; on the local stack if one runs
	@.venv/bin/python scripts/redrive.py

##@ Work on it

test: lint test-unit test-terraform test-stack ## Everything that must pass: lint, types, unit, Terraform, stack and browser tests

lint: .venv/.tests .venv-checkov/.ready build/.terraform-ready ## Read only: style, types, Terraform's own checks, checkov's
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	terraform fmt -check -diff -recursive
	TF_DATA_DIR=build/.terraform terraform validate
	LOG_LEVEL=ERROR .venv-checkov/bin/checkov --file main.tf --framework terraform --var-file tests/checkov.tfvars --quiet --compact --skip-download

format: .venv/.tests ## Write: format everything
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .
	terraform fmt -recursive

test-unit: .venv/.tests ## A minute, no network
	$(PYTEST) tests/unit

test-terraform: build/.terraform-ready build local-packages ## main.tf against a mocked provider
	TF_DATA_DIR=build/.terraform terraform test

test-stack: .venv/.tests .venv-awscli/.ready build local-packages ## The real main.tf on a local AWS, over HTTP and in a browser
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || .venv/bin/playwright install chromium
	$(PYTEST) tests/stack tests/browser

explain: .venv/.tests ## Show why a title stands where it does: IMAGE=photo.jpg TEXT='My title' [FIT=pad] [POSITION=top-left]
	@test -n "$$IMAGE" || { echo "error: name a picture: make explain IMAGE=photo.jpg TEXT='My title'" >&2; exit 1; }
	@mkdir -p build
	@.venv/bin/python scripts/explain.py "$$IMAGE" --out build/explained.png $${TEXT+--text="$$TEXT"} \
	    $${FIT:+--fit="$$FIT"} $${POSITION:+--position="$$POSITION"}

characters: .venv/.tests ## Write down which characters the fonts can draw, for presign; run it when a font changes
	@.venv/bin/python scripts/characters.py

docs: .venv/.tests .venv-awscli/.ready ## Refresh what the documents quote of the code, and what their commands print if a local stack runs
	@.venv/bin/python scripts/docs.py

screenshots: .venv/.tests build local-packages ## Take pictures of the page's states, for the README and to look at
	.venv/bin/pytest tests/browser/screenshots.py

titles: .venv/.tests ## Show titles in every script on generated pictures, and print what each costs; needs Linux
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.titles

load: .venv/.tests ## Send many pictures at once through the running stack, and check each thumbnail [UPLOADS=500] [AT_ONCE=20] [API_URL=...]
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.load $${UPLOADS:+--uploads="$$UPLOADS"} $${AT_ONCE:+--at-once="$$AT_ONCE"}

bench: .venv/.tests .venv-bench/.ready build/bench/.sharp ## Print how fast it is, as ratios, beside the goals; the way through if a local stack runs [RUNS=7]
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.speed $${RUNS:+--runs="$$RUNS"}

bench-overlay: .venv/.tests ## Print how good titles are on many photos, beside the seed's way; needs tesseract [PHOTOS=folder]
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.overlay $${PHOTOS:+"$$PHOTOS"}

bench-memory: .venv/.tests ## Print what the largest accepted picture of each kind takes, in memory and time; needs Linux
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.memory

costs: .venv/.tests ## Measure a thumbnail's time, and write docs/costs.md and the README's table of costs anew
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.costs

MINUTES ?= 10
fuzz: .venv/.tests ## Try every file of a folder, then files bent and mixed from them [CORPUS=folder] [MINUTES=10]
	@PYTHONPATH=lambdas:scripts:tests:. .venv/bin/python -m benchmarks.fuzz --minutes $(MINUTES) $${CORPUS:+"$$CORPUS"}

clean: down ## Remove all that make has made
	rm -rf build .venv .venv-awscli .venv-bench .venv-checkov .venv-emulator demo.jpg

help:
	@awk 'BEGIN { FS = ":.*## " } /^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- environments --------------------------------------------------------------------------------------------------

.venv/bin/python .venv-awscli/bin/python .venv-bench/bin/python .venv-checkov/bin/python .venv-emulator/bin/python:
	@echo "making $(@:/bin/python=)"
	@python=$(PYTHON) && $$python -m venv $(@:/bin/python=)

.venv/.client: scripts/requirements.txt | .venv/bin/python
	@echo "installing $<"
	@.venv/bin/python $(PIP_INSTALL) -r $<
	@touch $@

.venv/.owner: scripts/owner-requirements.txt | .venv/bin/python
	@echo "installing $<"
	@.venv/bin/python $(PIP_INSTALL) -r $<
	@touch $@

.venv/.tests: tests/requirements.txt layers/pillow/requirements.txt layers/fonts/requirements.txt .venv/.client .venv/.owner
	@echo "installing $<"
	@.venv/bin/python $(PIP_INSTALL) -r $<
	@touch $@

.venv-emulator/.ready: scripts/emulator-requirements.txt | .venv-emulator/bin/python
	@echo "installing $<"
	@.venv-emulator/bin/python $(PIP_INSTALL) -r $<
	@touch $@

.venv-awscli/.ready: scripts/awscli-requirements.txt | .venv-awscli/bin/python
	@echo "installing $<"
	@.venv-awscli/bin/python $(PIP_INSTALL) -r $<
	@touch $@

.venv-checkov/.ready: tests/checkov-requirements.txt | .venv-checkov/bin/python
	@echo "installing $<"
	@.venv-checkov/bin/python $(PIP_INSTALL) -r $<
	@touch $@

.venv-bench/.ready: benchmarks/requirements.txt | .venv-bench/bin/python
	@echo "installing $<"
	@.venv-bench/bin/python $(PIP_INSTALL) -r $<
	@touch $@

# Without npm nothing is installed, and the benchmark says that sharp is left out.
build/bench/.sharp: benchmarks/package.json
	@mkdir -p $(@D) && cp $< $(@D)
	@! command -v npm >/dev/null || { echo "installing $<" && cd $(@D) && \
	    npm install --silent --no-package-lock --no-audit --no-fund && touch $(@F); }

# Told before anything is built.
terraform-found: | .venv/bin/python
	@$(TERRAFORM) version >/dev/null

# Terraform's checks and tests have a data folder of their own: what a deployment keeps in .terraform stays as it is.
build/.terraform-ready: $(MODULE) | .venv/bin/python
	@mkdir -p build
	@TF_DATA_DIR=build/.terraform $(TERRAFORM) init -backend=false
	@touch $@

# --- packages ------------------------------------------------------------------------------------------------------
# build/local is for the emulator, whose Python runs the functions there: its wheels are that Python's.

local-packages: $(PACKAGES:%=build/local/%.zip)

build/%/presign.zip: $(LAMBDAS) scripts/package.py | .venv/bin/python
	@.venv/bin/python scripts/package.py presign $*

build/%/process.zip: $(LAMBDAS) scripts/package.py | .venv/bin/python
	@.venv/bin/python scripts/package.py process $*

build/%/poll.zip: $(LAMBDAS) scripts/package.py | .venv/bin/python
	@.venv/bin/python scripts/package.py poll $*

LAYER_PYTHON := .venv/bin/python
build/local/pillow.zip build/local/fonts.zip: LAYER_PYTHON := .venv-emulator/bin/python
build/local/pillow.zip build/local/fonts.zip: .venv-emulator/.ready

build/%/pillow.zip: layers/pillow/requirements.txt scripts/package.py | .venv/bin/python
	@$(LAYER_PYTHON) scripts/package.py pillow $*

build/%/fonts.zip: layers/fonts layers/fonts/requirements.txt lambdas/process/text/font_files.py scripts/package.py | .venv/bin/python
	@$(LAYER_PYTHON) scripts/package.py fonts $*
