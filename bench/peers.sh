#!/usr/bin/env bash
# peers.sh: another gateway under the same load, in its production setting: Portkey, from npm.
. "$(dirname "$0")/common.sh"

PORTKEY=${PORTKEY:-1.15.2}
peer_port=$((BENCH_PORT + 6)) peer_model=portkey
if ! npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder/npm" "@portkey-ai/gateway@$PORTKEY"; then
  echo "no peers: npm cannot install @portkey-ai/gateway $PORTKEY here" >&2
  exit 0
fi

start_upstreams
start_on
on=$started
warm_up "$on" "$on_port"

NODE_ENV=production node "$folder/npm/node_modules/@portkey-ai/gateway/build/start-server.js" \
  --headless --port="$peer_port" >"$folder/peer.log" 2>&1 &
peer=$!
processes="$processes $peer"
until curl -s "http://127.0.0.1:$peer_port/" >/dev/null; do sleep 0.1; done
# the load's request, with the headers by which Portkey finds its provider; load takes it for a model's
sed "s|^wrk.body|wrk.headers['Authorization'] = 'Bearer k'\n\
wrk.headers['x-portkey-provider'] = 'openai'\n\
wrk.headers['x-portkey-custom-host'] = 'http://127.0.0.1:$upstream_port/v1'\n&|" \
  "$(script gpt-4.1 1000)" >"$folder/$peer_model-1000.lua"
warm_up "$peer" "$peer_port" "$peer_model"

for connections in 32 256; do
  rounds "$connections" proxy on peer
  of="$connections connections"
  result "CPU per request, $of, Portkey $PORTKEY" "$(median peer)" us
  result "CPU per request, $of, Portkey to nginx" "$(ratio peer 1 proxy 1)" x
  result "CPU per request, $of, Portkey to gateway" "$(ratio peer 1 on 1)" x
  result "rate, $of, Portkey" "$(median peer 2)" /s
  result "rate, $of, gateway to Portkey" "$(ratio on 2 peer 2)" x
done
result "memory, Portkey" "$(megabytes "$peer" VmRSS)" MB
