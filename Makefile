# Every target builds the environment it needs from requirements.lock; nothing else is required
# than Python 3.11+ and make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
# The archive in use: invented sample records until adwatch.toml says what to collect.
ARCHIVE ?= $(if $(wildcard adwatch.toml),live,sample)
DATA := data/$(ARCHIVE)
BIN := .venv/bin
READY := .venv/requirements.sha256
# What makes the tables: DuckDB here, or Spark at SPARK_MASTER (analysis/spark/README.md).
ENGINE ?= duckdb
SPARK_MASTER ?= local[2]
SPARK_READY := .venv/requirements-spark.sha256

.PHONY: help install collect verify rebuild analyze report sql query dictionary \
        review review-export review-import score train evaluate test soak check bench format \
        lock audit sample clean spark-install spark-test

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(READY) ## Build .venv from requirements.lock (every other target does it by itself)

collect: $(READY) ## Fetch ads into data/ (the invented sample until adwatch.toml exists)
	$(BIN)/python -m collectors --archive $(DATA)

verify: $(READY) ## Prove the archive: every hash, the manifests' chains, every Parquet row
	$(BIN)/python -m collectors verify --archive $(DATA)

rebuild: $(READY) ## Make all Parquet again from the landed pages
	$(BIN)/python -m collectors rebuild --archive $(DATA)

bench: $(READY) ## Measure time, memory and size and write tests/benchmarks/RESULTS.md: make bench [SIZES="1000000 10000000"]
	$(BIN)/python -m tests.benchmarks $(SIZES)

analyze: $(READY) $(if $(filter spark,$(ENGINE)),$(SPARK_READY)) ## Build the DuckDB database from the collected Parquet (ENGINE=spark SPARK_MASTER=spark://host:7077)
	$(BIN)/python -m analysis build --archive $(DATA) $(if $(filter spark,$(ENGINE)),--engine spark \
	    --master "$(SPARK_MASTER)" $(if $(SPARK_STORE),--store "$(SPARK_STORE)"))

report: $(READY) ## Write the report (PERIOD=2025-09, 2025-W36, last-month, last-week; or SINCE= UNTIL=; LANGUAGE=az)
	$(BIN)/python -m reports --archive $(DATA) $(if $(PERIOD),--period "$(PERIOD)") \
	    $(if $(SINCE),--since "$(SINCE)") $(if $(UNTIL),--until "$(UNTIL)") \
	    $(if $(or $(filter command,$(origin LANGUAGE)),$(filter en az,$(LANGUAGE))),--language "$(LANGUAGE)")

sql: $(READY) ## Open the database in the SQL shell, read-only
	@test -f $(DATA)/adwatch.duckdb || { echo "sql: $(DATA)/adwatch.duckdb: no database; run \`make analyze\` first"; exit 1; }
	@mkdir -p $(DATA)/exports
	@LESSSECURE=1 LESS="-SRX $${LESS:-}" $(BIN)/duckdb -readonly -init analysis/desk/shell.init \
	    -cmd "set allowed_directories = ['$(abspath $(DATA))/exports/']" \
	    -cmd "set enable_external_access = false" -cmd ".safe_mode" $(DATA)/adwatch.duckdb \
	    || test -t 0 # a mistyped query is no failure of make

query: $(READY) ## Run one query: make query Q=analysis/queries/codes.sql [OUT=x.csv FORMAT=csv]
	@test -n "$(Q)" || { echo "make query Q=analysis/queries/codes.sql [FORMAT=csv|parquet|xlsx OUT=file]"; exit 2; }
	@$(BIN)/python -m analysis.desk --archive $(DATA) --query "$(Q)" \
	    $(if $(FORMAT),--format $(FORMAT)) $(if $(OUT),--out "$(OUT)")

dictionary: $(READY) ## Write the dictionary in analysis/README.md from the database
	@$(BIN)/python -m analysis.desk --archive $(DATA) --dictionary

review: $(READY) ## Code texts by the codebook on a local page
	$(BIN)/python -m analysis.review serve --archive $(DATA) $(if $(PORT),--port $(PORT))

review-export: $(READY) ## Texts to code in a spreadsheet: make review-export CODER=anna OUT=x.xlsx
	@test -n "$(OUT)" -a -n "$(CODER)" || { echo "make review-export CODER=name OUT=x.csv [QUEUE=flags SINCE=2025-08-26 UNTIL=2025-09-01]"; exit 2; }
	$(BIN)/python -m analysis.review export --archive $(DATA) --coder "$(CODER)" --out "$(OUT)" $(if $(QUEUE),--queue $(QUEUE)) \
	    $(if $(SINCE),--since "$(SINCE)") $(if $(UNTIL),--until "$(UNTIL)")

review-import: $(READY) ## Take in a coded spreadsheet: make review-import IN=x.xlsx
	@test -n "$(IN)" || { echo "make review-import IN=x.csv"; exit 2; }
	$(BIN)/python -m analysis.review import --archive $(DATA) --in "$(IN)"

score: $(READY) ## Score the texts of a CSV: make score IN=texts.csv OUT=scored.csv
	@test -n "$(IN)" -a -n "$(OUT)" || { echo "make score IN=texts.csv OUT=scored.csv"; exit 2; }
	$(BIN)/python -m analysis score --in "$(IN)" --out "$(OUT)"

train: $(READY) ## Train the semantic model from seeds/labels (REVIEWS=yes: and from reviews)
	$(BIN)/python -m analysis.semantic.train $(if $(REVIEWS),--reviews $(DATA))

evaluate: $(READY) ## Measure the detector and write analysis/EVALUATION.md
	$(BIN)/python -m analysis.semantic.evaluate $(if $(REVIEWS),--reviews $(DATA))

test: $(READY) ## Run all tests (those of Spark where it is installed)
	$(BIN)/python -m pytest -q

spark-install: $(SPARK_READY) ## Add Spark to .venv from requirements-spark.lock (400 MB; needs Java 17)

spark-test: $(SPARK_READY) ## Run the tests of Spark: a cluster that loses a worker gives the same tables
	$(BIN)/python -m pytest -q tests/analysis/spark

soak: $(READY) ## Try every fault often and write tests/faults/RESULTS.md: make soak [SHARE=0.1]
	ADWATCH_SOAK=$(or $(SHARE),1) $(BIN)/python -m pytest -q tests/faults

check: $(READY) ## Check style, types and SQL
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 analysis reports

format: $(READY) ## Rewrite Python and SQL in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/sqlfluff fix --processes 2 analysis reports

lock: ## Pin all packages anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --extra dev pyproject.toml --output-file requirements.lock
	$(PYTHON) -c 'import tomllib; from pathlib import Path; print(*tomllib.loads(Path("pyproject.toml").read_text())["project"]["optional-dependencies"]["spark"], sep="\n")' \
	    | uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --constraint requirements.lock - --output-file requirements-spark.lock

audit: ## Look the pinned packages up in the database of vulnerabilities (needs uv, a network)
	uvx pip-audit --disable-pip --require-hashes --requirement requirements.lock

sample: $(READY) ## Make the bundled sample archive anew
	$(BIN)/python seeds/sample_archive/make_sample_archive.py

clean: ## Remove the environment and the sample archive; never data/live
	rm -rf .venv data/sample .mypy_cache .ruff_cache .pytest_cache

$(READY): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "adwatch needs Python 3.11 or newer: make PYTHON=python3.11 ...")'
	@echo "Building .venv from requirements.lock ..."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@sha256sum requirements.lock > $@

$(SPARK_READY): requirements-spark.lock $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	@sha256sum requirements-spark.lock > $@
