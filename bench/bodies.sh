#!/usr/bin/env bash
# bodies.sh: what larger requests cost, and what another format costs.
. "$(dirname "$0")/common.sh"

start_upstreams
start_on
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
