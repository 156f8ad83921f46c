# Every target works on a fresh clone with Python 3.11+, pip and make; what it needs it installs into .venv.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
EXPLAINERS ?= lime kernel-shap saliency grad-cam
ROOMS := models explainers fixtures benchmarks reports
RESULTS := README.md docs/results.md docs/robustness.md docs/speech-and-pitch.md
PAGES := README.md CHANGELOG.md CONTRIBUTING.md CITATION.cff LICENSE docs examples/plugin/both_ends.py \
  fixtures/synthetic_songs/README.md models/weights/README.md reports/published

.PHONY: help install leaderboard smoke test campaign check results docs corpus train lock rooms dist

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(INSTALLED)  ## make .venv and install what the lock file pins

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

leaderboard: install  ## measure all explainers on the synthetic songs: about a quarter of an hour on two cores
	$(BIN)/pytest benchmarks -n auto

smoke: install  ## measure four explainers on two songs: about two minutes on two cores (EXPLAINERS='*' takes all)
	$(BIN)/pytest benchmarks -n 2 --scale smoke $(foreach name,$(EXPLAINERS),--explainer '$(name)')

# Workers steal, else one of them ends up with the last long tests.
test: install  ## the harness' own tests
	$(BIN)/pytest -n 2 --dist worksteal

campaign: install  ## kill, fill up, damage, attack and fuzz for an hour or two, and write docs/campaign.md
	$(BIN)/python tests/campaign

check: install rooms  ## lint, types, import rules, the numbers in documents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	cd build/rooms && $(CURDIR)/$(BIN)/lint-imports --config $(CURDIR)/pyproject.toml --no-logo
	$(BIN)/veracity-bench results $(RESULTS) --check
	$(BIN)/veracity-bench schema docs/records.md --check

# mypy and import-linter know nothing of package-dir: in build/rooms the code lies as it is imported.
rooms:
	@rm -rf build/rooms && mkdir -p build/rooms/veracity_bench
	@cp -R veracity_bench build/rooms/
	@find $(ROOMS) -name '*.py' | tar -cf - -T - | tar -xf - -C build/rooms/veracity_bench

results: install  ## write the results in documents and the page on records anew
	$(BIN)/veracity-bench results $(RESULTS)
	$(BIN)/veracity-bench schema docs/records.md

# Documents lie in the site as they lie here, so that the same links are right in both.
docs: install rooms  ## build the site in build/site, its tutorial executed (EXECUTE_NOTEBOOK=false: not); a broken link fails
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[docs]'
	@rm -rf build/pages && mkdir -p build/pages
	@tar -cf - $(PAGES) | tar -xf - -C build/pages
	PATH="$(CURDIR)/$(BIN):$$PATH" NO_MKDOCS_2_WARNING=1 mkdocs build --strict  # --quiet would keep it from counting warnings

corpus: install  ## synthesise the synthetic songs anew (see fixtures/synthetic_songs/README.md)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[synthesis]'
	$(BIN)/python -m veracity_bench.fixtures.synthesis fixtures/synthetic_songs

train: install  ## train the detector of the synthetic songs anew and publish its weights
	$(BIN)/veracity-bench ship

dist: install  ## build sdist and wheel, and run a small benchmark from the wheel in a fresh environment
	rm -rf dist build/fresh && mkdir -p build/fresh/empty
	$(BIN)/python -m build --outdir dist .
	$(PYTHON) -m venv build/fresh/venv
	build/fresh/venv/bin/pip install --quiet --disable-pip-version-check -r requirements.lock
	build/fresh/venv/bin/pip install --quiet --disable-pip-version-check --no-deps dist/*.whl
	cd build/fresh/empty && ../venv/bin/veracity-bench run -n 2 --scale smoke --explainer lime --explainer saliency

lock: install  ## pin the newest versions that pyproject.toml admits
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --upgrade --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	  --output-file requirements.lock --constraint constraints.txt pyproject.toml
	sed -i 's/+cpu$$//' requirements.lock
