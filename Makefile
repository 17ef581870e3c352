# Two commands matter: `make run` runs the magazine, `make test` tests it. Both start from a bare checkout.
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT
PY := .venv/bin/python
SECTIONS := $(patsubst %/section.py,%,$(wildcard */section.py))
PYTHON_FILES := cinemaclips photos fans redirects films magazine $(SECTIONS) tests bench manage.py

.PHONY: run dev setup serve test check requirements fonts bench

run: ## Everything from a bare checkout: environment, database, demo magazine, server and worker.
	@deploy/bootstrap.sh requirements.txt && exec $(PY) manage.py run --demo

setup: ## What `make run` does before the server starts.
	@deploy/bootstrap.sh requirements.txt && exec $(PY) manage.py setup --demo

dev: ## For development: the server reloads changed code and renders every page anew.
	@deploy/bootstrap.sh requirements-dev.txt && DEBUG=1 exec $(PY) manage.py run --demo

serve: ## The production server: no demo, no reloading.
	@deploy/bootstrap.sh requirements.txt && exec $(PY) manage.py run

test: ## Everything CI checks, from a bare checkout.
	@deploy/bootstrap.sh requirements-dev.txt && deploy/html_checker.sh && $(MAKE) --no-print-directory check

check:
	$(PY) -m ruff check $(PYTHON_FILES)
	$(PY) -m ruff format --check $(PYTHON_FILES)
	.venv/bin/lint-imports
	$(PY) -m mypy
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --check --target-version 6.1
	$(PY) manage.py makemigrations --check --dry-run
	SITE_URL=https://magazine.example EMAIL_URL=smtps://magazine:secret@mail.example $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m pytest -n 3 --dist worksteal --cov --cov-report=term

requirements: ## Compile requirements.txt and requirements-dev.txt from pyproject.toml.
	$(PY) -m piptools compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-header -o requirements.txt pyproject.toml
	$(PY) -m piptools compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-header --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

fonts: ## Make the typefaces in static/fonts again from their packages.
	$(PY) manage.py cut_fonts

bench: ## Measure what pages, a draw and entries cost, with many rows.
	$(PY) bench/pages.py
	$(PY) bench/size.py
	$(PY) bench/trivia.py
	$(PY) bench/reel_requests.py
	$(PY) bench/draw.py
	$(PY) bench/entering.py --speed 10

