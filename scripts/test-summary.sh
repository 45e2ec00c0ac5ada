#!/usr/bin/env bash
# test-summary.sh: adds up Surefire's XML reports: the tests that failed, a line per module in
# Surefire's own words, and at last "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."

shopt -s nullglob
reports=(./*/target/surefire-reports/TEST-*.xml)
echo
if [ ${#reports[@]} -eq 0 ]; then
  echo "No test ran: the build ended before the first."
  echo "0 passed, 0 failed, 0 skipped"
  exit
fi

awk '
  # The value of an attribute of the element that begins in this line.
  function attribute(name) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    return substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
  }

  function failed_test() {
    if (test != "") print "FAILED  " test
    test = ""
  }

  FNR == 1 {
    split(FILENAME, path, "/")
    module = path[2]
    if (!(module in tests)) order[++modules] = module
  }
  /<testsuite / {
    tests[module] += attribute("tests")
    failures[module] += attribute("failures")
    errors[module] += attribute("errors")
    skipped[module] += attribute("skipped")
  }
  /^ *<testcase / { test = attribute("classname") "." attribute("name") }
  /^ *<(failure|error)[ \/>]/ { failed_test() }

  END {
    for (i = 1; i <= modules; i++) {
      module = order[i]
      printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d -- %s\n", tests[module],
          failures[module], errors[module], skipped[module], module
      all_failed += failures[module] + errors[module]
      all_skipped += skipped[module]
      all += tests[module]
    }
    printf "%d passed, %d failed, %d skipped\n", all - all_failed - all_skipped, all_failed,
        all_skipped
  }' "${reports[@]}"
