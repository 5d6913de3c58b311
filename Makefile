# Needs Python 3.11 (3.11.2 or newer) with pip (23.0.1 or newer), make and git. No python3-venv, no uv, no node.
#   make serve   the site on localhost, with live reload        make test         every test that needs no key
#   make build   the site into site/, strict                    make test-quick   those that need the environment alone
#   make lint    ruff and mypy                                  make check        the catalogue's problems, if any
#   make lock    each requirements*.txt from its .in          make bench        how fast a build is beside stock Material

PYTHON ?= python3
PY := .venv/bin/python
PIP_INSTALL := install --quiet --disable-pip-version-check
ENVIRONMENTS := $(patsubst requirements-%.txt,.venv-%/ready,$(wildcard requirements-*.txt))
NODE_PACKAGES := $(patsubst %/package-lock.json,%/node_modules/ready,$(wildcard tests/*/package-lock.json))

# Material's notice of its end of life (2027-05-05) stands in README.md instead of in every build's output.
export NO_MKDOCS_2_WARNING := 1

.PHONY: serve test test-quick build check lint lock bench environment system clients witnesses

# Bytecode written below hooks/, which is watched, would start the next rebuild.
serve: environment
	PYTHONDONTWRITEBYTECODE=1 $(PY) -m mkdocs serve $(if $(ADDRESS),--dev-addr $(ADDRESS))

# Each core takes one file after the other, so that what the tests of a file share is made once. An option in ARGS wins.
test: environment system clients
	$(PY) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(ARGS)

# No browser, no other people's programs, no built site. Each core begins with tests that lie together, and takes over
# from the others at the end.
test-quick: environment
	$(PY) -m pytest -m "not (live or browser or clients or slow)" --numprocesses auto --dist worksteal $(ARGS)

build: environment
	$(PY) -m mkdocs build --strict

check: environment
	$(PY) -m keyway check

lint: environment
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy

# SIZES="3x107 12x400": catalogues of at least so many providers and models; without, the real one.
bench: environment
	$(PY) -m bench --profile $(SIZES)

environment: .venv/installed

# pip is run by the system's Python but installs into the new environment (--python): Debian's python3 comes without
# ensurepip, so the environment cannot have a pip of its own, and its rule against installing into the system is kept.
# The lock alone says what is installed: without --no-deps, pip 23 looks up again what a package asks for with an extra,
# finds a release newer than the one locked, and refuses it. Then pip, with no index to ask, says whether anything is missing
# that the .in or a package asks for; `pip check` would not see what an extra asks for.
define new_environment
	@$(PYTHON) -c 'import sys; sys.exit("Keyway needs Python 3.11.2 or newer, this is " + sys.version.split()[0] + \
	  "; name another one: make PYTHON=python3.11" if sys.version_info < (3, 11, 2) else 0)'
	@echo "Building $(@D) from $<"
	$(PYTHON) -m venv --without-pip --clear $(@D)
	$(PYTHON) -m pip --python $(@D)/bin/python $(PIP_INSTALL) --no-deps --require-hashes --only-binary :all: -r $<
	@PIP_CONFIG_FILE=/dev/null $(PYTHON) -m pip --isolated --python $(@D)/bin/python $(PIP_INSTALL) --no-index --dry-run -r $(<:.txt=.in) \
	  || { echo "$< lacks something that $(<:.txt=.in) asks for: run make lock"; exit 1; }
	@touch $@
endef

.venv/ready: requirements.txt
	$(new_environment)

# Other people's programs, for tests, each from its own lock: .venv-clients, .venv-litellm, .venv-aider, .venv-pip.
.venv-%/ready: requirements-%.txt
	$(new_environment)

# The command .venv/bin/keyway, and the package on the path of its Python. Everything it needs is installed already.
.venv/installed: .venv/ready pyproject.toml
	$(PYTHON) -m pip --python $(PY) $(PIP_INSTALL) --no-index --no-deps --no-build-isolation --editable .
	@touch $@

# The newest catalogues of other projects, to hold ours against: files that are read, never installed, never run.
witnesses:
	@mkdir -p .witnesses
	$(PYTHON) -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --dest .witnesses \
	  litellm genai-prices model-prices

# What tests need of the system: a browser, letters for Chinese and Japanese, and a library that Playwright's program
# loads. Never a reason to stop: a test that lacks its browser is skipped and says so (and fails where CI is set).
system:
	@missing=; \
	command -v chromium chromium-browser google-chrome >/dev/null || missing=chromium; \
	if command -v dpkg-query >/dev/null; then \
	  for package in fonts-noto-cjk libatomic1; do \
	    dpkg-query --show --showformat='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	  done; \
	fi; \
	[ -n "$$missing" ] || exit 0; \
	if ! command -v apt-get >/dev/null; then \
	  echo "Browser tests are left out: install Chromium or Google Chrome, then run this again."; \
	elif [ "$$(id -u)" -ne 0 ]; then \
	  echo "Browser tests are left out or may look wrong. To have them: sudo apt-get install --no-install-recommends" $$missing; \
	else \
	  echo "Installing for browser tests:" $$missing; \
	  { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends $$missing; } >/dev/null </dev/null \
	    || echo "That failed; browser tests may be left out."; \
	fi

clients: $(ENVIRONMENTS) $(NODE_PACKAGES)

# The lock alone says what is installed here too. npm ci holds it against package.json; npm ls then holds what was unpacked
# against what each package says of itself, for want of npm's own note of it, which repeats the lock.
tests/%/node_modules/ready: tests/%/package-lock.json .venv-clients/ready
	PATH="$(CURDIR)/.venv-clients/bin:$$PATH"; export PATH; cd tests/$*; \
	npm_ci="npm ci --loglevel=error --fetch-retries=5"; \
	{ $$npm_ci || { echo "Once more: packages come over a network."; $$npm_ci; }; } \
	  && rm -f node_modules/.package-lock.json && npm ls --all --loglevel=error >/dev/null
	@touch $@

# Needs uv. Resolved for every platform from 3.11.2 on, with hashes, and without the address it was resolved from.
LOCK := uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-header --no-emit-index-url
lock:
	set -e; for asked in requirements*.in; do $(LOCK) $$asked --output-file $${asked%.in}.txt; done
