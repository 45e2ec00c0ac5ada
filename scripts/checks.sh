# shellcheck shell=bash
# checks.sh, to be sourced: how the tests of the scripts count and report what they try.
#
# A check is a function that fails, and says in $why what was wrong.

tried=0
failed=0
skipped=0
cases=''
why=''

# check NAME COMMAND...: whether a check of this name passes; says so.
check() {
  local name=$1
  shift
  tried=$((tried + 1))
  if "$@"; then
    echo "ok      $name"
  else
    echo "FAILED  $name: $why"
    failed=$((failed + 1))
    cases="$cases<testcase classname=\"${0##*/}\" name=\"$name\">
<failure/>
</testcase>
"
  fi
}

# skip NAME REASON: a check that cannot be tried here.
skip() {
  echo "skipped $1: $2"
  tried=$((tried + 1))
  skipped=$((skipped + 1))
}

# report: writes what test-summary.sh counts like any other test; fails when a check did.
report() {
  local script=${0##*/}
  mkdir -p gateway/target/surefire-reports
  printf '<testsuite tests="%d" failures="%d" errors="0" skipped="%d">\n%s</testsuite>\n' \
    "$tried" "$failed" "$skipped" "$cases" \
    >"gateway/target/surefire-reports/TEST-${script%.sh}.xml"
  [ "$failed" -eq 0 ]
}
