#!/usr/bin/env bash
# peers.sh: other gateways under the same load, each in its production setting: Portkey from npm, LiteLLM
# from PyPI. One that cannot be installed is left out, with a line that says so.
. "$(dirname "$0")/common.sh"

PORTKEY=${PORTKEY:-1.15.2}
LITELLM=${LITELLM:-1.108.7}
portkey_port=$((BENCH_PORT + 6)) portkey_model=portkey
litellm_port=$((BENCH_PORT + 8)) litellm_model=litellm
peers=''

# with_headers NAME HEADERS: the load's request with a peer's headers; load takes NAME for a model's.
with_headers() {
  sed "s|^wrk.body|$2&|" "$(script gpt-4.1 1000)" >"$folder/$1-1000.lua"
}

start_portkey() {
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder/npm" \
    "@portkey-ai/gateway@$PORTKEY" || return 1
  NODE_ENV=production node "$folder/npm/node_modules/@portkey-ai/gateway/build/start-server.js" \
    --headless --port="$portkey_port" >"$folder/portkey.log" 2>&1 &
  portkey=$!
  processes="$processes $portkey"
  with_headers portkey "wrk.headers['Authorization'] = 'Bearer k'\n\
wrk.headers['x-portkey-provider'] = 'openai'\n\
wrk.headers['x-portkey-custom-host'] = 'http://127.0.0.1:$upstream_port/v1'\n"
  await_answer "$portkey" "http://127.0.0.1:$portkey_port/"
}

start_litellm() {
  { python3 -m venv "$folder/litellm" && "$folder/litellm/bin/pip" install --quiet "litellm[proxy]==$LITELLM"; } \
    >"$folder/pip.log" 2>&1 || return 1
  cat >"$folder/litellm.yaml" <<END
model_list:
  - model_name: gpt-4.1
    litellm_params: {model: openai/gpt-4.1, api_base: "http://127.0.0.1:$upstream_port/v1", api_key: k}
litellm_settings: {set_verbose: false}
END
  LITELLM_LOG=ERROR LITELLM_MODE=PRODUCTION LITELLM_MASTER_KEY=sk-bench "$folder/litellm/bin/litellm" \
    --config "$folder/litellm.yaml" --host 127.0.0.1 --port "$litellm_port" --num_workers 1 \
    >"$folder/litellm.log" 2>&1 &
  litellm=$!
  processes="$processes $litellm"
  with_headers litellm "wrk.headers['Authorization'] = 'Bearer sk-bench'\n"
  await_answer "$litellm" "http://127.0.0.1:$litellm_port/health/liveliness"
}

# await_answer PROCESS URL: for a minute at most.
await_answer() {
  local tries=600
  until curl -s -o /dev/null "$2"; do
    tries=$((tries - 1))
    { [ "$tries" -gt 0 ] && kill -0 "$1"; } 2>/dev/null || return 1
    sleep 0.1
  done
}

start_upstreams
start_on
on=$started
for peer in portkey litellm; do
  if "start_$peer"; then
    peers="$peers $peer"
  else
    echo "no $peer: it cannot be installed or started here" >&2
  fi
done
[ -n "$peers" ] || exit 0

warm_up "$on" "$on_port"
for peer in $peers; do
  port=${peer}_port
  warm_up "${!peer}" "${!port}" "$peer"
done
for connections in 32 256; do
  # shellcheck disable=SC2086 # peers are separate words
  rounds "$connections" proxy on $peers
  of="$connections connections"
  result "p99, $of, gateway" "$(median on 4)" us
  for peer in $peers; do
    result "CPU per request, $of, $peer" "$(median "$peer")" us
    result "CPU per request, $of, $peer to nginx" "$(ratio "$peer" 1 proxy 1)" x
    result "CPU per request, $of, $peer to gateway" "$(ratio "$peer" 1 on 1)" x
    result "rate, $of, $peer" "$(median "$peer" 2)" /s
    result "p99, $of, $peer" "$(median "$peer" 4)" us
  done
done
for peer in $peers; do
  result "memory, $peer" "$(megabytes "${!peer}" VmRSS)" MB
done
result "memory, gateway" "$(megabytes "$on" VmRSS)" MB
