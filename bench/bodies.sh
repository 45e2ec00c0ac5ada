#!/usr/bin/env bash
# bodies.sh: what larger requests cost, what they do to others, and what another format costs.
. "$(dirname "$0")/common.sh"
. bench/java.sh

start_upstreams
start_on
on=$started
warm_up "$on" "$on_port"
load "$on" "$on_port" 32 8 claude-3-opus >/dev/null
for ((round = 0; round < ROUNDS; round++)); do
  for bytes in 1000 32000 1000000; do
    note "nginx.$bytes" "$(load "$proxy" "$proxy_port" 32 4 gpt-4.1 "$bytes")"
    note "on.$bytes" "$(load "$on" "$on_port" 32 5 gpt-4.1 "$bytes")"
  done
  note anthropic "$(load "$on" "$on_port" 32 5 claude-3-opus)"
done
result 'CPU per request, 32 KB, gateway to nginx' "$(ratio on.32000 1 nginx.32000 1)" x
result 'CPU per request, 1 MB, nginx' "$(median nginx.1000000)" us
result 'CPU per request, 1 MB, gateway' "$(median on.1000000)" us
result 'CPU per request, 1 MB, gateway to nginx' "$(ratio on.1000000 1 nginx.1000000 1)" x '<= 3'
result 'CPU per request, OpenAI to Anthropic, to OpenAI' "$(ratio anthropic 1 on.1000 1)" x '<= 1.5'

# beside NAME PORT: requests of 1 KB at 500 a second, beside five of 1 MB a second.
beside() {
  open_load "$2" 1000000 5 1 14 >"$folder/large" &
  local large=$!
  open_load "$2" 1000 500 1 8 >"$folder/seen"
  wait "$large"
  windows "$folder/large" >/dev/null
  note "$1.beside" "$(windows "$folder/seen")"
}

upstream_first
for ((round = 0; round < ROUNDS; round++)); do
  beside nginx "$proxy_port"
  beside on "$on_port"
done
result 'p99 of 1 KB at 500/s beside 1 MB at 5/s, nginx' "$(median nginx.beside 2)" ms
result 'p99 of 1 KB at 500/s beside 1 MB at 5/s, gateway' "$(median on.beside 2)" ms '<= 10'
result "p99 beside 1 MB, the load's own delay" "$(median on.beside 6)" ms
