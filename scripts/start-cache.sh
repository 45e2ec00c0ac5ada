#!/usr/bin/env bash
# start-cache.sh GATEWAY-JAR MOCK-JAR: makes the gateway's start cache (JEP 514 and 515) from a short run
# against the mock providers: classes as they were loaded and linked, and which code was hot.
#
# Without it the gateway only starts more slowly, so whatever goes wrong is said and is no error; an
# empty cache then keeps the next start from trying again.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
. scripts/programs.sh
. scripts/gateway-java.sh
. scripts/servers.sh

jar=$1 mock_jar=$2
cache=$(cache_of "$jar")
mock='' gateway=''
folder=$(mktemp -d)

# shellcheck disable=SC2317 # called by the trap
end() {
  for process in $gateway $mock; do
    kill -KILL "$process" 2>/dev/null || true
  done
  rm -rf "$folder"
}
trap end EXIT

give_up() {
  echo "The gateway will start more slowly, for want of a start cache: $1." >&2
  : >"$cache"
  exit 0
}

start_mock() {
  "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -XX:+UseSerialGC -Xmx128m -jar "$mock_jar" --openai-port 0 --anthropic-port 0 --gemini-port 0 \
    --bedrock-port 0 >"$folder/mock.log" 2>&1 &
  mock=$!
  openai_port=$(number_after 'openai +http:..127.0.0.1:' "$folder/mock.log")
  anthropic_port=$(number_after 'anthropic +http:..127.0.0.1:' "$folder/mock.log")
}

start_gateway() {
  cat >"$folder/config.yaml" <<YAML
server: {host: 127.0.0.1, port: 0, lame_duck: 0s}
observability: {metrics_port: 0}
journal: {url: "sqlite:$folder/journal.db"}
retry: {base_backoff: 1ms}
providers:
  - {name: openai, base_url: "http://127.0.0.1:$openai_port", api_key: k, models: [gpt-4]}
  - {name: anthropic, base_url: "http://127.0.0.1:$anthropic_port", api_key: k, models: [claude-3-opus]}
YAML
  "$JAVA_HOME/bin/java" "${java_options[@]}" "${collector_options[@]}" "${heap_sizes[@]}" \
    -XX:AOTCacheOutput="$folder/cache" -jar "$jar" serve --config "$folder/config.yaml" \
    >"$folder/gateway.log" 2>&1 &
  gateway=$!
  port=$(number_after '"server":"data".*"port":' "$folder/gateway.log")
}

# ask COUNT MODEL MORE: so many requests over four connections; MORE is added to the JSON.
ask() {
  curl --noproxy '*' -s -Z --parallel-max 4 --max-time 10 --fail-early -o /dev/null \
    -H 'content-type: application/json' \
    -d "{\"model\": \"$2\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]$3}" \
    "http://127.0.0.1:$port/v1/chat/completions?n=[1-$1]" 2>/dev/null || true
}

# What a gateway meets: both formats, whole and streamed, what is refused, and what fails.
train() {
  ask 400 gpt-4 ''
  ask 100 claude-3-opus ''
  ask 300 gpt-4 ', "stream": true' # as often as a method must run to be compiled, and more
  ask 150 claude-3-opus ', "stream": true'
  ask 20 gpt-4 ', "n": "two"'
  curl --noproxy '*' -s -o /dev/null --max-time 10 -d '{"server_error_probability": 0.3}' \
    "http://127.0.0.1:$openai_port/config/failures" || true
  ask 20 gpt-4 ''
}

# Its cache is written when it ends.
await_end() {
  local tries=400
  while kill -0 "$gateway" 2>/dev/null; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
  wait "$gateway" && [ -s "$folder/cache" ]
}

echo "Preparing quick starts of the gateway ..." >&2
start_mock || give_up "the mock providers did not start"
start_gateway || give_up "$(grep -v '^{' "$folder/gateway.log" | head -n 1)"
train
kill -TERM "$gateway"
await_end || give_up "$(grep -v '^{' "$folder/gateway.log" | tail -n 1)"
gateway=''
rm -f "${cache%/*}"/start-*.aot
cp "$folder/cache" "$cache.part"
mv "$cache.part" "$cache"
