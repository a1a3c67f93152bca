# Everyday commands. `make` alone lists them.

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=
# How `make demo` and `make test` build. The two share their objects.
CONFIGURATION ?= debug
CONFINED ?=
BENCH_MAILS ?= 10000
MINUTES ?= 10
JOBS ?= 2
TARGETS ?=
SETS ?=

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo walkthrough test attacks check format accuracy bench fuzz install build release packages lint layout verify-unit clean

SWIFT ?= swift
# An import of a target that the manifest does not declare is an error.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
# What is installed carries Swift's own libraries with it, so the host needs no toolchain.
RELEASE_FLAGS := $(SWIFT_FLAGS) -c release --static-swift-stdlib
FORMATTED := Package.swift Sources Tests

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: packages ## the whole way on sample mails, against real mail servers (CONFINED=1: as the systemd unit confines it)
	$(SWIFT) build $(SWIFT_FLAGS) -c $(CONFIGURATION) --product postern
	POSTERN_DEMO_CONFINED=$(CONFINED) Tests/MailServers/demo.sh "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/postern"

walkthrough: packages ## the registration guide step by step: runs the script that stands in README.md
	$(SWIFT) build $(SWIFT_FLAGS) -c $(CONFIGURATION) --product postern
	Tests/MailServers/walkthrough.sh "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/postern"

# The tests on real servers run by themselves, one after the other: they start servers, and they look at the clock.
ON_SERVERS := CurlTransportTests|EndToEndTests

# Where the tests write the table of attacks.
ATTACKS := $(CURDIR)/.build/attacks.txt

test: packages ## all tests; prints the table of attacks and how many tests passed
	@mkdir -p .build
	@rm -f "$(ATTACKS)"
	$(SWIFT) build $(SWIFT_FLAGS) --build-tests
	POSTERN_ATTACKS="$(ATTACKS)" $(SWIFT) test --skip-build --disable-xctest --skip '$(ON_SERVERS)' 2>&1 | tee .build/test.log
	$(SWIFT) test --skip-build --disable-xctest --filter '$(ON_SERVERS)' --no-parallel 2>&1 | tee -a .build/test.log
	@cat "$(ATTACKS)"
	@awk '/Test run with [0-9]+ tests.* passed/ {for (i = 1; i < NF; i++) if ($$i == "with") count += $$(i + 1)} \
	    END {print count " passed, 0 failed"}' .build/test.log

attacks: packages ## every published attack, run as a whole mail: its shape, the verdict, the reason
	@mkdir -p .build
	@rm -f "$(ATTACKS)"
	$(SWIFT) build $(SWIFT_FLAGS) --build-tests
	@status=0; \
	POSTERN_ATTACKS="$(ATTACKS)" $(SWIFT) test --skip-build --disable-xctest --filter '^AttackTests\.' >.build/attacks.log 2>&1 \
	    || status=$$?; \
	if ((status)) || [[ ! -s "$(ATTACKS)" ]]; then grep -A 3 'recorded an issue' .build/attacks.log || cat .build/attacks.log; fi; \
	cat "$(ATTACKS)"; \
	exit $$status

check: packages lint layout test verify-unit ## what CI runs: formatting, layout, tests, the systemd unit

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(FORMATTED)

layout:
	.ci/layout

