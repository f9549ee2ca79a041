# What there is to do with this repository; `make help` lists it.

PREFIX ?= /usr/local
# Arguments of `make run`, `make bench` and `make test`, as in: make run ARGS="--port 9000"
ARGS ?=
# Seconds that `make fuzz` spends on each target.
SECONDS_EACH ?= 60
PARLEY = .build/release/parley
# Inlining across modules saves a tenth of the instructions of a request; checks of exclusive access, which every test
# runs with, cost another tenth.
RELEASE = swift build -c release --static-swift-stdlib \
    -Xswiftc -cross-module-optimization -Xswiftc -enforce-exclusivity=unchecked
SWIFT_TEST = swift test --disable-xctest
# Runs a command and, where it fails, says again at the end what failed: a thousand lines may stand below it.
REPEAT_FAILURES = .ci/repeat-failures
# What is checked is slow: few tests at a time, or each would last for minutes.
SANITIZED_TEST = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4 $(REPEAT_FAILURES) $(SWIFT_TEST)
LASTING_GLOBALS = $(CURDIR)/.build-asan/lasting-globals.so
# One line for each reply that the tests got; at the end, a test looks for routes that none came from.
ROUTES_HIT = $(CURDIR)/.build/routes-hit.txt

.DEFAULT_GOAL := help
.PHONY: help run test deps build release deb bench count schema clients tsan asan fuzz format lint install openapi document assets clean

help: ## List the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

run: release ## Serve the demo application on port 8080 and print requests to paste
	$(PARLEY) serve --demo $(ARGS)

test: deps ## Run all tests, lint and the budgets; with ARGS="--filter Groups" the tests that it names and nothing else
ifeq ($(strip $(ARGS)),)
	@mkdir -p .build && rm -f $(ROUTES_HIT)
	@PARLEY_ROUTE_LOG=$(ROUTES_HIT) $(REPEAT_FAILURES) $(SWIFT_TEST)
	PARLEY_ROUTES_HIT=$(ROUTES_HIT) PARLEY_BUDGETS=1 $(SWIFT_TEST) --skip-build --filter 'RouteCoverageTests|BudgetTests'
	@$(MAKE) --no-print-directory lint
else
	@$(REPEAT_FAILURES) $(SWIFT_TEST) $(ARGS)
endif

deps: ## Install the packages of the system that building and testing need
	@.ci/deps

build: deps ## Build everything for debugging
	swift build --build-tests

release: ## Build parley as it is installed
	@.ci/deps build
	$(RELEASE) --product parley

deb: release ## Build a Debian package, .build/parley.deb
	.ci/deb $(PARLEY) .build/parley.deb

bench: release ## Measure against the bars of the README
	$(RELEASE) --product Benchmark
	.build/release/Benchmark $(ARGS)

clients: ## Run a client of another server, SUITE=NAME, from DIR=FOLDER; without them, list the suites
	@.ci/clients/run $(SUITE) $(DIR)

count: deps ## Count the instructions of six requests under callgrind, and fail where one takes 2 % more than it did
	$(RELEASE) --product parley
	$(RELEASE) --product Benchmark
	.build/release/Benchmark count Fixtures/instructions.tsv $(ARGS)

schema: deps ## Write Fixtures/schema.sql anew from the migrations
	PARLEY_WRITE_SCHEMA=1 $(SWIFT_TEST) --filter SchemaFileRulesTests

tsan: deps ## Run all tests under the thread sanitizer
	TSAN_OPTIONS=exitcode=66:history_size=4 $(SANITIZED_TEST) --sanitize=thread --scratch-path .build-tsan

asan: deps ## Run all tests under the address sanitizer, with leak detection
	@mkdir -p .build-asan
	$(CC) -shared -fPIC -O1 -Wall -Werror -o $(LASTING_GLOBALS) Tests/lasting-globals.c
	ASAN_OPTIONS=detect_leaks=1 LD_PRELOAD=$(LASTING_GLOBALS) $(SANITIZED_TEST) --sanitize=address --scratch-path .build-asan

fuzz: deps ## Feed random bytes to every reader of untrusted input, SECONDS_EACH (60) seconds each
	PARLEY_FUZZ=1 swift build -c release --product Fuzz --sanitize=fuzzer --scratch-path .build-fuzz
	@for target in $$(ls Fixtures/fuzz); do \
	    log=.build-fuzz/$$target.log; mkdir -p .build-fuzz/found/$$target; \
	    FUZZ_TARGET=$$target .build-fuzz/release/Fuzz -max_total_time=$(SECONDS_EACH) -max_len=4096 \
	        -print_final_stats=1 -artifact_prefix=Fixtures/fuzz/$$target/found- \
	        .build-fuzz/found/$$target Fixtures/fuzz/$$target > $$log 2>&1 \
	        || { tail -n 40 $$log; echo "A promise of $$target is broken; its input is kept beside the seeds."; exit 1; }; \
	    echo "$$target: $$(sed -n 's/^stat::number_of_executed_units: *//p' $$log) inputs, no finding"; \
	done

format: ## Format all Swift files
	swift format format --in-place --parallel --recursive Package.swift Sources Tests

lint: ## Complain about what isn't formatted
	swift format lint --strict --parallel --recursive Package.swift Sources Tests

install: release ## Install the stripped program into PREFIX/bin (default /usr/local)
	install -D --strip --mode=755 $(PARLEY) $(DESTDIR)$(PREFIX)/bin/parley

openapi: ## Write openapi.yaml anew from the table of routes
	swift build --product parley
	.build/debug/parley openapi --fixtures Fixtures > openapi.yaml.new
	mv openapi.yaml.new openapi.yaml

assets: ## Write the files of pages anew as Swift literals
	.ci/embed-assets docs > Sources/ConsoleUI/DocsAssets.swift
	.ci/embed-assets console > Sources/ConsoleUI/ConsoleAssets.swift

document: build ## Hold the API document to a validator, two generators and two viewers (from PyPI, where they can be had)
	.ci/document .build/debug/parley

clean: ## Remove everything built
	rm -rf .build .build-tsan .build-asan .build-fuzz openapi.yaml.new
