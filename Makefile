# SPDX-License-Identifier: EUPL-1.2
# The commands of this repository. `make` alone lists them.

TARGET := $(or $(CARGO_TARGET_DIR),target)
# Folders are among them, so that a removed file counts.
PAGE := $(shell find app shared style scripts/between scripts/finish scripts/page scripts/program Cargo.toml Cargo.lock Trunk.toml 2>/dev/null)
export PATH := $(CURDIR)/.tools/node_modules/.bin:$(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

.PHONY: help build run dev check test bench book reproduce clean-media
help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

build: ## the page and the server, optimised: one binary
	@scripts/setup build
	@$(MAKE) --no-print-directory dist/index.html
	cargo build --release --locked -p zooo

dist/index.html: $(PAGE)
	scripts/page

run: build ## build, then serve; ZOOO_HTTP says where
	$(TARGET)/release/zooo serve

dev: ## serve, rebuilding the page at every change: http://127.0.0.1:8081
	@scripts/setup build
	@scripts/dev

check: ## format, lints, tidiness, unit tests: no browser
	@scripts/setup build
	@scripts/test quick

test: ## everything, with real browsers
	@scripts/setup test
	@scripts/test

bench: ## what the relay costs, beside Janus: an idle machine, half an hour
	@scripts/setup build
	@scripts/bench

book: ## the book as pages, in English and German: target/book
	@scripts/setup book
	for language in en de; do mdbook build docs/book/$$language --dest-dir "$(abspath $(TARGET))/book/$$language"; done

reproduce: ## builds the page of this commit twice and compares
	@scripts/setup build
	@scripts/reproduce

clean-media: ## forget the fake cameras and microphones
	rm -rf .tools/media
