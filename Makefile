# Sekisho's errands. `make` alone lists them; CONTRIBUTING.md says more.

# What `make run` judges: paths of mails, mboxes, Maildirs or folders. Not `?=`: many shells export a MAIL of their own.
MAIL = samples/inbox
# The sample mails are judged for an invented organisation, whose past is learned first; other mail for the one that `sekisho init` set up.
IS_SAMPLE = $(filter samples/%,$(MAIL))
# How long `make fuzz` runs each target, in seconds.
FUZZ_SECONDS = 600

.DEFAULT_GOAL := help
.PHONY: help run test bench data docs lint fuzz doc figures cargo

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: cargo ## judge the sample mails, or your own: make run MAIL=~/Maildir
	@cargo build --release -p sekisho
	@target=$$(tools/target-dir.sh) && sekisho=$$target/release/sekisho && \
	home=$(if $(IS_SAMPLE),$$(tools/sample-home.sh $$sekisho $$target/sample-home)) && \
	{ $$sekisho scan $${home:+--home "$$home"} $(MAIL) || [ $$? -eq 1 ]; }

test: cargo data lint doc ## everything that must hold before a change lands
	@tools/tests.sh
	@$(MAKE) --no-print-directory figures

bench: cargo data ## print the figures of the README: counts, CPU a message, rspamd beside it
	cargo run --release -p sekisho-testing --bin figures -- reading harmless mutations look-alikes authentication senders memory pool dns
	tools/bench-ratio.sh
	tools/bench-macros.sh
	tools/bench-reports.sh

data: ## fetch real mail and files into data/ (checksums pinned, nothing twice)
	@tools/data.sh

docs: cargo ## renew the generated pages, the manual pages and what the sample mails should print
	UPDATE_DOCS=1 cargo test -p sekisho --test docs
	UPDATE_DOCS=1 cargo test -p sekisho --test cli golden

lint: cargo ## formatting, clippy, licences and sources of dependencies
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	@tools/deny.sh

fuzz: cargo ## run each fuzz target for FUZZ_SECONDS
	@tools/fuzz.sh $(FUZZ_SECONDS)

doc:
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

figures:
	cargo run --release -p sekisho-testing --bin figures -- --gate

cargo:
	@command -v cargo >/dev/null || { echo "make: cargo is not here; install Rust 1.95 or newer first" >&2; exit 1; }
