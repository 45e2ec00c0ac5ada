#!/usr/bin/env bash
# build-test.sh: in a checkout that its caller may not write to, build.sh and bin/gateway use the jar that
# is there, say when it is old, and name what to do when it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/checks.sh

folder=$(mktemp -d)
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
checkout=$folder/checkout
out=$folder/out
errors=$folder/errors
rc=0

# A checkout with the scripts, the places of all sources and a JDK that only says how it was called.
make_checkout() {
  local module
  mkdir -p "$checkout/target" "$checkout/scripts" "$checkout/bin" "$folder/jdk/bin"
  cp scripts/find-jdk.sh scripts/programs.sh scripts/gateway-java.sh "$checkout/scripts"
  # One that wrongly builds must not wait ten minutes for a lock that it cannot take.
  sed 's/tries=3000/tries=1/' scripts/build.sh >"$checkout/scripts/build.sh"
  cp bin/gateway "$checkout/bin"
  cp pom.xml "$checkout"
  for module in */pom.xml; do
    module=${module%/pom.xml}
    mkdir -p "$checkout/$module/src/main" "$checkout/$module/target/lib"
    cp "$module/pom.xml" "$checkout/$module"
  done
  echo 'JAVA_VERSION="25"' >"$folder/jdk/release"
  printf '#!/bin/sh\necho "$@"\n' >"$folder/jdk/bin/java"
  cp "$folder/jdk/bin/java" "$folder/jdk/bin/javac"
  chmod a+rx "$folder" "$checkout/scripts/build.sh" "$folder/jdk/bin/"*
  chmod -R a+rX,a-w "$checkout" "$folder/jdk"
}

# without_rights COMMAND...: runs it as somebody who may read the checkout only. Permissions do not bind
# root.
without_rights() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
  else
    "$@"
  fi
}

# run COMMAND...: what it prints is in $out and $errors, and its exit code in $rc.
run() {
  rc=0
  without_rights env JAVA_HOME="$folder/jdk" "$@" >"$out" 2>"$errors" || rc=$?
}

# expect RC OUTPUT ERRORS: fails unless the last run ended so; the last two are patterns of all of it.
expect() {
  why="exit code $rc; it printed: $(cat "$out" "$errors")"
  [ "$rc" -eq "$1" ] || return 1
  # shellcheck disable=SC2053 # patterns
  [[ $(cat "$out") == $2 ]] && [[ $(cat "$errors") == $3 ]]
}

jar() {
  local version
  version=$(sed -n '/<version>/{s:.*<version>\(.*\)</version>.*:\1:p;q;}' pom.xml)
  echo "$checkout/gateway/target/gateway-$version.jar"
}

# has COMMAND...: changes the folder of the gateway's jar as its owner.
has() {
  chmod u+w "$checkout/gateway/target"
  "$@"
  chmod a-w "$checkout/gateway/target"
}

uses_a_jar_that_is_new() {
  has touch "$(jar)"
  run "$checkout/scripts/build.sh" gateway
  expect 0 "$(jar)" ''
}

uses_a_jar_that_is_old() {
  has touch -t 200001010000 "$(jar)"
  run "$checkout/scripts/build.sh" gateway
  expect 0 "$(jar)" "$(jar) is older than its sources, and * may not build it: used as it is."
}

starts_with_a_jar_that_is_old() {
  has touch -t 200001010000 "$(jar)"
  run "$checkout/bin/gateway" check a.yaml
  expect 0 "* -jar $(jar) check a.yaml" "* is older than its sources, *"
}

says_that_the_jar_is_missing() {
  has rm -f "$(jar)"
  run "$checkout/bin/gateway" check a.yaml
  expect 1 '' "$(jar) is missing, and * may not write to $checkout: build as its owner."
}

make_checkout
if without_rights test -r "$checkout/pom.xml" -a ! -w "$checkout/target" 2>/dev/null; then
  check "build.sh uses a new jar of a checkout that may not be built" uses_a_jar_that_is_new
  check "build.sh uses an old jar of a checkout that may not be built" uses_a_jar_that_is_old
  check "bin/gateway starts in a checkout that may not be built" starts_with_a_jar_that_is_old
  check "bin/gateway says that a checkout must be built" says_that_the_jar_is_missing
else
  skip "build.sh in a checkout that may not be built" "needs another user, and setpriv, where root runs it"
fi
report
