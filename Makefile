# Everything one does with a checkout. `make run` needs Python 3.11+, Node 20+, and Go or livekit-server.
.PHONY: run setup setup-test check test test-browsers bench docs

run: setup  ## set everything up and start the embedded stack with a demo candidate
	@exec .venv/bin/aila up --demo $(ARGS)

setup:  ## virtual environment, locked dependencies, web client, livekit-server
	@scripts/setup.sh

setup-test: setup  ## what only tests need: development dependencies, Chromium, PostgreSQL, a second voice
	@scripts/setup-test.sh

check: setup-test  ## formatting, types, import rules, the web client's own checks
	@scripts/check.sh

test: check  ## everything that CI runs
	@scripts/test.sh

test-browsers: setup-test  ## candidates' pages in Firefox and WebKitGTK, where they are installed
	@scripts/test-browsers.sh

bench: setup-test  ## the figures of docs/benchmarks.md, from one run
	@scripts/bench.sh

docs: setup-test  ## the documents and interface files that are generated
	@scripts/generate.sh
