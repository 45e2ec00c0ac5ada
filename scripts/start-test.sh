#!/usr/bin/env bash
# start-test.sh: bin/gateway starts, answers and says nothing but its log with its start cache, without
# one, and with one that does not fit.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/find-jdk.sh
. scripts/gateway-java.sh
. scripts/servers.sh
. scripts/checks.sh

jar=$(scripts/build.sh gateway)
cache=$(cache_of "$jar")
folder=$(mktemp -d)
gateway=''

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

# Fails unless a gateway starts, answers, stops, and says nothing else.
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

# check_start HOW: whether it starts so.
check_start() {
  local before=$failed
  check "bin/gateway starts $1" starts
  if [ "$failed" -gt "$before" ]; then
    echo "The end of what it printed:"
    tail -n 20 "$folder/log"
  fi
  stop_server "$gateway"
  gateway=''
}

# Whether the heap for a container of so many megabytes is so large.
has_heap() {
  local sizes
  sizes=$(sizes_within "$1")
  why="$1 MB gave $sizes"
  [[ $sizes == *"-Xmx$2m"* ]]
}
check "a container of 256 MB gets a heap of 80" has_heap 256 80
check "a container of 1 GB gets a heap of 464" has_heap 1024 464
check "a tiny container gets the smallest heap" has_heap 100 48
check "a huge container gets the largest heap" has_heap 65536 4096

if [ -s "$cache" ]; then
  cp -p "$cache" "$folder/cache"
  GATEWAY_JAVA_OPTS='-XX:AOTMode=on' check_start "from its cache" # which fails where it cannot
  JAVA_OPTS='-XX:+UseZGC -Xmx256m' check_start "with options that its cache does not fit"
  head -c 1000000 "$folder/cache" >"$cache"
  check_start "with a cache that was cut off"
  cp "$folder/cache" "$cache"
  touch "$jar"
  touch "$cache"
  check_start "with the cache of another jar"
else
  skip "bin/gateway starts from its cache" "none could be made here"
fi
: >"$cache"
check_start "without a cache"
report
