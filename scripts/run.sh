#!/usr/bin/env bash
# run.sh [OPTIONS OF serve]: the mock providers and the gateway with config/config.yaml.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
. "$root/scripts/programs.sh"
. "$root/scripts/servers.sh"
config=$root/config/config.yaml
openai_port=8001
anthropic_port=8002
gemini_port=8003
bedrock_port=8004
cohere_port=8005
mock=''
gateway=''

# setting SECTION KEY DEFAULT: a number of the configuration, where it is written plainly.
setting() {
  awk -v section="$1:" -v key="$2:" -v value="$3" '
    /^[a-z_]+:/ { inside = ($1 == section) }
    inside && $1 == key && $2 ~ /^[0-9]+$/ { value = $2 }
    END { print value }' "$config"
}

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

require_free() {
  if port_taken "$1"; then
    fail "port $1 ($2) is taken. Stop what listens there ('lsof -i :$1' names it), or $3."
  fi
}

# The gateway first, so that requests in flight still find their providers. A second Ctrl-C kills.
# shellcheck disable=SC2317 # called by the trap
stop_all() {
  trap 'kill -KILL $gateway $mock 2>/dev/null' INT TERM
  stop_server "$gateway"
  stop_server "$mock"
  rm -f "$mock_log"
}

port=$(setting server port 8080)
management_port=$(setting observability metrics_port 9090)
require_free "$openai_port" "mock openai" "stop an older 'make run'"
require_free "$anthropic_port" "mock anthropic" "stop an older 'make run'"
require_free "$gemini_port" "mock gemini" "stop an older 'make run'"
require_free "$bedrock_port" "mock bedrock" "stop an older 'make run'"
require_free "$cohere_port" "mock cohere" "stop an older 'make run'"
require_free "$port" "gateway" "change server.port in $config"
require_free "$management_port" "management" "change observability.metrics_port in $config"

jar_of mock-provider >/dev/null
jar_of gateway >/dev/null

mock_log=$(mktemp)
trap stop_all EXIT
trap 'echo; echo "Stopping ..."; exit 0' INT TERM HUP

"$root/bin/mock-provider" --openai-port "$openai_port" --anthropic-port "$anthropic_port" \
  --gemini-port "$gemini_port" --bedrock-port "$bedrock_port" --cohere-port "$cohere_port" >"$mock_log" 2>&1 &
mock=$!
for mock_port in "$openai_port" "$anthropic_port" "$gemini_port" "$bedrock_port" "$cohere_port"; do
  await_health "$mock_port" "$mock" || fail "the mock providers did not start: $(cat "$mock_log")"
done

if [ -t 1 ]; then
  set -- --log-format text "$@"
fi
"$root/bin/gateway" serve --config "$config" --set server.lame_duck=0s "$@" &
gateway=$!
await_health "$port" "$gateway" || fail "the gateway did not start; its last words are above."

cat <<END

  gateway         http://localhost:$port/v1
  dashboard       http://localhost:$management_port
  mock openai     http://localhost:$openai_port (settings), /v1 (API)
  mock anthropic  http://localhost:$anthropic_port (settings), /v1 (API)
  mock gemini     http://localhost:$gemini_port (settings), /v1beta (API)
  mock bedrock    http://localhost:$bedrock_port (settings), /model (API)
  mock cohere     http://localhost:$cohere_port (settings), /v2 (API)

Try it:

  curl -i http://localhost:$port/v1/chat/completions -H 'content-type: application/json' \\
    -d '{"model": "gpt-4", "messages": [{"role": "user", "content": "Hello"}]}'

Make openai fail, and send it again (an empty {} heals it):

  curl http://localhost:$openai_port/config/failures -d '{"server_error_probability": 1}'

Ctrl-C stops everything.

END
status=0
wait "$gateway" || status=$?
gateway=''
echo "The gateway ended by itself (exit code $status)." >&2
exit "$status"
