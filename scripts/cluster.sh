#!/usr/bin/env bash
# cluster.sh: PostgreSQL, Redis, three gateways and a balancer on this machine, from its packages, before
# the mock providers. Everything lies in a folder of its own that is deleted at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/servers.sh
folder=$(mktemp -d)
. scripts/cluster-servers.sh
gateways=3
mock=''
pids=()

fail() {
  echo "make cluster: $*" >&2
  exit 1
}

# Gateways first, so that their last rows are written.
# shellcheck disable=SC2317 # called by the trap
stop_all() {
  local pid
  for pid in "${pids[@]}" $mock; do
    stop_server "$pid"
  done
  stop_cluster
  rm -rf "$folder"
}

write_config() {
  cat <<END
server: {host: "127.0.0.1", port: $1, lame_duck: 0s}
observability: {metrics_port: $2}
store: {url: "postgresql://postgres@127.0.0.1:$database_port/postgres"}
$shared
limits:
  all: {requests_per_minute: 6000, budget: {day: 5}}
models: {gpt-4: {price: {input: 3, output: 7}}}
providers:
  - {name: "openai", base_url: "http://127.0.0.1:$openai_port", api_key: "mock-key", models: ["gpt-4"]}
END
}

has_database || fail "PostgreSQL is not installed (Debian: apt install postgresql)."
command -v nginx >/dev/null || command -v haproxy >/dev/null ||
  fail "neither nginx nor HAProxy is installed (Debian: apt install nginx)."
scripts/build.sh mock-provider gateway >/dev/null
trap stop_all EXIT
trap 'echo; echo "Stopping ..."; exit 0' INT TERM HUP

openai_port=$(free_port 8101)
database_port=$(free_port 5442)
balancer_port=$(free_port 8180)
start_database "$database_port" || fail "PostgreSQL did not start."
shared=''
if start_redis "$(free_port 6390)"; then
  shared="shared: {expected_replicas: $gateways, redis: \"redis://127.0.0.1:$redis_port\"}"
else
  echo "Redis is not installed (Debian: apt install redis): each gateway has its own rates." >&2
fi
bin/mock-provider --openai-port "$openai_port" --anthropic-port 0 --gemini-port 0 --bedrock-port 0 \
  --cohere-port 0 >"$folder/mock.log" 2>&1 &
mock=$!
await_health "$openai_port" "$mock" || fail "the mock providers did not start: $(cat "$folder/mock.log")"

ports=()
management=()
for number in $(seq "$gateways"); do
  port=$(free_port $((8181 + 10 * number)))
  managed=$(free_port $((9190 + 10 * number)))
  mkdir -p "$folder/gateway$number"
  write_config "$port" "$managed" >"$folder/gateway$number/config.yaml"
  bin/gateway serve --config "$folder/gateway$number/config.yaml" >"$folder/gateway$number.log" 2>&1 &
  pids+=($!)
  await_health "$port" "$!" || fail "a gateway did not start: $(tail -n 5 "$folder/gateway$number.log")"
  ports+=("$port")
  management+=("$managed")
done
start_balancer "$balancer_port" "${ports[@]}"
await_health "$balancer_port" "${cluster_pids[-1]}" || fail "the balancer did not start."

cat <<END

  balancer     http://localhost:$balancer_port/v1
  gateways     ${ports[*]}  (processes ${pids[*]})
  dashboards   ${management[*]}
  PostgreSQL   $database_port
  Redis        ${redis_port:-none}
  logs         $folder/*.log

Ask through the balancer, and see who they are and what is left of the budget that all share:

  curl http://localhost:$balancer_port/v1/chat/completions -H 'content-type: application/json' \\
    -d '{"model": "gpt-4", "messages": [{"role": "user", "content": "Hello"}]}'
  curl http://localhost:${management[0]}/api/replicas
  curl 'http://localhost:${management[1]}/api/limits?subject=all'

Kill one and go on asking:

  kill -9 ${pids[1]}

Ctrl-C stops everything.

END
wait "$mock"
