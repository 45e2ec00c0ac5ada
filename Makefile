# Every command finds a JDK 25 by itself; scripts/find-jdk.sh says where it looks.
MVN := scripts/mvn.sh
# A run of seconds is over before the optimizing compiler has earned what it costs.
SHORT_RUN := -XX:TieredStopAtLevel=1 -XX:+UseSerialGC

.DEFAULT_GOAL := help
.PHONY: help run test check models demo cluster clients bench bench-micro format dist dist-test deploy-test sbom clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: ## start the mock providers and the gateway; Ctrl-C stops them
	@scripts/run.sh

test: ## everything: format, static checks, all tests
	@scripts/test.sh

check: ## format, static checks, unit tests, bytes per request; under a minute when all is built
	@MAVEN_OPTS="$(SHORT_RUN) $$MAVEN_OPTS" $(MVN) --quiet -T 2 verify \
	  -DexcludedGroups=e2e,simulation -DskipSocketsAgain -DforkCount=2 "-Dtest.jvm=$(SHORT_RUN)"
	@bench/allocation.sh

models: ## check the table of models: contradictions, and lines that are too old
	@bin/gateway models --check

demo: ## watch the gateway ride out timeouts, rate limits and outages
	@scripts/demo.sh

cluster: ## start PostgreSQL, Redis, three gateways and a balancer from this machine's packages
	@scripts/cluster.sh

clients: ## run the official clients against the gateway (needs Python; npm and Go for theirs)
	@clients/run.sh

bench: ## measure what a request and a stream cost
	@bench/run.sh

bench-micro: ## measure what each part of a request's way costs, in a few minutes
	@bench/micro.sh

format: ## format all Java sources
	@$(MVN) --quiet spotless:apply

dist: ## write the release archives to target/dist
	@scripts/dist.sh

dist-test: ## build the archives and use them as their user would
	@scripts/dist-test.sh

deploy-test: ## check the systemd unit and the Helm chart (needs Python)
	@deploy/test.sh

sbom: ## write gateway/target/sbom.json (CycloneDX) and gateway/target/THIRD-PARTY.txt
	@scripts/sbom.sh

clean: ## remove what was built
	@rm -rf target */target
