#!/usr/bin/env bash
# test.sh [MAVEN ARGUMENTS]: every check and every test, then a summary; the exit code is Maven's.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf ./*/target/surefire-reports # a module that is not reached must not count its last run
status=0
if scripts/mvn.sh verify --fail-at-end "$@"; then
  bench/allocation.sh || status=$?
else # the benchmark may not be built then
  status=$?
fi
scripts/build-test.sh || status=$?
scripts/start-test.sh || status=$?
scripts/test-summary.sh
exit "$status"
