#!/usr/bin/env bash
# test.sh [MAVEN ARGUMENTS]: every check and every test, then a summary; the exit code is Maven's.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf ./*/target/surefire-reports # a module that is not reached must not count its last run
status=0
scripts/mvn.sh verify --fail-at-end "$@" || status=$?
bench/allocation.sh || status=$?
scripts/build-test.sh || status=$?
scripts/start-test.sh || status=$?
scripts/test-summary.sh
exit "$status"
