#!/usr/bin/env bash
# start-test.sh: bin/gateway starts, answers and says nothing but its log with its start cache, without
# one, and with one that does not fit.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh
. scripts/gateway-java.sh
. scripts/servers.sh

jar=$(scripts/build.sh gateway)
cache=$(cache_of "$jar")
folder=$(mktemp -d)
gateway=''
failed=0
tried=0
cases=''
why=''

# shellcheck disable=SC2317 # called by the trap
end() {
  stop_server "$gateway"
  touch -r "$folder/time" "$jar"
  [ ! -f "$folder/cache" ] || cp -p "$folder/cache" "$cache"
  rm -rf "$folder"
}
touch -r "$jar" "$folder/time"
trap end EXIT

cat >"$folder/config.yaml" <<YAML
server: {host: 127.0.0.1, port: 0}
observability: {metrics_port: 0}
journal: {url: none}
providers: [{name: openai, base_url: "http://127.0.0.1:1", api_key: k, models: [gpt-4]}]
YAML

# starts HOW: fails unless a gateway starts, answers, stops, and says nothing else.
starts() {
  local port
  bin/gateway serve --config "$folder/config.yaml" >"$folder/log" 2>&1 &
  gateway=$!
  why='it did not say within a minute that it listens'
  port=$(number_after '"server":"data".*"port":' "$folder/log" 600) || return 1
  why='it did not answer /health'
  await_health "$port" "$gateway" || return 1
  stop_server "$gateway"
  gateway=''
  why='it printed something else than its log'
  ! grep -q -v '^{' "$folder/log"
}

check() {
  local what=$1
  shift
  tried=$((tried + 1))
  if "$@"; then
    echo "ok      bin/gateway starts $what"
  else
    echo "FAILED  bin/gateway starts $what: $why; the end of what it printed:"
    tail -n 20 "$folder/log"
    cases="$cases<testcase classname=\"start-test.sh\" name=\"bin/gateway starts $what\">
<failure/>
</testcase>
"
    failed=$((failed + 1))
  fi
  stop_server "$gateway"
  gateway=''
}

# Counted by test-summary.sh like any other test.
report() {
  mkdir -p gateway/target/surefire-reports
  printf '<testsuite tests="%d" failures="%d" errors="0" skipped="0">\n%s</testsuite>\n' \
    "$tried" "$failed" "$cases" >gateway/target/surefire-reports/TEST-start-test.xml
}

if [ -s "$cache" ]; then
  cp -p "$cache" "$folder/cache"
  GATEWAY_JAVA_OPTS='-XX:AOTMode=on' check "from its cache" starts # which fails where it cannot
  JAVA_OPTS='-XX:+UseZGC -Xmx256m' check "with options that its cache does not fit" starts
  head -c 1000000 "$folder/cache" >"$cache"
  check "with a cache that was cut off" starts
  cp "$folder/cache" "$cache"
  touch "$jar"
  touch "$cache"
  check "with the cache of another jar" starts
else
  echo "not tried: starts from a cache; none could be made here"
fi
: >"$cache"
check "without a cache" starts
report
[ "$failed" -eq 0 ]