# systemd-analyze wants the program that the unit starts, so it looks at an installed copy.
verify-unit:
	@if ! command -v systemd-analyze >/dev/null; then echo "no systemd-analyze here: the unit is not checked"; exit 0; fi; \
	root=$$(mktemp -d); trap 'rm -rf "$$root"' EXIT; \
	install -D -m 755 /bin/true "$$root/usr/local/sbin/postern"; \
	install -D -m 755 /bin/true "$$root/bin/kill"; \
	install -D -m 644 Systemd/postern.service "$$root/etc/systemd/system/postern.service"; \
	install -D -m 644 -t "$$root/etc/systemd/system/postern.service.d" Systemd/postern.service.d/*.conf; \
	for unit in sysinit.target basic.target shutdown.target network-online.target nss-lookup.target time-sync.target \
	    multi-user.target system.slice -.slice systemd-journald.socket; do \
	    echo "[Unit]" >"$$root/etc/systemd/system/$$unit"; \
	done; \
	systemd-analyze verify --root="$$root" postern.service; \
	systemd-analyze security --offline=yes --threshold=10 Systemd/postern.service | tail -n 1

format: ## writes the formatting that `make check` wants
	$(SWIFT) format format --in-place --recursive --parallel $(FORMATTED)

accuracy: packages ## judges the labelled mails under Tests/Corpus and prints how well (SETS=unseen for the set that counts)
	$(SWIFT) build $(SWIFT_FLAGS) -c $(CONFIGURATION) --product postern
	Tests/Corpus/accuracy.py --postern "$$($(SWIFT) build -c $(CONFIGURATION) --show-bin-path)/postern" $(SETS)

bench: packages release ## speed and memory, beside a plain Python loop, in one run (BENCH_MAILS=10000)
	$(SWIFT) build $(RELEASE_FLAGS) --product PosternBench
	bin=$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path); \
	Tests/Benchmarks/bench.py --postern "$$bin/postern" --tool "$$bin/PosternBench" --mails $(BENCH_MAILS)

# A scratch folder of its own, so that the fuzzer's flags don't throw the other builds away.
FUZZ_BUILD := POSTERN_FUZZ=1 $(SWIFT) build $(SWIFT_FLAGS) -c release --scratch-path .build/fuzz --product PosternFuzz

fuzz: packages ## fuzzes all that reads foreign bytes (MINUTES=10 together, JOBS=2 at once, TARGETS="sender judge" alone)
	$(FUZZ_BUILD)
	Tests/Fuzz/fuzz.py --binary "$$($(FUZZ_BUILD) --show-bin-path)/PosternFuzz" --minutes $(MINUTES) --jobs $(JOBS) $(TARGETS)

install: release ## program, unit and settings to DESTDIR, below PREFIX (/usr/local)
	install -D -m 755 "$$($(SWIFT) build $(RELEASE_FLAGS) --show-bin-path)/postern" "$(DESTDIR)$(PREFIX)/sbin/postern"
	install -d "$(DESTDIR)$(PREFIX)/lib/systemd/system"
	sed 's|^ExecStart=[^ ]*|ExecStart=$(PREFIX)/sbin/postern|; s| /etc/postern/| $(SYSCONFDIR)/postern/|; s|:/etc/postern/|:$(SYSCONFDIR)/postern/|' \
	    Systemd/postern.service >"$(DESTDIR)$(PREFIX)/lib/systemd/system/postern.service"
	chmod 644 "$(DESTDIR)$(PREFIX)/lib/systemd/system/postern.service"
	install -D -m 644 Systemd/postern.service.d/network.conf "$(DESTDIR)$(PREFIX)/share/doc/postern/network.conf"
	install -D -m 644 README.md "$(DESTDIR)$(PREFIX)/share/doc/postern/README.md"
	install -d -m 700 "$(DESTDIR)$(SYSCONFDIR)/postern/credentials"
	@if [[ -e "$(DESTDIR)$(SYSCONFDIR)/postern/postern.yaml" ]]; then \
	    echo "kept: $(DESTDIR)$(SYSCONFDIR)/postern/postern.yaml"; \
	else \
	    install -D -m 644 Config/postern.yaml "$(DESTDIR)$(SYSCONFDIR)/postern/postern.yaml"; \
	fi

build: packages ## builds everything for development, tests too
	$(SWIFT) build $(SWIFT_FLAGS) -c $(CONFIGURATION) --build-tests

release:
	$(SWIFT) build $(RELEASE_FLAGS) --product postern

packages: ## installs missing Debian packages (asks sudo where it is not root)
	@.ci/packages

clean: ## removes what was built
	rm -rf .build
